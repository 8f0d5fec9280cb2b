//! What exports and dumps read: whole lists a page at a time, and the dumps that are kept.

use crate::access::Owned;
use crate::catalogue::records::{self, StoredRecord};
use crate::connection::AnyConnection;
use crate::convert::{texts, uuid};
use crate::error::{Error, Result};
use crate::partners::files::{self, StoredFile};
use crate::schema::{files as table, records as rows};
use diesel::prelude::*;
use domain::accounts::may::May;
use domain::catalogue::{Licence, PublicationState, RecordKind};
use domain::partners::{FilePurpose, Source};
use domain::text::ExternalId;
use domain::{Timestamp, Uuid};
use std::collections::HashMap;

/// Ids of one `IN (…)`.
const CHUNK: usize = 500;

/// A dump that everybody may download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dump {
    /// The file; complete, with digest and position of the change log.
    pub file: StoredFile,
    /// Licences of its records, each once, in the order of the list of licences.
    pub licences: Vec<Licence>,
}

/// Up to `limit` published offers of an organisation in order of id, after an id.
pub fn offers_of(connection: &mut AnyConnection, organization: Uuid, after: Option<Uuid>, limit: i64) -> Result<Vec<StoredRecord>> {
    let ids: Vec<String> = rows::table
        .filter(rows::organization_id.eq(organization.to_string()))
        .filter(rows::kind.eq(RecordKind::Offer.code()))
        .filter(rows::state.eq(PublicationState::Published.code()))
        .filter(rows::id.gt(after.map_or_else(String::new, |id| id.to_string())))
        .order(rows::id)
        .limit(limit)
        .select(rows::id)
        .load(connection)?;
    in_order(connection, &ids)
}

/// Up to `limit` published records of a kind of a source in order of their identifiers there, after one.
pub fn of_source<C: May>(
    connection: &mut AnyConnection,
    source: &Owned<Source, C>,
    kind: RecordKind,
    after: &str,
    limit: i64,
) -> Result<Vec<StoredRecord>> {
    let ids: Vec<String> = rows::table
        .filter(rows::source_id.eq(source.value().id.to_string()))
        .filter(rows::kind.eq(kind.code()))
        .filter(rows::state.eq(PublicationState::Published.code()))
        .filter(rows::external_id.gt(after))
        .order(rows::external_id)
        .limit(limit)
        .select(rows::id)
        .load(connection)?;
    in_order(connection, &ids)
}

/// The records in the order of these ids.
fn in_order(connection: &mut AnyConnection, ids: &[String]) -> Result<Vec<StoredRecord>> {
    let ids: Result<Vec<Uuid>> = ids.iter().map(|id| uuid(id)).collect();
    let ids = ids?;
    let mut found: HashMap<Uuid, StoredRecord> = records::get_many(connection, &ids)?.into_iter().map(|record| (record.id, record)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The identifiers at their source of the records with these ids.
pub fn external_ids(connection: &mut AnyConnection, ids: &[Uuid]) -> Result<HashMap<Uuid, ExternalId>> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let known: Vec<(String, String)> =
            rows::table.filter(rows::id.eq_any(texts(chunk))).select((rows::id, rows::external_id)).load(connection)?;
        for (id, external_id) in known {
            let external_id = ExternalId::try_from(external_id).map_err(|error| Error::Corrupt(error.en))?;
            found.insert(uuid(&id)?, external_id);
        }
    }
    Ok(found)
}

/// A complete file becomes a dump: it gets its digest, its licences and the time when it is cleared away.
pub fn publish(tx: &mut AnyConnection, id: Uuid, sha256: &str, licences: &[Licence], expires_at: Timestamp) -> Result<()> {
    files::finish(tx, id, sha256, Some(expires_at))?;
    let codes: Vec<&str> = licences.iter().map(|licence| licence.code()).collect();
    diesel::update(table::table.find(id.to_string())).set(table::licences.eq(codes.join(" "))).execute(tx)?;
    Ok(())
}

/// The dumps that are complete and not past their time, in order of their names, the latest of a name first.
pub fn list(connection: &mut AnyConnection, now: Timestamp) -> Result<Vec<Dump>> {
    let found = files::list(connection, FilePurpose::Dump)?;
    let ids: Vec<String> = found.iter().map(|file| file.id.to_string()).collect();
    let stated: HashMap<String, Option<String>> =
        table::table.filter(table::id.eq_any(ids)).select((table::id, table::licences)).load(connection)?.into_iter().collect();
    let usable = |file: &StoredFile| file.is_complete() && file.sha256.is_some() && file.expires_at.is_none_or(|until| until > now);
    found
        .into_iter()
        .filter(usable)
        .map(|file| {
            let codes = stated.get(&file.id.to_string()).cloned().flatten().unwrap_or_default();
            let licences: Result<Vec<Licence>> =
                codes.split_whitespace().map(|code| code.parse().map_err(|error: domain::problem::ValueError| Error::Corrupt(error.en))).collect();
            Ok(Dump { file, licences: licences? })
        })
        .collect()
}
