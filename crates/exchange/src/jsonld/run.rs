//! Runs: the instances of a course, or the event itself.

use super::node::{Node, all, object, said, term, text, texts};
use super::organization::Location;
use super::{price, schedule};
use crate::ReadContext;
use crate::mapping::{Notes, duration, moment};
use crate::problems;
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{Capacity, DeliveryMode, MAX_SESSIONS, RunDraft, RunStatus, Session};
use domain::text::{ExternalId, fold};
use domain::time::LocalTime;
use serde_json::Value;

/// The run of a node, and how it is taught there.
pub(super) fn run(node: &Node, context: &ReadContext, notes: &mut Notes) -> (RunDraft, Option<DeliveryMode>) {
    let zone = context.zone;
    let mut run = RunDraft { sessions: sessions(node, zone, notes), ..RunDraft::default() };
    run.start = when(node, "startDate", zone, notes);
    run.end = when(node, "endDate", zone, notes).filter(|end| Some(*end) != run.start);
    if let (None, Some(Moment::DateTime(start)), Some(length)) = (run.end, run.start, text(node, "duration").and_then(|text| duration(&text))) {
        run.end = start.checked_add_signed(length).map(Moment::DateTime);
    }
    let plan = object(node, "courseSchedule").or_else(|| object(node, "eventSchedule"));
    if let Some(plan) = plan.filter(|_| run.sessions.is_empty()) {
        rule(plan, &mut run, zone, notes);
    }
    let same_day = |start: Moment, end: Moment| start.date(zone) == end.date(zone);
    if let (Some(start @ Moment::DateTime(_)), true) = (run.start, run.sessions.is_empty() && run.recurrence.is_none())
        && run.end.is_none_or(|end| same_day(start, end))
    {
        run.sessions.push(Session { start, end: run.end });
    }
    run.place = place(node);
    run.online_url = all(node, "location")
        .filter_map(Value::as_object)
        .filter(|place| super::is(place, |name| name == "VirtualLocation"))
        .find_map(|place| text(place, "url").filter(|url| super::absolute(url).is_some()).and_then(|url| notes.url(Some(&url), "/location/url")));
    let terms = price::terms(node, zone, notes);
    run.price = terms.price;
    run.deadline = terms.deadline;
    run.url = terms.url;
    run.capacity = capacity(node, notes);
    run.status = status(node, terms.sold_out);
    run.units = text(node, "courseWorkload")
        .and_then(|text| duration(&text))
        .and_then(|length| u32::try_from(length.num_minutes() / 45).ok())
        .filter(|n| *n > 0);
    let mode = mode(node, &run);
    (run, mode)
}

/// A rule, or at least its words.
fn rule(plan: &Node, run: &mut RunDraft, region: Tz, notes: &mut Notes) {
    let first = run.start.map(|start| start.date(region));
    match schedule::recurrence(plan, first, region, notes) {
        Some((recurrence, zone)) => {
            run.time_zone = (zone != region).then_some(zone);
            // The hours are those of the rule; its first session is the start.
            run.start = None;
            run.recurrence = Some(recurrence);
        }
        None => run.schedule_text = notes.short(schedule::words(plan).as_deref(), "/courseSchedule"),
    }
}

pub(super) fn when(node: &Node, name: &str, zone: Tz, notes: &mut Notes) -> Option<Moment> {
    let text = text(node, name)?;
    // Hours with an offset of two digits or none, as some pages write them.
    let read = moment(&text, zone).or_else(|| moment(text.strip_suffix("+00").map(|rest| format!("{rest}Z")).as_deref()?, zone));
    match read {
        None => notes.warning(format!("/{name}"), problems::instant_invalid(&text)),
        Some((_, LocalTime::Unique)) => {}
        Some(_) => notes.warning(format!("/{name}"), problems::odd_hour()),
    }
    read.map(|(moment, _)| moment)
}

/// The single dates that a series lists.
fn sessions(node: &Node, zone: Tz, notes: &mut Notes) -> Vec<Session> {
    let parts = ["subEvent", "subEvents"].into_iter().flat_map(|name| all(node, name)).filter_map(Value::as_object);
    let mut sessions: Vec<Session> = parts
        .filter_map(|part| {
            let start = when(part, "startDate", zone, notes)?;
            let end = when(part, "endDate", zone, notes).filter(|end| end.latest(zone) >= start.earliest(zone) && *end != start);
            Some(Session { start, end })
        })
        .collect();
    if sessions.len() > MAX_SESSIONS {
        notes.not_mapped("/subEvent", &format!("{MAX_SESSIONS}…"));
        sessions.truncate(MAX_SESSIONS);
    }
    sessions.sort_by_key(|session| session.start.earliest(zone));
    sessions
}

/// The first place that is one.
pub(super) fn place(node: &Node) -> Option<ExternalId> {
    all(node, "location").find_map(|value| Location::of(value).id())
}

fn capacity(node: &Node, notes: &mut Notes) -> Option<Capacity> {
    let mut count = |names: &[&str]| names.iter().find_map(|name| notes.count(text(node, name).as_deref(), &format!("/{name}")));
    let max = count(&["maximumAttendeeCapacity", "maximumPhysicalAttendeeCapacity", "maximumEnrollment"]).filter(|max| *max > 0);
    let booked = max.zip(count(&["remainingAttendeeCapacity"])).and_then(|(max, left)| max.checked_sub(left));
    max.map(|max| Capacity { max: Some(max), booked, ..Capacity::default() })
}

fn status(node: &Node, sold_out: bool) -> Option<RunStatus> {
    let stated = text(node, "eventStatus");
    match stated.as_deref().map(term) {
        Some("EventCancelled") => Some(RunStatus::Cancelled),
        // When it takes place is not known.
        Some("EventPostponed") => Some(RunStatus::Planned),
        _ => sold_out.then_some(RunStatus::Full),
    }
}

fn mode(node: &Node, run: &RunDraft) -> Option<DeliveryMode> {
    match text(node, "eventAttendanceMode").as_deref().map(term) {
        Some("OnlineEventAttendanceMode") => return Some(DeliveryMode::Online),
        Some("MixedEventAttendanceMode") => return Some(DeliveryMode::Hybrid),
        Some("OfflineEventAttendanceMode") => return Some(DeliveryMode::Onsite),
        _ => {}
    }
    if text(node, "eventStatus").as_deref().map(term) == Some("EventMovedOnline") {
        return Some(DeliveryMode::Online);
    }
    let words: Vec<String> =
        ["courseMode", "educationalProgramMode"].into_iter().flat_map(|name| texts(node, name, true)).map(|w| fold(term(&w))).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    if has(&["blended", "hybrid", "blended learning", "mixed"]) {
        return Some(DeliveryMode::Hybrid);
    }
    if has(&["distance learning", "self-paced", "selfpaced", "fernkurs", "asynchronous"]) && run.start.is_none() && run.recurrence.is_none() {
        return Some(DeliveryMode::SelfPaced);
    }
    match (has(&["online", "mooc", "virtual"]), has(&["onsite", "praesenz", "in-person", "offline"])) {
        (true, true) => return Some(DeliveryMode::Hybrid),
        (true, false) => return Some(DeliveryMode::Online),
        (false, true) => return Some(DeliveryMode::Onsite),
        (false, false) => {}
    }
    let nowhere = all(node, "location").any(|value| said(value).is_some()) && run.place.is_none();
    match (&run.online_url, &run.place) {
        (Some(_), Some(_)) => Some(DeliveryMode::Hybrid),
        (Some(_), None) => Some(DeliveryMode::Online),
        (None, Some(_)) => Some(DeliveryMode::Onsite),
        (None, None) => nowhere.then_some(DeliveryMode::Online),
    }
}
