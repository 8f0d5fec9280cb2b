//! Tables for spreadsheets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod out_records;

use common::context;
use exchange::out::csv::{Table, offer_row, organization_row};
use out_records::*;

fn writing<T>(language: &str, work: impl FnOnce(&Table<'_>) -> T) -> T {
    let (site, context) = (site(), context());
    work(&Table { site: &site, vocabularies: &context.vocabularies, language, at: "2026-11-24T04:00:00Z".parse().unwrap() })
}

/// Cells of one row without line breaks in them.
fn cells(row: &str) -> Vec<String> {
    let inner = row.trim_end().trim_start_matches('\u{feff}').strip_prefix('"').unwrap().strip_suffix('"').unwrap();
    inner.split("\";\"").map(|cell| cell.replace("\"\"", "\"")).collect()
}

#[test]
fn an_offer_is_a_row_with_its_next_run_and_its_licence() {
    writing("de", |table| {
        let (head, row) = (cells(&table.offer_head()), cells(&offer_row(table, &course())));
        assert_eq!(head.len(), row.len());
        let of = |name: &str| row[head.iter().position(|known| known == name).unwrap()].as_str();
        assert_eq!((of("Titel"), of("Nächster Beginn"), of("Preis")), ("Deutsch B1 <für> Alle & mehr", "2027-02-02 18:00", "120,50 EUR"));
        assert_eq!((of("Lizenz"), of("Adresse der Lizenz")), ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"));
        assert!(of("Seite im Portal").starts_with("https://bildung.example.org/de/angebote/"));
    });
    writing("en", |table| {
        assert!(table.offer_head().starts_with("\u{feff}\"Title\";"));
        assert!(offer_row(table, &course()).starts_with("\"German B1\";"));
    });
}

#[test]
fn an_organisation_is_a_row() {
    writing("de", |table| {
        let (head, row) = (cells(&table.organization_head()), cells(&organization_row(table, &organization())));
        assert_eq!((head.len(), row[0].as_str()), (row.len(), "Volkshochschule Teststadt"));
    });
}

#[test]
fn a_phone_number_and_a_title_are_no_formulas() {
    let mut offer = service();
    offer.title = domain::text::Title::try_from("=HYPERLINK(\"https://evil.example\";\"x\")").unwrap();
    offer.registration.as_mut().unwrap().phone = domain::text::Title::try_from("+49 3871 0").ok();
    writing("de", |table| {
        let row = offer_row(table, &offer);
        assert!(row.starts_with("\"'=HYPERLINK(\"\"https://evil.example\"\""), "{row}");
        assert!(row.contains("\"'+49 3871 0\""), "{row}");
    });
}
