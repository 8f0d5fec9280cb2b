//! Events: one offer with one run, however often it takes place.

use super::location::Location;
use super::{Object, object, said};
use crate::mapping::{Notes, day, local_time, moment, offer_kind, plain_to_markdown};
use crate::{Decoded, ReadContext, problems};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{DeliveryMode, Draft, MAX_SESSIONS, OfferDraft, Recurrence, RunDraft, Session, expand};
use serde_json::Value;

/// Longest session of a rule in minutes.
const MAX_MINUTES: i64 = 7 * 24 * 60;

/// What is kept of an event.
const KEPT: [&str; 9] = ["url", "title", "excerpt", "content", "location", "meeting_url", "event", "recurrence_rule", "organization"];

/// What is kept of its times.
const TIMES: [&str; 9] = ["start", "start_date", "start_time", "end", "end_date", "end_time", "all_day", "timezone", "only_weekdays"];

pub(super) fn kept(record: &Object) -> Object {
    let mut kept: Object = record.iter().filter(|(name, value)| KEPT.contains(&name.as_str()) && !value.is_null()).map(pair).collect();
    if let Some(times) = object(record, "event") {
        let times: Object = times.iter().filter(|(name, value)| TIMES.contains(&name.as_str()) && !value.is_null()).map(pair).collect();
        kept.insert("event".to_owned(), Value::Object(times));
    }
    // The address of an occurrence has its day behind the dollar; the one of the series has not.
    if let Some(url) = said(record, "url") {
        let url = url.split('$').next().unwrap_or_default();
        kept.insert("url".to_owned(), Value::from(url));
    }
    kept
}

fn pair((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

/// Keeps of a series what does not change as time goes by: with a rule one occurrence is as good as any other and only its length counts,
/// without one the first one has the texts and the others their times.
pub(super) fn settle(events: &mut Vec<Object>) {
    events.sort_by_cached_key(|event| object(event, "event").and_then(|times| said(times, "start").or_else(|| said(times, "start_date"))));
    let ruled = events.first().is_some_and(|event| said(event, "recurrence_rule").is_some());
    if ruled {
        events.truncate(1);
        return;
    }
    for event in events.iter_mut().skip(1) {
        event.retain(|name, _| name == "event");
    }
}

/// What has to change for a series to change. With a rule, which of its occurrences are still listed does not matter: of their times only
/// the hours and how many days lie between count.
pub(super) fn essence(events: &[Object]) -> String {
    let essence = |event: &Object| {
        let mut event = event.clone();
        if said(&event, "recurrence_rule").is_some() {
            let hours = object(&event, "event").map(hours);
            event.insert("event".to_owned(), hours.unwrap_or_default());
        }
        event
    };
    Value::from_iter(events.iter().map(essence)).to_string()
}

fn hours(times: &Object) -> Value {
    let [start, end] = ["start", "end"].map(|name| said(times, name).unwrap_or_default());
    let hour = |text: &str| text.get(11..16).map(str::to_owned);
    let date = |text: &str| text.get(..10).and_then(day);
    let days = date(&start).zip(date(&end)).map(|(from, to)| (to - from).num_days());
    let plain = |name: &str| times.get(name).cloned().unwrap_or_default();
    serde_json::json!([hour(&start), hour(&end), days, plain("all_day"), plain("timezone")])
}

pub(super) fn decode(record: &Object, context: &ReadContext) -> Decoded {
    let mut notes = Notes::default();
    let events: Vec<&Object> = record.get("events").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect();
    let external_id = notes.external_id(said(record, "id").as_deref(), "/id");
    let organization = notes.external_id(said(record, "organization").as_deref(), "/organization");
    let Some(first) = events.first() else {
        notes.error("/event", problems::missing_element("event"));
        return notes.finish(None);
    };
    let title = notes.title(said(first, "title").as_deref(), "/title");
    let title = notes.required(title, "/title");
    let (Some(external_id), Some(organization), Some(title)) = (external_id, organization, title) else { return notes.finish(None) };
    let kind = Some(offer_kind(title.as_str())).filter(|kind| *kind != "course").unwrap_or("event");
    let mut offer = OfferDraft::new(external_id, organization, kind, title);
    let content = said(first, "content").map(|text| plain_to_markdown(&text)).filter(|text| !text.is_empty());
    // The excerpt is the content once more, cut off.
    let excerpt =
        said(first, "excerpt").filter(|excerpt| content.as_ref().is_none_or(|content| !content.starts_with(excerpt.trim_end_matches(['…', '.']))));
    offer.summary = notes.short(excerpt.as_deref(), "/excerpt");
    offer.description = content.and_then(|text| notes.markdown(&text, "/content"));
    offer.url = notes.url(said(first, "url").as_deref(), "/url");
    let mut run = run(&events, context, &mut notes);
    run.online_url = notes.url(said(first, "meeting_url").as_deref(), "/meeting_url");
    run.place = Location::of(first.get("location")).and_then(|location| location.parts(None).external_id());
    offer.delivery_mode = match (&run.online_url, &run.place) {
        (Some(_), Some(_)) => DeliveryMode::Hybrid,
        (Some(_), None) => DeliveryMode::Online,
        _ => DeliveryMode::Onsite,
    };
    offer.place = run.place.clone();
    offer.runs.push(run);
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

fn run(events: &[&Object], context: &ReadContext, notes: &mut Notes) -> RunDraft {
    let mut run = RunDraft::default();
    let times = |event: &&Object| object(event, "event").cloned().unwrap_or_default();
    let zone = events.first().map(times).and_then(|times| said(&times, "timezone")).and_then(|name| match name.parse::<Tz>() {
        Ok(zone) => Some(zone),
        Err(_) => {
            notes.warning("/event/timezone", problems::zone_unknown(&name));
            None
        }
    });
    let zone = zone.unwrap_or(context.zone);
    run.time_zone = (zone != context.zone).then_some(zone);
    let mut sessions: Vec<Session> = Vec::new();
    for event in events {
        if sessions.len() == MAX_SESSIONS {
            notes.not_mapped("/event", &format!("{MAX_SESSIONS}…"));
            break;
        }
        sessions.extend(session(&times(event), zone, notes));
    }
    sessions.sort_by_key(|session| session.start.earliest(zone));
    sessions.dedup();
    let rule = events.first().and_then(|event| said(event, "recurrence_rule"));
    if let (Some(text), Some(sample)) = (rule, sessions.first()) {
        match recurrence(&text, *sample, zone) {
            Some(recurrence) => {
                run.recurrence = Some(recurrence);
                return run;
            }
            None => notes.not_mapped("/recurrence_rule", &text),
        }
    }
    if let [only] = sessions.as_slice() {
        (run.start, run.end) = (Some(only.start), only.end);
    }
    run.sessions = sessions;
    run
}

/// Start and end with offset, else day and hour; whole days by the word for it.
fn session(times: &Object, zone: Tz, notes: &mut Notes) -> Option<Session> {
    let whole_day = times.get("all_day").and_then(Value::as_bool) == Some(true);
    let mut when = |whole: &str, date: &str, time: &str| {
        let date_text = said(times, date).or_else(|| said(times, whole).and_then(|text| text.get(..10).map(str::to_owned)));
        if whole_day {
            return date_text.and_then(|text| day(&text)).map(Moment::Date);
        }
        let stated = said(times, whole);
        // Midnight of an event that is not of the whole day is an hour.
        let parts = || {
            let (date, time) = (day(&date_text.clone()?)?, said(times, time)?);
            local_time(date, &time, zone).map(|(moment, _)| moment)
        };
        let read =
            parts().or_else(|| moment(stated.as_deref()?, zone).map(|(moment, _)| moment)).or_else(|| day(&date_text.clone()?).map(Moment::Date));
        if read.is_none() && (stated.is_some() || date_text.is_some()) {
            notes.warning(format!("/event/{whole}"), problems::instant_invalid(stated.or(date_text).as_deref().unwrap_or_default()));
        }
        read
    };
    let start = when("start", "start_date", "start_time")?;
    let end = when("end", "end_date", "end_time").filter(|end| *end != start);
    if end.is_some_and(|end| end.latest(zone) < start.earliest(zone)) {
        notes.warning("/event/end", problems::end_before_start());
        return Some(Session { start, end: None });
    }
    Some(Session { start, end })
}

/// `DTSTART:20221107T120000\nRRULE:FREQ=WEEKLY`: the start is in UTC without saying so, unless only as a local hour it fits the occurrence.
fn recurrence(text: &str, sample: Session, zone: Tz) -> Option<Recurrence> {
    let lines = || text.split(['\n', '\r']).map(str::trim);
    let value = |name: &str| lines().find_map(|line| line.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')));
    let rule = value("RRULE").or_else(|| lines().find(|line| line.starts_with("FREQ=")))?;
    if ["SECONDLY", "MINUTELY", "HOURLY"].iter().any(|often| rule.contains(often)) {
        return None;
    }
    let stated = value("DTSTART").and_then(|text| NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S").ok());
    let whole_day = matches!(sample.start, Moment::Date(_));
    let first = sample.start.earliest(zone);
    let start: DateTime<Utc> = match stated {
        Some(stated) => {
            let utc = stated.and_utc();
            let hour = |instant: DateTime<Utc>| instant.with_timezone(&zone).time();
            let local = domain::time::local_to_utc(stated.date(), stated.time(), zone).0;
            match (whole_day, hour(utc) == hour(first), hour(local) == hour(first)) {
                (true, ..) => Moment::Date(utc.with_timezone(&zone).date_naive()).earliest(zone),
                (false, false, true) => local,
                _ => utc,
            }
        }
        None => first,
    };
    let length = match (sample.start, sample.end) {
        (Moment::Date(from), to) => {
            let to = to.map_or(from, |to| to.date(zone));
            TimeDelta::days((to - from).num_days() + 1)
        }
        (_, Some(end)) => end.earliest(zone) - first,
        _ => TimeDelta::zero(),
    };
    let minutes = u32::try_from(length.num_minutes().clamp(0, MAX_MINUTES)).ok()?;
    let recurrence = Recurrence { rule: in_utc(rule), start, minutes, except: vec![], also: vec![] };
    expand(&recurrence, zone, first).is_ok().then_some(recurrence)
}

/// An end of a rule without zone is in UTC, too.
fn in_utc(rule: &str) -> String {
    let parts = rule.split(';').map(|part| match part.strip_prefix("UNTIL=") {
        Some(until) if until.contains('T') && !until.ends_with('Z') => format!("UNTIL={until}Z"),
        Some(until) if !until.contains('T') => format!("UNTIL={until}T235959Z"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join(";")
}
