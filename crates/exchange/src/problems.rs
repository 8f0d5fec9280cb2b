//! The words for what can be wrong with a file or a record, in both languages.

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

pub(crate) fn not_geojson(found: &str) -> ValueError {
    let found: String = found.chars().take(40).collect();
    ValueError::new(
        "file-format-wrong",
        format!("Erwartet wird eine „FeatureCollection“ oder ein „Feature“; „type“ ist hier „{found}“."),
        format!("A “FeatureCollection” or a “Feature” is expected; “type” is “{found}” here."),
    )
}

pub(crate) fn feature_without_name() -> ValueError {
    ValueError::new(
        "field-missing",
        "Das Objekt hat keinen Namen (Eigenschaft „name“, „schulname“, „bezeichnung“ oder „titel“).",
        "The feature has no name (property “name”, “schulname”, “bezeichnung” or “title”).",
    )
}

pub(crate) fn axes_swapped() -> ValueError {
    ValueError::new(
        "axes-swapped",
        "Breite und Länge waren vertauscht und wurden getauscht.",
        "Latitude and longitude stood in the wrong order and were exchanged.",
    )
}

pub(crate) fn position_outside() -> ValueError {
    ValueError::new(
        "position-invalid",
        "Die Koordinaten liegen außerhalb ihres Bezugssystems; die Lage wurde weggelassen.",
        "The coordinates are outside of their reference system; the position was left out.",
    )
}

pub(crate) fn crs_unknown(name: &str) -> ValueError {
    ValueError::new(
        "crs-unknown",
        format!("Das Bezugssystem „{name}“ wird nicht gelesen; die Lage wurde weggelassen. Gelesen werden WGS 84, ETRS89 und UTM 32 und 33."),
        format!("The reference system “{name}” is not read; the position was left out. WGS 84, ETRS89 and UTM 32 and 33 are."),
    )
}

pub(crate) fn service_failed(said: &str) -> ValueError {
    let said: String = said.chars().take(200).collect();
    ValueError::new(
        "file-format-wrong",
        format!("Der Dienst hat statt der Daten einen Fehler geliefert: „{said}“."),
        format!("The service has sent an error instead of the data: “{said}”."),
    )
}

pub(crate) fn neither_event_nor_location() -> ValueError {
    ValueError::new(
        "field-missing",
        "Das ist weder ein Termin („event“) noch ein Ort („location“). Seiten werden nicht übernommen.",
        "This is neither an event (“event”) nor a location (“location”). Pages are not taken.",
    )
}
