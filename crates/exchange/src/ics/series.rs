//! The run of a series: one session, some, or a rule with exceptions and postponed sessions.

use super::dates::{Hours, instant};
use super::lines::unescape;
use super::location::Location;
use crate::mapping::Notes;
use crate::problems;
use crate::xml::Element;
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{MAX_SESSIONS, Recurrence, RunDraft, RunStatus, Session, expand};

/// Longest session of a rule in minutes.
const MAX_MINUTES: i64 = 7 * 24 * 60;

/// Fills the times of a run from the events of a series, the one without `RECURRENCE-ID` first. `None` if there is no start at all.
pub(super) fn run(record: &Element, region: Tz, notes: &mut Notes) -> Option<RunDraft> {
    let hours = Hours::of(record, region, notes);
    let base = record.at("VEVENT")?;
    let others: Vec<&Element> = record.all("VEVENT").filter(|event| event.at("RECURRENCE-ID").is_some()).collect();
    let mut run = RunDraft { status: status(record, base), ..RunDraft::default() };
    let (start, end, zone) = match hours.span(base, notes) {
        Some(span) => span,
        None if base.at("DTSTART").is_some() => return None,
        // A series may be nothing but a list.
        None => {
            let listed = base.all("RDATE").find_map(|dates| hours.periods(dates, TimeDelta::zero(), notes).into_iter().next());
            let first = notes.required(listed, "/DTSTART")?;
            (first.start, first.end, hours.home)
        }
    };
    run.time_zone = (zone != region).then_some(zone);
    let length = length(start, end, zone);
    let mut except: Vec<NaiveDate> = base.all("EXDATE").flat_map(|dates| hours.days(dates, zone, notes)).collect();
    let mut also: Vec<Session> = base.all("RDATE").flat_map(|dates| hours.periods(dates, length, notes)).collect();
    also.retain(|session| !except.contains(&session.start.date(zone)));
    for other in others {
        replaced(other, base, &hours, zone, (&mut except, &mut also), notes);
    }
    if also.len().max(except.len()) > MAX_SESSIONS {
        notes.not_mapped("/RDATE", &format!("{MAX_SESSIONS}…"));
    }
    also.truncate(MAX_SESSIONS);
    except.truncate(MAX_SESSIONS);
    if let Some(rule) = rule(base, zone, notes) {
        let minutes = u32::try_from(length.num_minutes().clamp(0, MAX_MINUTES)).unwrap_or(0);
        let first = start.earliest(zone);
        let recurrence = Recurrence { rule: rule.clone(), start: first, minutes, except, also };
        match expand(&recurrence, zone, first) {
            Ok(_) => {
                run.recurrence = Some(recurrence);
                return Some(run);
            }
            Err(error) => notes.warning("/RRULE", error),
        }
        (except, also) = (recurrence.except, recurrence.also);
    }
    if also.is_empty() && except.is_empty() && base.at("RECURRENCE-ID").is_none() {
        run.start = Some(start);
        run.end = end;
        // An exhibition of four weeks is not a session.
        if matches!((start, end), (Moment::DateTime(_), _) | (_, None)) {
            run.sessions.push(Session { start, end });
        }
        return Some(run);
    }
    let first = base.at("RECURRENCE-ID").is_none().then_some(Session { start, end });
    let mut sessions: Vec<Session> = first.into_iter().filter(|s| !except.contains(&s.start.date(zone))).chain(also).collect();
    sessions.sort_by_key(|session| session.start.earliest(zone));
    sessions.dedup();
    if sessions.is_empty() {
        // Everything was called off.
        run.start = Some(start);
        run.end = end;
        run.status = Some(RunStatus::Cancelled);
    }
    run.sessions = sessions;
    Some(run)
}

fn status(record: &Element, event: &Element) -> Option<RunStatus> {
    if record.attribute("cancelled").is_some() {
        return Some(RunStatus::Cancelled);
    }
    match event.text_at("STATUS")?.to_ascii_uppercase().as_str() {
        "CANCELLED" | "CANCELED" if event.at("RECURRENCE-ID").is_none() => Some(RunStatus::Cancelled),
        "TENTATIVE" => Some(RunStatus::Planned),
        _ => None,
    }
}

/// How long a session takes; zero if that is not known.
fn length(start: Moment, end: Option<Moment>, zone: Tz) -> TimeDelta {
    match (start, end) {
        (Moment::Date(first), None) => Moment::Date(first).latest(zone).date_naive().signed_duration_since(first).max(TimeDelta::days(1)),
        (Moment::Date(first), Some(last)) => last.date(zone).signed_duration_since(first) + TimeDelta::days(1),
        (Moment::DateTime(start), Some(Moment::DateTime(end))) => end - start,
        (Moment::DateTime(start), Some(end @ Moment::Date(_))) => end.latest(zone) - start,
        (Moment::DateTime(_), None) => TimeDelta::zero(),
    }
}

/// One session of the series that is different: moved, or called off.
fn replaced(event: &Element, base: &Element, hours: &Hours, zone: Tz, (except, also): (&mut Vec<NaiveDate>, &mut Vec<Session>), notes: &mut Notes) {
    let Some(id) = event.at("RECURRENCE-ID") else { return };
    if let Some(range) = id.attribute("RANGE") {
        notes.not_mapped("/RECURRENCE-ID/RANGE", range);
    }
    let Some(original) = hours.moment(id, notes) else { return };
    except.push(original.date(zone));
    if event.text_at("STATUS").is_some_and(|status| status.to_ascii_uppercase().starts_with("CANCEL")) {
        return;
    }
    if let Some((start, end, _)) = hours.span(event, notes) {
        also.push(Session { start, end });
    }
    // A run has one title and one place.
    for name in ["SUMMARY", "LOCATION"] {
        if let Some(text) = event.text_at(name).filter(|text| Some(*text) != base.text_at(name)) {
            notes.not_mapped(&format!("/VEVENT[RECURRENCE-ID={}]/{name}", id.text), &unescape(text));
        }
    }
}

/// The rule with an `UNTIL` in UTC, as the standard wants it. A rule that repeats more often than daily is no rule of an event.
fn rule(event: &Element, zone: Tz, notes: &mut Notes) -> Option<String> {
    let mut rules = event.all("RRULE").map(|rule| rule.text.as_str());
    let rule = rules.next()?.to_ascii_uppercase();
    rules.for_each(|more| notes.not_mapped("/RRULE", more));
    let mut parts = Vec::new();
    for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("FREQ", "SECONDLY" | "MINUTELY" | "HOURLY")) => {
                notes.not_mapped("/RRULE", &rule);
                return None;
            }
            Some(("UNTIL", until)) => match instant(until, zone) {
                Some((moment, _)) => parts.push(format!("UNTIL={}", moment.latest(zone).format("%Y%m%dT%H%M%SZ"))),
                None => {
                    // Without its end the rule would go on for ever.
                    notes.warning("/RRULE", problems::instant_invalid(until));
                    return None;
                }
            },
            _ => parts.push(part.to_owned()),
        }
    }
    Some(parts.join(";"))
}

/// Where it takes place: an address on the web, or a place, or both.
pub(super) fn online(event: &Element, location: Option<&Location>) -> Option<String> {
    let conference =
        event.children.iter().filter(|p| matches!(p.name.as_str(), "CONFERENCE" | "X-GOOGLE-CONFERENCE" | "X-MICROSOFT-SKYPETEAMSMEETINGURL"));
    let urls = conference.map(|p| unescape(&p.text)).filter(|text| text.starts_with("https://") || text.starts_with("http://"));
    urls.chain(location.and_then(|location| location.url.clone())).next()
}
