//! Integreat: events with their series, and locations.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{DeliveryMode, RecordKind};
use domain::partners::ImportFormat::Integreat;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

#[test]
fn events_and_their_series() {
    let items = items(Integreat, &fixture("integreat/events.json"));
    let cafe = offer(&items, "71");
    assert_eq!((cafe.title.as_str(), cafe.kind.as_str(), cafe.runs.len()), ("Sprachcafé", "event", 1));
    assert_eq!(cafe.url.unwrap().as_str(), "https://integreat.example/lup/de/events/cafe");
    assert_eq!(cafe.description.unwrap().as_str(), "Kaffee & Kuchen");
    let recurrence = cafe.runs[0].recurrence.as_ref().unwrap();
    assert_eq!(recurrence.start.to_rfc3339(), "2027-02-04T12:00:00+00:00", "DTSTART is UTC without saying so");
    assert_eq!((recurrence.rule.as_str(), recurrence.minutes), ("FREQ=WEEKLY;UNTIL=20270304T235959Z", 90));
    assert_eq!(cafe.place.unwrap(), places(&items)[0].external_id);

    let fair = offer(&items, "72");
    assert_eq!((fair.runs[0].start, fair.runs[0].end, fair.place), (moment("2027-06-05"), moment("2027-06-06"), None));
    assert_eq!(fair.delivery_mode, DeliveryMode::Online);

    let course = offer(&items, "73");
    assert_eq!(course.runs[0].sessions.len(), 2, "occurrences without a rule are listed");
    let broken = |id: &str| problems(items.iter().find(|i| i.external_id.as_deref() == Some(id)).unwrap()).remove(0);
    assert_eq!(broken("74"), ("/title".to_owned(), "field-missing".to_owned()));
    assert_eq!(broken("75"), ("/event".to_owned(), "field-missing".to_owned()));
}

#[test]
fn a_series_is_the_same_when_an_occurrence_has_passed() {
    let text = String::from_utf8(fixture("integreat/events.json")).unwrap();
    let mut events: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let hash = |events: &[serde_json::Value]| {
        let items = items(Integreat, serde_json::to_string(events).unwrap().as_bytes());
        find(&items, RecordKind::Offer, "71").hash
    };
    // The second occurrence says everything that the first one does.
    events[1]["location"] = events[0]["location"].clone();
    let both = hash(&events);
    events.remove(0);
    assert_eq!(both, hash(&events));
}

#[test]
fn locations_are_places_and_some_are_organisations() {
    let items = items(Integreat, &fixture("integreat/locations.json"));
    let told: Vec<_> = items.iter().map(|i| (i.kind.unwrap(), i.external_id.as_deref().filter(|id| id.starts_with("poi")))).collect();
    assert_eq!(told, [(RecordKind::Place, None), (RecordKind::Organization, Some("poi-2")), (RecordKind::Place, None)]);
    let office = organization(&items);
    assert_eq!((office.name.as_str(), office.kind.as_str()), ("Migrationsberatung", "counselling-service"));
    assert_eq!(office.opening_hours.unwrap().as_str(), "Mo 10:00-13:00,15:00-18:00; Tu 00:00-24:00; We \"nach Vereinbarung\"");
    assert_eq!(office.contacts[0].name.as_ref().unwrap().as_str(), "Anmeldung");
    assert_eq!(office.url.unwrap().as_str(), "https://www.beratung.example/");
    let places = places(&items);
    assert_eq!((places[0].name.as_str(), places[1].name.as_str()), ("Haus der Bildung", "Spielplatz"));
    assert_eq!(places[1].geo.unwrap().lat, 53.42, "numbers as texts");
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")), "persons are left out");
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(Integreat, b"").0, "file-empty");
    assert_eq!(refused(Integreat, b"[]").0, "file-empty");
    assert_eq!(refused(Integreat, b"<html/>").0, "file-format-wrong");
    let whole = fixture("integreat/events.json");
    for cut in [whole.len() - 3, whole.len() / 2, 20] {
        assert_eq!(refused(Integreat, &whole[..cut]).0, "file-truncated", "{cut}");
    }
}
