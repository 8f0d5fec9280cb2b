//! What the people of a source ought to know: imports that failed or wait, and feeds that are no longer fetched.

use super::{schedules, settings, sources as stored};
use crate::connection::AnyConnection;
use crate::convert::{count, micros, uuid};
use crate::error::{Error, Result};
use crate::schema::{imports, schedules as rows, sources};
use chrono::Duration;
use diesel::prelude::*;
use domain::accounts::EmailAddress;
use domain::partners::{ImportState, Source};
use domain::{Problem, Timestamp, Uuid};

/// Least time between two letters about a source.
const REST: Duration = Duration::days(1);

/// Least time between two letters that a feed is still stale.
const STALE_REST: Duration = Duration::days(7);

/// How far back trouble is looked for where nobody was told of any.
const HORIZON: Duration = Duration::days(2);

/// Trouble with a source, since its people were last told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The source.
    pub source: Source,
    /// The address that it names for trouble.
    pub contact: Option<EmailAddress>,
    /// Imports that failed.
    pub failed: u64,
    /// Why the last one did.
    pub reason: Option<Problem>,
    /// Imports that wait for somebody to confirm them.
    pub waiting: u64,
    /// Since when the feed was not read, if that is too long.
    pub stale: Option<Stale>,
}

/// A feed that was not read for too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// When it was last read.
    pub since: Option<Timestamp>,
    /// Why the last fetch was in vain.
    pub reason: Option<Problem>,
}

/// Sources with something to tell, of whose people nobody was told anything for a day.
pub fn untold(connection: &mut AnyConnection, now: Timestamp) -> Result<Vec<Uuid>> {
    let rested = || sources::told_at.is_null().or(sources::told_at.le(micros(now - REST)));
    let troubled = [ImportState::Failed.code(), ImportState::AwaitingConfirmation.code()];
    let mut found: Vec<String> = imports::table
        .inner_join(sources::table)
        .filter(imports::finished_at.gt(micros(now - HORIZON)))
        .filter(imports::state.eq_any(troubled))
        .filter(imports::dry_run.eq(0))
        .filter(sources::told_at.is_null().or(imports::finished_at.nullable().gt(sources::told_at)))
        .filter(rested())
        .filter(sources::revoked_at.is_null())
        .select(sources::id)
        .distinct()
        .load(connection)?;
    let scheduled: Vec<String> = rows::table
        .inner_join(sources::table)
        .filter(rows::enabled.eq(1))
        .filter(rows::failures.gt(0))
        .filter(rows::told_at.is_null().or(rows::told_at.le(micros(now - STALE_REST))))
        .filter(rested())
        .filter(sources::revoked_at.is_null())
        .select(sources::id)
        .load(connection)?;
    found.extend(scheduled);
    found.sort_unstable();
    found.dedup();
    found.iter().map(|id| uuid(id)).collect()
}

/// The trouble of a source that its people do not know of. `None` if there is none.
pub fn look(connection: &mut AnyConnection, source: Uuid, now: Timestamp) -> Result<Option<Trouble>> {
    let told = settings::told_at(connection, source)?;
    let since = told.unwrap_or(now - HORIZON).max(now - HORIZON);
    let Some(owner) = stored::get(connection, source)? else { return Ok(None) };
    let of_state = |state: ImportState| {
        imports::table
            .filter(imports::source_id.eq(source.to_string()))
            .filter(imports::state.eq(state.code()))
            .filter(imports::dry_run.eq(0))
            .filter(imports::finished_at.gt(micros(since)))
    };
    let failed: i64 = of_state(ImportState::Failed).count().get_result(connection)?;
    let waiting: i64 = of_state(ImportState::AwaitingConfirmation).count().get_result(connection)?;
    let reason: Option<Option<String>> =
        of_state(ImportState::Failed).order(imports::id.desc()).select(imports::failure).first(connection).optional()?;
    let reason = reason.flatten().as_deref().map(serde_json::from_str).transpose().map_err(Error::corrupt)?;
    let stale = stale(connection, source, now)?;
    if failed == 0 && waiting == 0 && stale.is_none() {
        return Ok(None);
    }
    // An address that is none any more is not written to.
    let contact = settings::contact(connection, source)?.and_then(|contact| contact.parse().ok());
    Ok(Some(Trouble { source: owner, contact, failed: count(failed), reason, waiting: count(waiting), stale }))
}

/// Takes the trouble of a source to tell its people in this transaction. `None` if there is none, or another node has just told it.
pub fn take(tx: &mut AnyConnection, source: Uuid, now: Timestamp) -> Result<Option<Trouble>> {
    let Some(trouble) = look(tx, source, now)? else { return Ok(None) };
    if !settings::take_turn(tx, source, now - REST, now)? {
        return Ok(None);
    }
    if trouble.stale.is_some() {
        diesel::update(rows::table.find(source.to_string())).set(rows::told_at.eq(micros(now))).execute(tx)?;
    }
    Ok(Some(trouble))
}

/// The feed of a source, if it is stale and that was not told lately.
fn stale(connection: &mut AnyConnection, source: Uuid, now: Timestamp) -> Result<Option<Stale>> {
    let told: Option<Option<i64>> = rows::table.find(source.to_string()).select(rows::told_at).first(connection).optional()?;
    if told.flatten().is_some_and(|told| told > micros(now - STALE_REST)) {
        return Ok(None);
    }
    let schedule = schedules::of(connection, source)?.filter(|schedule| schedule.is_stale(now));
    Ok(schedule.map(|schedule| Stale { since: schedule.last_success_at, reason: schedule.last_error }))
}
