//! The one run of a `kurs`: dates as `dd.mm.yyyy`, hours as `hh:mm`.

use super::place_parts;
use crate::ReadContext;
use crate::mapping::{Notes, local_time};
use crate::problems;
use crate::xml::Element;
use chrono::NaiveDate;
use domain::Moment;
use domain::catalogue::{Capacity, MAX_SESSIONS, RunDraft, RunStatus, Session};
use domain::time::LocalTime;

pub(super) fn run(record: &Element, context: &ReadContext, notes: &mut Notes) -> RunDraft {
    let mut run = RunDraft { sessions: sessions(record, context, notes), ..RunDraft::default() };
    let begin = date(record, "beginndat", notes);
    let end = date(record, "endedat", notes);
    if let (Some(day), true) = (begin, run.sessions.is_empty())
        && end.is_none_or(|end| end == day)
    {
        let session = session(record, day, ["beginnuhr", "endeuhr"], "", context, notes);
        run.sessions.push(session);
    }
    run.start = begin.map(|day| match run.sessions.first() {
        Some(first) if first.start.date(context.zone) == day => first.start,
        _ => time(record, "beginnuhr", "", day, context, notes).unwrap_or(Moment::Date(day)),
    });
    run.end = end.filter(|end| Some(*end) != begin || run.sessions.len() > 1).map(|day| match run.sessions.last().and_then(|last| last.end) {
        Some(last) if last.date(context.zone) == day => last,
        _ => time(record, "endeuhr", "", day, context, notes).unwrap_or(Moment::Date(day)),
    });
    if run.end.is_none() {
        run.end = run.sessions.last().and_then(|last| last.end);
    }
    run.place = place_parts(record).external_id();
    run.units = record.text_at("dauerdetails").and_then(units);
    run.capacity = capacity(record, notes);
    run.status = status(record, run.capacity);
    if run.sessions.is_empty() {
        let count = record.text_at("dauer").filter(|count| count.parse::<u16>().is_ok_and(|count| count > 1)).map(|count| format!("{count} Termine"));
        run.schedule_text = notes.short(record.text_at("dauerdetails").or(count.as_deref()), "/dauerdetails");
    }
    let building = record.text_at("ortgebaeude").or_else(|| record.text_at("ort")).is_some();
    let room = record
        .text_at("ortraumname")
        .filter(|_| building)
        .map(|room| if room.starts_with("Raum") { room.to_owned() } else { format!("Raum: {room}") });
    run.note = notes.short(room.as_deref(), "/ortraumname");
    run
}

/// `<ausfall>` is there if the course is called off, whatever stands in it; only a plain no is one.
fn status(record: &Element, capacity: Option<Capacity>) -> Option<RunStatus> {
    let called_off = record
        .at("ausfall")
        .is_some_and(|stated| !matches!(stated.text.to_ascii_uppercase().as_str(), "F" | "N" | "0" | "NEIN" | "FALSE" | "FALSCH"));
    let full = capacity.is_some_and(|c| matches!((c.booked, c.max), (Some(booked), Some(max)) if booked >= max));
    match (called_off, full) {
        (true, _) => Some(RunStatus::Cancelled),
        (_, true) => Some(RunStatus::Full),
        _ => None,
    }
}

fn capacity(record: &Element, notes: &mut Notes) -> Option<Capacity> {
    let mut count = |name: &str| notes.count(record.text_at(name), &format!("/{name}"));
    let capacity = Capacity {
        min: count("tnmin").filter(|min| *min > 0),
        max: count("tnmax").filter(|max| *max > 0),
        booked: count("tnanmeldungen"),
        waiting_list: count("tnwarteliste").filter(|waiting| *waiting > 0),
    };
    (capacity != Capacity::default()).then_some(capacity)
}

/// `12 Termine, 24,00 UE` → 24.
fn units(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';')).filter(|word| !word.is_empty()).collect();
    let pair =
        words.windows(2).find(|pair| pair.get(1).is_some_and(|unit| ["UE", "UStd", "Ustd", "Unterrichts"].iter().any(|u| unit.starts_with(u))))?;
    let units: f64 = pair.first()?.replace(',', ".").parse().ok().filter(|units| (0.5..10_000.0).contains(units))?;
    // In range and not negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(units.round() as u32)
}

fn sessions(record: &Element, context: &ReadContext, notes: &mut Notes) -> Vec<Session> {
    let mut sessions = Vec::new();
    for (i, meeting) in record.all("termine").flat_map(|all| all.all("termin")).enumerate() {
        let pointer = format!("/termine/termin[{}]", i + 1);
        if sessions.len() == MAX_SESSIONS {
            notes.not_mapped("/termine/termin", &format!("{}…", i + 1));
            break;
        }
        match meeting.text_at("tag").and_then(german_day) {
            Some(day) => sessions.push(session(meeting, day, ["zeitvon", "zeitbis"], &pointer, context, notes)),
            None => notes.warning(format!("{pointer}/tag"), problems::instant_invalid(meeting.text_at("tag").unwrap_or_default())),
        }
    }
    sessions.sort_by_key(|session| session.start.earliest(context.zone));
    sessions
}

/// A meeting on a day; one whose end is before its start ends after midnight.
fn session(element: &Element, day: NaiveDate, [from, to]: [&str; 2], pointer: &str, context: &ReadContext, notes: &mut Notes) -> Session {
    let Some(start) = time(element, from, pointer, day, context, notes) else {
        return Session { start: Moment::Date(day), end: None };
    };
    let mut end = time(element, to, pointer, day, context, notes);
    if let (Some(Moment::DateTime(e)), Moment::DateTime(s)) = (end, start)
        && e <= s
    {
        end = day.succ_opt().filter(|_| e < s).and_then(|next| time(element, to, pointer, next, context, notes));
    }
    Session { start, end }
}

fn time(element: &Element, name: &str, pointer: &str, day: NaiveDate, context: &ReadContext, notes: &mut Notes) -> Option<Moment> {
    let text = element.text_at(name)?;
    let clock = text.trim_end_matches("Uhr").trim().replace('.', ":");
    let time = local_time(day, &clock, context.zone);
    match time {
        None => notes.warning(format!("{pointer}/{name}"), problems::instant_invalid(text)),
        Some((_, LocalTime::Unique)) => {}
        Some(_) => notes.warning(format!("{pointer}/{name}"), problems::odd_hour()),
    }
    time.map(|(moment, _)| moment)
}

pub(super) fn date(record: &Element, name: &str, notes: &mut Notes) -> Option<NaiveDate> {
    let text = record.text_at(name)?;
    let day = german_day(text);
    if day.is_none() {
        notes.warning(format!("/{name}"), problems::instant_invalid(text));
    }
    day
}

/// `05.02.2027`, `5.2.2027`, `Fr., 05.02.2027`, `05.02.2027 00:00:00`.
fn german_day(text: &str) -> Option<NaiveDate> {
    text.split(|c: char| c.is_whitespace() || c == ',').find_map(|word| {
        let mut parts = word.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let complete = year.len() == 4 && parts.next().is_none() && !day.is_empty() && day.len() <= 2 && !month.is_empty() && month.len() <= 2;
        complete.then(|| crate::mapping::day(&format!("{day:0>2}.{month:0>2}.{year}")))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_units_as_they_are_written() {
        let day = |text: &str| german_day(text).map(|day| day.to_string());
        for text in ["05.02.2027", "5.2.2027", "Fr., 05.02.2027", "05.02.2027 00:00:00"] {
            assert_eq!(day(text).as_deref(), Some("2027-02-05"), "{text}");
        }
        for bad in ["", "30.02.2027", "05.02.27", "2027-02-05", "1.2.3.2027", "..2027"] {
            assert_eq!(day(bad), None, "{bad}");
        }
        assert_eq!(units("12 Termine, 24,00 UE"), Some(24));
        assert_eq!(units("8 Ustd."), Some(8));
        assert_eq!(units("3 Termine"), None);
    }
}
