//! What a record of an import is made of besides its file: what was handed in before, what was edited in the portal, what took its place.

use crate::connection::AnyConnection;
use crate::convert::{code, count, hash, uuid};
use crate::error::{Error, Result};
use crate::schema::{record_edits, record_merges, records, sources};
use diesel::prelude::*;
use domain::Uuid;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::{ImportFormat, Source};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// How much a full import of a source may withdraw without a question: whatever is at most one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brake {
    /// Per cent of the published records.
    pub percent: u64,
    /// Records.
    pub records: u64,
}

impl Brake {
    /// Whether these withdrawals need a question.
    pub fn stops(&self, withdrawals: u64, published: u64) -> bool {
        withdrawals > self.records && u128::from(withdrawals) * 100 > u128::from(self.percent) * u128::from(published)
    }
}

/// The brake of a source.
pub fn brake(connection: &mut AnyConnection, source_id: Uuid) -> Result<Brake> {
    let (percent, records): (i64, i64) =
        sources::table.find(source_id.to_string()).select((sources::brake_percent, sources::brake_records)).first(connection)?;
    Ok(Brake { percent: count(percent), records: count(records) })
}

/// Fields of one record that were edited in the portal, with their values.
type Edits = BTreeMap<String, Value>;

fn value(json: &str) -> Result<Value> {
    serde_json::from_str(json).map_err(Error::corrupt)
}

/// What was edited in the portal of the records of a source.
pub fn edits(connection: &mut AnyConnection, source_id: Uuid) -> Result<HashMap<Uuid, Edits>> {
    let rows: Vec<(String, String, String)> = record_edits::table
        .inner_join(records::table)
        .filter(records::source_id.eq(source_id.to_string()))
        .select((record_edits::record_id, record_edits::field, record_edits::value))
        .load(connection)?;
    let mut edits: HashMap<Uuid, Edits> = HashMap::new();
    for (id, field, json) in rows {
        edits.entry(uuid(&id)?).or_default().insert(field, value(&json)?);
    }
    Ok(edits)
}

/// What was edited in the portal of a record.
pub fn edits_of(connection: &mut AnyConnection, record_id: Uuid) -> Result<BTreeMap<String, Value>> {
    let rows: Vec<(String, String)> = record_edits::table
        .filter(record_edits::record_id.eq(record_id.to_string()))
        .select((record_edits::field, record_edits::value))
        .load(connection)?;
    rows.into_iter().map(|(field, json)| Ok((field, value(&json)?))).collect()
}

/// The records of a source in whose place another one is shown.
pub fn merged(connection: &mut AnyConnection, source_id: Uuid) -> Result<Vec<Uuid>> {
    let ids: Vec<String> = record_merges::table
        .inner_join(records::table)
        .filter(records::source_id.eq(source_id.to_string()))
        .select(record_merges::record_id)
        .load(connection)?;
    ids.iter().map(|id| uuid(id)).collect()
}

/// Whether another record is shown in the place of this one.
pub fn is_merged(connection: &mut AnyConnection, record_id: Uuid) -> Result<bool> {
    Ok(record_merges::table.find(record_id.to_string()).count().get_result::<i64>(connection)? > 0)
}

/// A record as it was last handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Format of the payload.
    pub format: ImportFormat,
    /// The raw record.
    pub payload: Vec<u8>,
    /// Its hash.
    pub content_hash: [u8; 32],
}

/// What was last handed in of a record. [`Error::NotFound`] if there is no such record.
pub fn handed_in(connection: &mut AnyConnection, record_id: Uuid) -> Result<HandedIn> {
    let (format, payload, content_hash): (Option<String>, Vec<u8>, Vec<u8>) =
        records::table.find(record_id.to_string()).select((records::format, records::payload, records::content_hash)).first(connection)?;
    // Every row has a format since the column is there.
    let format = format.as_deref().map_or(Ok(ImportFormat::Ndjson), code)?;
    Ok(HandedIn { format, payload, content_hash: hash(&content_hash)? })
}

/// The source of a record, even if revoked. [`Error::NotFound`] if there is none.
pub fn source(connection: &mut AnyConnection, source_id: Uuid) -> Result<Source> {
    super::super::sources::get(connection, source_id)?.ok_or(Error::NotFound)
}

/// The id of the record of a source that is published under this identifier.
pub fn published(connection: &mut AnyConnection, source_id: Uuid, kind: RecordKind, external_id: &str) -> Result<Option<Uuid>> {
    let id: Option<String> = records::table
        .filter(records::source_id.eq(source_id.to_string()))
        .filter(records::kind.eq(kind.code()))
        .filter(records::external_id.eq(external_id))
        .filter(records::state.eq(PublicationState::Published.code()))
        .select(records::id)
        .first(connection)
        .optional()?;
    id.as_deref().map(uuid).transpose()
}
