//! openQ-cat: offers joined with their runs, codes mapped, persons left out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{AccessibilityValue, DeliveryMode, PriceType, RecordKind};
use domain::partners::ImportFormat::OpenQCat;
use domain::partners::ImportMode;
use exchange::Body;

fn day(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

#[test]
fn a_full_catalogue() {
    let (items, summary) = read(OpenQCat, &fixture("openqcat/full.xml"));
    let summary = summary.unwrap();
    assert_eq!((summary.records, summary.mode_hint), (9, Some(ImportMode::Full)));
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap(), i.external_id.as_deref().unwrap_or("-"))).collect();
    let places: Vec<_> = told.iter().filter(|(_, kind, _)| *kind == RecordKind::Place).map(|(line, ..)| *line).collect();
    assert_eq!(places, [26, 62]);
    let others: Vec<_> = told.into_iter().filter(|(_, kind, _)| *kind != RecordKind::Place).collect();
    use RecordKind::{Offer, Organization};
    assert_eq!(
        others,
        [
            (5, Organization, "4711"),
            (79, Offer, "500"),
            (83, Offer, "100"),
            (87, Offer, "-"),
            (32, Offer, "100"),
            (70, Offer, "300-1"),
            (74, Offer, "400")
        ]
    );
}

#[test]
fn an_offer_and_its_run_that_came_before_it() {
    let items = items(OpenQCat, &fixture("openqcat/full.xml"));
    let item = items.iter().find(|i| i.line == Some(32)).unwrap();
    let domain::catalogue::Draft::Offer(offer) = decoded(item).0 else { panic!() };
    assert_eq!(offer.title.as_str(), "Pflegehelfer*in – Umschulung");
    assert_eq!(offer.organization.as_str(), "4711", "any of the supplier's identifiers refers to it");
    let description = offer.description.unwrap();
    assert_eq!(description.as_str(), "Theorie & Praxis\n\n- Grundpflege\n- Recht\n\n### Zielgruppe\n\nArbeitslose, Quereinsteiger; alle mit Herz");
    assert_eq!(offer.entry_requirements[0].text.as_ref().unwrap().as_str(), "Mindestens Berufsreife; Deutsch B1");
    assert_eq!(offer.delivery_mode, DeliveryMode::Hybrid);
    assert_eq!(offer.topics, ["training-retraining"]);
    assert_eq!(offer.target_groups, ["job-seekers", "returners"]);
    let qualification = offer.qualification.unwrap();
    assert_eq!((qualification.name.as_str(), qualification.certificate.as_deref()), ("Pflegehelfer", Some("vocational-qualification")));
    assert_eq!(offer.languages.iter().map(|l| l.as_str()).collect::<Vec<_>>(), ["de", "uk"]);
    let funding: Vec<_> = offer.funding.iter().map(|f| (f.kind.as_str(), f.number.as_ref().map(|n| n.as_str()))).collect();
    assert_eq!(funding, [("education-voucher", None), ("educational-leave-mv", None), ("azav-certified", Some("031-123456-26"))]);
    assert_eq!((offer.price.kind, offer.price.amount), (PriceType::Paid, Some(456_750)));
    let contact = offer.contact.unwrap();
    assert_eq!(contact.name.unwrap().as_str(), "Ansprechperson");
    assert_eq!(contact.phone.unwrap().as_str(), "+49 3874 000003");
    assert_eq!(offer.registration.unwrap().url.unwrap().as_str(), "https://www.example.org/ph");
    assert_eq!(offer.images[0].alt.as_str(), "Unterricht am Pflegebett");
    assert_eq!(offer.keywords.iter().map(|k| k.as_str()).collect::<Vec<_>>(), ["Pflege", "Altenpflegehilfe"]);
    assert_eq!((offer.publish_from, offer.publish_until), (day("2026-11-01"), day("2027-02-01")));

    let [first, second] = offer.runs.as_slice() else { panic!("{:?}", offer.runs) };
    assert_eq!((first.start, first.end), (day("2027-02-01T07:00:00Z"), day("2027-12-17")), "local time without a zone");
    assert_eq!(first.deadline, day("2027-01-15"));
    assert_eq!(first.schedule_text.as_ref().unwrap().as_str(), "Vollzeit · 08.00 - 15.00 Uhr");
    assert_eq!(first.note.as_ref().unwrap().as_str(), "Dauer: 10 Monate");
    assert_eq!((second.external_id.as_ref().unwrap().as_str(), second.start, second.rolling_start), ("100-2", day("2027-09-01"), true));
    assert_eq!(second.price.as_ref().unwrap().kind, PriceType::OnRequest);
    assert_ne!(first.place, second.place);
    let warnings = problems(item);
    assert!(warnings.iter().all(|(_, code)| code == "not-mapped"));
    let places: Vec<_> = warnings.iter().map(|(pointer, _)| pointer.rsplit('/').next().unwrap()).collect();
    assert_eq!(places, ["TEACHING_LANGUAGES", "FUNDING_TYPES_FEDERAL"]);
}

#[test]
fn what_is_wrong_with_a_service_is_told_with_its_place() {
    let items = items(OpenQCat, &fixture("openqcat/full.xml"));
    let told: Vec<_> = items.iter().filter(|i| !matches!(i.line, Some(5 | 26 | 32 | 62))).map(|i| (i.line.unwrap(), problems(i).remove(0))).collect();
    let expected = [
        (79, "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/@type", "value-unknown"),
        (83, "/PRODUCT_ID", "record-duplicate"),
        (87, "/PRODUCT_ID", "field-missing"),
        (70, "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/COURSE_ID", "reference-unknown"),
        (74, "/SERVICE_DETAILS/TITLE", "field-missing"),
    ];
    let told: Vec<_> = told.iter().map(|(line, (pointer, code))| (*line, pointer.as_str(), code.as_str())).collect();
    assert_eq!(told, expected);
}

#[test]
fn supplier_and_places() {
    let items = items(OpenQCat, &fixture("openqcat/full.xml"));
    let supplier = organization(&items);
    assert_eq!((supplier.name.as_str(), supplier.kind.as_str()), ("Bildungswerk Musterland gGmbH", "training-provider"));
    assert_eq!(supplier.identifiers.ba_provider_id.unwrap().as_str(), "4711");
    assert_eq!(supplier.url.unwrap().as_str(), "https://www.example.org/");
    assert_eq!(supplier.address.unwrap().country, "DE");
    let contacts: Vec<_> = supplier.contacts.iter().map(|c| (c.name.as_ref().map(|n| n.as_str()), c.phone.as_ref().unwrap().as_str())).collect();
    assert_eq!(contacts, [(None, "+49 3874 000000"), (Some("Beratung"), "+49 3874 000002")], "the head of the business is not for the public");
    let places = places(&items);
    assert_eq!(places[0].accessibility[0].value, AccessibilityValue::Yes);
    assert!(places[1].accessibility.is_empty(), "an unticked box says nothing");
    assert_eq!(places[1].public_transport.as_ref().unwrap().as_str(), "Bushaltestelle Ringstraße");
}

#[test]
fn names_of_persons_are_not_even_in_the_raw_record() {
    for item in items(OpenQCat, &fixture("openqcat/full.xml")) {
        let raw = std::str::from_utf8(&item.payload).unwrap();
        assert!(!raw.contains("Geheim") && !raw.contains("Vorname"), "{raw}");
    }
}

#[test]
fn an_update_withdraws_what_it_does_not_hand_in_anew() {
    let (items, summary) = read(OpenQCat, &fixture("openqcat/update.xml"));
    assert_eq!(summary.unwrap().mode_hint, Some(ImportMode::Delta));
    let offers: Vec<_> = items.iter().filter(|i| i.kind == Some(RecordKind::Offer)).collect();
    let [new, withdrawn] = offers.as_slice() else { panic!("{offers:?}") };
    assert!(matches!((new.external_id.as_deref(), &new.body), (Some("100"), Body::Upsert(_))));
    assert!(matches!((withdrawn.external_id.as_deref(), withdrawn.line, &withdrawn.body), (Some("200"), Some(11), Body::Delete)));
    let offer = offer(&items, "100");
    assert_eq!(offer.organization.as_str(), "4711");
    assert_eq!(problems(new), [("/SUPPLIER_ID_REF".to_owned(), "reference-replaced".to_owned())]);
    assert_eq!(offer.entry_requirements[0].kind, "none");
    assert_eq!(offer.price.kind, PriceType::Free);
    let sessions: Vec<_> = offer.runs[0].sessions.iter().map(|s| (Some(s.start), s.end)).collect();
    assert_eq!(sessions, [(day("2027-03-01"), day("2027-03-02")), (day("2027-04-01"), None)]);
}

#[test]
fn encoding_indentation_and_order_do_not_change_a_hash() {
    let utf8 = String::from_utf8(fixture("openqcat/full.xml")).unwrap();
    let before = items(OpenQCat, utf8.as_bytes());
    // The dash of the title is written as a reference, so that it fits into ISO 8859-15.
    let declared = utf8.replace("encoding=\"UTF-8\"", "encoding=\"ISO-8859-15\"");
    let (latin, _, replaced) = encoding_rs::ISO_8859_15.encode(&declared);
    assert!(!replaced);
    assert_eq!(hashes(&before), hashes(&items(OpenQCat, &latin)));
    let utf16: Vec<u8> = format!("\u{feff}{utf8}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(hashes(&before), hashes(&items(OpenQCat, &utf16)));
    let squeezed: String =
        utf8.lines().map(|line| if line.trim_start().starts_with('<') { line.trim_start().to_owned() } else { format!("\n{line}") }).collect();
    let squeezed = squeezed.replace("*Grundpflege", "<![CDATA[*Grundpflege]]>").replace("</HEADER>", "<!-- Kommentar --></HEADER>");
    assert_eq!(hashes(&before), hashes(&items(OpenQCat, squeezed.as_bytes())));
    let changed = utf8.replace("4567.5", "4567.6");
    let after = items(OpenQCat, changed.as_bytes());
    assert_eq!(before.iter().zip(&after).filter(|(a, b)| a.hash != b.hash).count(), 1);
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(OpenQCat, b"<catalog/>"), ("file-format-wrong".into(), Some(1)));
    // The shape of files that schema tools make up: no header, no catalogue.
    let made_up = b"<OPENQCAT>\n<DELETE><SERVICE><PRODUCT_ID>trimester</PRODUCT_ID></SERVICE></DELETE><NEW/></OPENQCAT>";
    assert_eq!(refused(OpenQCat, made_up), ("file-format-wrong".into(), Some(2)));
    let header = "<OPENQCAT><HEADER><SUPPLIER><SUPPLIER_ID>1</SUPPLIER_ID></SUPPLIER></HEADER>";
    assert_eq!(refused(OpenQCat, format!("{header}</OPENQCAT>").as_bytes()).0, "field-missing");
    assert_eq!(refused(OpenQCat, b"<OPENQCAT><HEADER/></OPENQCAT>").0, "field-missing");
    let empty = format!("{header}<NEW_CATALOG FULLCATALOG='true'/></OPENQCAT>");
    assert_eq!(refused(OpenQCat, empty.as_bytes()).0, "file-empty", "an empty full catalogue would withdraw everything");
}
