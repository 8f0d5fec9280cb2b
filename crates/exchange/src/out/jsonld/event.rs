//! Events and tours.

use super::{JsonLd, offer, run};
use crate::out::fields::Fields;
use domain::catalogue::{DeliveryMode, Offer, Run};
use serde_json::Value;

pub(super) fn event(writer: &JsonLd<'_>, told: &Offer) -> Value {
    let several = told.runs.len() > 1;
    let kind = if told.kind == "tour" { "Event" } else { "EducationEvent" };
    let mut node = Fields::of_type(if several { "EventSeries" } else { kind });
    let address = offer::common(writer, told, &mut node);
    offer::about(writer, told, &mut node);
    node.set("organizer", offer::provider(writer, told)).list("offers", offer::terms(writer, told));
    node.set("eventAttendanceMode", attendance(told.delivery_mode));
    match told.runs.as_slice() {
        [] => {}
        [only] => happening(writer, told, only, &mut node),
        runs => {
            node.list("subEvent", runs.iter().map(|run| part(writer, told, run, kind, &address)));
        }
    }
    node.done()
}

/// One of several dates, complete enough to stand alone.
fn part(writer: &JsonLd<'_>, told: &Offer, run: &Run, kind: &str, address: &str) -> Value {
    let mut node = Fields::of_type(kind);
    node.set("@id", format!("{address}#{}", run.id)).set("name", told.title.as_str());
    node.set("eventAttendanceMode", attendance(told.delivery_mode));
    happening(writer, told, run, &mut node);
    node.done()
}

fn happening(writer: &JsonLd<'_>, told: &Offer, run: &Run, node: &mut Fields) {
    run::dates(run, told, "eventSchedule", node);
    node.set("eventStatus", run::status(run)).list("location", run::locations(writer, told, run));
    run::capacity(run, node);
}

fn attendance(mode: DeliveryMode) -> &'static str {
    match mode {
        DeliveryMode::Onsite => "https://schema.org/OfflineEventAttendanceMode",
        DeliveryMode::Online | DeliveryMode::SelfPaced => "https://schema.org/OnlineEventAttendanceMode",
        DeliveryMode::Hybrid => "https://schema.org/MixedEventAttendanceMode",
    }
}
