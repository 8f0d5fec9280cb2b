//! What properties are called: registers of schools, open data of municipalities, OpenStreetMap.

/// What a property means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Meaning {
    Id,
    Name,
    AlternateName,
    Kind,
    Street,
    HouseNumber,
    PostalCode,
    Locality,
    District,
    Url,
    Email,
    Phone,
    Status,
    Carrier,
    OpeningHours,
    Wheelchair,
    Summary,
    Latitude,
    Longitude,
}

/// Names in lower case without prefix, the better ones first.
#[rustfmt::skip]
const NAMES: &[(Meaning, &[&str])] = &[
    (Meaning::Id, &["dstnr", "dienststellennummer", "schulnummer", "schulnr", "schul_nr", "id", "@id", "uuid", "identifier", "kennung", "external_id", "gml_id"]),
    (Meaning::Name, &["name", "schulname", "bezeichnung", "einrichtung", "einrichtungsname", "title", "titel", "name_schule", "name_einrichtung", "label"]),
    (Meaning::AlternateName, &["kurzname", "kurzbezeichnung", "short_name", "alt_name", "namenszusatz"]),
    (Meaning::Kind, &["school_type", "schulart", "schultyp", "schulform", "orgform", "organisationsform", "einrichtungsart", "art", "typ", "kategorie", "category", "amenity", "type"]),
    (Meaning::Street, &["strasse", "straße", "street", "addr:street", "address", "adresse", "anschrift", "str", "strassenname"]),
    (Meaning::HouseNumber, &["hnr", "hausnummer", "hausnr", "hsnr", "addr:housenumber", "house_number", "housenumber"]),
    (Meaning::PostalCode, &["plz", "postleitzahl", "zip", "zipcode", "postcode", "postal_code", "addr:postcode"]),
    (Meaning::Locality, &["ort", "ortsname", "city", "stadt", "gemeinde", "gemeinde_name", "addr:city", "town", "locality"]),
    (Meaning::District, &["ortsteil", "ort_teil", "gemeindeteil_name", "stadtteil", "addr:suburb", "district"]),
    (Meaning::Url, &["website", "contact:website", "homepage", "internet", "webseite", "web", "www", "url"]),
    (Meaning::Email, &["email", "e_mail", "e-mail", "mail", "contact:email", "emailadresse"]),
    (Meaning::Phone, &["phone", "telefon", "tel", "fon", "telefonnummer", "contact:phone"]),
    (Meaning::Status, &["legal_status", "rechtsstatus", "rechtsform", "traegerschaft"]),
    (Meaning::Carrier, &["provider", "schultraeger", "schulträger", "traeger", "träger", "traeger_bezeichnung", "operator"]),
    (Meaning::OpeningHours, &["opening_hours"]),
    (Meaning::Wheelchair, &["wheelchair", "barrierefrei", "rollstuhlgerecht"]),
    (Meaning::Summary, &["description", "beschreibung", "kurzbeschreibung"]),
    (Meaning::Latitude, &["latitude", "lat", "breitengrad"]),
    (Meaning::Longitude, &["longitude", "lon", "lng", "laengengrad", "längengrad"]),
];

/// Properties that are left out on purpose: persons, counts that age, and what programs write for themselves.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "schulleiter", "schulleiterin", "schulleitung", "director", "leiter", "leiterin", "leitung", "ansprechpartner", "ansprechpartnerin", "ansprechperson",
    "kontaktperson", "fax", "telefax", "raw", "update_timestamp", "anzahl_klassen", "anzahl_schueler", "anzahl_schüler", "schuelerzahl", "fid", "objectid",
    "ogc_fid", "gid", "globalid", "shape_length", "shape_area", "shape_leng", "bbox", "boundedby", "geom", "geometry", "the_geom", "x", "y", "rechtswert",
    "hochwert", "address2", "source", "layer", "kreis", "kreis_name", "kreis_schluessel", "land", "bundesland", "gemeinde_schluessel",
    "gemeindeteil_schluessel", "strasse_schluessel", "hausnummer_zusatz",
];

/// A name as it is compared: lower case, without the prefix of a namespace.
pub(super) fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    match lower.split_once(':') {
        Some((prefix, rest)) if !matches!(prefix, "addr" | "contact") => rest.to_owned(),
        _ => lower,
    }
}

/// What a property means and how good its name says so; the lower the better.
pub(super) fn meaning(plain: &str) -> Option<(Meaning, usize)> {
    NAMES.iter().find_map(|(meaning, names)| names.iter().position(|name| *name == plain).map(|rank| (*meaning, rank)))
}

pub(super) fn left_out(plain: &str) -> bool {
    let person = ["schulleit", "ansprechp", "director", "kontaktperson", "leiter"].iter().any(|part| plain.contains(part));
    person || LEFT_OUT.contains(&plain)
}
