//! The words for what can be wrong with a file or a record, in both languages.

mod places;
mod tables;

pub(crate) use places::*;
pub(crate) use tables::*;

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
    ValueError::new(
        "value-unknown",
        format!("„{value}“ ist nicht erlaubt. Erlaubt sind: {allowed}."),
        format!("“{value}” is not allowed. Allowed: {allowed}."),
    )
}

pub(crate) fn wrong_type<T: std::fmt::Display>(found: (T, T), expected: (T, T)) -> ValueError {
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

pub(crate) fn not_xml() -> ValueError {
    ValueError::new("file-format-wrong", "Die Datei ist kein XML.", "The file is not XML.")
}

pub(crate) fn xml_ill_formed(detail: &str) -> ValueError {
    ValueError::new("xml-ill-formed", format!("Das XML ist nicht wohlgeformt ({detail})."), format!("The XML is not well-formed ({detail})."))
}

pub(crate) fn file_truncated_xml() -> ValueError {
    ValueError::new(
        "file-truncated",
        "Die Datei endet, bevor alle Elemente geschlossen sind: Sie ist unvollständig.",
        "The file ends before all elements are closed: it is incomplete.",
    )
}

pub(crate) fn not_utf8_xml() -> ValueError {
    ValueError::new(
        "encoding-invalid",
        "Die Datei ist nicht in der Kodierung, die sie angibt (ohne Angabe: UTF-8).",
        "The file is not in the encoding it declares (UTF-8 where it declares none).",
    )
}

pub(crate) fn encoding_unknown(label: &str) -> ValueError {
    ValueError::new("encoding-unknown", format!("Die Kodierung „{label}“ ist unbekannt."), format!("The encoding “{label}” is unknown."))
}

pub(crate) fn doctype() -> ValueError {
    ValueError::new("xml-doctype", "Eine DOCTYPE-Angabe wird nicht angenommen.", "A DOCTYPE is not accepted.")
}

pub(crate) fn entity_unknown(name: &str) -> ValueError {
    let name: String = name.chars().take(40).collect();
    ValueError::new(
        "xml-entity-unknown",
        format!("„&{name};“ gibt es in XML nicht; erlaubt sind amp, lt, gt, quot, apos und Zeichennummern."),
        format!("“&{name};” does not exist in XML; allowed are amp, lt, gt, quot, apos and character numbers."),
    )
}

pub(crate) fn too_deep(limit: usize) -> ValueError {
    ValueError::new("xml-too-deep", format!("Mehr als {limit} Ebenen ineinander."), format!("More than {limit} levels of nesting."))
}

pub(crate) fn token_too_long(limit: usize) -> ValueError {
    let kib = limit / 1024;
    ValueError::new("xml-text-too-long", format!("Ein einzelner Text ist länger als {kib} KiB."), format!("A single text is longer than {kib} KiB."))
}

pub(crate) fn wrong_root(found: &str, expected: &str) -> ValueError {
    ValueError::new(
        "file-format-wrong",
        format!("Das oberste Element heißt „{found}“, erwartet wird „{expected}“."),
        format!("The root element is “{found}”, expected is “{expected}”."),
    )
}

pub(crate) fn unexpected_element(found: &str, expected: &str) -> ValueError {
    ValueError::new(
        "file-format-wrong",
        format!("Hier steht „{found}“, erwartet wird {expected}."),
        format!("There is “{found}” here, expected is {expected}."),
    )
}

pub(crate) fn missing_element(name: &str) -> ValueError {
    ValueError::new("field-missing", format!("„{name}“ fehlt oder ist leer."), format!("“{name}” is missing or empty."))
}

pub(crate) fn not_mapped(name: &str, value: &str) -> ValueError {
    let value: String = value.chars().take(80).collect();
    ValueError::new(
        "not-mapped",
        format!("{name} „{value}“ hat hier keine Entsprechung und wurde nicht übernommen."),
        format!("{name} “{value}” has no counterpart here and was not taken."),
    )
}

pub(crate) fn shortened(limit: usize) -> ValueError {
    ValueError::new(
        "text-shortened",
        format!("Der Text wurde auf {limit} Zeichen gekürzt."),
        format!("The text was shortened to {limit} characters."),
    )
}

pub(crate) fn number_invalid(value: &str) -> ValueError {
    let value: String = value.chars().take(40).collect();
    ValueError::new("number-invalid", format!("„{value}“ ist keine gültige Zahl."), format!("“{value}” is not a valid number."))
}

pub(crate) fn odd_hour() -> ValueError {
    ValueError::new(
        "time-shifted",
        "Diese Uhrzeit gibt es an dem Tag nicht oder zweimal (Sommerzeit); die nächste passende wurde genommen.",
        "This hour does not exist on that day or exists twice (summer time); the nearest fitting one was taken.",
    )
}

pub(crate) fn version_unsupported(found: &str, expected: &str) -> ValueError {
    ValueError::new(
        "file-version-unsupported",
        format!("Version {found} des Formats kann nicht gelesen werden, erwartet wird {expected}."),
        format!("Version {found} of the format cannot be read, expected is {expected}."),
    )
}

pub(crate) fn reference_unknown(reference: &str, where_to: &str) -> ValueError {
    ValueError::new("reference-unknown", format!("„{reference}“ steht nicht in {where_to}."), format!("“{reference}” is not in {where_to}."))
}

pub(crate) fn run_without_offer(course: &str) -> ValueError {
    ValueError::new(
        "reference-unknown",
        format!("Das Angebot „{course}“, zu dem dieser Termin gehört, steht nicht in der Datei. Bitte liefern Sie es mit allen Terminen."),
        format!("The offer “{course}” to which this run belongs is not in the file. Please hand it in with all its runs."),
    )
}

pub(crate) fn supplier_replaced(stated: &str, used: &str) -> ValueError {
    ValueError::new(
        "reference-replaced",
        format!("Den Anbieter „{stated}“ gibt es in der Datei nicht; das Angebot wurde dem einzigen Anbieter „{used}“ zugeordnet."),
        format!("There is no supplier “{stated}” in the file; the offer was given to the only supplier “{used}”."),
    )
}

pub(crate) fn zone_unknown(zone: &str) -> ValueError {
    ValueError::new(
        "time-zone-unknown",
        format!("„{zone}“ ist keine Zeitzone (zum Beispiel Europe/Berlin)."),
        format!("“{zone}” is not a time zone (for example Europe/Berlin)."),
    )
}

pub(crate) fn document_too_large(limit: usize) -> ValueError {
    let mib = limit / 1024 / 1024;
    ValueError::new(
        "file-too-large",
        format!("Eine Datei dieses Formats darf höchstens {mib} MiB groß sein. Bitte teilen Sie sie."),
        format!("A file of this format may have at most {mib} MiB. Please split it."),
    )
}

pub(crate) fn not_a_calendar(found: &str) -> ValueError {
    let found: String = found.chars().take(40).collect();
    ValueError::new(
        "file-format-wrong",
        format!("Erwartet wird „BEGIN:VCALENDAR“; die Datei beginnt mit „{found}“."),
        format!("“BEGIN:VCALENDAR” is expected; the file begins with “{found}”."),
    )
}

pub(crate) fn calendar_ill_formed(found: &str) -> ValueError {
    let found: String = found.chars().take(40).collect();
    ValueError::new(
        "ics-ill-formed",
        format!("„{found}“ passt nicht zu dem, was offen ist: BEGIN und END müssen zueinander gehören."),
        format!("“{found}” does not fit what is open: BEGIN and END have to match."),
    )
}

pub(crate) fn file_truncated_calendar() -> ValueError {
    ValueError::new(
        "file-truncated",
        "Die Datei endet vor „END:VCALENDAR“: Sie ist unvollständig.",
        "The file ends before “END:VCALENDAR”: it is incomplete.",
    )
}

pub(crate) fn record_private() -> ValueError {
    ValueError::new(
        "record-private",
        "Der Termin ist als privat oder vertraulich gekennzeichnet und wird nicht veröffentlicht.",
        "The event is marked as private or confidential and is not published.",
    )
}

pub(crate) fn instant_invalid(value: &str) -> ValueError {
    let value: String = value.chars().take(40).collect();
    ValueError::new(
        "date-invalid",
        format!("„{value}“ ist kein gültiges Datum und kein gültiger Zeitpunkt."),
        format!("“{value}” is not a valid date or instant."),
    )
}

pub(crate) fn end_inclusive() -> ValueError {
    ValueError::new(
        "date-end-inclusive",
        "Die Datei hält sich nicht an den Kalenderstandard (VERSION und VALUE=DATE fehlen); das Ende wurde als letzter Tag verstanden.",
        "The file does not keep to the calendar standard (VERSION and VALUE=DATE are missing); the end was taken as the last day.",
    )
}

pub(crate) fn end_before_start() -> ValueError {
    ValueError::new("range-reversed", "Das Ende liegt vor dem Beginn und wurde weggelassen.", "The end is before the start and was left out.")
}

pub(crate) fn content_line_invalid(text: &str) -> ValueError {
    let text: String = text.chars().take(40).collect();
    ValueError::new(
        "ics-line-invalid",
        format!("„{text}“ ist keine Zeile eines Kalenders (NAME:Wert)."),
        format!("“{text}” is not a line of a calendar (NAME:value)."),
    )
}

pub(crate) fn fields_not_mapped(names: &str) -> ValueError {
    let names: String = names.chars().take(400).collect();
    ValueError::new(
        "not-mapped",
        format!("Diese Felder haben hier keine Entsprechung und wurden nicht übernommen: {names}."),
        format!("These fields have no counterpart here and were not taken: {names}."),
    )
}

pub(crate) fn too_many_values(limit: usize) -> ValueError {
    ValueError::new(
        "file-too-large",
        format!("Die Datei enthält mehr als {limit} Werte. Bitte teilen Sie sie."),
        format!("The file contains more than {limit} values. Please split it."),
    )
}

pub(crate) fn not_json_ld(found: char) -> ValueError {
    ValueError::new(
        "file-format-wrong",
        format!("Erwartet wird JSON oder eine Webseite; die Datei beginnt mit „{found}“."),
        format!("JSON or a web page is expected; the file begins with “{found}”."),
    )
}

pub(crate) fn file_truncated_json() -> ValueError {
    ValueError::new(
        "file-truncated",
        "Das JSON endet, bevor alles geschlossen ist: Die Datei ist unvollständig.",
        "The JSON ends before everything is closed: the file is incomplete.",
    )
}

pub(crate) fn not_json_file(found: char) -> ValueError {
    ValueError::new(
        "file-format-wrong",
        format!("Erwartet wird JSON; die Datei beginnt mit „{found}“."),
        format!("JSON is expected; the file begins with “{found}”."),
    )
}

pub(crate) fn series_too_long(limit: usize) -> ValueError {
    ValueError::new(
        "series-too-long",
        format!("Mehr als {limit} Termine haben dieselbe Kennung (UID)."),
        format!("More than {limit} events have the same identifier (UID)."),
    )
}
