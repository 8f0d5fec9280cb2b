//! Open-vhs: one centre a file, one course an offer with one run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{AccessibilityValue, DeliveryMode, LanguageLevel, LevelRange, PriceType, RecordKind, RunStatus};
use domain::partners::ImportFormat::OpenVhs;
use domain::partners::ImportMode;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

#[test]
fn a_whole_export() {
    let (items, summary) = read(OpenVhs, &fixture("openvhs/export.xml"));
    let summary = summary.unwrap();
    assert_eq!((summary.records, summary.mode_hint), (7, Some(ImportMode::Full)));
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap())).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(told, [(5, Organization), (37, Place), (7, Offer), (53, Offer), (69, Offer), (70, Offer), (71, Offer)], "the place once");
    let organization = organization(&items);
    assert_eq!((organization.external_id.as_str(), organization.kind.as_str()), ("kvhs-muster", "adult-education-centre"));
}

#[test]
fn a_course_with_everything() {
    let items = items(OpenVhs, &fixture("openvhs/export.xml"));
    let offer = offer(&items, "5F9C6E0A-0001");
    assert_eq!((offer.title.as_str(), offer.course_code.unwrap().as_str()), ("Deutsch B1.2 am Abend", "261-D101"));
    assert_eq!(offer.summary.unwrap().as_str(), "Lektion 5–8");
    assert_eq!(offer.delivery_mode, DeliveryMode::Hybrid);
    assert!(offer.topics.contains(&"languages".to_owned()), "{:?}", offer.topics);
    assert_eq!(offer.language_level, Some(LevelRange { from: None, to: Some(LanguageLevel::B1) }));
    assert_eq!(offer.target_groups, ["refugees"]);
    assert_eq!(
        offer.description.unwrap().as_str(),
        "Inhalt:\n\n- Sprechen\n- Schreiben\n\nZielgruppe: Kolleg\\*innen und Freund\\*innen\n\n- [Ablauf PDF](<https://kvhs.example.org/ablauf.pdf>)"
    );
    assert_eq!((offer.price.kind, offer.price.amount, offer.price.reductions[0].amount), (PriceType::Paid, Some(8280), Some(4700)));
    assert_eq!(offer.price.note.unwrap().as_str(), "zzgl. Lehrbuch");
    let criteria: Vec<_> = offer.accessibility.iter().map(|a| a.criterion.as_str()).collect();
    assert_eq!(criteria, ["adapted-pace", "accessible-materials"]);
    let registration = offer.registration.unwrap();
    assert_eq!(registration.url.unwrap().as_str(), "https://kvhs.example.org/buchen/261-D101");
    assert_eq!(registration.note.unwrap().as_str(), "Die Anmeldung ist kostenlos.");
    assert_eq!(offer.url.unwrap().as_str(), "https://kvhs.example.org/261-D101?a=1&b=2");
    assert_eq!(offer.qualification.unwrap().certificate.as_deref(), Some("language-certificate"));

    let run = &offer.runs[0];
    assert_eq!((run.status, run.units), (Some(RunStatus::Full), Some(8)));
    let sessions: Vec<_> = run.sessions.iter().map(|s| (Some(s.start), s.end)).collect();
    assert_eq!(
        sessions,
        [
            (moment("2027-03-21T17:30:00Z"), moment("2027-03-21T19:00:00Z")),
            (moment("2027-03-22T11:00:00Z"), moment("2027-03-22T12:30:00Z")),
            (moment("2027-03-23"), None),
            (moment("2027-03-24T22:00:00Z"), moment("2027-03-24T23:30:00Z")),
            (moment("2027-03-28T01:30:00Z"), moment("2027-03-28T02:00:00Z")),
        ],
        "in order; with an offset; without an hour; past midnight; in the hour that does not exist"
    );
    assert_eq!((run.start, run.end), (moment("2027-03-21T17:30:00Z"), moment("2027-03-28T02:00:00Z")));
    let warnings = problems(find(&items, RecordKind::Offer, "5F9C6E0A-0001"));
    let warnings: Vec<_> = warnings.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
    assert_eq!(
        warnings,
        [("/merkmale/merkmal[D(1)]", "not-mapped"), ("/zertifikat[2]", "not-mapped"), ("/termin[1]/beginn_uhrzeit", "time-shifted")]
    );
}

#[test]
fn a_course_with_the_oddities_of_real_files() {
    let items = items(OpenVhs, &fixture("openvhs/export.xml"));
    let first = items.iter().find(|i| i.line == Some(53)).unwrap();
    let domain::catalogue::Draft::Offer(offer) = decoded(first).0 else { panic!() };
    assert_eq!((offer.kind.as_str(), offer.price.kind), ("event", PriceType::Free));
    assert_eq!((offer.entry_requirements[0].kind.as_str(), offer.url), ("prior-knowledge", None));
    let run = &offer.runs[0];
    assert_eq!((run.start, run.end), (moment("2027-02-06"), moment("2027-01-31")), "left to the catalogue's own rules");
    assert_eq!((run.capacity, run.status), (None, None), "-1 means unknown");
    assert_eq!(run.schedule_text.as_ref().unwrap().as_str(), "Freitag · 15 Termine");
    assert_eq!(run.place, common::offer(&items, "5F9C6E0A-0001").runs[0].place, "the same place in another spelling");
    let warnings: Vec<_> = problems(first).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(warnings, ["/dvv_kategorie", "/webadresse[1]/uri", "/sonderfeld"]);
}

#[test]
fn broken_courses_harm_no_other() {
    let items = items(OpenVhs, &fixture("openvhs/export.xml"));
    let told: Vec<_> = items[4..].iter().map(|i| (i.line.unwrap(), i.external_id.as_deref(), problems(i).remove(0).1)).collect();
    assert_eq!(
        told,
        [(69, Some("T1"), "record-duplicate".to_owned()), (70, None, "field-missing".to_owned()), (71, Some("T4"), "field-missing".to_owned())]
    );
}

#[test]
fn accessibility_of_the_place_is_never_a_guessed_no() {
    let yes = fixture("openvhs/export.xml");
    assert_eq!(places(&items(OpenVhs, &yes))[0].accessibility[0].value, AccessibilityValue::Yes);
    let no = String::from_utf8(yes).unwrap().replace("<barrierefrei>true", "<barrierefrei>false");
    let place = &places(&items(OpenVhs, no.as_bytes()))[0];
    assert_eq!(place.accessibility[0].value, AccessibilityValue::Unknown);
    assert!(place.accessibility[0].note.as_ref().unwrap().as_str().contains("nicht barrierefrei"));
}

#[test]
fn a_course_that_only_moves_its_lines_keeps_its_hash() {
    let bytes = fixture("openvhs/export.xml");
    let first = items(OpenVhs, &bytes);
    let text = String::from_utf8(bytes).unwrap();
    let moved = text.replace("    <", "<").replace("<export>", "<!-- neu -->\n\n<export>").replace("<dozent><name>Geheim</name></dozent>", "");
    assert_eq!(hashes(&first), hashes(&items(OpenVhs, moved.as_bytes())));
    assert!(first.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")));
}

#[test]
fn other_files_are_refused() {
    let text = String::from_utf8(fixture("openvhs/export.xml")).unwrap();
    assert_eq!(refused(OpenVhs, text.replace("version=\"1.2\"", "version=\"2.0\"").as_bytes()).0, "file-version-unsupported");
    assert_eq!(refused(OpenVhs, b"<veranstaltungen><veranstaltung/></veranstaltungen>").0, "file-format-wrong");
    assert_eq!(refused(OpenVhs, b"<veranstaltungen><export><ersteller/></export></veranstaltungen>").0, "field-missing");
    let empty = b"<veranstaltungen><export><ersteller><guid>1</guid><name>x</name></ersteller></export></veranstaltungen>";
    assert_eq!(refused(OpenVhs, empty).0, "file-empty");
}
