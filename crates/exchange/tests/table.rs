//! Tables: rows become offers by the names of columns or by a mapping.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::{AccessibilityValue, Draft, PriceType, RecordKind};
use domain::partners::ImportFormat::{Csv, Xlsx};
use domain::partners::{ColumnMapping, TableEncoding, TableField};
use exchange::{Body, ReadContext, preview_table};
use std::sync::Arc;

fn moment(text: &str) -> Option<Moment> {
    Some(Moment::parse(text).unwrap())
}

fn with(mapping: serde_json::Value) -> ReadContext {
    let mapping: ColumnMapping = serde_json::from_value(mapping).unwrap();
    assert_eq!(mapping.problems(), []);
    ReadContext { mapping: Some(Arc::new(mapping)), ..context() }
}

fn programme() -> ReadContext {
    with(serde_json::json!({
        "columns": [
            { "column": "Kursnr.", "field": "externalId" },
            { "column": "kurs", "field": "title" },
            { "column": "Bereich", "field": "topics", "values": { "daz": "german-second-language", "Spiele": "" } },
            { "column": "Datum", "field": "start" },
            { "column": "Uhrzeit", "field": "startTime" },
            { "column": "Kursgebühr", "field": "price" },
            { "column": "Veranstaltungsort", "field": "place" },
            { "column": "Straße", "field": "street" },
            { "column": "PLZ", "field": "postalCode" },
            { "column": "Ort", "field": "locality" },
            { "column": "Max. Teilnehmer", "field": "capacityMax" }
        ],
        "fixed": { "organization": "Heimatverein Dorf e.V." }
    }))
}

#[test]
fn the_documented_names_need_no_mapping() {
    let items = items(Csv, &fixture("table/documented.csv"));
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind.unwrap())).collect();
    use RecordKind::{Offer, Organization, Place};
    assert_eq!(told, [(2, Organization), (2, Place), (2, Offer), (3, Offer)]);
    let first = offer(&items, "A-1");
    assert_eq!((first.title.as_str(), first.price.kind), ("Nähen", PriceType::Free));
    assert_eq!(first.runs[0].start, moment("2027-02-05T09:00:00Z"));
    assert_eq!(problems(find(&items, Offer, "A-1")), [("/2".to_owned(), "not-mapped".to_owned())], "the column that nothing was made of");
    let second = offer(&items, "A-2");
    assert_eq!((second.price.amount, second.runs[0].start), (Some(1250), moment("2027-02-06")));
    assert_eq!(second.place, first.place);
}

#[test]
fn a_table_by_its_mapping() {
    let (items, summary) = read_with(Csv, &fixture("table/programme.csv"), &programme());
    summary.unwrap();
    let german = offer(&items, "K1");
    assert_eq!(german.runs.len(), 2, "two rows of one identifier are two runs");
    assert_eq!((german.runs[0].start, german.runs[0].end), (moment("2027-02-05T17:00:00Z"), moment("2027-02-05T18:30:00Z")));
    assert_eq!(german.runs[1].start, moment("2027-02-12T17:00:00Z"));
    assert_eq!((german.price.amount, german.runs[1].price.as_ref().unwrap().amount), (Some(4550), Some(5000)));
    assert_eq!(german.topics, ["german-second-language"], "the word for it is known");
    assert_eq!(german.runs[0].capacity.unwrap().max, Some(12));
    assert_eq!(organization(&items).name.as_str(), "Heimatverein Dorf e.V.");
    assert_eq!(organization(&items).kind, "association");

    let chess = offer(&items, "K3");
    assert_eq!((chess.title.as_str(), chess.topics.len(), chess.keywords.len()), ("Schach, \"offen\"", 0, 0), "an empty meaning leaves the word out");
    assert_eq!(chess.runs[0].start, moment("2027-03-01T16:00:00Z"));
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("geheim")), "nothing that is not mapped is kept");
}

#[test]
fn messages_name_row_and_column() {
    let (items, _) = read_with(Csv, &fixture("table/programme.csv"), &programme());
    let talk = find(&items, RecordKind::Offer, "K2");
    assert_eq!(talk.line, Some(6));
    let (draft, warnings) = decoded(talk);
    let Draft::Offer(draft) = draft else { panic!() };
    assert_eq!((draft.kind.as_str(), draft.price.kind), ("event", PriceType::Unknown));
    let told: Vec<_> = warnings.iter().map(|w| (w.pointer.as_str(), w.code.as_str())).collect();
    assert_eq!(told, [("/6/F", "number-invalid"), ("/6/E", "time-invalid"), ("/6/D", "date-invalid")]);
    assert!(warnings[2].message.de.starts_with("Zeile 6, Spalte D „Datum“: „bald“ ist kein Datum."), "{}", warnings[2].message.de);
    assert!(warnings[2].message.en.starts_with("Row 6, Column D “Datum”: “bald” is not a date."));
    let nameless = items.iter().find(|i| matches!(i.body, Body::Broken(_))).unwrap();
    assert_eq!((nameless.line, problems(nameless)), (Some(7), vec![("/7/A".to_owned(), "field-missing".to_owned())]));
    let place = items.iter().filter(|i| i.kind == Some(RecordKind::Place)).nth(1).unwrap();
    assert_eq!(problems(place), [("/0/I".to_owned(), "not-mapped".to_owned())], "a postcode of four digits");
}

#[test]
fn only_what_rows_say_decides_whether_they_are_the_same() {
    let text = "id;titel;beginn\nA;Nähen;05.02.2027\n";
    let moved = "beginn;titel;id\n\n\n05.02.2027;Nähen;A\n";
    assert_eq!(hashes(&items(Csv, text.as_bytes())), hashes(&items(Csv, moved.as_bytes())));
    let changed = text.replace("05.02", "06.02");
    assert_ne!(hashes(&items(Csv, text.as_bytes())), hashes(&items(Csv, changed.as_bytes())));
}

#[test]
fn a_workbook() {
    let items = items(Xlsx, &fixture("table/workbook.xlsx"));
    let offers: Vec<_> = items.iter().filter(|i| i.kind == Some(RecordKind::Offer)).collect();
    assert_eq!(offers.len(), 3);
    let drafts: Vec<_> = offers.iter().map(|item| if let Draft::Offer(offer) = decoded(item).0 { *offer } else { panic!() }).collect();
    assert_eq!(drafts[0].course_code.as_ref().unwrap().as_str(), "101");
    assert_eq!((drafts[0].price.amount, drafts[1].price.kind), (Some(4750), PriceType::Free));
    assert_eq!((drafts[0].runs[0].start, drafts[0].runs[0].end), (moment("2027-02-05T17:00:00Z"), moment("2027-02-05T18:30:00Z")));
    assert_eq!(drafts[1].runs[0].start, moment("2027-02-06T08:15:00Z"));
    assert_eq!(problems(offers[2]), [("/4/C".to_owned(), "date-invalid".to_owned())]);
    let place = &places(&items)[0];
    assert_eq!((place.address.postal_code.as_deref(), place.accessibility[0].value), (Some("19370"), AccessibilityValue::Yes));
    let other = with(serde_json::json!({ "sheet": "Deckblatt", "columns": [{ "column": "Titel", "field": "title" }] }));
    assert_eq!(read_with(Xlsx, &fixture("table/workbook.xlsx"), &other).1.unwrap_err().problem.code, "file-empty");
    let unknown = with(serde_json::json!({ "sheet": "Tabelle9", "columns": [{ "column": "Titel", "field": "title" }] }));
    assert_eq!(read_with(Xlsx, &fixture("table/workbook.xlsx"), &unknown).1.unwrap_err().problem.code, "reference-unknown");
}

#[test]
fn a_preview_suggests_what_columns_are() {
    let preview = preview_table(Csv, &fixture("table/programme.csv"), &context()).unwrap();
    assert_eq!((preview.rows, preview.encoding, preview.delimiter), (5, Some(TableEncoding::Windows1252), Some(';')));
    let suggested: Vec<_> = preview.columns.iter().filter_map(|c| c.suggestion).collect();
    use TableField::*;
    assert_eq!(suggested, [CourseCode, Title, Topics, Start, StartTime, Price, Place, Street, PostalCode, Locality, TargetGroups, CapacityMax]);
    assert_eq!(preview.columns[1].samples[0], "Deutsch für den Alltag");
    assert_eq!(preview.records.len(), 4, "without identifiers the title tells offers apart");
    assert!(preview.problems.iter().any(|p| (p.row, p.column.as_deref(), p.code.as_str()) == (Some(6), Some("D"), "date-invalid")));
    let workbook = preview_table(Xlsx, &fixture("table/workbook.xlsx"), &context()).unwrap();
    assert_eq!(workbook.sheets, ["Deckblatt", "Kurse"]);

    // A table for which there is no reading yet still has columns to choose from.
    let preview = preview_table(Csv, b"Was;Wann\nChor;05.02.2027\n", &context()).unwrap();
    assert_eq!((preview.columns.len(), preview.records.len(), preview.problems[0].code.as_str()), (2, 0, "column-missing"));
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(Csv, b"").0, "file-empty");
    assert_eq!(refused(Csv, b"\n\n").0, "file-empty");
    assert_eq!(refused(Csv, b"titel;beginn\n").0, "file-empty", "a full import of it would withdraw everything");
    assert_eq!(refused(Csv, b"ags,name\n1,Parchim\n"), ("column-missing".to_owned(), Some(1)));
    assert_eq!(refused(Csv, b"titel;beginn\n\"offen;1\n"), ("file-truncated".to_owned(), Some(2)));
    assert_eq!(refused(Csv, &fixture("table/workbook.xlsx")).0, "file-format-wrong");
    assert_eq!(refused(Xlsx, b"titel;beginn\n").0, "file-format-wrong");
    let (_, result) = read_with(Csv, b"titel;beginn\nChor;1.2.2027\n", &programme());
    assert_eq!(result.unwrap_err().problem.code, "column-missing", "a column of the mapping that is gone");
    let workbook = fixture("table/workbook.xlsx");
    for cut in [workbook.len() - 3, workbook.len() / 2, 40] {
        assert_eq!(refused(Xlsx, &workbook[..cut]).0, "workbook-damaged", "{cut}");
    }
}
