//! Tables in workbooks (XLSX). What a workbook unpacks to is measured before anything of it is read.

use super::grid::{Grid, MAX_CELLS, MAX_COLUMNS, Row};
use crate::{FileError, Limits, problems};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use domain::partners::ColumnMapping;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most files in a workbook, and most sheets.
const MAX_PARTS: usize = 1_000;

/// A workbook may unpack to this many times the size of other files.
const UNPACKED: usize = 4;

pub(super) fn grid(bytes: &[u8], mapping: Option<&ColumnMapping>, limits: Limits) -> Result<Grid, FileError> {
    let fail = |value| FileError::new(None, value);
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(fail(problems::not_a_workbook()));
    }
    let most = limits.document_bytes.saturating_mul(UNPACKED);
    measure(bytes, most).map_err(fail)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| fail(unreadable(&error)))?;
    let sheets = workbook.sheet_names();
    if sheets.len() > MAX_PARTS {
        return Err(fail(problems::workbook_too_large(most)));
    }
    let wanted: Vec<String> = match mapping.and_then(|mapping| mapping.sheet.clone()) {
        Some(sheet) if sheets.contains(&sheet) => vec![sheet],
        Some(sheet) => return Err(fail(problems::reference_unknown(&sheet, &sheets.join(", ")))),
        None => sheets.clone(),
    };
    let mut failure = None;
    for sheet in wanted {
        match rows(&mut workbook, &sheet, most) {
            Ok(rows) if !rows.is_empty() => return Ok(Grid { sheets, rows, ..Grid::default() }),
            Ok(_) => {}
            // A sheet of a chart has no cells; others may have.
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    Err(failure.unwrap_or_else(|| fail(problems::file_empty())))
}

/// Unpacks everything once, to nowhere: what an archive says about its sizes may be a lie.
fn measure(bytes: &[u8], most: usize) -> Result<(), domain::problem::ValueError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| problems::workbook_damaged("zip"))?;
    if archive.len() > MAX_PARTS {
        return Err(problems::workbook_too_large(most));
    }
    let mut left = u64::try_from(most).unwrap_or(u64::MAX);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| problems::workbook_damaged(&error.to_string()))?;
        let read = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink());
        let read = read.map_err(|error| problems::workbook_damaged(&error.to_string()))?;
        left = left.checked_sub(read).ok_or_else(|| problems::workbook_too_large(most))?;
    }
    Ok(())
}

fn unreadable(error: &XlsxError) -> domain::problem::ValueError {
    match error {
        XlsxError::Password => problems::workbook_locked(),
        error => problems::workbook_damaged(&error.to_string()),
    }
}

fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, most: usize) -> Result<Vec<Row>, FileError> {
    let damaged = |error: &XlsxError| FileError::new(None, unreadable(error));
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
    let mut rows: Vec<Row> = Vec::new();
    let (mut cells, mut bytes) = (0_usize, 0_usize);
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let number = u64::from(row) + 1;
        let too_large = || FileError::new(Some(number), problems::table_too_large(MAX_CELLS, MAX_COLUMNS));
        let column = usize::try_from(column).ok().filter(|column| *column < MAX_COLUMNS).ok_or_else(too_large)?;
        // Many cells may refer to the same long text.
        bytes = bytes.saturating_add(text.len());
        if bytes > most {
            return Err(too_large());
        }
        match rows.last() {
            Some(last) if last.number == number => {}
            // Rows of a sheet are in order, as everything that writes one does it.
            Some(last) if last.number > number => return Err(FileError::new(Some(number), problems::workbook_damaged("row order"))),
            _ => rows.push(Row { number, cells: Vec::new() }),
        }
        let Some(row) = rows.last_mut() else { continue };
        if row.cells.len() <= column {
            cells += column + 1 - row.cells.len();
            if cells > MAX_CELLS {
                return Err(too_large());
            }
            row.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = text;
        }
    }
    Ok(rows)
}

/// A cell as it would stand in a text file.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => date_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Excel knows no zones: a day, a time of day, or both. Rounded to minutes, because its fractions are not exact.
fn date_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !(0.0..2_958_466.0).contains(&days) {
        return String::new();
    }
    // Half a minute more, so that 17:59:59.9 becomes 18:00.
    let rounded = ExcelDateTime::new(days + 0.5 / 1440.0, calamine::ExcelDateTimeType::DateTime, moment_is_1904(moment));
    let (year, month, day, hour, minute, _, _) = rounded.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}");
    match (days < 1.0, hour == 0 && minute == 0) {
        (true, _) => time,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

/// Which of the two calendars of Excel it is in: it does not say so itself, but its day zero does.
fn moment_is_1904(moment: &ExcelDateTime) -> bool {
    let plain = ExcelDateTime::new(moment.as_f64(), calamine::ExcelDateTimeType::DateTime, false);
    moment.to_ymd_hms_milli() != plain.to_ymd_hms_milli()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::DateTime;

    #[test]
    fn dates_of_spreadsheets() {
        let told = |days: f64, is_1904: bool| date_text(&ExcelDateTime::new(days, DateTime, is_1904));
        assert_eq!(told(46_423.0, false), "2027-02-05");
        assert_eq!(told(46_423.75, false), "2027-02-05T18:00");
        assert_eq!(told(46_423.749_999_9, false), "2027-02-05T18:00");
        assert_eq!(told(0.75, false), "18:00");
        assert_eq!(told(46_423.0 - 1462.0, true), "2027-02-05");
        assert_eq!(told(-1.0, false), "");
    }
}
