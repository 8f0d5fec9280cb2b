//! Tables in text files: CSV in whatever encoding and with whatever between the columns.

use super::grid::{Grid, MAX_CELLS, MAX_COLUMNS, Row};
use crate::{FileError, Limits, problems};
use domain::partners::{ColumnMapping, TableEncoding};
use encoding_rs::{UTF_16LE, WINDOWS_1252};

/// What may stand between columns, in the order of preference.
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// Rows by which the delimiter is told.
const LOOKED_AT: usize = 20;

pub(super) fn grid(bytes: &[u8], mapping: Option<&ColumnMapping>, limits: Limits) -> Result<Grid, FileError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(FileError::new(None, problems::workbook_as_text()));
    }
    let (text, encoding) = decoded(bytes, mapping.and_then(|mapping| mapping.encoding)).map_err(|value| FileError::new(None, value))?;
    if let Some(at) = text.find('\0') {
        let line = text.get(..at).map_or(0, |before| before.matches('\n').count());
        return Err(FileError::new(u64::try_from(line + 1).ok(), problems::file_binary()));
    }
    // Written by spreadsheets for themselves.
    let announced = text.strip_prefix("sep=").and_then(|rest| rest.chars().next());
    let stated = mapping.and_then(|mapping| mapping.delimiter.as_deref()).and_then(|text| match text {
        "\\t" => Some('\t'),
        text => text.chars().next(),
    });
    let delimiter = match stated.or(announced) {
        Some(delimiter) => delimiter,
        None => found(&text, limits),
    };
    let mut rows = rows(&text, delimiter, limits, usize::MAX)?;
    if announced.is_some() {
        rows.retain(|row| row.number > 1);
    }
    Ok(Grid { encoding: Some(encoding), delimiter: Some(delimiter), sheets: vec![], rows })
}

fn decoded(bytes: &[u8], stated: Option<TableEncoding>) -> Result<(String, TableEncoding), domain::problem::ValueError> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let text = UTF_16LE.decode_without_bom_handling_and_without_replacement(rest).ok_or_else(problems::not_utf8_xml)?;
        return Ok((text.into_owned(), TableEncoding::Utf16Le));
    }
    let marked = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]);
    let body = marked.unwrap_or(bytes);
    match (std::str::from_utf8(body), stated) {
        (_, Some(TableEncoding::Windows1252)) if marked.is_none() => {}
        (Ok(text), _) => return Ok((text.to_owned(), TableEncoding::Utf8)),
        (Err(error), _) if marked.is_some() || stated == Some(TableEncoding::Utf8) => return Err(problems::not_utf8(error.valid_up_to())),
        (Err(_), _) => {}
    }
    Ok((WINDOWS_1252.decode_without_bom_handling(body).0.into_owned(), TableEncoding::Windows1252))
}

/// The delimiter by which most rows have as many cells as the first one.
fn found(text: &str, limits: Limits) -> char {
    let score = |delimiter: &char| {
        let Ok(rows) = rows(text, *delimiter, limits, LOOKED_AT) else { return (0, 0) };
        let first = rows.first().map_or(0, |row| row.cells.len());
        if first < 2 {
            return (0, 0);
        }
        (rows.iter().filter(|row| row.cells.len() == first).count(), first)
    };
    // The first of the best: `max_by_key` alone would take the last.
    DELIMITERS.into_iter().rev().max_by_key(score).unwrap_or(';')
}

/// The rows that say anything; at most `most`.
fn rows(text: &str, delimiter: char, limits: Limits, most: usize) -> Result<Vec<Row>, FileError> {
    let mut rows = Vec::new();
    let mut row = Row { number: 1, cells: Vec::new() };
    let mut cells = 0;
    let mut chars = text.chars().peekable();
    while chars.peek().is_some() && rows.len() < most {
        let mut cell = String::new();
        let quoted = chars.next_if_eq(&'"').is_some();
        if quoted {
            loop {
                match chars.next() {
                    Some('"') if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                    Some('"') => break,
                    Some(c) => cell.push(c),
                    None => return Err(FileError::new(Some(row.number), problems::quote_open(row.number))),
                }
                if cell.len() > limits.text_bytes {
                    return Err(FileError::new(Some(row.number), problems::token_too_long(limits.text_bytes)));
                }
            }
        }
        while let Some(c) = chars.next_if(|c| *c != delimiter && *c != '\n' && *c != '\r') {
            cell.push(c);
            if cell.len() > limits.text_bytes {
                return Err(FileError::new(Some(row.number), problems::token_too_long(limits.text_bytes)));
            }
        }
        row.cells.push(cell);
        cells += 1;
        if cells > MAX_CELLS || row.cells.len() > MAX_COLUMNS {
            return Err(FileError::new(Some(row.number), problems::table_too_large(MAX_CELLS, MAX_COLUMNS)));
        }
        let ended = match chars.next() {
            Some('\r') => {
                chars.next_if_eq(&'\n');
                true
            }
            Some('\n') | None => true,
            Some(_) => false,
        };
        if ended {
            let next = Row { number: row.number + 1, cells: Vec::new() };
            let done = std::mem::replace(&mut row, next);
            if !done.is_empty() {
                rows.push(done);
            }
        } else if chars.peek().is_none() {
            // A delimiter at the very end: the last cell is empty.
            row.cells.push(String::new());
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &[u8]) -> (Option<char>, Vec<(u64, Vec<String>)>) {
        let grid = grid(text, None, Limits::default()).unwrap();
        (grid.delimiter, grid.rows.into_iter().map(|row| (row.number, row.cells)).collect())
    }

    #[test]
    fn quotes_delimiters_and_line_ends() {
        let row = |number: u64, cells: &[&str]| (number, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        let expected = vec![row(1, &["a", "b, c"]), row(3, &["1\n2", "say \"x\""]), row(4, &["3", ""])];
        assert_eq!(told(b"a;b, c\r\n\r\n\"1\n2\";\"say \"\"x\"\"\"\r\n3;").1, expected);
        assert_eq!(told(b"a\tb\n1\t2\n").0, Some('\t'));
        assert_eq!(told(b"a,b,c\n\"1;2\",2,3\n").0, Some(','));
        assert_eq!(told(b"sep=|\na|b\n").1, [row(2, &["a", "b"])]);
        assert_eq!(told(b"only\none\n").0, Some(';'));
        assert_eq!(grid(b"a;b\n\"1;2\n3;4\n", None, Limits::default()).unwrap_err().line, Some(2));
    }

    #[test]
    fn encodings_are_told_apart() {
        let name = |bytes: &[u8]| {
            let grid = grid(bytes, None, Limits::default()).unwrap();
            (grid.encoding.unwrap(), grid.rows[0].cells[0].clone())
        };
        assert_eq!(name("Straße".as_bytes()), (TableEncoding::Utf8, "Straße".to_owned()));
        assert_eq!(name("\u{feff}Straße".as_bytes()), (TableEncoding::Utf8, "Straße".to_owned()));
        assert_eq!(name(b"Stra\xdfe \x80"), (TableEncoding::Windows1252, "Straße €".to_owned()));
        assert_eq!(name(b"\xff\xfeS\0t\0"), (TableEncoding::Utf16Le, "St".to_owned()));
        assert_eq!(grid(b"a\0b", None, Limits::default()).unwrap_err().problem.code, "file-binary");
        assert_eq!(grid(b"\xef\xbb\xbfStra\xdfe", None, Limits::default()).unwrap_err().problem.code, "encoding-invalid");
    }
}
