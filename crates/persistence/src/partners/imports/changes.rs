//! What an import did to each record, and what was there before: the report by record, and what taking an import back needs.

use super::{SeesImports, get};
use crate::access::Owned;
use crate::catalogue::records::{RecordWrite, insert_rows};
use crate::connection::AnyConnection;
use crate::convert::{code, hash, micros, texts, uuid};
use crate::error::{Error, Result};
use crate::schema::{import_changes, imports, records};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text};
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::{ChangeAction, ImportFormat, ImportRecord, ImportState, Source};
use domain::{Timestamp, Uuid};

/// Ids of one `IN (…)`.
const IDS: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = import_changes, treat_none_as_default_value = false)]
struct NewRow<'a> {
    import_id: &'a str,
    record_id: String,
    record_kind: &'static str,
    external_id: &'a str,
    action: &'static str,
    version: i64,
    name: Option<&'a str>,
    hash_after: Option<&'a [u8]>,
    hash_before: Option<&'a [u8]>,
    state_before: Option<&'static str>,
}

/// Notes records that an import has created.
pub fn note_created(tx: &mut AnyConnection, import: Uuid, writes: &[RecordWrite]) -> Result<()> {
    let import = import.to_string();
    for chunk in writes.chunks(IDS) {
        let rows: Vec<NewRow<'_>> = chunk
            .iter()
            .map(|write| NewRow {
                import_id: &import,
                record_id: write.id.to_string(),
                record_kind: write.kind.code(),
                external_id: &write.external_id,
                action: ChangeAction::Created.code(),
                version: write.version,
                name: Some(&write.name),
                hash_after: Some(&write.content_hash),
                hash_before: None,
                state_before: None,
            })
            .collect();
        insert_rows!(tx, import_changes::table, &rows);
    }
    Ok(())
}

/// Copies what is there before, without a journey of the documents out of the database and back.
const SNAPSHOT: &str = "INSERT INTO import_changes (import_id, record_id, record_kind, external_id, action, version, name, hash_after, hash_before, \
     state_before, format_before, slug_before, document_before, payload_before) \
     SELECT $1, r.id, r.kind, r.external_id, $2, r.version + 1, n.name, n.hash, r.content_hash, r.state, r.format, r.slug, r.document, r.payload \
     FROM unnest($3::text[], $4::text[], $5::bytea[]) AS n(id, name, hash) JOIN records r ON r.id = n.id";

/// Notes records that an import is about to change, as they are now.
pub fn note_updated(tx: &mut AnyConnection, import: Uuid, writes: &[RecordWrite]) -> Result<()> {
    if writes.is_empty() {
        return Ok(());
    }
    let (import, action) = (import.to_string(), ChangeAction::Changed.code());
    match tx {
        AnyConnection::Sqlite(inner) => {
            for write in writes {
                records::table
                    .find(write.id.to_string())
                    .select((
                        (import.as_str().into_sql::<Text>(), records::id, records::kind, records::external_id, action.into_sql::<Text>()),
                        (write.version.into_sql::<BigInt>(), Some(write.name.as_str()).into_sql::<Nullable<Text>>()),
                        Some(write.content_hash.as_slice()).into_sql::<Nullable<Binary>>(),
                        (records::content_hash.nullable(), records::state.nullable(), records::format, records::slug.nullable()),
                        (records::document.nullable(), records::payload.nullable()),
                    ))
                    .insert_into(import_changes::table)
                    .into_columns((
                        (
                            import_changes::import_id,
                            import_changes::record_id,
                            import_changes::record_kind,
                            import_changes::external_id,
                            import_changes::action,
                        ),
                        (import_changes::version, import_changes::name),
                        import_changes::hash_after,
                        (import_changes::hash_before, import_changes::state_before, import_changes::format_before, import_changes::slug_before),
                        (import_changes::document_before, import_changes::payload_before),
                    ))
                    .execute(inner)?;
            }
        }
        AnyConnection::Postgres(inner) => {
            for chunk in writes.chunks(IDS) {
                let names: Vec<&str> = chunk.iter().map(|write| write.name.as_str()).collect();
                let hashes: Vec<&[u8]> = chunk.iter().map(|write| write.content_hash.as_slice()).collect();
                diesel::sql_query(SNAPSHOT)
                    .bind::<Text, _>(&import)
                    .bind::<Text, _>(action)
                    .bind::<Array<Text>, _>(chunk.iter().map(|write| write.id.to_string()).collect::<Vec<_>>())
                    .bind::<Array<Text>, _>(names)
                    .bind::<Array<Binary>, _>(hashes)
                    .execute(inner)?;
            }
        }
    }
    Ok(())
}

/// Notes records that an import is about to withdraw. Their rows keep document and payload, so nothing is copied.
pub fn note_withdrawn(tx: &mut AnyConnection, import: Uuid, ids: &[Uuid]) -> Result<()> {
    type Shown = (String, String, String, i64, Vec<u8>, String, String);
    #[derive(serde::Deserialize)]
    struct Named {
        #[serde(alias = "title")]
        name: Option<String>,
    }
    let import = import.to_string();
    for chunk in ids.chunks(IDS) {
        let found: Vec<Shown> = records::table
            .filter(records::id.eq_any(texts(chunk)))
            .select((records::id, records::kind, records::external_id, records::version, records::content_hash, records::state, records::document))
            .load(tx)?;
        let mut rows = Vec::with_capacity(found.len());
        for (id, kind, external_id, version, content_hash, state, document) in &found {
            let name = serde_json::from_str::<Named>(document).map_err(Error::corrupt)?.name;
            rows.push((id, code::<RecordKind>(kind)?, external_id, *version, content_hash, code::<PublicationState>(state)?, name));
        }
        let rows: Vec<NewRow<'_>> = rows
            .iter()
            .map(|(id, kind, external_id, version, content_hash, state, name)| NewRow {
                import_id: &import,
                record_id: (*id).clone(),
                record_kind: kind.code(),
                external_id,
                action: ChangeAction::Withdrawn.code(),
                version: version + 1,
                name: name.as_deref(),
                hash_after: Some(content_hash),
                hash_before: Some(content_hash),
                state_before: Some(state.code()),
            })
            .collect();
        insert_rows!(tx, import_changes::table, &rows);
    }
    Ok(())
}

type Reported = (String, String, String, String, i64, Option<String>);

fn record((id, kind, external_id, action, version, name): Reported) -> Result<ImportRecord> {
    Ok(ImportRecord { record_id: Some(uuid(&id)?), kind: code(&kind)?, external_id, action: code(&action)?, version, name })
}

macro_rules! reported_columns {
    () => {
        (
            import_changes::record_id,
            import_changes::record_kind,
            import_changes::external_id,
            import_changes::action,
            import_changes::version,
            import_changes::name,
        )
    };
}

/// Up to `limit` records of the report of an import that is under way: for a transaction that is about to be rolled back.
pub fn report(tx: &mut AnyConnection, import: Uuid, limit: i64) -> Result<Vec<ImportRecord>> {
    let rows: Vec<Reported> = import_changes::table
        .filter(import_changes::import_id.eq(import.to_string()))
        .order(import_changes::record_id)
        .limit(limit)
        .select(reported_columns!())
        .load(tx)?;
    rows.into_iter().map(record).collect()
}

/// Keeps the report of an import that has changed nothing, in place of any earlier one.
pub fn replace_report(tx: &mut AnyConnection, import: Uuid, records: &[ImportRecord]) -> Result<()> {
    let import = import.to_string();
    diesel::delete(import_changes::table.filter(import_changes::import_id.eq(&import))).execute(tx)?;
    for chunk in records.chunks(IDS) {
        let rows: Vec<NewRow<'_>> = chunk
            .iter()
            .map(|record| NewRow {
                import_id: &import,
                record_id: record.record_id.unwrap_or_default().to_string(),
                record_kind: record.kind.code(),
                external_id: &record.external_id,
                action: record.action.code(),
                version: record.version,
                name: record.name.as_deref(),
                hash_after: None,
                hash_before: None,
                state_before: None,
            })
            .collect();
        insert_rows!(tx, import_changes::table, &rows);
    }
    Ok(())
}

/// Up to `limit` records of the report of an import in order of their ids, after an id, with their number in all; only those to which `action`
/// happened, if one is given. [`Error::NotFound`] for an import of another source.
pub fn reported<C: SeesImports>(
    connection: &mut AnyConnection,
    source: &Owned<Source, C>,
    import: Uuid,
    action: Option<ChangeAction>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<(Vec<(Uuid, ImportRecord)>, i64)> {
    let shown = get(connection, source, import)?.ok_or(Error::NotFound)?;
    let nothing_came_of_it = shown.dry_run || shown.state != ImportState::Succeeded;
    let actions: Vec<&str> = action.map_or_else(|| ChangeAction::ALL.iter().map(|action| action.code()).collect(), |action| vec![action.code()]);
    let all = import_changes::table.filter(import_changes::import_id.eq(import.to_string())).filter(import_changes::action.eq_any(actions));
    let total = all.clone().count().get_result(connection)?;
    let rows: Vec<Reported> = all
        .filter(import_changes::record_id.gt(after.map_or_else(String::new, |id| id.to_string())))
        .order(import_changes::record_id)
        .limit(limit)
        .select(reported_columns!())
        .load(connection)?;
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let mut record = record(row)?;
        let id = record.record_id.unwrap_or_default();
        if nothing_came_of_it && record.action == ChangeAction::Created {
            record.record_id = None;
        }
        records.push((id, record));
    }
    Ok((records, total))
}

/// What an import did to a record, and how to tell whether that still is how the record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// Id of the record.
    pub record_id: Uuid,
    /// Kind.
    pub kind: RecordKind,
    /// Identifier at the source.
    pub external_id: String,
    /// What happened.
    pub action: ChangeAction,
    /// Version after it.
    pub version: i64,
    /// Hash of the raw record after it.
    pub hash_after: Option<[u8; 32]>,
    /// What was there before; of a withdrawn record only what is not in its row any more.
    pub before: Option<Before>,
}

/// A record as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// State.
    pub state: PublicationState,
    /// Document, format and payload; none for a withdrawn record, whose row still has them.
    pub content: Option<Content>,
}

/// What a record said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Hash of the raw record.
    pub hash: [u8; 32],
    /// Canonical JSON.
    pub document: String,
    /// Format of the raw record.
    pub format: ImportFormat,
    /// The raw record.
    pub payload: Vec<u8>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = import_changes)]
struct Row {
    record_id: String,
    record_kind: String,
    external_id: String,
    action: String,
    version: i64,
    hash_after: Option<Vec<u8>>,
    hash_before: Option<Vec<u8>>,
    state_before: Option<String>,
    format_before: Option<String>,
    document_before: Option<String>,
    payload_before: Option<Vec<u8>>,
}

impl TryFrom<Row> for Undoable {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let format = row.format_before.as_deref().map_or(Ok(ImportFormat::Ndjson), code)?;
        let content = match (row.hash_before, row.document_before, row.payload_before) {
            (Some(before), Some(document), Some(payload)) => Some(Content { hash: hash(&before)?, document, format, payload }),
            _ => None,
        };
        let state = row.state_before.as_deref().map(code).transpose()?;
        Ok(Self {
            record_id: uuid(&row.record_id)?,
            kind: code(&row.record_kind)?,
            external_id: row.external_id,
            action: code(&row.action)?,
            version: row.version,
            hash_after: row.hash_after.as_deref().map(hash).transpose()?,
            before: state.map(|state| Before { state, content }),
        })
    }
}

/// Up to `limit` records that an import touched, of some kinds, in order of their ids, after an id.
pub fn undoable(tx: &mut AnyConnection, import: Uuid, kinds: &[RecordKind], after: Option<Uuid>, limit: i64) -> Result<Vec<Undoable>> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
    let rows: Vec<Row> = import_changes::table
        .filter(import_changes::import_id.eq(import.to_string()))
        .filter(import_changes::record_kind.eq_any(kinds))
        .filter(import_changes::record_id.gt(after.map_or_else(String::new, |id| id.to_string())))
        .order(import_changes::record_id)
        .limit(limit)
        .select(Row::as_select())
        .load(tx)?;
    rows.into_iter().map(Undoable::try_from).collect()
}

/// Forgets what the imports of a source before an instant did to single records. The imports themselves stay.
pub fn forget_snapshots(tx: &mut AnyConnection, source_id: Uuid, before: Timestamp) -> Result<usize> {
    let old = imports::table.filter(imports::source_id.eq(source_id.to_string())).filter(imports::started_at.lt(micros(before))).select(imports::id);
    Ok(diesel::delete(import_changes::table.filter(import_changes::import_id.eq_any(old))).execute(tx)?)
}
