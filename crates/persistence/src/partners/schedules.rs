//! Feeds that the portal fetches itself. Any node may fetch: whoever claims a schedule has it for a while.

mod fetch;

pub use fetch::{Claimed, Outcome, Validators, claim, due, postpone, record};

use crate::access::Owned;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp};
use crate::error::{Error, Result};
use crate::schema::{schedules, sources};
use diesel::prelude::*;
use domain::accounts::may::{ConfigureSources, May, ReadSources};
use domain::partners::{Schedule, ScheduleDraft, Source};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// What stands for never: later than anything that is looked for.
const NEVER: i64 = i64::MAX;

#[derive(Queryable, Selectable)]
#[diesel(table_name = schedules)]
struct Row {
    url: String,
    format: String,
    mode: String,
    every_minutes: i64,
    enabled: i64,
    next_at: i64,
    failures: i64,
    last_attempt_at: Option<i64>,
    last_success_at: Option<i64>,
    last_new_at: Option<i64>,
    last_error: Option<String>,
    version: i64,
}

impl TryFrom<Row> for Schedule {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let corrupt = |error: domain::problem::ValueError| Error::corrupt(error.en);
        let draft = ScheduleDraft {
            url: row.url.try_into().map_err(corrupt)?,
            format: code(&row.format)?,
            mode: code(&row.mode)?,
            every_minutes: u32::try_from(row.every_minutes).map_err(Error::corrupt)?.try_into().map_err(corrupt)?,
            enabled: row.enabled != 0,
        };
        Ok(Self {
            draft,
            next_at: (row.next_at != NEVER).then(|| timestamp(row.next_at)).transpose()?,
            last_attempt_at: row.last_attempt_at.map(timestamp).transpose()?,
            last_success_at: row.last_success_at.map(timestamp).transpose()?,
            last_new_at: row.last_new_at.map(timestamp).transpose()?,
            failures: u32::try_from(row.failures).map_err(Error::corrupt)?,
            last_error: row.last_error.as_deref().map(serde_json::from_str).transpose().map_err(Error::corrupt)?,
            version: row.version,
        })
    }
}

/// Capabilities that show how a source is fetched.
pub trait SeesSchedules: May {}

impl SeesSchedules for ConfigureSources {}
impl SeesSchedules for ReadSources {}

/// How a source is fetched, if it is.
pub fn get<C: SeesSchedules>(connection: &mut AnyConnection, source: &Owned<Source, C>) -> Result<Option<Schedule>> {
    of(connection, source.value().id)
}

/// How the source with this id is fetched.
pub(super) fn of(connection: &mut AnyConnection, source: Uuid) -> Result<Option<Schedule>> {
    let row = schedules::table.find(source.to_string()).select(Row::as_select()).first(connection).optional()?;
    row.map(Schedule::try_from).transpose()
}

fn about(action: &'static str, source: &Source) -> Event {
    Event::new(action, "source", source.id).named(&source.key).within(source.organization_id)
}

fn shown(draft: &ScheduleDraft) -> Result<serde_json::Value> {
    serde_json::to_value(draft).map_err(Error::corrupt)
}

/// Says how a source is fetched: for the first time where `version` is `None`, else instead of what is at that version. It is fetched at once.
/// [`Error::Conflict`] if there is another version by now, or none.
pub fn put(
    tx: &mut AnyConnection,
    source: &Owned<Source, ConfigureSources>,
    version: Option<i64>,
    new: &ScheduleDraft,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Schedule> {
    let owner = source.value();
    // The row of the source is taken first: of two who begin at once, the second one finds what the first one made.
    diesel::update(sources::table.find(owner.id.to_string())).set(sources::version.eq(sources::version)).execute(tx)?;
    let before = of(tx, owner.id)?;
    let next_at = if new.enabled { micros(at) } else { NEVER };
    let given = (
        schedules::url.eq(new.url.as_str()),
        schedules::format.eq(new.format.code()),
        schedules::mode.eq(new.mode.code()),
        schedules::every_minutes.eq(i64::from(new.every_minutes.minutes())),
        schedules::enabled.eq(i64::from(new.enabled)),
        schedules::next_at.eq(next_at),
    );
    match (&before, version) {
        (None, Some(_)) => return Err(Error::Conflict(0)),
        (None, None) => {
            let id = schedules::source_id.eq(owner.id.to_string());
            diesel::insert_into(schedules::table).values((id, given, schedules::failures.eq(0), schedules::version.eq(1))).execute(tx)?;
        }
        (Some(before), seen) => {
            if seen != Some(before.version) {
                return Err(Error::Conflict(before.version));
            }
            // What is known of the feed was said of this address, read in this way.
            let same = before.draft.url == new.url && before.draft.format == new.format && before.draft.mode == new.mode;
            diesel::update(schedules::table.find(owner.id.to_string())).set((given, schedules::version.eq(schedules::version + 1))).execute(tx)?;
            if !same {
                forget(tx, owner.id)?;
            }
        }
    }
    let action = if before.is_some() { "schedule.changed" } else { "schedule.created" };
    let before = before.map(|before| shown(&before.draft)).transpose()?;
    audit::append(tx, source.actor(), &about(action, owner).changed(before, shown(new)?), rng, at)?;
    of(tx, owner.id)?.ok_or(Error::NotFound)
}

/// Forgets what the feed said of itself, so that the next fetch reads it whole, whatever it is.
fn forget(tx: &mut AnyConnection, source: Uuid) -> Result<()> {
    diesel::update(schedules::table.find(source.to_string()))
        .set((
            schedules::etag.eq(None::<String>),
            schedules::last_modified.eq(None::<String>),
            schedules::content_hash.eq(None::<String>),
            schedules::failures.eq(0),
            schedules::last_error.eq(None::<String>),
        ))
        .execute(tx)?;
    Ok(())
}

/// Ends the fetching of a source whose schedule is at `version`. A fetch under way ends as it will.
pub fn remove(tx: &mut AnyConnection, source: &Owned<Source, ConfigureSources>, version: i64, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let owner = source.value();
    let before = of(tx, owner.id)?.ok_or(Error::NotFound)?;
    let removed = diesel::delete(schedules::table.find(owner.id.to_string()).filter(schedules::version.eq(version))).execute(tx)?;
    if removed == 0 {
        return Err(Error::Conflict(before.version));
    }
    audit::append(tx, source.actor(), &about("schedule.removed", owner).changed(shown(&before.draft)?, None), rng, at)
}

/// Has a source fetched as soon as possible, also one whose schedule is disabled, and read whole even if it did not change.
pub fn fetch_now(tx: &mut AnyConnection, source: &Owned<Source, ConfigureSources>, rng: &dyn Rng, at: Timestamp) -> Result<Schedule> {
    let owner = source.value();
    let asked = diesel::update(schedules::table.find(owner.id.to_string())).set(schedules::next_at.eq(micros(at))).execute(tx)?;
    if asked == 0 {
        return Err(Error::NotFound);
    }
    diesel::update(schedules::table.find(owner.id.to_string()))
        .set((schedules::etag.eq(None::<String>), schedules::last_modified.eq(None::<String>), schedules::content_hash.eq(None::<String>)))
        .execute(tx)?;
    audit::append(tx, source.actor(), &about("schedule.fetch-requested", owner).changed(None, json!({ "source": owner.key })), rng, at)?;
    of(tx, owner.id)?.ok_or(Error::NotFound)
}
