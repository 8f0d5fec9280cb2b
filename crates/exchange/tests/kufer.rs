//! Kufer SQL: one centre a file, one course an offer with one run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{PriceType, RecordKind, RunStatus};
use domain::partners::ImportFormat::Kufer;
use domain::partners::ImportMode;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

fn export() -> Vec<u8> {
    fixture("kufer/internet.xml")
}

#[test]
fn a_whole_export() {
    let mut context = context();
    context.provider = Some("Kreisvolkshochschule Musterland".into());
    let (items, summary) = read_with(Kufer, &export(), &context);
    assert_eq!(summary.unwrap().mode_hint, Some(ImportMode::Full));
    let told: Vec<_> =
        items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap(), i.external_id.as_deref().filter(|id| !id.starts_with("place-")))).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(
        told,
        [
            (2, Organization, Some("vhs")),
            (3, Place, None),
            (3, Offer, Some("271-4021")),
            (36, Place, None),
            (36, Offer, Some("271-5001")),
            (43, Offer, Some("271-5002")),
            (48, Offer, Some("271-5003")),
            (49, Offer, Some("271-5003")),
            (50, Offer, None),
            (51, Offer, Some("271-5004")),
        ],
        "the place in another spelling is the same place"
    );
    let organization = organization(&items);
    assert_eq!((organization.name.as_str(), organization.kind.as_str()), ("Kreisvolkshochschule Musterland", "adult-education-centre"));
    let broken: Vec<_> = items[7..].iter().map(|i| problems(i).remove(0).1).collect();
    assert_eq!(broken, ["record-duplicate", "field-missing", "field-missing"]);
}

#[test]
fn a_course_with_everything() {
    let items = items(Kufer, &export());
    let offer = offer(&items, "271-4021");
    assert_eq!((offer.title.as_str(), offer.kind.as_str()), ("Englisch für Einsteiger", "course"));
    assert_eq!(offer.summary.unwrap().as_str(), "Englisch für Einsteiger – Grundkurs “A1”", "characters that only Windows has");
    assert_eq!(offer.course_code.unwrap().as_str(), "271-4021");
    assert_eq!(offer.topics, ["english", "languages"]);
    assert_eq!(offer.keywords.iter().map(|k| k.as_str()).collect::<Vec<_>>(), ["Englisch", "Neu im Programm"]);
    assert_eq!(offer.target_groups, ["seniors"]);
    assert_eq!(
        offer.description.unwrap().as_str(),
        "Inhalt:\n\n- Sprechen\n- Hören\n\n### Material\n\nLehrbuch (ca. 20 €)\n\nZielgruppe: Teilnehmer\\*innen und Freund\\*innen"
    );
    assert_eq!((offer.price.kind, offer.price.amount, offer.price.reductions[0].amount), (PriceType::Paid, Some(108_280), Some(5796)));
    assert_eq!(offer.price.note.unwrap().as_str(), "zzgl. Lehrbuch");
    let registration = offer.registration.unwrap();
    assert_eq!(registration.deadline, moment("2027-01-29"));
    assert!(registration.note.unwrap().as_str().contains("nicht über die Webseite"));
    let run = &offer.runs[0];
    assert_eq!((run.status, run.units), (Some(RunStatus::Full), Some(8)));
    let capacity = run.capacity.unwrap();
    assert_eq!((capacity.min, capacity.max, capacity.booked, capacity.waiting_list), (Some(6), Some(12), Some(12), Some(2)));
    let sessions: Vec<_> = run.sessions.iter().map(|s| (Some(s.start), s.end)).collect();
    assert_eq!(
        sessions,
        [
            (moment("2027-02-02T17:00:00Z"), moment("2027-02-02T18:30:00Z")),
            (moment("2027-02-09T22:00:00Z"), moment("2027-02-09T23:30:00Z")),
            (moment("2027-02-16"), None),
            (moment("2027-04-13T16:00:00Z"), moment("2027-04-13T17:30:00Z")),
        ]
    );
    assert_eq!((run.start, run.end), (moment("2027-02-02T17:00:00Z"), moment("2027-04-13T17:30:00Z")));
    assert_eq!(run.note.as_ref().unwrap().as_str(), "Raum 12");
    let place = &places(&items)[0];
    assert_eq!((place.name.as_str(), place.address.street.as_ref().unwrap().as_str()), ("Haus der Bildung", "Lange Straße 1"));
    let warnings = problems(find(&items, RecordKind::Offer, "271-4021"));
    assert_eq!(warnings, [("/termine/termin[5]/tag".to_owned(), "date-invalid".to_owned()), ("/kurs".to_owned(), "not-mapped".to_owned())]);
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")), "nothing that is not mapped is kept");
}

#[test]
fn courses_that_are_called_off_and_the_oddities_of_real_files() {
    let items = items(Kufer, &export());
    let talk = offer(&items, "271-5001");
    assert_eq!((talk.kind.as_str(), talk.price.kind), ("event", PriceType::Free));
    let run = &talk.runs[0];
    assert_eq!((run.status, run.capacity.unwrap().max), (Some(RunStatus::Cancelled), None));
    assert_eq!((run.start, run.end, run.sessions.len()), (moment("2027-03-05T18:00:00Z"), moment("2027-03-05T19:30:00Z"), 1));
    assert_eq!((places(&items)[1].name.as_str(), run.note.as_ref().unwrap().as_str()), ("Bürgerhaus", "Raum: Saal"));

    let yoga = offer(&items, "271-5002");
    assert_eq!((yoga.runs[0].status, yoga.runs[0].start, yoga.registration), (None, None, None));
    assert_eq!(yoga.runs[0].schedule_text.as_ref().unwrap().as_str(), "10 Termine");
    assert_eq!(yoga.runs[0].place, offer(&items, "271-4021").place);
    let warnings: Vec<_> = problems(find(&items, RecordKind::Offer, "271-5002")).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(warnings, ["/gebnorm", "/beginndat"]);

    let weekend = &offer(&items, "271-5003").runs[0];
    assert_eq!((weekend.start, weekend.end), (moment("2027-05-08T08:00:00Z"), moment("2027-05-09T14:00:00Z")));
    assert_eq!((weekend.sessions.len(), weekend.place.clone()), (0, None), "what happens between the two days is not said; online is no place");
}

#[test]
fn only_what_is_read_decides_whether_a_course_is_the_same() {
    let bytes = export();
    let text = as_text(&bytes);
    let again = text.replace("ISO-8859-1", "UTF-8").replace("Geheim", "Jemand anders").replace("    <", "<").replace("<ortid>12", "<ortid>13");
    assert_eq!(hashes(&items(Kufer, &bytes)), hashes(&items(Kufer, again.as_bytes())));
    let changed = again.replace("<tnanmeldungen>3", "<tnanmeldungen>4");
    assert_ne!(hashes(&items(Kufer, &bytes)), hashes(&items(Kufer, changed.as_bytes())));
}

/// The fixture as text.
fn as_text(bytes: &[u8]) -> String {
    const WINDOWS: [(u8, char); 4] = [(0x80, '€'), (0x93, '“'), (0x94, '”'), (0x96, '–')];
    bytes.iter().map(|b| WINDOWS.iter().find(|(byte, _)| byte == b).map_or(char::from(*b), |(_, c)| *c)).collect()
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(Kufer, b"<veranstaltungen/>").0, "file-format-wrong");
    assert_eq!(refused(Kufer, b"<kurse/>").0, "file-empty");
    assert_eq!(refused(Kufer, b"<kurse><veranstaltung/></kurse>").0, "file-format-wrong");
    let undeclared = b"<kurse><kurs><knr>1</knr><titelkurz>Stra\xdfe</titelkurz></kurs></kurse>";
    assert_eq!(refused(Kufer, undeclared).0, "encoding-invalid");
    let whole = export();
    for cut in [whole.len() - 3, whole.len() / 2, 200] {
        assert_eq!(refused(Kufer, &whole[..cut]).0, "file-truncated", "{cut}");
    }
}
