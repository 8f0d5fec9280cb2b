//! The JSON dialect of Open-vhs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{AccessibilityValue, PriceType, RecordKind};
use domain::partners::ImportFormat::VhsJson;
use domain::partners::ImportMode;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

#[test]
fn a_whole_file() {
    let (items, summary) = read(VhsJson, &fixture("vhs-json/courses.json"));
    assert_eq!(summary.unwrap().mode_hint, Some(ImportMode::Full));
    let told: Vec<_> =
        items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap(), i.external_id.as_deref().filter(|id| !id.starts_with("place")))).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(
        told,
        [
            (5, Organization, Some("vhs-musterbezirk")),
            (5, Place, None),
            (5, Offer, Some("900001")),
            (30, Organization, Some("vhs")),
            (30, Place, None),
            (30, Offer, Some("900002")),
            (38, Offer, Some("900002")),
            (39, Offer, None),
            (40, Offer, None),
        ]
    );
    assert_eq!(organization(&items).name.as_str(), "Volkshochschule Musterbezirk");
    let broken: Vec<_> = items[6..].iter().map(|i| problems(i).remove(0).1).collect();
    assert_eq!(broken, ["record-duplicate", "field-missing", "type-wrong"]);
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")));
}

#[test]
fn a_course_with_everything() {
    let items = items(VhsJson, &fixture("vhs-json/courses.json"));
    let offer = offer(&items, "900001");
    assert_eq!(
        (offer.kind.as_str(), offer.course_code.unwrap().as_str(), offer.topics.contains(&"health".to_owned())),
        ("course", "Mu101-001H", true)
    );
    assert_eq!(offer.description.unwrap().as_str(), "Erste Zeile\nzweite Zeile\n\n### Zusatzinformation\n\nBitte Schuhe mitbringen");
    assert_eq!((offer.price.amount, offer.price.reductions[0].amount), (Some(8470), Some(4700)));
    let registration = offer.registration.unwrap();
    assert_eq!(registration.url.unwrap().as_str(), "https://vhs.example.org/kurs?id=900001");
    assert_eq!((registration.phone.unwrap().as_str(), registration.forms.len()), ("030 000000", 3));
    let run = &offer.runs[0];
    assert_eq!((run.start, run.end, run.units), (moment("2027-02-03T15:00:00Z"), moment("2027-02-10T16:30:00Z"), Some(4)));
    assert_eq!((run.sessions.len(), run.capacity.unwrap().booked), (2, None), "-1 means unknown");
    let place = &places(&items)[0];
    assert_eq!((place.name.as_str(), place.geo.unwrap().lat, place.accessibility[0].value), ("Haus der Bildung", 53.4258, AccessibilityValue::Yes));
    assert_eq!(problems(find(&items, RecordKind::Offer, "900001")), [("/weiterer_ort".to_owned(), "not-mapped".to_owned())], "a run has one place");
}

#[test]
fn single_values_in_place_of_lists() {
    let items = items(VhsJson, &fixture("vhs-json/courses.json"));
    let talk = offer(&items, "900002");
    assert_eq!((talk.kind.as_str(), talk.price.kind, talk.keywords.len()), ("event", PriceType::Free, 1));
    assert!(talk.price.reductions.is_empty());
    assert_eq!(talk.runs[0].sessions[0].start, moment("2027-05-11T17:00:00Z").unwrap());
    let single = br#"{"veranstaltungen":{"veranstaltung":{"guid":"1","name":"allein","beginn_datum":"2027-01-01"}}}"#;
    assert_eq!(offer(&common::items(VhsJson, single), "1").title.as_str(), "allein");
}

#[test]
fn only_what_is_read_decides_whether_a_course_is_the_same() {
    let text = String::from_utf8(fixture("vhs-json/courses.json")).unwrap();
    let again =
        text.replace("        ", "").replace("Geheim", "Anders").replace("2026-11-24", "2026-11-25").replace("\"raum\": \"1\"", "\"raum\": \"7\"");
    assert_eq!(hashes(&items(VhsJson, text.as_bytes())), hashes(&items(VhsJson, again.as_bytes())));
}

#[test]
fn broken_files_are_refused() {
    let whole = fixture("vhs-json/courses.json");
    for cut in [whole.len() - 3, whole.len() / 2, 200, 1] {
        assert_eq!(refused(VhsJson, &whole[..cut]).0, "file-truncated", "{cut}");
    }
    assert_eq!(refused(VhsJson, b"\xef\xbb\xbf").0, "file-empty");
    assert_eq!(refused(VhsJson, b"\n\n<veranstaltungen/>"), ("file-format-wrong".into(), Some(3)));
    assert_eq!(refused(VhsJson, br#"{"kurse":[]}"#).0, "file-empty");
    assert_eq!(refused(VhsJson, br#"{"veranstaltungen":{"veranstaltung":[]}}"#).0, "file-empty");
    assert_eq!(refused(VhsJson, br#"[{"guid":"1"}]"#).0, "json-invalid");
    assert_eq!(refused(VhsJson, b"{\"veranstaltungen\":\n{\"veranstaltung\":[{]}}"), ("json-invalid".into(), Some(2)));
    assert_eq!(refused(VhsJson, br#"{"veranstaltungen":{"veranstaltung":[]}} mehr"#).0, "json-invalid");
}

#[test]
fn sizes_and_depths_have_an_end() {
    let mut context = context();
    context.limits.record_bytes = 1000;
    let course = |name: &str| format!("{{\"veranstaltungen\":{{\"veranstaltung\":[{{\"guid\":\"1\",\"name\":{name}}}]}}}}");
    let long = course(&format!("\"{}\"", "x".repeat(2000)));
    assert_eq!(read_with(VhsJson, long.as_bytes(), &context).1.unwrap_err().problem.code, "record-too-large");
    let deep = course(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    assert_eq!(problems(&items(VhsJson, deep.as_bytes())[0])[0].1, "json-invalid");
    let ignored = format!("{{\"x\":{}{},\"veranstaltungen\":{{\"veranstaltung\":[]}}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(VhsJson, ignored.as_bytes()).0, "file-empty");
}
