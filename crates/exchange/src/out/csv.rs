//! Tables for spreadsheets: UTF-8 with a mark, semicolons, and no cell that a spreadsheet would run. `docs/formats/out/csv.md`.

mod offers;
mod organizations;

pub use offers::offer_row;
pub use organizations::organization_row;

use super::{Site, licence};
use domain::catalogue::Address;
use domain::vocabularies::Vocabularies;

/// What a table depends on beside its records.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The portal.
    pub site: &'a Site,
    /// The vocabularies: cells hold names, not codes.
    pub vocabularies: &'a Vocabularies,
    /// Language of headings, names and texts.
    pub language: &'a str,
    /// The run that is shown is the first that is not over by then.
    pub at: domain::Timestamp,
}

impl Table<'_> {
    /// The mark that tells spreadsheets the encoding, and the headings of offers.
    pub fn offer_head(&self) -> String {
        self.head(offers::COLUMNS)
    }

    /// The mark that tells spreadsheets the encoding, and the headings of organisations.
    pub fn organization_head(&self) -> String {
        self.head(organizations::COLUMNS)
    }

    fn head(&self, columns: &[(&str, &str)]) -> String {
        let mut row = Row::default();
        columns.iter().for_each(|(de, en)| row.cell(if self.language == "en" { en } else { de }));
        format!("\u{feff}{}", row.finish())
    }

    fn names<'c>(&self, vocabulary: &str, codes: impl IntoIterator<Item = &'c String>) -> String {
        codes.into_iter().map(|code| self.vocabularies.label(vocabulary, code, self.language)).collect::<Vec<_>>().join(", ")
    }
}

/// A row. A cell that begins like a formula gets a quote in front (CWE-1236).
#[derive(Default)]
struct Row(String);

impl Row {
    fn cell(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        // Always quoted: the first cell must not look like the beginning of the row, and no text needs a second look.
        self.0.push('"');
        if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
            self.0.push('\'');
        }
        for character in text.chars().filter(|c| *c != '\0') {
            if character == '"' {
                self.0.push('"');
            }
            self.0.push(character);
        }
        self.0.push('"');
    }

    fn maybe(&mut self, text: Option<&str>) {
        self.cell(text.unwrap_or_default());
    }

    fn address(&mut self, address: Option<&Address>) {
        self.maybe(address.and_then(|a| a.street.as_ref()).map(|text| text.as_str()));
        self.maybe(address.and_then(|a| a.postal_code.as_deref()));
        self.maybe(address.and_then(|a| a.locality.as_ref()).map(|text| text.as_str()));
    }

    fn licence(&mut self, code: domain::catalogue::Licence) {
        let known = licence(code);
        self.cell(known.name);
        self.maybe(known.url);
    }

    fn finish(mut self) -> String {
        self.0.push_str("\r\n");
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_ends_the_row() {
        let mut row = Row::default();
        for text in ["=1+1", "+49 3871", "-", "@x", "\tx", "\rx", "a\"b;c\nd", "", "1=1"] {
            row.cell(text);
        }
        assert_eq!(row.finish(), "\"'=1+1\";\"'+49 3871\";\"'-\";\"'@x\";\"'\tx\";\"'\rx\";\"a\"\"b;c\nd\";\"\";\"1=1\"\r\n");
    }
}
