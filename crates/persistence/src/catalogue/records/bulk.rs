//! Writing many records at once, with their links and runs.

use super::expect_one;
use crate::connection::AnyConnection;
use crate::convert::{micros, texts};
use crate::error::Result;
use crate::schema::{record_links, records, runs};
use diesel::prelude::*;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::ImportFormat;
use domain::{Timestamp, Uuid};

/// Inserts rows in the way that is fast: SQLite row by row with one prepared statement (no text to parse, no journal for half a statement),
/// PostgreSQL all in one `COPY` (one round trip, no statement of thousands of parameters to plan).
macro_rules! insert_rows {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            $crate::connection::AnyConnection::Sqlite(inner) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(inner)?;
                }
            }
            $crate::connection::AnyConnection::Postgres(inner) => {
                diesel::copy_from($table).from_insertable($rows).execute(inner)?;
            }
        }
    };
}
pub(crate) use insert_rows;

/// Rows of one INSERT.
const ROWS: usize = 100;

/// Ids of one `IN (…)`.
const IDS: usize = 500;

/// A record that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordWrite {
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
    /// State.
    pub state: PublicationState,
    /// Version after the write; an update expects the one before in the database.
    pub version: i64,
    /// When it came into the catalogue; not changed by an update.
    pub created_at: Timestamp,
    /// Now.
    pub updated_at: Timestamp,
    /// Hash of the raw record.
    pub content_hash: [u8; 32],
    /// Last part of the page address.
    pub slug: String,
    /// Canonical JSON.
    pub document: String,
    /// The raw record.
    pub payload: Vec<u8>,
    /// Its format, so that it can be decoded again.
    pub format: ImportFormat,
    /// Title or name, for the report of the import.
    pub name: String,
    /// Organisation and places an offer shows.
    pub links: Vec<Uuid>,
    /// Runs with dates.
    pub runs: Vec<RunWrite>,
    /// An update leaves links and runs as they are, because they are the same.
    pub keeps_parts: bool,
}

/// A dated run, lifted for the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunWrite {
    /// Id.
    pub id: Uuid,
    /// First instant.
    pub starts_at: Timestamp,
    /// Last instant; `None` for a run that never ends by itself.
    pub ends_at: Option<Timestamp>,
    /// AGS of the municipality.
    pub ags: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = records, treat_none_as_default_value = false)]
struct NewRecord<'a> {
    id: String,
    kind: &'static str,
    source_id: String,
    external_id: &'a str,
    organization_id: Option<String>,
    state: &'static str,
    version: i64,
    created_at: i64,
    updated_at: i64,
    content_hash: &'a [u8],
    slug: &'a str,
    document: &'a str,
    payload: &'a [u8],
    format: &'static str,
}

#[derive(AsChangeset)]
#[diesel(table_name = records, treat_none_as_null = true)]
struct ChangedRecord<'a> {
    organization_id: Option<String>,
    state: &'static str,
    version: i64,
    updated_at: i64,
    content_hash: &'a [u8],
    slug: &'a str,
    document: &'a str,
    payload: &'a [u8],
    format: &'static str,
}

#[derive(Insertable)]
#[diesel(table_name = record_links, treat_none_as_default_value = false)]
struct NewLink {
    record_id: String,
    target_id: String,
}

#[derive(Insertable)]
#[diesel(table_name = runs, treat_none_as_default_value = false)]
struct NewRun<'a> {
    id: String,
    offer_id: String,
    organization_id: String,
    ags: Option<&'a str>,
    starts_at: i64,
    ends_at: Option<i64>,
}

/// Inserts new records with their links and runs.
pub fn insert(connection: &mut AnyConnection, writes: &[RecordWrite]) -> Result<()> {
    for chunk in writes.chunks(ROWS) {
        let rows: Vec<NewRecord<'_>> = chunk.iter().map(new_record).collect();
        insert_rows!(connection, records::table, &rows);
    }
    insert_parts(connection, writes)
}

/// Updates records and replaces their links and runs. [`crate::Error::Conflict`] if one has not the version before.
pub fn update(connection: &mut AnyConnection, writes: &[RecordWrite]) -> Result<()> {
    for write in writes {
        let changed = ChangedRecord {
            organization_id: write.organization_id.map(|id| id.to_string()),
            state: write.state.code(),
            version: write.version,
            updated_at: micros(write.updated_at),
            content_hash: &write.content_hash,
            slug: &write.slug,
            document: &write.document,
            payload: &write.payload,
            format: write.format.code(),
        };
        let row = records::table.filter(records::id.eq(write.id.to_string())).filter(records::version.eq(write.version - 1));
        let updated = diesel::update(row).set(changed).execute(connection)?;
        expect_one(connection, write.id, updated)?;
    }
    let ids: Vec<Uuid> = writes.iter().filter(|write| write.kind == RecordKind::Offer && !write.keeps_parts).map(|write| write.id).collect();
    remove_parts(connection, &ids)?;
    insert_parts(connection, writes)
}

/// A record that was handed in in other words and says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadWrite {
    /// Id.
    pub id: Uuid,
    /// Hash of the raw record.
    pub content_hash: [u8; 32],
    /// The raw record.
    pub payload: Vec<u8>,
    /// Its format.
    pub format: ImportFormat,
}

/// Keeps raw records whose documents stay as they are: no version, nothing for the change log.
pub fn replace_payloads(connection: &mut AnyConnection, writes: &[PayloadWrite]) -> Result<()> {
    for write in writes {
        diesel::update(records::table.find(write.id.to_string()))
            .set((
                records::content_hash.eq(write.content_hash.as_slice()),
                records::payload.eq(&write.payload),
                records::format.eq(write.format.code()),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// A document that is rewritten because something it shows has changed elsewhere, not because its source handed it in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentWrite {
    /// Id of the offer.
    pub id: Uuid,
    /// Its organisation.
    pub organization_id: Uuid,
    /// Version after the write; the one before is expected in the database.
    pub version: i64,
    /// Canonical JSON.
    pub document: String,
    /// Runs with dates.
    pub runs: Vec<RunWrite>,
}

/// Replaces documents and runs of offers. [`crate::Error::Conflict`] if one has not the version before.
pub fn replace_documents(connection: &mut AnyConnection, writes: &[DocumentWrite], at: Timestamp) -> Result<()> {
    for write in writes {
        let row = records::table.filter(records::id.eq(write.id.to_string())).filter(records::version.eq(write.version - 1));
        let updated = diesel::update(row)
            .set((records::document.eq(&write.document), records::version.eq(write.version), records::updated_at.eq(micros(at))))
            .execute(connection)?;
        expect_one(connection, write.id, updated)?;
        diesel::delete(runs::table.filter(runs::offer_id.eq(write.id.to_string()))).execute(connection)?;
    }
    insert_runs(connection, writes.iter().map(|write| (write.id, write.organization_id, write.runs.as_slice())))
}

/// Gives a record another version of the same document, whose links and runs stay as they are: something is shown with it that is not of its own.
/// [`crate::Error::Conflict`] if it has not the version before.
pub fn restate(connection: &mut AnyConnection, id: Uuid, version: i64, document: &str, at: Timestamp) -> Result<()> {
    let row = records::table.filter(records::id.eq(id.to_string())).filter(records::version.eq(version - 1));
    let updated = diesel::update(row)
        .set((records::document.eq(document), records::version.eq(version), records::updated_at.eq(micros(at))))
        .execute(connection)?;
    expect_one(connection, id, updated)
}

/// Puts records into a state in which they are not public: version + 1, no links, no runs. The row stays as a tombstone.
pub fn unpublish(connection: &mut AnyConnection, ids: &[Uuid], state: PublicationState, at: Timestamp) -> Result<()> {
    for chunk in ids.chunks(IDS) {
        diesel::update(records::table.filter(records::id.eq_any(texts(chunk))))
            .set((records::state.eq(state.code()), records::version.eq(records::version + 1), records::updated_at.eq(micros(at))))
            .execute(connection)?;
    }
    remove_parts(connection, ids)
}

fn new_record(write: &RecordWrite) -> NewRecord<'_> {
    NewRecord {
        id: write.id.to_string(),
        kind: write.kind.code(),
        source_id: write.source_id.to_string(),
        external_id: &write.external_id,
        organization_id: write.organization_id.map(|id| id.to_string()),
        state: write.state.code(),
        version: write.version,
        created_at: micros(write.created_at),
        updated_at: micros(write.updated_at),
        content_hash: &write.content_hash,
        slug: &write.slug,
        document: &write.document,
        payload: &write.payload,
        format: write.format.code(),
    }
}

fn remove_parts(connection: &mut AnyConnection, ids: &[Uuid]) -> Result<()> {
    for chunk in ids.chunks(IDS) {
        let ids = texts(chunk);
        diesel::delete(record_links::table.filter(record_links::record_id.eq_any(&ids))).execute(connection)?;
        diesel::delete(runs::table.filter(runs::offer_id.eq_any(&ids))).execute(connection)?;
    }
    Ok(())
}

fn insert_parts(connection: &mut AnyConnection, writes: &[RecordWrite]) -> Result<()> {
    let rewritten = writes.iter().filter(|write| !write.keeps_parts);
    let mut links = Vec::new();
    for write in rewritten.clone() {
        let id = write.id.to_string();
        links.extend(write.links.iter().map(|target| NewLink { record_id: id.clone(), target_id: target.to_string() }));
    }
    for chunk in links.chunks(IDS) {
        insert_rows!(connection, record_links::table, chunk);
    }
    insert_runs(
        connection,
        writes.iter().filter(|write| !write.keeps_parts).map(|write| (write.id, write.organization_id.unwrap_or_default(), write.runs.as_slice())),
    )
}

fn insert_runs<'a>(connection: &mut AnyConnection, offers: impl Iterator<Item = (Uuid, Uuid, &'a [RunWrite])>) -> Result<()> {
    let mut rows = Vec::new();
    for (offer_id, organization_id, offered) in offers.filter(|(.., runs)| !runs.is_empty()) {
        let (offer_id, organization_id) = (offer_id.to_string(), organization_id.to_string());
        rows.extend(offered.iter().map(|run| NewRun {
            id: run.id.to_string(),
            offer_id: offer_id.clone(),
            organization_id: organization_id.clone(),
            ags: run.ags.as_deref(),
            starts_at: micros(run.starts_at),
            ends_at: run.ends_at.map(micros),
        }));
    }
    for chunk in rows.chunks(IDS) {
        insert_rows!(connection, runs::table, chunk);
    }
    Ok(())
}
