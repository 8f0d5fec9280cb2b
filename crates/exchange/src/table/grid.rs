//! A table as rows of texts, wherever it came from.

use domain::partners::TableEncoding;

/// Most columns that are looked at; a table with more is none of offers.
pub(super) const MAX_COLUMNS: usize = 500;

/// Most cells of a table.
pub(super) const MAX_CELLS: usize = 3_000_000;

#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) encoding: Option<TableEncoding>,
    pub(super) delimiter: Option<char>,
    /// Sheets of a workbook.
    pub(super) sheets: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Debug)]
pub(super) struct Row {
    /// Number as a spreadsheet shows it, from 1.
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
}

impl Row {
    pub(super) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |text| text.trim())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The letters of a column, from 0: A, B, …, Z, AA.
pub(super) fn letters(index: usize) -> String {
    const ALPHABET: [char; 26] =
        ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];
    let mut left = index + 1;
    let mut letters: Vec<char> = Vec::new();
    while left > 0 {
        left -= 1;
        letters.extend(ALPHABET.get(left % 26));
        left /= 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        let told: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(super::letters).collect();
        assert_eq!(told, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
