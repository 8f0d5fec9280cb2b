//! Runs in the order of the calendar.

use crate::connection::AnyConnection;
use crate::convert::{micros, texts, timestamp, uuid};
use crate::error::Result;
use crate::schema::runs;
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// A dated run of a published offer. Everything else about it stands in the document of the offer ([`super::records::get_many`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRun {
    /// Id of the run.
    pub id: Uuid,
    /// Offer.
    pub offer_id: Uuid,
    /// First instant.
    pub starts_at: Timestamp,
    /// Last instant; `None` for a run that never ends by itself.
    pub ends_at: Option<Timestamp>,
}

/// Which runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Runs that end at or after this instant.
    pub from: Timestamp,
    /// Runs that start before this instant.
    pub until: Timestamp,
    /// Municipalities (AGS), any of them; none means everywhere. A caller resolves a county or Amt to its municipalities.
    pub ags: Vec<String>,
    /// Organisations, any of them; none means all.
    pub organizations: Vec<Uuid>,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn touching(from: i64, until: i64) -> _ {
    let open_or_later = runs::ends_at.is_null().or(runs::ends_at.assume_not_null().ge(from));
    runs::starts_at.lt(until).and(open_or_later)
}

/// Up to `limit` runs that touch the time span, in order of start and id, after a position.
pub fn between(connection: &mut AnyConnection, filter: &RunFilter, after: Option<(Timestamp, Uuid)>, limit: i64) -> Result<Vec<CalendarRun>> {
    let mut query = runs::table.filter(touching(micros(filter.from), micros(filter.until))).into_boxed();
    if !filter.ags.is_empty() {
        query = query.filter(runs::ags.eq_any(&filter.ags));
    }
    if !filter.organizations.is_empty() {
        query = query.filter(runs::organization_id.eq_any(texts(&filter.organizations)));
    }
    if let Some((start, id)) = after {
        let start = micros(start);
        query = query.filter(runs::starts_at.gt(start).or(runs::starts_at.eq(start).and(runs::id.gt(id.to_string()))));
    }
    let rows: Vec<(String, String, i64, Option<i64>)> =
        query.order((runs::starts_at, runs::id)).limit(limit).select((runs::id, runs::offer_id, runs::starts_at, runs::ends_at)).load(connection)?;
    let run = |(id, offer_id, starts_at, ends_at): (String, String, i64, Option<i64>)| {
        Ok(CalendarRun { id: uuid(&id)?, offer_id: uuid(&offer_id)?, starts_at: timestamp(starts_at)?, ends_at: ends_at.map(timestamp).transpose()? })
    };
    rows.into_iter().map(run).collect()
}

/// Number of runs that touch the time span.
pub fn count(connection: &mut AnyConnection, filter: &RunFilter) -> Result<i64> {
    let mut query = runs::table.filter(touching(micros(filter.from), micros(filter.until))).into_boxed();
    if !filter.ags.is_empty() {
        query = query.filter(runs::ags.eq_any(&filter.ags));
    }
    if !filter.organizations.is_empty() {
        query = query.filter(runs::organization_id.eq_any(texts(&filter.organizations)));
    }
    Ok(query.count().get_result(connection)?)
}
