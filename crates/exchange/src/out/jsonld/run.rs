//! Runs: instances of a course, and the dates of events.

use super::{JsonLd, place, price, schedule};
use crate::out::fields::Fields;
use chrono::SecondsFormat;
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{DeliveryMode, Offer, PlaceSummary, Run, RunStatus, Session};
use serde_json::{Value, json};

/// A day, or an instant with the offset of its zone.
pub(super) fn moment(moment: Moment, zone: Tz) -> String {
    match moment {
        Moment::Date(date) => date.to_string(),
        Moment::DateTime(at) => at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false),
    }
}

pub(super) fn instance(writer: &JsonLd<'_>, offer: &Offer, run: &Run, address: &str) -> Value {
    let mut node = Fields::of_type("CourseInstance");
    node.set("@id", format!("{address}#{}", run.id)).list("courseMode", modes(offer.delivery_mode).iter().copied());
    node.some("courseCode", run.course_code.as_ref().map(|code| code.as_str()));
    dates(run, offer, "courseSchedule", &mut node);
    node.list("location", locations(writer, offer, run));
    if run.status == RunStatus::Cancelled {
        node.set("eventStatus", status(run));
    }
    capacity(run, &mut node);
    node.some("courseWorkload", run.units.map(|units| format!("PT{}M", u64::from(units) * 45)));
    node.some("url", run.url.as_ref().map(|url| url.as_str()));
    let terms = price::Terms { url: None, deadline: run.deadline, sold_out: run.status == RunStatus::Full };
    node.list("offers", price::offers(run.price.as_ref(), terms)).some("description", remarks(run));
    node.done()
}

/// Start, end, and either the rule or the single meetings.
pub(super) fn dates(run: &Run, offer: &Offer, rule: &str, node: &mut Fields) {
    let zone = run.time_zone;
    let first = run.sessions.first();
    let start = run.start.or_else(|| first.map(|session| session.start));
    let end = run.end.or_else(|| run.sessions.last().map(|session| session.end.unwrap_or(session.start)));
    node.some("startDate", start.map(|start| moment(start, zone))).some("endDate", end.map(|end| moment(end, zone)));
    let plan = run.recurrence.as_ref().and_then(|recurrence| schedule::schedule(recurrence, zone));
    let single =
        matches!(run.sessions.as_slice(), [only] if Some(only.start) == start && only.end.unwrap_or(only.start) == end.unwrap_or(only.start));
    if let Some(plan) = plan {
        node.set(rule, plan);
    } else if !single {
        node.list("subEvent", run.sessions.iter().map(|session| meeting(session, offer, zone)));
    }
}

fn meeting(session: &Session, offer: &Offer, zone: Tz) -> Value {
    let mut node = Fields::of_type("Event");
    node.set("name", offer.title.as_str()).set("startDate", moment(session.start, zone)).some("endDate", session.end.map(|end| moment(end, zone)));
    node.done()
}

/// In the words that search engines know; "self-paced" besides.
pub(super) fn modes(mode: DeliveryMode) -> &'static [&'static str] {
    match mode {
        DeliveryMode::Onsite => &["Onsite"],
        DeliveryMode::Online => &["Online"],
        DeliveryMode::Hybrid => &["Blended"],
        DeliveryMode::SelfPaced => &["Online", "self-paced"],
    }
}

/// The place of a run, the address on the web, or both.
pub(super) fn locations(writer: &JsonLd<'_>, offer: &Offer, run: &Run) -> Vec<Value> {
    let here = (offer.delivery_mode != DeliveryMode::SelfPaced).then(|| run.place.as_ref().or(offer.place.as_ref())).flatten();
    let here = here.map(|found: &PlaceSummary| place::location(writer, found));
    let online = run.online_url.as_ref().map(|url| json!({ "@type": "VirtualLocation", "url": url.as_str() }));
    here.into_iter().chain(online).collect()
}

pub(super) fn capacity(run: &Run, node: &mut Fields) {
    let Some(capacity) = run.capacity else { return };
    node.some("maximumAttendeeCapacity", capacity.max);
    let left = capacity.max.zip(capacity.booked).map(|(max, booked)| max.saturating_sub(booked));
    node.some("remainingAttendeeCapacity", left);
}

pub(super) fn status(run: &Run) -> &'static str {
    if run.status == RunStatus::Cancelled { "https://schema.org/EventCancelled" } else { "https://schema.org/EventScheduled" }
}

pub(super) fn remarks(run: &Run) -> Option<String> {
    let parts: Vec<&str> = [&run.schedule_text, &run.note].into_iter().flatten().map(|text| text.as_str()).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}
