//! The words for tables.

use domain::problem::ValueError;

pub(crate) fn workbook_as_text() -> ValueError {
    ValueError::new(
        "file-format-wrong",
        "Das ist eine Arbeitsmappe (XLSX), keine Textdatei. Wählen Sie das Format „xlsx“.",
        "This is a workbook (XLSX), not a text file. Choose the format “xlsx”.",
    )
}

pub(crate) fn not_a_workbook() -> ValueError {
    ValueError::new(
        "file-format-wrong",
        "Das ist keine Arbeitsmappe im Format XLSX. Alte Arbeitsmappen (XLS) bitte neu speichern; für Textdateien gibt es das Format „csv“.",
        "This is not a workbook of the format XLSX. Please save old workbooks (XLS) anew; for text files there is the format “csv”.",
    )
}

pub(crate) fn workbook_locked() -> ValueError {
    ValueError::new(
        "workbook-locked",
        "Die Arbeitsmappe ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.",
        "The workbook is protected by a password. Please save it without one.",
    )
}

pub(crate) fn workbook_damaged(detail: &str) -> ValueError {
    let detail: String = detail.chars().take(100).collect();
    ValueError::new("workbook-damaged", format!("Die Arbeitsmappe ist beschädigt ({detail})."), format!("The workbook is damaged ({detail})."))
}

pub(crate) fn workbook_too_large(limit: usize) -> ValueError {
    let mib = limit / 1024 / 1024;
    ValueError::new(
        "file-too-large",
        format!("Die Arbeitsmappe ist ausgepackt größer als {mib} MiB oder hat zu viele Blätter. Bitte teilen Sie sie."),
        format!("The workbook has more than {mib} MiB when it is unpacked, or too many sheets. Please split it."),
    )
}

pub(crate) fn table_too_large(cells: usize, columns: usize) -> ValueError {
    ValueError::new(
        "file-too-large",
        format!("Eine Tabelle darf höchstens {columns} Spalten und {cells} Zellen haben."),
        format!("A table may have at most {columns} columns and {cells} cells."),
    )
}

pub(crate) fn quote_open(row: u64) -> ValueError {
    ValueError::new(
        "file-truncated",
        format!(
            "Ein Anführungszeichen in Zeile {row} wird nie geschlossen: Die Datei ist unvollständig, oder ein Anführungszeichen im Text ist nicht verdoppelt."
        ),
        format!("A quotation mark in row {row} is never closed: the file is incomplete, or a quotation mark in the text is not doubled."),
    )
}

pub(crate) fn column_missing(column: &str, there: &str) -> ValueError {
    let there: String = there.chars().take(300).collect();
    ValueError::new(
        "column-missing",
        format!("Die Tabelle hat keine Spalte „{column}“. Ihre Spalten sind: {there}."),
        format!("The table has no column “{column}”. Its columns are: {there}."),
    )
}

/// A message about a cell, as a spreadsheet shows where it is.
pub(crate) fn in_cell(row: u64, column: &str, name: &str, value: ValueError) -> ValueError {
    let ValueError { code, de, en } = value;
    let row_de = if row > 0 { format!("Zeile {row}, ") } else { String::new() };
    let row_en = if row > 0 { format!("Row {row}, ") } else { String::new() };
    if column.is_empty() {
        return ValueError::new(&code, format!("{row_de}fester Wert „{name}“: {de}"), format!("{row_en}fixed value “{name}”: {en}"));
    }
    ValueError::new(&code, format!("{row_de}Spalte {column} „{name}“: {de}"), format!("{row_en}Column {column} “{name}”: {en}"))
}

/// A message about a row.
pub(crate) fn in_row(row: u64, value: ValueError) -> ValueError {
    let ValueError { code, de, en } = value;
    if row == 0 { ValueError { code, de, en } } else { ValueError::new(&code, format!("Zeile {row}: {de}"), format!("Row {row}: {en}")) }
}

pub(crate) fn cell_missing(label: &domain::problem::Message) -> ValueError {
    ValueError::new("field-missing", format!("„{}“ fehlt.", label.de), format!("“{}” is missing.", label.en))
}

pub(crate) fn value_not_known(value: &str, allowed: &str) -> ValueError {
    let value: String = value.chars().take(80).collect();
    ValueError::new(
        "not-mapped",
        format!("„{value}“ ist nicht bekannt und wurde nicht übernommen. Bekannt sind: {allowed}."),
        format!("“{value}” is not known and was not taken. Known are: {allowed}."),
    )
}

pub(crate) fn topic_unknown(value: &str) -> ValueError {
    let value: String = value.chars().take(80).collect();
    ValueError::new(
        "not-mapped",
        format!(
            "„{value}“ ist kein Thema des Katalogs und wurde als Schlagwort übernommen. In der Spaltenzuordnung kann stehen, welches Thema gemeint ist."
        ),
        format!("“{value}” is no topic of the catalogue and was taken as a keyword. The mapping of columns can say which topic is meant."),
    )
}

pub(crate) fn day_invalid(value: &str) -> ValueError {
    let value: String = value.chars().take(40).collect();
    ValueError::new(
        "date-invalid",
        format!("„{value}“ ist kein Datum. Erwartet wird zum Beispiel 05.02.2027, 05.02.2027 18:00 oder 2027-02-05."),
        format!("“{value}” is not a date. Expected is for example 05.02.2027, 05.02.2027 18:00 or 2027-02-05."),
    )
}

pub(crate) fn hour_invalid(value: &str) -> ValueError {
    let value: String = value.chars().take(40).collect();
    ValueError::new(
        "time-invalid",
        format!("„{value}“ ist keine Uhrzeit. Erwartet wird zum Beispiel 18:00 oder 18:00–19:30."),
        format!("“{value}” is not a time of day. Expected is for example 18:00 or 18:00–19:30."),
    )
}

pub(crate) fn amount_invalid(value: &str) -> ValueError {
    let value: String = value.chars().take(40).collect();
    ValueError::new(
        "number-invalid",
        format!("„{value}“ ist kein Betrag. Erwartet wird zum Beispiel 12,50 oder 12.50 € oder „kostenlos“."),
        format!("“{value}” is not an amount. Expected is for example 12,50 or 12.50 € or “free”."),
    )
}

pub(crate) fn rows_differ(id: &str) -> ValueError {
    ValueError::new(
        "rows-differ",
        format!("Eine Zeile weiter oben sagt über „{id}“ etwas anderes; die erste gilt."),
        format!("A row further up says something else about “{id}”; the first one counts."),
    )
}
