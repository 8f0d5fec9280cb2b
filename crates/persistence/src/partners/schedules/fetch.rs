//! Schedules whose time has come.

use super::{NEVER, Row};
use crate::connection::AnyConnection;
use crate::convert::{micros, uuid};
use crate::error::{Error, Result};
use crate::partners::sources as stored;
use crate::schema::{schedules, sources};
use diesel::prelude::*;
use domain::partners::{Schedule, Source};
use domain::{Problem, Timestamp, Uuid};

/// What a feed said of the content that was read last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
    /// A digest of its bytes.
    pub content_hash: Option<String>,
}

/// A fetch that is ours for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The source.
    pub source: Source,
    /// What to fetch.
    pub schedule: Schedule,
    /// What is known of it.
    pub validators: Validators,
    until: Timestamp,
}

/// How a fetch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// When to fetch again.
    pub next_at: Timestamp,
    /// What is known of the feed now.
    pub validators: Validators,
    /// Whether it had other content than before.
    pub new: bool,
    /// Why it was in vain.
    pub error: Option<Problem>,
}

/// Up to `limit` sources that may be fetched now, those first that have waited longest.
pub fn due(connection: &mut AnyConnection, now: Timestamp, limit: i64) -> Result<Vec<Uuid>> {
    let rows: Vec<String> = schedules::table
        .inner_join(sources::table)
        .filter(schedules::next_at.le(micros(now)))
        .filter(schedules::claimed_until.is_null().or(schedules::claimed_until.lt(micros(now))))
        .filter(sources::revoked_at.is_null())
        .order((schedules::next_at, schedules::source_id))
        .limit(limit)
        .select(schedules::source_id)
        .load(connection)?;
    rows.iter().map(|id| uuid(id)).collect()
}

/// Takes a fetch. Until `until` nobody else takes it. `None` if somebody else has, or it is no longer due.
pub fn claim(tx: &mut AnyConnection, source: Uuid, now: Timestamp, until: Timestamp) -> Result<Option<Claimed>> {
    let taken = diesel::update(schedules::table.find(source.to_string()))
        .filter(schedules::next_at.le(micros(now)))
        .filter(schedules::claimed_until.is_null().or(schedules::claimed_until.lt(micros(now))))
        .set((schedules::claimed_until.eq(micros(until)), schedules::last_attempt_at.eq(micros(now))))
        .execute(tx)?;
    if taken == 0 {
        return Ok(None);
    }
    let source = stored::get(tx, source)?.ok_or(Error::NotFound)?;
    let validators = (schedules::etag, schedules::last_modified, schedules::content_hash);
    let (row, (etag, last_modified, content_hash)) =
        schedules::table.find(source.id.to_string()).select((Row::as_select(), validators)).first::<(Row, _)>(tx)?;
    Ok(Some(Claimed { source, schedule: row.try_into()?, validators: Validators { etag, last_modified, content_hash }, until }))
}

/// Notes how a fetch ended. `false` if it was no longer ours: it took too long, or what is to be fetched was changed or removed meanwhile. Then
/// only the claim is given back, and what was asked for meanwhile follows.
pub fn record(tx: &mut AnyConnection, claimed: &Claimed, outcome: &Outcome, at: Timestamp) -> Result<bool> {
    let Claimed { source, schedule, until, .. } = claimed;
    let ours = || schedules::table.find(source.id.to_string()).filter(schedules::claimed_until.eq(micros(*until)));
    let Validators { etag, last_modified, content_hash } = &outcome.validators;
    let failure = outcome.error.as_ref().map(serde_json::to_string).transpose().map_err(Error::corrupt)?;
    let next_at = if schedule.draft.enabled { micros(outcome.next_at) } else { NEVER };
    let due = schedule.next_at.map_or(NEVER, micros);
    let noted = diesel::update(ours().filter(schedules::version.eq(schedule.version)).filter(schedules::next_at.eq(due)))
        .set((
            schedules::etag.eq(etag),
            schedules::last_modified.eq(last_modified),
            schedules::content_hash.eq(content_hash),
            schedules::next_at.eq(next_at),
            schedules::claimed_until.eq(None::<i64>),
            schedules::last_error.eq(failure),
        ))
        .execute(tx)?;
    if noted == 0 {
        diesel::update(ours()).set(schedules::claimed_until.eq(None::<i64>)).execute(tx)?;
        return Ok(false);
    }
    let row = || schedules::table.find(source.id.to_string());
    if outcome.error.is_some() {
        diesel::update(row()).set(schedules::failures.eq(schedules::failures + 1)).execute(tx)?;
    } else {
        diesel::update(row()).set((schedules::failures.eq(0), schedules::last_success_at.eq(micros(at)))).execute(tx)?;
    }
    if outcome.new {
        diesel::update(row()).set(schedules::last_new_at.eq(micros(at))).execute(tx)?;
    }
    Ok(true)
}

/// Gives a fetch back that could not be tried, for a while: it counts neither as one that failed nor as one that did not.
pub fn postpone(tx: &mut AnyConnection, claimed: &Claimed, until: Timestamp) -> Result<()> {
    diesel::update(schedules::table.find(claimed.source.id.to_string()).filter(schedules::claimed_until.eq(micros(claimed.until))))
        .set((schedules::claimed_until.eq(None::<i64>), schedules::next_at.eq(micros(until))))
        .execute(tx)?;
    Ok(())
}
