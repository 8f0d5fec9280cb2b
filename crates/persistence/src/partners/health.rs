//! How sources are doing.

use crate::access::{self, Owned};
use crate::connection::AnyConnection;
use crate::convert::count;
use crate::error::{Error, Result};
use crate::partners::{imports, schedules};
use crate::schema::{imports as import_rows, record_edits, records};
use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::Timestamp;
use domain::accounts::may::{ReadImports, ReadSources};
use domain::catalogue::PublicationState;
use domain::partners::{Import, ImportState, Source, SourceHealth, SourceRecords, is_silent};

/// Imports that the error rate is about.
const RATED: usize = 10;

/// Imports that are looked at to find them among dry runs.
const LOOKED_AT: i64 = 50;

/// How a source is doing. What its imports did is left out for whoever may not see them.
pub fn of(connection: &mut AnyConnection, source: &Owned<Source, ReadSources>, now: Timestamp) -> Result<SourceHealth> {
    let id = source.value().id.to_string();
    let key = source.value().key.clone();
    let states: Vec<(String, i64)> =
        records::table.filter(records::source_id.eq(&id)).group_by(records::state).select((records::state, count_star())).load(connection)?;
    let of_state =
        |wanted: bool| states.iter().filter(|(state, _)| (state == PublicationState::Published.code()) == wanted).map(|(_, n)| count(*n)).sum();
    let awaiting: i64 = import_rows::table
        .filter(import_rows::source_id.eq(&id))
        .filter(import_rows::state.eq(ImportState::AwaitingConfirmation.code()))
        .count()
        .get_result(connection)?;
    let protected: i64 = record_edits::table.inner_join(records::table).filter(records::source_id.eq(&id)).count().get_result(connection)?;
    let meant = meant(connection, source, now)?;
    let schedule = schedules::get(connection, source)?;
    let succeeded = last_success(connection, &id)?;
    let fetched = schedule.as_ref().and_then(|schedule| schedule.last_success_at);
    let last_success_at = succeeded.max(fetched);
    let stale = match &schedule {
        Some(schedule) if schedule.draft.enabled => schedule.is_stale(now),
        _ => is_silent(last_success_at, now),
    };
    Ok(SourceHealth {
        source: key,
        records: SourceRecords { published: of_state(true), withdrawn: of_state(false) },
        error_rate: error_rate(&meant),
        last_import: meant.into_iter().next(),
        last_success_at,
        stale,
        awaiting_confirmation: count(awaiting),
        protected_fields: count(protected),
        schedule,
    })
}

/// The latest imports that were meant.
fn meant(connection: &mut AnyConnection, source: &Owned<Source, ReadSources>, now: Timestamp) -> Result<Vec<Import>> {
    match access::owned_source::<ReadImports>(connection, source.actor(), &source.value().key, now) {
        Ok(owned) => Ok(imports::list(connection, &owned, None, LOOKED_AT)?.into_iter().filter(|import| !import.dry_run).collect()),
        Err(Error::Denied(_) | Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn last_success(connection: &mut AnyConnection, source: &str) -> Result<Option<Timestamp>> {
    let finished: Option<i64> = import_rows::table
        .filter(import_rows::source_id.eq(source))
        .filter(import_rows::state.eq(ImportState::Succeeded.code()))
        .filter(import_rows::dry_run.eq(0))
        .select(diesel::dsl::max(import_rows::finished_at))
        .first(connection)?;
    finished.map(crate::convert::timestamp).transpose()
}

/// Refused records among all of the latest imports that were read to their end.
fn error_rate(latest: &[Import]) -> f64 {
    let read = |import: &&Import| matches!(import.state, ImportState::Succeeded | ImportState::AwaitingConfirmation);
    let (mut refused, mut all) = (0u64, 0u64);
    for counts in latest.iter().filter(read).take(RATED).map(|import| import.counts) {
        refused += counts.rejected;
        all += counts.created + counts.changed + counts.unchanged + counts.rejected;
    }
    // Numbers of records are far below the limit of what a float counts exactly.
    #[allow(clippy::cast_precision_loss)]
    if all == 0 { 0.0 } else { refused as f64 / all as f64 }
}
