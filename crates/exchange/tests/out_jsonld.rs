//! schema.org in JSON-LD, written and read again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod out_records;

use common::{context, find, items, offer as read_offer, organization as read_organization, places, problems};
use domain::catalogue::{DeliveryMode, LanguageLevel, Offer, PriceType, RecordKind, RunStatus, expand};
use domain::partners::ImportFormat::JsonLd as Format;
use domain::vocabularies::Vocabularies;
use exchange::out::Site;
use exchange::out::jsonld::{JsonLd, alone, breadcrumb, graph, list};
use out_records::*;
use serde_json::Value;
use std::sync::Arc;

fn writing<T>(language: &str, work: impl FnOnce(&JsonLd<'_>) -> T) -> T {
    let (site, vocabularies): (Site, Arc<Vocabularies>) = (site(), context().vocabularies);
    work(&JsonLd { site: &site, vocabularies: &vocabularies, language })
}

fn written(offer: &Offer) -> Value {
    writing("de", |writer| writer.offer(offer))
}

fn document(nodes: Vec<Value>) -> Vec<u8> {
    graph(nodes).to_string().into_bytes()
}

const PAGE: &str = "https://bildung.example.org/de/angebote/019ab1c2-0000-7000-8000-000000000001/deutsch-b1";

#[test]
fn a_course_comes_back_as_it_was() {
    let told = course();
    let items = items(Format, &document(vec![written(&told), breadcrumb(&[("Start", "https://bildung.example.org/de".to_owned())])]));
    let read = read_offer(&items, PAGE);
    assert_eq!(problems(find(&items, RecordKind::Offer, PAGE)), [], "nothing is written that is not understood");
    assert_eq!((&read.summary, &read.url, &read.course_code), (&told.summary, &told.url, &told.course_code));
    assert_eq!(read.title.as_str(), "Deutsch B1 Alle & mehr", "what looks like markup is taken out of foreign texts, everything else is not");
    assert_eq!(read.description.unwrap().as_str(), "Inhalt\n\n- Telefonieren\n\n- E-Mails", "emphasis is lost, words and lists are not");
    assert_eq!(read.kind, told.kind);
    assert_eq!((&read.topics, &read.target_groups, &read.languages), (&told.topics, &told.target_groups, &told.languages));
    assert!(read.keywords.contains(&told.keywords[0]));
    assert_eq!((read.age_range, read.language_level, &read.entry_requirements), (told.age_range, told.language_level, &told.entry_requirements));
    assert_eq!(read.language_level.unwrap().to, Some(LanguageLevel::B1));
    assert_eq!(read.qualification.unwrap().name.as_str(), "Teilnahmebescheinigung");
    assert_eq!((&read.price, read.registration.as_ref()), (&told.price, told.registration.as_ref()));
    assert_eq!((read.images[0].url.as_str(), read.images[0].alt.as_str()), ("https://vhs.example.org/bild.jpg", "Eine Gruppe lernt"));
    assert_eq!(read.delivery_mode, told.delivery_mode);

    assert_eq!(read.runs.len(), 2);
    let (rule, days) = (&read.runs[0], &read.runs[1]);
    assert_eq!(rule.external_id.as_ref().unwrap().as_str(), format!("{PAGE}#{}", told.runs[0].id));
    assert_eq!(rule.recurrence, told.runs[0].recurrence, "the very same rule");
    assert_eq!((rule.units, rule.capacity, &rule.price), (Some(40), told.runs[0].capacity, &None));
    assert_eq!((days.start, days.end, &days.sessions), (told.runs[1].start, told.runs[1].end, &told.runs[1].sessions));
    assert_eq!((days.status, days.price.as_ref().unwrap().kind), (Some(RunStatus::Full), PriceType::Free));
    assert_eq!(days.course_code, told.runs[1].course_code);

    let house = &places(&items)[0];
    assert_eq!((rule.place.as_ref(), days.place.as_ref()), (Some(&house.external_id), Some(&house.external_id)));
    let place = told.place.as_ref().unwrap();
    assert_eq!((house.name.as_str(), &house.address, house.geo), (place.name.as_str(), &place.address, place.geo));
    assert_eq!(house.accessibility.len(), 1, "a yes is taken, a no is not");
    assert_eq!(house.accessibility[0].criterion, "step-free-entrance");
}

#[test]
fn an_event_comes_back_as_it_was() {
    let told = event();
    let items = items(Format, &document(vec![written(&told)]));
    let id = "https://bildung.example.org/de/angebote/019ab1c2-0000-7000-8000-000000000005/vortrag";
    let read = read_offer(&items, id);
    assert_eq!((read.kind.as_str(), &read.title, &read.price), ("event", &told.title, &told.price));
    let run = &read.runs[0];
    assert_eq!((run.start, run.end, &run.sessions), (told.runs[0].start, told.runs[0].end, &told.runs[0].sessions));
    assert_eq!((run.status, read.delivery_mode), (Some(RunStatus::Cancelled), DeliveryMode::Onsite));
    assert!(run.place.is_some());
    assert_eq!(problems(find(&items, RecordKind::Offer, id)), []);
}

#[test]
fn an_organisation_comes_back_as_it_was() {
    let told = organization();
    let items = items(Format, &document(vec![writing("de", |writer| writer.organization(&told))]));
    let read = read_organization(&items);
    assert_eq!(read.external_id.as_str(), "https://bildung.example.org/de/einrichtungen/019ab1c2-0000-7000-8000-000000000002/vhs");
    assert_eq!((&read.name, &read.alternate_name, &read.kind), (&told.name, &told.alternate_name, &told.kind));
    assert_eq!((&read.address, read.geo, &read.opening_hours), (&told.address, told.geo, &told.opening_hours));
    assert_eq!((&read.contacts, &read.url, &read.social_links), (&told.contacts, &told.url, &told.social_links));
    assert_eq!(read.description.unwrap().as_str(), "Seit 1919.");
}

#[test]
fn a_place_comes_back_as_it_was() {
    let told = place();
    let node = writing("de", |writer| writer.place(&told));
    assert_eq!(node["subjectOf"]["license"], "https://creativecommons.org/licenses/by/4.0/");
    let items = items(Format, alone(node).to_string().as_bytes());
    let read = &places(&items)[0];
    assert_eq!((&read.name, &read.address, read.geo), (&told.name, &told.address, told.geo));
}

/// What search engines demand of courses and events, as far as it is known.
#[test]
fn required_properties_and_licences_are_there() {
    let course = written(&course());
    for name in ["name", "description", "provider", "offers", "hasCourseInstance", "license"] {
        assert!(course.get(name).is_some(), "{name}: {course}");
    }
    assert_eq!((&course["@type"], &course["offers"][0]["category"]), (&Value::from("Course"), &Value::from("Paid")));
    assert_eq!((&course["offers"][0]["price"], &course["offers"][0]["priceCurrency"]), (&Value::from("120.50"), &Value::from("EUR")));
    let plan = &course["hasCourseInstance"][0]["courseSchedule"];
    assert_eq!(
        (&plan["repeatFrequency"], &plan["repeatCount"], &plan["startTime"]),
        (&Value::from("Weekly"), &Value::from(3), &Value::from("18:00:00"))
    );
    assert_eq!(
        (&course["hasCourseInstance"][0]["courseMode"][0], &course["hasCourseInstance"][0]["courseWorkload"]),
        (&Value::from("Onsite"), &Value::from("PT1800M"))
    );
    assert_eq!(course["hasCourseInstance"][0]["startDate"], "2027-02-02T18:00:00+01:00");

    let event = written(&event());
    for name in ["name", "startDate", "location", "eventStatus", "organizer", "eventAttendanceMode"] {
        assert!(event.get(name).is_some(), "{name}: {event}");
    }
    assert_eq!((&event["@type"], &event["eventStatus"]), (&Value::from("EducationEvent"), &Value::from("https://schema.org/EventCancelled")));

    for node in [course, event, written(&service()), writing("de", |writer| writer.organization(&organization()))] {
        assert_eq!(node["mainEntityOfPage"]["license"], "https://creativecommons.org/licenses/by/4.0/", "{node}");
    }
    let reserved = written(&online());
    assert!(reserved.get("license").is_none() && reserved["mainEntityOfPage"].get("license").is_none());
    assert!(reserved["mainEntityOfPage"]["copyrightNotice"].as_str().unwrap().contains("Alle Rechte"));
}

#[test]
fn what_stands_is_a_service_and_what_comes_online_says_so() {
    let service = written(&service());
    assert_eq!((&service["@type"], &service["serviceType"]), (&Value::from("Service"), &Value::from("Beratung")));
    assert_eq!(service["availableChannel"][0]["serviceLocation"]["name"], "Haus der Bildung");
    assert_eq!((&service["offers"][0]["@type"], &service["offers"][0]["lowPrice"]), (&Value::from("AggregateOffer"), &Value::from("5.00")));
    assert_eq!(service["offers"][1]["name"], "Ermäßigt: Schüler", "readers know it by the word");

    let told = online();
    let items = items(Format, &document(vec![written(&told)]));
    let read = read_offer(&items, "https://bildung.example.org/de/angebote/019ab1c2-0000-7000-8000-000000000007/tastschreiben");
    assert_eq!(read.runs.len(), 2);
    assert_eq!(read.runs[0].online_url, told.runs[0].online_url);
    assert_eq!(read.price, told.price);
}

#[test]
fn rules_that_a_schedule_cannot_say_become_single_meetings() {
    let mut told = course();
    for rule in ["FREQ=MONTHLY;BYDAY=1TU,3TH", "FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1"] {
        told.runs[0].recurrence.as_mut().unwrap().rule = rule.to_owned();
        let node = written(&told);
        let instance = &node["hasCourseInstance"][0];
        assert!(instance.get("courseSchedule").is_none(), "{rule}");
        assert_eq!(instance["subEvent"].as_array().unwrap().len(), 2, "{rule}");
    }
    for rule in ["FREQ=MONTHLY;BYDAY=1TU;COUNT=4", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;UNTIL=20270630T215959Z", "FREQ=DAILY;COUNT=5"] {
        told.runs[0].recurrence.as_mut().unwrap().rule = rule.to_owned();
        let items = items(Format, &document(vec![written(&told)]));
        let read = read_offer(&items, PAGE).runs[0].recurrence.clone().unwrap();
        let of = |recurrence| expand(recurrence, chrono_tz::Europe::Berlin, "2027-01-01T00:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(of(&read), of(told.runs[0].recurrence.as_ref().unwrap()), "{rule} became {}", read.rule);
    }
}

#[test]
fn texts_come_in_the_language_of_the_reader() {
    let node = writing("en", |writer| writer.offer(&course()));
    assert_eq!((&node["name"], &node["abstract"]), (&Value::from("German B1"), &Value::from("Speaking at work.")));
    assert_eq!(node["@id"], PAGE, "whatever the language");
}

#[test]
fn a_list_of_nodes() {
    let page = list("Angebote", 7, vec![written(&course()), written(&event())]);
    assert_eq!(
        (&page["@type"], &page["numberOfItems"], &page["itemListElement"][1]["position"]),
        (&Value::from("ItemList"), &Value::from(7), &Value::from(2))
    );
    assert_eq!(items(Format, page.to_string().as_bytes()).iter().filter(|item| item.kind == Some(RecordKind::Offer)).count(), 2);
}
