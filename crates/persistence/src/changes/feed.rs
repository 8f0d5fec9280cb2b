//! The change feed: the log with filters, in pages whose cost has a bound.

use super::{Row, last_seq};
use crate::connection::AnyConnection;
use crate::convert::texts;
use crate::error::Result;
use crate::schema::{changes, records, sources};
use diesel::prelude::*;
use domain::Uuid;
use domain::catalogue::RecordKind;
use domain::partners::{Change, ChangeAction, ChangeEntry};

/// Positions that a page with a filter looks through at most: a rare source must not make one question read the whole log.
const WINDOW: i64 = 200_000;

/// Which entries are wanted. Within one field the values are alternatives, different fields narrow; an empty field narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedFilter {
    /// Kinds of record.
    pub kinds: Vec<RecordKind>,
    /// What happened.
    pub actions: Vec<ChangeAction>,
    /// Keys of the sources of the records. Unknown ones have no records.
    pub sources: Vec<String>,
    /// Organisations: they themselves and their offers.
    pub organizations: Vec<Uuid>,
}

impl FeedFilter {
    fn narrows(&self) -> bool {
        !(self.kinds.is_empty() && self.actions.is_empty() && self.sources.is_empty() && self.organizations.is_empty())
    }
}

/// A page of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPage {
    /// The entries in order.
    pub entries: Vec<ChangeEntry>,
    /// The `after` to go on with: everything up to it is in this page, or was not wanted.
    pub next: i64,
    /// Whether there is more to look through at once. The page may be empty nevertheless.
    pub more: bool,
    /// The oldest entry that is kept; 0 for an empty log.
    pub oldest: i64,
    /// The newest entry; 0 for an empty log.
    pub newest: i64,
}

impl FeedPage {
    /// Whether somebody who has read up to `after` may have missed something for good: entries after it were cleared, or the log is another
    /// one (a restored backup) that has not come as far yet.
    pub fn has_gap(&self, after: i64) -> bool {
        has_gap(after, self.oldest, self.newest)
    }
}

/// The same, of a log with these ends.
pub fn has_gap(after: i64, oldest: i64, newest: i64) -> bool {
    after > newest || (after > 0 && after < oldest - 1)
}

/// Up to `limit` entries after `after` in order.
pub fn feed(connection: &mut AnyConnection, after: i64, limit: i64, filter: &FeedFilter) -> Result<FeedPage> {
    // First the end, last the beginning: what is appended meanwhile is left for the next page, and what is cleared meanwhile shows as a gap.
    let newest = last_seq(connection)?;
    let upto = if filter.narrows() { newest.min(after.saturating_add(WINDOW)) } else { newest };
    let mut entries = read(connection, (after, upto), limit.saturating_add(1), filter)?;
    let oldest = oldest_seq(connection)?;
    let full = i64::try_from(entries.len()).unwrap_or(i64::MAX) > limit;
    if full {
        entries.truncate(usize::try_from(limit).unwrap_or(0));
    }
    let last = entries.last().map(|entry| entry.change.seq);
    let next = if full { last.unwrap_or(after) } else { after.max(upto) };
    Ok(FeedPage { entries, next, more: full || upto < newest, oldest, newest })
}

/// The number of the oldest entry; 0 if there is none.
pub fn oldest_seq(connection: &mut AnyConnection) -> Result<i64> {
    Ok(changes::table.select(changes::seq).order(changes::seq).first(connection).optional()?.unwrap_or(0))
}

fn read(connection: &mut AnyConnection, (after, upto): (i64, i64), limit: i64, filter: &FeedFilter) -> Result<Vec<ChangeEntry>> {
    let mut query = changes::table
        .left_join(records::table.on(records::id.eq(changes::record_id)))
        .left_join(sources::table.on(sources::id.nullable().eq(records::source_id.nullable())))
        .filter(changes::seq.gt(after))
        .filter(changes::seq.le(upto))
        .order(changes::seq)
        .limit(limit)
        .select((changes::all_columns, sources::key.nullable()))
        .into_boxed();
    if !filter.kinds.is_empty() {
        query = query.filter(changes::kind.eq_any(filter.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>()));
    }
    if !filter.actions.is_empty() {
        query = query.filter(changes::action.eq_any(filter.actions.iter().map(|action| action.code()).collect::<Vec<_>>()));
    }
    if !filter.sources.is_empty() {
        // By id: with the key, SQLite would go through the log once for each source.
        let ids: Vec<String> = sources::table.filter(sources::key.eq_any(&filter.sources)).select(sources::id).load(connection)?;
        query = query.filter(records::source_id.eq_any(ids));
    }
    if !filter.organizations.is_empty() {
        let ids = texts(&filter.organizations);
        query = query.filter(records::organization_id.eq_any(ids.clone()).or(changes::record_id.eq_any(ids)));
    }
    let rows: Vec<(Row, Option<String>)> = query.load(connection)?;
    rows.into_iter().map(|(row, source)| Ok(ChangeEntry { change: Change::try_from(row)?, source })).collect()
}
