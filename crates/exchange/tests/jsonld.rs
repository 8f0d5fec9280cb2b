//! schema.org in JSON-LD: courses with their instances and events, from files and pages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{DeliveryMode, LanguageLevel, PriceType, RecordKind, RunStatus, expand};
use domain::partners::ImportFormat::JsonLd;
use exchange::Item;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

fn graph() -> Vec<Item> {
    items(JsonLd, &fixture("jsonld/graph.jsonld"))
}

#[test]
fn a_flat_graph_is_put_together() {
    let items = graph();
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap(), i.external_id.as_deref().filter(|id| !id.contains('-')))).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(
        told,
        [
            (5, Organization, Some("https://vhs.example.org/#vhs")),
            (10, Place, None),
            (10, Offer, Some("https://vhs.example.org/kurs/1")),
            (26, Organization, Some("default")),
            (26, Place, None),
            (26, Offer, Some("https://vhs.example.org/theater")),
            (30, Organization, None),
            (30, Offer, None),
            (32, Offer, None),
            (33, Offer, Some("https://vhs.example.org/kurs/1")),
        ],
        "instances are part of their course; a list is entered; persons are nothing"
    );
    assert_eq!(problems(&items[8])[0], ("/name".to_owned(), "field-missing".to_owned()));
    assert_eq!(problems(&items[9])[0].1, "record-duplicate");
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")), "persons go no further");
}

#[test]
fn a_course_with_everything() {
    let items = graph();
    let offer = offer(&items, "https://vhs.example.org/kurs/1");
    assert_eq!((offer.title.as_str(), offer.kind.as_str(), offer.organization.as_str()), ("Deutsch B1", "course", "https://vhs.example.org/#vhs"));
    assert_eq!(offer.description.unwrap().as_str(), "Deutschkurs\n\nInhalte:\n\n- Sprechen\n- Schreiben");
    assert_eq!(offer.languages[0].as_str(), "de");
    assert_eq!(offer.language_level.unwrap().to, Some(LanguageLevel::B1));
    assert_eq!((offer.target_groups, offer.age_range.unwrap().min), (vec!["refugees".to_owned()], Some(18)));
    assert_eq!(offer.entry_requirements[0].text.as_ref().unwrap().as_str(), "A2");
    assert_eq!((offer.images.len(), offer.images[0].alt.as_str()), (1, "Eine Gruppe lernt"));
    assert_eq!((offer.price.kind, offer.price.amount, offer.price.reductions[0].amount), (PriceType::Paid, Some(12_000), Some(6_000)));
    let registration = offer.registration.unwrap();
    assert_eq!((registration.url.unwrap().as_str(), registration.deadline), ("https://vhs.example.org/buchen/1", moment("2027-01-31")));
    assert_eq!(offer.delivery_mode, DeliveryMode::Hybrid, "one instance here, one online");

    let weekly = &offer.runs[0];
    assert_eq!(weekly.external_id.as_ref().unwrap().as_str(), "https://vhs.example.org/kurs/1#a");
    assert_eq!((weekly.units, weekly.capacity.unwrap().booked), (Some(40), Some(10)));
    assert_eq!(weekly.place.as_ref(), Some(&places(&items)[0].external_id));
    let recurrence = weekly.recurrence.as_ref().unwrap();
    let sessions = expand(recurrence, chrono_tz::Europe::Berlin, recurrence.start).unwrap();
    let starts: Vec<_> = sessions.iter().map(|s| s.start.to_string()).collect();
    assert_eq!(starts, ["2027-02-02T17:00:00Z", "2027-02-16T17:00:00Z", "2027-02-23T17:00:00Z"], "one left out, the last day included");
    let online = &offer.runs[1];
    assert_eq!((online.start, online.end, online.sessions.len()), (moment("2027-03-01T17:00:00Z"), moment("2027-03-01T18:30:00Z"), 1));
    assert_eq!(online.online_url.as_ref().unwrap().as_str(), "https://raum.example.org/1");
    assert_eq!(problems(find(&items, RecordKind::Offer, "https://vhs.example.org/kurs/1")), [(String::new(), "not-mapped".to_owned())]);
}

#[test]
fn organisations_and_places() {
    let items = graph();
    let vhs = organization(&items);
    assert_eq!((vhs.kind.as_str(), vhs.alternate_name.unwrap().as_str()), ("adult-education-centre", "KVHS Musterland"));
    assert_eq!(vhs.address.unwrap().postal_code.as_deref(), Some("19370"));
    assert_eq!(vhs.opening_hours.unwrap().as_str(), "Mo,Tu 09:00-16:00");
    assert_eq!((vhs.contacts[0].email.as_ref().unwrap().as_str(), vhs.social_links.len()), ("info@vhs.example.org", 1));
    let place = &places(&items)[0];
    assert_eq!((place.name.as_str(), place.geo.unwrap().lon, place.accessibility.len()), ("Haus der Bildung", 11.8481, 1));
}

#[test]
fn events_of_all_shapes() {
    let items = graph();
    let theatre = offer(&items, "https://vhs.example.org/theater");
    assert_eq!((theatre.kind.as_str(), theatre.price.kind, theatre.delivery_mode), ("event", PriceType::Free, DeliveryMode::Onsite));
    let run = &theatre.runs[0];
    assert_eq!((run.start, run.end, run.status), (moment("2027-06-05T17:00:00Z"), moment("2027-06-05T19:00:00Z"), Some(RunStatus::Cancelled)));
    let circle = offer(&items, items[7].external_id.as_deref().unwrap());
    assert_eq!((circle.title.as_str(), circle.delivery_mode, circle.place), ("Lesekreis", DeliveryMode::Online, None));
    assert_eq!((circle.price.kind, circle.price.amount, circle.price.max_amount), (PriceType::Range, Some(300), Some(500)));
    assert_eq!(circle.runs[0].status, Some(RunStatus::Full));
    let sessions: Vec<_> = circle.runs[0].sessions.iter().map(|s| s.start.to_string()).collect();
    assert_eq!(sessions, ["2027-04-01T17:00:00Z", "2027-04-08"]);
}

#[test]
fn a_web_page() {
    let items = items(JsonLd, &fixture("jsonld/page.html"));
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind)).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(
        told,
        [(6, Some(Organization)), (6, Some(Place)), (6, Some(Offer)), (11, None), (12, Some(Organization)), (12, Some(Offer))],
        "not what is in comments or scripts, and nothing twice"
    );
    let course = offer(&items, "https://kunst.example.org/aquarell");
    assert_eq!((course.runs[0].start, course.runs[0].end), (moment("2027-05-08"), moment("2027-05-09")));
    assert_eq!(organization(&items).kind, "art-school");
    assert_eq!(problems(&items[3])[0].1, "json-invalid");
    assert_eq!(problems(&items[5]), [("/startDate".to_owned(), "date-invalid".to_owned())]);
    let latin: Vec<u8> =
        b"<meta charset=\"iso-8859-1\"><script type=application/ld+json>{\"@type\":\"Course\",\"name\":\"T\xfcr\",\"@id\":\"urn:x:1\"}</script>"
            .to_vec();
    assert_eq!(offer(&common::items(JsonLd, &latin), "urn:x:1").title.as_str(), "Tür");
}

#[test]
fn where_things_stand_does_not_decide_whether_they_are_the_same() {
    let text = String::from_utf8(fixture("jsonld/graph.jsonld")).unwrap();
    let again = text
        .replace("http://schema.org/", "https://schema.org/")
        .replace("schema:name", "name")
        .replace("      \"", "\"")
        .replace("Geheim", "Anders");
    assert_eq!(hashes(&graph()), hashes(&items(JsonLd, again.as_bytes())));
    let changed = text.replace("120,00", "130,00");
    assert_ne!(hashes(&graph()), hashes(&items(JsonLd, changed.as_bytes())));
}

#[test]
fn broken_files_are_refused() {
    assert_eq!(refused(JsonLd, b"").0, "file-empty");
    assert_eq!(refused(JsonLd, b"BEGIN:VCALENDAR").0, "file-format-wrong");
    assert_eq!(refused(JsonLd, b"{}").0, "file-empty");

    assert_eq!(refused(JsonLd, b"<html>nothing</html>").0, "file-empty");
    assert_eq!(refused(JsonLd, b"{\n\"@type\": Course}"), ("json-invalid".into(), Some(2)));
    assert_eq!(refused(JsonLd, b"\xff\xfe{").0, "encoding-invalid");
    let whole = fixture("jsonld/graph.jsonld");
    for cut in [whole.len() - 2, whole.len() / 2, 100] {
        assert_eq!(refused(JsonLd, &whole[..cut]).0, "file-truncated", "{cut}");
    }
}

#[test]
fn sizes_and_depths_have_an_end() {
    let deep = format!("{{\"@type\":\"Course\",\"name\":\"x\",\"about\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(JsonLd, deep.as_bytes()).0, "json-invalid");
    let wide = format!("[{}1]", "1,".repeat(1_100_000));
    assert_eq!(refused(JsonLd, wide.as_bytes()).0, "file-too-large");
    let mut context = context();
    context.limits.document_bytes = 10;
    assert_eq!(read_with(JsonLd, b"{\"@type\":\"Course\"}", &context).1.unwrap_err().problem.code, "file-too-large");
    // A thousand courses that all refer to the same large place, and a place that contains itself.
    let mut context = common::context();
    context.limits.record_bytes = 20_000;
    let place = format!("{{\"@type\":\"Place\",\"@id\":\"#p\",\"name\":\"{}\",\"geo\":{{\"@id\":\"#p\"}}}}", "x".repeat(30_000));
    let courses: String = (0..1000).map(|i| format!(",{{\"@type\":\"Course\",\"name\":\"{i}\",\"location\":{{\"@id\":\"#p\"}}}}")).collect();
    let (items, result) = read_with(JsonLd, format!("[{place}{courses}]").as_bytes(), &context);
    assert!(result.is_ok());
    assert!(items.iter().filter(|i| i.kind == Some(RecordKind::Offer)).all(|i| problems(i)[0].1 == "record-too-large"));
}
