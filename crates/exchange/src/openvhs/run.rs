//! The one run of a `veranstaltung`: dates, meetings, places to be had.

use super::place_parts;
use crate::ReadContext;
use crate::mapping::{Notes, day, local_time};
use crate::problems;
use crate::xml::Element;
use domain::Moment;
use domain::catalogue::{Capacity, RunDraft, RunStatus, Session};
use domain::time::LocalTime;

/// As many meetings are kept.
const MAX_SESSIONS: usize = domain::catalogue::MAX_SESSIONS;

pub(super) fn run(record: &Element, context: &ReadContext, notes: &mut Notes) -> RunDraft {
    let mut run = RunDraft { sessions: sessions(record, context, notes), ..RunDraft::default() };
    let begin = date(record, "beginn_datum", notes);
    let end = date(record, "ende_datum", notes);
    run.start = begin.map(|day| {
        let first = run.sessions.first().map(|s| s.start).filter(|start| start.date(context.zone) == day);
        first.unwrap_or(Moment::Date(day))
    });
    run.end = end.map(|day| {
        let last = run.sessions.last().and_then(|s| s.end).filter(|end| end.date(context.zone) == day);
        last.unwrap_or(Moment::Date(day))
    });
    run.units = notes.count(record.text_at("dauer"), "/dauer").filter(|units| *units > 0);
    run.place = record.at("veranstaltungsort").and_then(|place| place_parts(place).external_id());
    let capacity = Capacity {
        min: notes.count(record.text_at("minimale_teilnehmerzahl"), "/minimale_teilnehmerzahl"),
        max: notes.count(record.text_at("maximale_teilnehmerzahl"), "/maximale_teilnehmerzahl").filter(|max| *max > 0),
        booked: notes.count(record.text_at("aktuelle_teilnehmerzahl"), "/aktuelle_teilnehmerzahl"),
        waiting_list: None,
    };
    if matches!((capacity.booked, capacity.max), (Some(booked), Some(max)) if booked >= max) {
        run.status = Some(RunStatus::Full);
    }
    run.capacity = (capacity != Capacity::default()).then_some(capacity);
    run.schedule_text = notes.short(Some(&schedule(record, run.sessions.is_empty())), "/wochentag");
    run
}

/// Days of the week and number of meetings, where there are no meetings that say it better.
fn schedule(record: &Element, without_sessions: bool) -> String {
    if !without_sessions {
        return String::new();
    }
    let mut parts: Vec<String> = Vec::new();
    let days: Vec<_> = record.all("wochentag").map(|e| e.text.as_str()).filter(|t| !t.is_empty()).collect();
    if !days.is_empty() {
        parts.push(days.join(", "));
    }
    match record.text_at("anzahl_termine") {
        Some("1") => parts.push("1 Termin".to_owned()),
        Some(count) if count.parse::<u16>().is_ok_and(|count| count > 1) => parts.push(format!("{count} Termine")),
        _ => {}
    }
    parts.join(" · ")
}

fn date(record: &Element, name: &str, notes: &mut Notes) -> Option<chrono::NaiveDate> {
    let text = record.text_at(name)?;
    let day = day(text);
    if day.is_none() {
        notes.warning(format!("/{name}"), problems::date_invalid());
    }
    day
}

fn sessions(record: &Element, context: &ReadContext, notes: &mut Notes) -> Vec<Session> {
    let mut sessions = Vec::new();
    for (i, meeting) in record.all("termin").enumerate() {
        let pointer = |name: &str| format!("/termin[{}]/{name}", i + 1);
        if sessions.len() == MAX_SESSIONS {
            notes.not_mapped("/termin", &format!("{}…", i + 1));
            break;
        }
        let Some(day) = meeting.text_at("beginn_datum").and_then(day) else {
            notes.warning(pointer("beginn_datum"), problems::date_invalid());
            continue;
        };
        let mut time = |name: &str, day| {
            let text = meeting.text_at(name)?;
            let time = local_time(day, text, context.zone);
            match time {
                None => notes.warning(pointer(name), problems::date_invalid()),
                Some((_, LocalTime::Unique)) => {}
                Some(_) => notes.warning(pointer(name), problems::odd_hour()),
            }
            time.map(|(moment, _)| moment)
        };
        let Some(start) = time("beginn_uhrzeit", day) else {
            sessions.push(Session { start: Moment::Date(day), end: None });
            continue;
        };
        let mut end = time("ende_uhrzeit", day);
        // Until after midnight.
        if let (Some(Moment::DateTime(e)), Moment::DateTime(s)) = (end, start)
            && e < s
        {
            end = day.succ_opt().and_then(|next| time("ende_uhrzeit", next));
        }
        sessions.push(Session { start, end });
    }
    sessions.sort_by_key(|session| session.start.earliest(context.zone));
    sessions
}
