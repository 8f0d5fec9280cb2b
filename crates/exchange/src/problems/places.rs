//! The words for schools and places.

use domain::problem::ValueError;

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
