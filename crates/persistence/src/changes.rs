//! The change log: every change of a published record, in order, once and for all readers.

mod feed;
mod retention;

pub use feed::{FeedFilter, FeedPage, feed, has_gap, oldest_seq};
pub use retention::clear;

use crate::connection::{AnyConnection, each_backend};
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::Result;
use crate::schema::changes;
use crate::signal::CHANNEL;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use domain::catalogue::RecordKind;
use domain::partners::{Change, ChangeAction};
use domain::{Timestamp, Uuid};

/// Any number of its own: PostgreSQL's lock under which numbers are given out and become visible in the same order.
const LOCK: i64 = 0x6269_6c64_6368_616e;

/// Rows of one INSERT: 5 variables each, well under SQLite's 32,766.
const CHUNK: usize = 1000;

/// An entry that is to be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewChange {
    /// Kind of the record.
    pub kind: RecordKind,
    /// Id of the record.
    pub record_id: Uuid,
    /// What happened.
    pub action: ChangeAction,
    /// Version of the record after the change.
    pub version: i64,
}

#[derive(Insertable)]
#[diesel(table_name = changes, treat_none_as_default_value = false)]
struct NewRow {
    kind: &'static str,
    record_id: String,
    action: &'static str,
    version: i64,
    changed_at: i64,
}

#[derive(Queryable)]
struct Row {
    seq: i64,
    kind: String,
    record_id: String,
    action: String,
    version: i64,
    changed_at: i64,
}

/// Appends entries in the transaction that makes the changes, and wakes other nodes when it commits.
///
/// PostgreSQL gives out sequence numbers before commit, so a reader could see 8 while 7 is not yet committed and then skip it for ever. Whoever
/// appends therefore takes a lock until the end of its transaction: long transactions append as their last act.
pub fn append(connection: &mut AnyConnection, entries: &[NewChange], at: Timestamp) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    if let AnyConnection::Postgres(inner) = connection {
        // The end of another large import may hold the lock for longer than a row is ever locked.
        inner.batch_execute(&format!("SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({LOCK}); NOTIFY {CHANNEL}"))?;
    }
    for chunk in entries.chunks(CHUNK) {
        let rows: Vec<NewRow> = chunk
            .iter()
            .map(|entry| NewRow {
                kind: entry.kind.code(),
                record_id: entry.record_id.to_string(),
                action: entry.action.code(),
                version: entry.version,
                changed_at: micros(at),
            })
            .collect();
        each_backend!(connection, |inner| diesel::insert_into(changes::table).values(&rows).execute(inner))?;
    }
    Ok(())
}

/// Up to `limit` entries after `seq` in order, of the given kinds (of all kinds if there are none).
pub fn after(connection: &mut AnyConnection, seq: i64, limit: i64, kinds: &[RecordKind]) -> Result<Vec<Change>> {
    let mut query = changes::table.filter(changes::seq.gt(seq)).order(changes::seq).limit(limit).into_boxed();
    if !kinds.is_empty() {
        let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        query = query.filter(changes::kind.eq_any(codes));
    }
    query.load::<Row>(connection)?.into_iter().map(Change::try_from).collect()
}

/// The number of the newest entry; 0 if there is none.
pub fn last_seq(connection: &mut AnyConnection) -> Result<i64> {
    Ok(changes::table.select(changes::seq).order(changes::seq.desc()).first(connection).optional()?.unwrap_or(0))
}

impl TryFrom<Row> for Change {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            seq: row.seq,
            kind: code(&row.kind)?,
            record_id: uuid(&row.record_id)?,
            action: code(&row.action)?,
            version: row.version,
            at: timestamp(row.changed_at)?,
        })
    }
}
