//! Records: organisations, places and offers, one row each, with their document as JSON.

mod bulk;

pub(crate) use bulk::insert_rows;
pub use bulk::{DocumentWrite, PayloadWrite, RecordWrite, RunWrite, insert, replace_documents, replace_payloads, restate, unpublish, update};

use crate::connection::AnyConnection;
use crate::convert::{code, hash, texts, timestamp, uuid};
use crate::error::{Error, Result};
use crate::schema::{duplicate_pairs, record_links, records, sources};
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::DuplicateState;
use domain::{Timestamp, Uuid};

/// Ids of one `IN (…)`, well under SQLite's 32,766 variables.
const CHUNK: usize = 500;

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Id.
    pub id: Uuid,
    /// Kind.
    pub kind: RecordKind,
    /// Source.
    pub source_id: Uuid,
    /// Identifier at the source.
    pub external_id: String,
    /// Organisation of an offer.
    pub organization_id: Option<Uuid>,
    /// State; a withdrawn record is a tombstone.
    pub state: PublicationState,
    /// Counts up with every change.
    pub version: i64,
    /// When it came into the catalogue.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Last part of the page address.
    pub slug: String,
    /// Canonical JSON of `domain::catalogue::{Organization, Place, Offer}`.
    pub document: String,
    /// Last full import of its source, which confirms the record if it is later than the document's own `freshness`.
    pub source_confirmed_at: Option<Timestamp>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = records)]
struct Row {
    id: String,
    kind: String,
    source_id: String,
    external_id: String,
    organization_id: Option<String>,
    state: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
    slug: String,
    document: String,
}

impl StoredRecord {
    fn from_row((row, confirmed): (Row, Option<i64>)) -> Result<Self> {
        Ok(Self {
            id: uuid(&row.id)?,
            kind: code(&row.kind)?,
            source_id: uuid(&row.source_id)?,
            external_id: row.external_id,
            organization_id: row.organization_id.as_deref().map(uuid).transpose()?,
            state: code(&row.state)?,
            version: row.version,
            created_at: timestamp(row.created_at)?,
            updated_at: timestamp(row.updated_at)?,
            slug: row.slug,
            document: row.document,
            source_confirmed_at: confirmed.map(timestamp).transpose()?,
        })
    }
}

/// The record with this id, withdrawn ones included.
pub fn get(connection: &mut AnyConnection, id: Uuid) -> Result<Option<StoredRecord>> {
    let row = records::table
        .inner_join(sources::table)
        .filter(records::id.eq(id.to_string()))
        .select((Row::as_select(), sources::confirmed_at))
        .first(connection)
        .optional()?;
    row.map(StoredRecord::from_row).transpose()
}

/// Like [`get`], and whether the record is linked with another one as the same offer: in one question, because every detail page asks it.
pub fn get_and_linked(connection: &mut AnyConnection, id: Uuid) -> Result<Option<(StoredRecord, bool)>> {
    let id = id.to_string();
    let pairs = duplicate_pairs::table
        .filter(duplicate_pairs::first_id.eq(&id).or(duplicate_pairs::second_id.eq(&id)))
        .filter(duplicate_pairs::state.eq(DuplicateState::Linked.code()));
    let row: Option<(Row, Option<i64>, bool)> = records::table
        .inner_join(sources::table)
        .filter(records::id.eq(&id))
        .select((Row::as_select(), sources::confirmed_at, exists(pairs)))
        .first(connection)
        .optional()?;
    row.map(|(row, confirmed, linked)| Ok((StoredRecord::from_row((row, confirmed))?, linked))).transpose()
}

/// The records with these ids, in no order; missing ones are left out.
pub fn get_many(connection: &mut AnyConnection, ids: &[Uuid]) -> Result<Vec<StoredRecord>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows = records::table
            .inner_join(sources::table)
            .filter(records::id.eq_any(texts(chunk)))
            .select((Row::as_select(), sources::confirmed_at))
            .load(connection)?;
        for row in rows {
            found.push(StoredRecord::from_row(row)?);
        }
    }
    Ok(found)
}

/// The raw record as it was handed in.
pub fn payload(connection: &mut AnyConnection, id: Uuid) -> Result<Vec<u8>> {
    Ok(records::table.find(id.to_string()).select(records::payload).first(connection)?)
}

/// Up to `limit` published records of a kind, in order of id, after an id.
pub fn page(connection: &mut AnyConnection, kind: RecordKind, after: Option<Uuid>, limit: i64) -> Result<Vec<StoredRecord>> {
    let rows = records::table
        .inner_join(sources::table)
        .filter(records::kind.eq(kind.code()))
        .filter(records::state.eq(PublicationState::Published.code()))
        .filter(records::id.gt(after.map_or_else(String::new, |id| id.to_string())))
        .order(records::id)
        .limit(limit)
        .select((Row::as_select(), sources::confirmed_at))
        .load(connection)?;
    rows.into_iter().map(StoredRecord::from_row).collect()
}

/// What a site map needs of a published record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAddress {
    /// Id.
    pub id: Uuid,
    /// Last part of the page address.
    pub slug: String,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Up to `limit` addresses of published records of a kind, in order of id, after an id.
pub fn addresses(connection: &mut AnyConnection, kind: RecordKind, after: Option<Uuid>, limit: i64) -> Result<Vec<RecordAddress>> {
    let rows: Vec<(String, String, i64)> = records::table
        .filter(records::kind.eq(kind.code()))
        .filter(records::state.eq(PublicationState::Published.code()))
        .filter(records::id.gt(after.map_or_else(String::new, |id| id.to_string())))
        .order(records::id)
        .limit(limit)
        .select((records::id, records::slug, records::updated_at))
        .load(connection)?;
    rows.into_iter().map(|(id, slug, updated)| Ok(RecordAddress { id: uuid(&id)?, slug, updated_at: timestamp(updated)? })).collect()
}

/// Number of published records of each kind.
pub fn counts(connection: &mut AnyConnection) -> Result<Vec<(RecordKind, i64)>> {
    let mut counts = Vec::with_capacity(RecordKind::ALL.len());
    for kind in RecordKind::ALL {
        let published = records::table.filter(records::kind.eq(kind.code())).filter(records::state.eq(PublicationState::Published.code()));
        counts.push((*kind, published.count().get_result(connection)?));
    }
    Ok(counts)
}

/// What an import has to know of a record to tell whether it is new, changed or the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRecord {
    /// Kind.
    pub kind: RecordKind,
    /// Identifier at the source.
    pub external_id: String,
    /// Id.
    pub id: Uuid,
    /// Hash of the raw record.
    pub content_hash: [u8; 32],
    /// Version.
    pub version: i64,
    /// State.
    pub state: PublicationState,
}

/// Visits every record of a source, withdrawn ones included, a page at a time.
pub fn each_of_source(connection: &mut AnyConnection, source_id: Uuid, mut visit: impl FnMut(KnownRecord)) -> Result<()> {
    const PAGE: i64 = 20_000;
    type Known = (String, String, Vec<u8>, i64, String);
    for kind in RecordKind::ALL {
        let mut after = String::new();
        loop {
            let rows: Vec<Known> = records::table
                .filter(records::source_id.eq(source_id.to_string()))
                .filter(records::kind.eq(kind.code()))
                .filter(records::external_id.gt(&after))
                .order(records::external_id)
                .limit(PAGE)
                .select((records::external_id, records::id, records::content_hash, records::version, records::state))
                .load(connection)?;
            let Some((last, ..)) = rows.last() else { break };
            after.clone_from(last);
            for (external_id, id, content_hash, version, state) in rows {
                let (id, content_hash, state) = (uuid(&id)?, hash(&content_hash)?, code(&state)?);
                visit(KnownRecord { kind: *kind, external_id, id, content_hash, version, state });
            }
        }
    }
    Ok(())
}

/// Up to `limit` ids of published records that link to any of `targets`, in order of id, after an id.
pub fn linked_to(connection: &mut AnyConnection, targets: &[Uuid], after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    let ids: Vec<String> = record_links::table
        .inner_join(records::table)
        .filter(record_links::target_id.eq_any(texts(targets)))
        .filter(records::state.eq(PublicationState::Published.code()))
        .filter(records::id.gt(after.map_or_else(String::new, |id| id.to_string())))
        .select(records::id)
        .distinct()
        .order(records::id)
        .limit(limit)
        .load(connection)?;
    ids.iter().map(|id| uuid(id)).collect()
}

/// Of these ids, those that a published record links to.
pub fn still_linked(connection: &mut AnyConnection, targets: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut found = Vec::new();
    for chunk in targets.chunks(CHUNK) {
        let ids: Vec<String> = record_links::table
            .inner_join(records::table)
            .filter(record_links::target_id.eq_any(texts(chunk)))
            .filter(records::state.eq(PublicationState::Published.code()))
            .select(record_links::target_id)
            .distinct()
            .load(connection)?;
        for id in &ids {
            found.push(uuid(id)?);
        }
    }
    Ok(found)
}

/// Tells a missing row from one that somebody else has changed.
pub(super) fn expect_one(connection: &mut AnyConnection, id: Uuid, changed: usize) -> Result<()> {
    if changed == 1 {
        return Ok(());
    }
    let now: Option<i64> = records::table.find(id.to_string()).select(records::version).first(connection).optional()?;
    Err(now.map_or(Error::NotFound, Error::Conflict))
}
