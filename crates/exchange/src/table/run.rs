//! The run of a row.

use super::cells::RowOf;
use super::offer::{Found, in_row};
use super::values;
use crate::mapping::Notes;
use crate::{ReadContext, problems};
use chrono::{NaiveDate, NaiveTime};
use domain::Moment;
use domain::catalogue::{Capacity, MAX_SESSIONS, RunDraft, RunStatus, Session};
use domain::partners::TableField;
use domain::text::{ExternalId, fold};
use domain::time::LocalTime;

pub(super) fn run(row: &RowOf, context: &ReadContext, notes: &mut Notes) -> RunDraft {
    let mut run = RunDraft::default();
    let (from, to) = clock(row, notes);
    let start = in_row(row, TableField::Start).and_then(|found| when(&found, context, notes));
    let end = in_row(row, TableField::End);
    // Columns of hours are sometimes called "Ende", too.
    let hour_only = end.as_ref().and_then(|found| values::hour(found.text()));
    let end = end.filter(|_| hour_only.is_none()).and_then(|found| when(&found, context, notes));
    let to = to.or(hour_only);
    let at = in_row(row, TableField::StartTime).or_else(|| in_row(row, TableField::Start)).map_or_else(String::new, |found| found.pointer);
    run.start = start.map(|start| timed(start, from, &at, context, notes));
    let end_at = in_row(row, TableField::EndTime).or_else(|| in_row(row, TableField::End)).map_or_else(String::new, |found| found.pointer);
    run.end = match (end, run.start, to) {
        (Some(end), ..) => Some(timed(end, to, &end_at, context, notes)),
        (None, Some(start @ Moment::DateTime(_)), Some(to)) => after(start, to, context),
        _ => None,
    };
    if let (Some(begin), Some(finish)) = (run.start, run.end)
        && finish.latest(context.zone) < begin.earliest(context.zone)
    {
        notes.warning(end_at, problems::end_before_start());
        run.end = None;
    }
    run.sessions = sessions(row, from, to, context, notes);
    let same_day = |start: Moment, end: Moment| start.date(context.zone) == end.date(context.zone);
    if let (Some(start), true) = (run.start, run.sessions.is_empty())
        && run.end.is_none_or(|end| same_day(start, end))
    {
        run.sessions.push(Session { start, end: run.end.filter(|end| *end != start) });
    }
    if let (None, Some(first)) = (run.start, run.sessions.first()) {
        run.start = Some(first.start);
        run.end = run.sessions.last().filter(|_| run.sessions.len() > 1).map(|last| last.end.unwrap_or(last.start));
    }
    run.external_id = in_row(row, TableField::RunId)
        .and_then(|found| ExternalId::try_from(found.text()).map_err(|error| notes.warning(found.pointer.clone(), error)).ok());
    run.place = row.place().external_id();
    run.online_url = in_row(row, TableField::OnlineUrl).and_then(|found| notes.url(Some(found.text()), &found.pointer));
    run.schedule_text = in_row(row, TableField::ScheduleText).and_then(|found| notes.short(Some(found.text()), &found.pointer));
    run.note = in_row(row, TableField::RunNote).and_then(|found| notes.short(Some(found.text()), &found.pointer));
    run.units = in_row(row, TableField::Units).and_then(|found| notes.count(Some(found.text()), &found.pointer)).filter(|units| *units > 0);
    run.capacity = capacity(row, notes);
    run.status = in_row(row, TableField::Status).and_then(|found| status(&found, notes));
    run
}

/// What the columns of hours say; one of them may hold both.
fn clock(row: &RowOf, notes: &mut Notes) -> (Option<NaiveTime>, Option<NaiveTime>) {
    let mut read = |field: TableField| {
        let found = in_row(row, field)?;
        let hours = values::hours(found.text());
        if hours.is_none() {
            notes.warning(found.pointer.clone(), problems::hour_invalid(found.text()));
        }
        hours
    };
    let (from, to) = (read(TableField::StartTime), read(TableField::EndTime));
    (from.map(|(from, _)| from), to.map(|(to, _)| to).or(from.and_then(|(_, to)| to)))
}

pub(super) fn when(found: &Found<'_>, context: &ReadContext, notes: &mut Notes) -> Option<Moment> {
    match values::when(found.text(), context.zone) {
        None => {
            notes.warning(found.pointer.clone(), problems::day_invalid(found.text()));
            None
        }
        Some((moment, odd)) => {
            told(odd, &found.pointer, notes);
            Some(moment)
        }
    }
}

fn told(odd: LocalTime, pointer: &str, notes: &mut Notes) {
    if odd != LocalTime::Unique {
        notes.warning(pointer, problems::odd_hour());
    }
}

/// A day with the hour from another column; a moment that has its own keeps it.
fn timed(moment: Moment, time: Option<NaiveTime>, pointer: &str, context: &ReadContext, notes: &mut Notes) -> Moment {
    match (moment, time) {
        (Moment::Date(day), Some(time)) => match values::on(day, time, context.zone) {
            Some((moment, odd)) => {
                told(odd, pointer, notes);
                moment
            }
            None => moment,
        },
        (moment, _) => moment,
    }
}

/// The end of a meeting: an hour before its start is after midnight.
fn after(start: Moment, to: NaiveTime, context: &ReadContext) -> Option<Moment> {
    let day = start.date(context.zone);
    let on = |day: NaiveDate| values::on(day, to, context.zone).map(|(moment, _)| moment);
    let same = on(day)?;
    let (begin, finish) = (start.earliest(context.zone), same.earliest(context.zone));
    match finish.cmp(&begin) {
        std::cmp::Ordering::Greater => Some(same),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Less => on(day.succ_opt()?),
    }
}

fn sessions(row: &RowOf, from: Option<NaiveTime>, to: Option<NaiveTime>, context: &ReadContext, notes: &mut Notes) -> Vec<Session> {
    let Some(found) = in_row(row, TableField::Sessions) else { return vec![] };
    let mut sessions = Vec::new();
    for text in &found.cell.values {
        if sessions.len() == MAX_SESSIONS {
            notes.not_mapped(&found.pointer, text);
            break;
        }
        let Some((moment, odd)) = values::when(text, context.zone) else {
            notes.warning(found.pointer.clone(), problems::day_invalid(text));
            continue;
        };
        told(odd, &found.pointer, notes);
        let start = timed(moment, from, &found.pointer, context, notes);
        let end = to.filter(|_| matches!(start, Moment::DateTime(_))).and_then(|to| after(start, to, context));
        sessions.push(Session { start, end });
    }
    sessions.sort_by_key(|session| session.start.earliest(context.zone));
    sessions.dedup();
    sessions
}

fn capacity(row: &RowOf, notes: &mut Notes) -> Option<Capacity> {
    let mut count = |field: TableField| in_row(row, field).and_then(|found| notes.count(Some(found.text()), &found.pointer));
    let capacity = Capacity {
        min: count(TableField::CapacityMin).filter(|min| *min > 0),
        max: count(TableField::CapacityMax).filter(|max| *max > 0),
        booked: count(TableField::Booked),
        waiting_list: None,
    };
    (capacity != Capacity::default()).then_some(capacity)
}

fn status(found: &Found<'_>, notes: &mut Notes) -> Option<RunStatus> {
    let status = match fold(found.text()).as_str() {
        "bookable" | "buchbar" | "frei" | "offen" | "plaetze frei" | "freie plaetze" | "findet statt" | "aktiv" => Some(RunStatus::Bookable),
        "planned" | "geplant" | "in planung" | "vorschau" => Some(RunStatus::Planned),
        "full" | "voll" | "ausgebucht" | "belegt" | "warteliste" => Some(RunStatus::Full),
        "running" | "laufend" | "laeuft" | "begonnen" => Some(RunStatus::Running),
        "finished" | "beendet" | "abgeschlossen" => Some(RunStatus::Finished),
        "cancelled" | "canceled" | "abgesagt" | "faellt aus" | "entfaellt" | "ausgefallen" | "storniert" => Some(RunStatus::Cancelled),
        _ => None,
    };
    if status.is_none() {
        notes.warning(found.pointer.clone(), problems::value_not_known(found.text(), "buchbar, geplant, ausgebucht, läuft, beendet, abgesagt"));
    }
    status
}
