//! iCalendar: one series of events an offer with one run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{DeliveryMode, RecordKind, RunStatus, expand};
use domain::partners::ImportFormat::Ics;
use exchange::Item;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

fn starts(sessions: &[domain::catalogue::Session]) -> Vec<String> {
    sessions.iter().map(|s| s.start.to_string()).collect()
}

fn calendar() -> Vec<Item> {
    items(Ics, &fixture("ics/calendar.ics"))
}

/// A calendar with one event that says this.
fn event(inside: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:x\n{inside}\nEND:VEVENT\nEND:VCALENDAR\n")
}

#[test]
fn a_calendar_is_an_organisation_with_offers() {
    let items = calendar();
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap(), i.external_id.as_deref().unwrap())).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(told[0], (29, Organization, "calendar-stadtbibliothek-musterstadt"));
    assert_eq!((told[1].0, told[1].1), (29, Place));
    let offers: Vec<_> = told.iter().filter(|t| t.1 == Offer).map(|t| (t.0, t.2)).collect();
    assert_eq!(
        offers,
        [(29, "lesung-1@bibliothek.example.org"), (53, "gruppe"), (77, "ausstellung"), (84, "tag"), (91, "online"), (99, "geheim")],
        "the later revision counts, and tasks are no events"
    );
    let organization = organization(&items);
    assert_eq!((organization.name.as_str(), organization.kind.as_str()), ("Stadtbibliothek Musterstadt", "library"));
    assert_eq!(organization.summary.unwrap().as_str(), "Lesungen, Gruppen und Ausstellungen");
    let place = &places(&items)[0];
    assert_eq!((place.name.as_str(), place.address.postal_code.as_deref()), ("Stadtbibliothek", Some("19370")));
    assert_eq!(place.geo.unwrap().lat, 53.4258);
}

#[test]
fn an_event_with_everything() {
    let items = calendar();
    let offer = offer(&items, "lesung-1@bibliothek.example.org");
    assert_eq!((offer.kind.as_str(), offer.title.as_str()), ("event", "Lesung; Geschichten vom Fluss"));
    assert_eq!(
        offer.description.unwrap().as_str(),
        "Ein Abend für alle.\n\nInhalt:\n\n- Texte\n- Gespräch mit Leser\\*innen und Zuhörer\\*innen\n\n- [Programm.pdf](<https://bibliothek.example.org/programm.pdf>)"
    );
    assert_eq!(offer.url.unwrap().as_str(), "https://bibliothek.example.org/lesung");
    assert_eq!(offer.contact.unwrap().email.unwrap().as_str(), "Programm@bibliothek.example.org");
    let keywords: Vec<_> = offer.keywords.iter().map(|k| k.as_str()).collect();
    assert_eq!((keywords, offer.target_groups), (vec!["Literatur", "Senioren", "Lesung, Gespräch"], vec!["seniors".to_owned()]));
    let run = &offer.runs[0];
    assert_eq!((run.start, run.end), (moment("2027-01-15T18:00:00Z"), moment("2027-01-15T19:30:00Z")));
    assert_eq!((run.place.clone(), run.time_zone, run.sessions.len()), (offer.place, None, 1));
    let item = find(&items, RecordKind::Offer, "lesung-1@bibliothek.example.org");
    let lost: Vec<_> = problems(item).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(lost, ["/ATTACH", "/RESOURCES"], "a picture without words, and what is there to be used");
    assert!(!String::from_utf8_lossy(&item.payload).contains("geheim@"), "persons go no further");
}

#[test]
fn a_series_with_exceptions_additions_and_postponements() {
    let items = calendar();
    let run = &offer(&items, "gruppe").runs[0];
    let recurrence = run.recurrence.as_ref().unwrap();
    assert_eq!((recurrence.rule.as_str(), recurrence.minutes), ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270511T215959Z", 120));
    let mut sessions = expand(recurrence, chrono_tz::Europe::Berlin, "2027-01-01T00:00:00Z".parse().unwrap()).unwrap();
    sessions.sort_by_key(|s| s.start.to_string());
    assert_eq!(
        starts(&sessions),
        [
            "2027-03-23T15:00:00Z",
            "2027-04-14T15:00:00Z",
            "2027-04-27T14:00:00Z",
            "2027-05-04T14:00:00Z",
            "2027-05-11T14:00:00Z",
            "2027-06-01T14:00:00Z"
        ],
        "two left out, one moved, one called off, one added; the hour stays across summer time"
    );
    assert_eq!(sessions[1].end, moment("2027-04-14T16:00:00Z"));
    assert_eq!(sessions[5].end, moment("2027-06-01T15:30:00Z"));
    assert_eq!(
        problems(find(&items, RecordKind::Offer, "gruppe")),
        [("/VEVENT[RECURRENCE-ID=20270413T160000]/SUMMARY".to_owned(), "not-mapped".to_owned())]
    );
}

#[test]
fn days_states_and_private_things() {
    let items = calendar();
    let run = &offer(&items, "ausstellung").runs[0];
    assert_eq!((run.start, run.end, run.status), (moment("2027-02-01"), moment("2027-02-28"), Some(RunStatus::Planned)), "the end is exclusive");
    assert!(run.sessions.is_empty());
    let run = &offer(&items, "tag").runs[0];
    assert_eq!((run.start, run.end, run.status), (moment("2027-05-08"), None, Some(RunStatus::Cancelled)));
    let online = offer(&items, "online");
    assert_eq!((online.delivery_mode, online.place.clone()), (DeliveryMode::Online, None));
    assert_eq!(online.runs[0].online_url.as_ref().unwrap().as_str(), "https://treff.example.org/raum");
    assert_eq!(
        problems(find(&items, RecordKind::Offer, "online")),
        [("/DTSTART".to_owned(), "time-shifted".to_owned()), ("/DTEND".to_owned(), "range-reversed".to_owned())]
    );
    assert_eq!(problems(find(&items, RecordKind::Offer, "geheim")), [("/CLASS".to_owned(), "record-private".to_owned())]);
    assert!(find(&items, RecordKind::Offer, "geheim").payload.is_empty());
}

#[test]
fn calendars_from_the_wild() {
    let items = items(Ics, &fixture("ics/wild.ics"));
    let offers: Vec<_> = items.iter().filter(|i| i.kind == Some(RecordKind::Offer)).collect();
    let title = |item: &&Item| offer(&items, item.external_id.as_deref().unwrap()).title.to_string();
    assert_eq!(offers[..2].iter().map(title).collect::<Vec<_>>(), ["Winterferien", "Rosenmontag"]);
    assert!(offers.iter().all(|i| i.external_id.as_deref().unwrap().starts_with("event-")), "identifiers made of what the events say");
    let run = |index: usize| offer(&items, offers[index].external_id.as_deref().unwrap()).runs[0].clone();
    assert_eq!((run(0).start, run(0).end), (moment("2027-02-08"), moment("2027-02-19")), "meant as the last day");
    assert_eq!(problems(offers[0]), [("/DTEND".to_owned(), "date-end-inclusive".to_owned())]);
    let text = offer(&items, offers[1].external_id.as_deref().unwrap()).description.unwrap();
    assert_eq!(text.as_str(), "Zeile eins\nund eine Zeile, die niemand gefaltet hat");
    assert_eq!(problems(offers[2]), [("/UID".to_owned(), "record-duplicate".to_owned())], "the same event with other words");
    assert_eq!(run(3).start, moment("2010-01-01T17:00:00Z"));
    assert_eq!(problems(offers[3]).iter().map(|p| p.1.as_str()).collect::<Vec<_>>(), ["time-zone-unknown", "not-mapped"]);
    assert_eq!(starts(&run(4).sessions), ["2027-06-01T08:00:00Z", "2027-06-15T08:00:00Z"]);
    assert_eq!(problems(offers[5]), [("/DTSTART".to_owned(), "date-invalid".to_owned())]);
    let organizations: Vec<_> =
        items.iter().filter(|i| i.kind == Some(RecordKind::Organization)).map(|i| i.external_id.as_deref().unwrap()).collect();
    assert_eq!(organizations, ["calendar", "organizer-verein@example.org"]);
}

#[test]
fn the_source_gives_its_name_to_a_calendar_without_one() {
    let mut context = context();
    context.provider = Some("Volkshochschule Musterstadt".into());
    let (items, _) = read_with(Ics, event("DTSTART:20270101").as_bytes(), &context);
    let organization = organization(&items);
    assert_eq!((organization.name.as_str(), organization.kind.as_str()), ("Volkshochschule Musterstadt", "adult-education-centre"));
}

#[test]
fn an_event_that_is_only_exported_again_keeps_its_hash() {
    let bytes = fixture("ics/calendar.ics");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let again = text
        .replace("DTSTAMP:20261102T080000Z", "DTSTAMP:20261124T030000Z")
        .replace("SUMMARY:Spielenachmittag\r\n", "SUMMARY:Spiele\r\n nachmittag\r\nX-PROGRAM-ID:7\r\n")
        .replace("CN=Geheim", "CN=Jemand")
        .replace("\r\n", "\n");
    assert_ne!(again.as_bytes(), bytes.as_slice());
    assert_eq!(hashes(&items(Ics, &bytes)), hashes(&items(Ics, again.as_bytes())));
    let changed = text.replace("Lindenstraße 38", "Lindenstraße 39");
    assert_ne!(hashes(&items(Ics, &bytes)), hashes(&items(Ics, changed.as_bytes())));
}

#[test]
fn a_rule_without_readable_end_does_not_go_on_for_ever() {
    let items = items(Ics, event("DTSTART:20270101T100000\nRRULE:FREQ=DAILY;UNTIL=SOON").as_bytes());
    assert_eq!(offer(&items, "1").runs[0].recurrence, None);
    assert_eq!(problems(&items[1]), [("/RRULE".to_owned(), "date-invalid".to_owned())]);
    let nonsense = common::items(Ics, event("DTSTART:20270101T100000\nRRULE:FREQ=SOMETIMES").as_bytes());
    assert_eq!(problems(&nonsense[1]), [("/RRULE".to_owned(), "recurrence-invalid".to_owned())]);
}

#[test]
fn whole_days_repeat_as_days() {
    let items = items(Ics, event("DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=MONTHLY;COUNT=2").as_bytes());
    let run = offer(&items, "1").runs[0].clone();
    let sessions = expand(&run.recurrence.unwrap(), chrono_tz::Europe::Berlin, "2027-01-01T00:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(starts(&sessions), ["2027-03-01", "2027-04-01"]);
}

#[test]
fn only_one_session_is_left_of_a_series() {
    let alone = event("RECURRENCE-ID:20270101T100000Z\nDTSTART:20270102T100000Z\nDTEND:20270102T110000Z");
    let items = items(Ics, alone.as_bytes());
    assert_eq!(starts(&offer(&items, "1").runs[0].sessions), ["2027-01-02T10:00:00Z"]);
    let cancelled = common::items(Ics, event("DTSTART:20270101T100000Z\nEXDATE:20270101T100000Z").as_bytes());
    assert_eq!(offer(&cancelled, "1").runs[0].status, Some(RunStatus::Cancelled));
}

#[test]
fn broken_files_are_refused() {
    let whole = String::from_utf8(fixture("ics/calendar.ics")).unwrap();
    for cut in [whole.len() - 20, whole.len() / 2, 400, 60] {
        let cut = whole.floor_char_boundary(cut);
        assert_eq!(refused(Ics, &whole.as_bytes()[..cut]).0, "file-truncated", "{cut}");
    }
    assert_eq!(refused(Ics, b"").0, "file-empty");
    assert_eq!(refused(Ics, b"\xef\xbb\xbfBEGIN:VCALENDAR\nEND:VCALENDAR").0, "file-empty");
    assert_eq!(refused(Ics, b"<!DOCTYPE html><html>"), ("file-format-wrong".into(), Some(1)));
    assert_eq!(refused(Ics, b"BEGIN:VCARD\nEND:VCARD\n").0, "file-format-wrong");
    assert_eq!(refused(Ics, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"), ("ics-ill-formed".into(), Some(3)));
    assert_eq!(refused(Ics, event("DTSTART:20270101").replace("VERSION:2.0", "VERSION:1.0").as_bytes()).0, "file-version-unsupported");
    assert_eq!(refused(Ics, b"PK\x03\x04BEGIN:VCALENDAR").0, "file-binary");
    assert_eq!(refused(Ics, "BEGIN:VEVENT\n".repeat(20).as_bytes()).0, "ics-ill-formed");
}

#[test]
fn sizes_have_an_end() {
    let mut context = context();
    context.limits.record_bytes = 2_000;
    let long = event(&format!("DTSTART:20270101\nDESCRIPTION:{}", "x".repeat(3_000)));
    let (items, result) = read_with(Ics, long.as_bytes(), &context);
    assert!(result.is_ok());
    assert_eq!(problems(&items[0])[0].1, "record-too-large");
    let many: String = std::iter::repeat_n("RDATE:20270101T100000Z\n", 100).collect();
    assert_eq!(problems(&read_with(Ics, event(&many).as_bytes(), &context).0[0])[0].1, "record-too-large");
    let endless = "BEGIN:VEVENT\nUID:1\nEND:VEVENT\n".repeat(2_001);
    assert_eq!(problems(&read(Ics, endless.as_bytes()).0[0])[0].1, "series-too-long");
    context.limits.text_bytes = 500;
    assert_eq!(read_with(Ics, long.as_bytes(), &context).1.unwrap_err().problem.code, "xml-text-too-long");
    context.limits.document_bytes = 100;
    let short = event("DTSTART:20270101\nLOCATION:irgendwo\nDESCRIPTION:noch etwas mehr als hundert Zeichen");
    assert_eq!(read_with(Ics, short.as_bytes(), &context).1.unwrap_err().problem.code, "file-too-large");
    context = common::context();
    context.limits.records = 1;
    let two = "BEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\n";
    assert_eq!(read_with(Ics, two.as_bytes(), &context).1.unwrap_err().problem.code, "file-too-many-records");
}

#[test]
fn one_event_in_another_encoding_harms_no_other() {
    let latin =
        [event("DTSTART:20270101").into_bytes(), event("").replace("UID:1", "UID:2").replace("SUMMARY:x", "SUMMARY:\u{fffd}").into_bytes()].concat();
    let latin = String::from_utf8(latin).unwrap().into_bytes();
    let at = latin.windows(3).position(|w| w == "\u{fffd}".as_bytes()).unwrap();
    let mut bytes = latin;
    bytes.splice(at..at + 3, [0xfc]);
    let items = items(Ics, &bytes);
    assert_eq!(offer(&items, "1").title.as_str(), "x");
    assert_eq!(problems(find(&items, RecordKind::Offer, "2"))[0].1, "encoding-invalid");
}
