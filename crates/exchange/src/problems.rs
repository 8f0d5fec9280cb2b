//! The words for what can be wrong with a file or a record, in both languages.

use domain::partners::ImportFormat;
use domain::problem::ValueError;

pub(crate) const STOPPED: &str = "import-stopped";
pub(crate) const READ_FAILED: &str = "file-read-failed";

pub(crate) fn stopped() -> ValueError {
    ValueError::new(STOPPED, "Das Einlesen wurde abgebrochen.", "Reading was stopped.")
}

pub(crate) fn read_failed() -> ValueError {
    ValueError::new(READ_FAILED, "Die Datei kam nicht vollständig an.", "The file did not arrive completely.")
}

pub(crate) fn file_empty() -> ValueError {
    ValueError::new("file-empty", "Die Datei enthält keinen Datensatz.", "The file contains no record.")
}

pub(crate) fn file_binary() -> ValueError {
    ValueError::new(
        "file-binary",
        "Die Datei enthält Null-Bytes: Sie ist keine Textdatei oder nicht in UTF-8.",
        "The file contains NUL bytes: it is not a text file or not in UTF-8.",
    )
}

pub(crate) fn file_truncated() -> ValueError {
    ValueError::new(
        "file-truncated",
        "Die letzte Zeile bricht mitten im Datensatz ab: Die Datei ist unvollständig.",
        "The last line ends in the middle of a record: the file is incomplete.",
    )
}

pub(crate) fn not_ndjson(found: &str) -> ValueError {
    ValueError::new(
        "file-format-wrong",
        format!("Erwartet wird ein JSON-Objekt je Zeile (NDJSON); die Datei beginnt mit {found}."),
        format!("One JSON object a line (NDJSON) is expected; the file begins with {found}."),
    )
}

pub(crate) fn format_unsupported(format: ImportFormat) -> ValueError {
    let format = format.code();
    ValueError::new(
        "format-unsupported",
        format!("Das Format {format} kann nicht gelesen werden."),
        format!("The format {format} cannot be read."),
    )
}

pub(crate) fn too_many_records(limit: u64) -> ValueError {
    ValueError::new(
        "file-too-many-records",
        format!("Die Datei enthält mehr als {limit} Datensätze. Bitte teilen Sie sie."),
        format!("The file contains more than {limit} records. Please split it."),
    )
}

pub(crate) fn record_too_large(limit: usize) -> ValueError {
    let kib = limit / 1024;
    ValueError::new("record-too-large", format!("Ein Datensatz darf höchstens {kib} KiB groß sein."), format!("A record may have at most {kib} KiB."))
}

pub(crate) fn not_utf8(byte: usize) -> ValueError {
    ValueError::new(
        "encoding-invalid",
        format!("Der Datensatz ist nicht in UTF-8 (Byte {byte})."),
        format!("The record is not in UTF-8 (byte {byte})."),
    )
}

pub(crate) fn not_json(column: usize, detail: &str) -> ValueError {
    ValueError::new(
        "json-invalid",
        format!("Die Zeile ist kein gültiges JSON (Zeichen {column}: {detail})."),
        format!("The line is not valid JSON (character {column}: {detail})."),
    )
}

pub(crate) fn duplicate(id: &str) -> ValueError {
    ValueError::new(
        "record-duplicate",
        format!("„{id}“ stand schon weiter oben in der Datei; dieser Datensatz wurde nicht übernommen."),
        format!("“{id}” already appeared further up in the file; this record was not taken."),
    )
}

pub(crate) fn missing(field: &str) -> ValueError {
    ValueError::new("field-missing", format!("Das Feld „{field}“ fehlt."), format!("The field “{field}” is missing."))
}

pub(crate) fn unknown_field(field: &str, allowed: &str) -> ValueError {
    ValueError::new(
        "field-unknown",
        format!("Das Feld „{field}“ gibt es hier nicht. Erlaubt sind: {allowed}."),
        format!("There is no field “{field}” here. Allowed: {allowed}."),
    )
}

pub(crate) fn duplicate_field(field: &str) -> ValueError {
    ValueError::new("field-duplicate", format!("Das Feld „{field}“ steht zweimal."), format!("The field “{field}” stands twice."))
}

pub(crate) fn unknown_value(value: &str, allowed: &str) -> ValueError {
    ValueError::new("value-unknown", format!("„{value}“ ist nicht erlaubt. Erlaubt sind: {allowed}."), format!("“{value}” is not allowed. Allowed: {allowed}."))
}

pub(crate) fn wrong_type(found: (&str, &str), expected: (&str, &str)) -> ValueError {
    ValueError::new(
        "type-wrong",
        format!("Hier steht {}, erwartet wird {}.", found.0, expected.0),
        format!("There is {} here, expected is {}.", found.1, expected.1),
    )
}

pub(crate) fn date_invalid() -> ValueError {
    ValueError::new(
        "date-invalid",
        "Das ist kein gültiges Datum (JJJJ-MM-TT) oder kein Zeitpunkt mit Zeitzone (RFC 3339).",
        "This is not a valid date (YYYY-MM-DD) or not an instant with offset (RFC 3339).",
    )
}

pub(crate) fn value_invalid(detail: &str) -> ValueError {
    ValueError::new("value-invalid", format!("Der Wert ist ungültig ({detail})."), format!("The value is invalid ({detail})."))
}
