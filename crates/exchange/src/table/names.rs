//! What columns are called, in German and English. All of it is documented in `docs/formats/csv.md`.

use domain::partners::TableField;
use domain::text::fold;

/// Names besides the codes and labels of the fields, folded; words of one name are separated by one blank.
#[rustfmt::skip]
const NAMES: &[(TableField, &[&str])] = &[
    (TableField::ExternalId, &["id", "kennung", "nr", "nummer", "number", "angebotsnummer", "angebots id", "angebotsid", "identifier", "external id", "offer id", "kurs id", "kursid", "veranstaltungsnummer", "guid", "uid"]),
    (TableField::Title, &["titel", "kurstitel", "kurs", "kursname", "kursbezeichnung", "bezeichnung", "veranstaltung", "veranstaltungstitel", "name", "angebot", "thema des kurses", "course", "course title", "event", "ueberschrift"]),
    (TableField::Summary, &["zusammenfassung", "untertitel", "kurztext", "teaser", "subtitle", "short description", "kurzbeschreibung"]),
    (TableField::Description, &["beschreibung", "inhalt", "text", "langtext", "details", "ausschreibungstext", "content", "long description"]),
    (TableField::Kind, &["art", "angebotsart", "veranstaltungsart", "typ", "type", "kursart", "format"]),
    (TableField::Topics, &["thema", "themen", "topic", "fachbereich", "fachgebiet", "kategorie", "kategorien", "category", "categories", "rubrik", "bereich", "subject"]),
    (TableField::LifePhases, &["lebensphase", "lebensphasen", "life phase", "life phases"]),
    (TableField::TargetGroups, &["zielgruppe", "zielgruppen", "target group", "target groups", "audience", "fuer wen"]),
    (TableField::Keywords, &["schlagwort", "schlagworte", "schlagwoerter", "stichwort", "stichwoerter", "stichworte", "keyword", "tags"]),
    (TableField::Languages, &["sprache", "sprachen", "unterrichtssprache", "kurssprache", "language"]),
    (TableField::LevelFrom, &["niveau", "sprachniveau", "level", "level from", "niveau von"]),
    (TableField::LevelTo, &["zielniveau", "level to", "niveau bis"]),
    (TableField::AgeMin, &["mindestalter", "alter ab", "ab alter", "minimum age", "min age", "age from"]),
    (TableField::AgeMax, &["hoechstalter", "alter bis", "maximum age", "max age", "age to"]),
    (TableField::DeliveryMode, &["durchfuehrung", "durchfuehrungsform", "lernform", "unterrichtsform", "veranstaltungsform", "delivery mode", "delivery", "mode"]),
    (TableField::Price, &["preis", "kosten", "gebuehr", "gebuehren", "kursgebuehr", "teilnahmegebuehr", "entgelt", "eintritt", "preis eur", "preis in eur", "preis in euro", "preis (€)", "preis €", "fee", "cost"]),
    (TableField::ReducedPrice, &["ermaessigt", "ermaessigung", "preis ermaessigt", "ermaessigter preis", "gebuehr ermaessigt", "reduced price", "concession"]),
    (TableField::PriceNote, &["preishinweis", "preisinfo", "hinweis zum preis", "price note"]),
    (TableField::CourseCode, &["kursnummer", "kurs nr", "kursnr", "kurs nr.", "course code", "course number"]),
    (TableField::Url, &["link", "webseite", "website", "internet", "homepage", "web", "weblink", "internetseite"]),
    (TableField::RegistrationUrl, &["anmeldelink", "anmeldung", "anmeldung link", "buchungslink", "anmeldeseite", "booking url", "registration", "registration url"]),
    (TableField::RegistrationPhone, &["anmeldung telefon", "telefon anmeldung", "registration phone"]),
    (TableField::RegistrationEmail, &["anmeldung e-mail", "anmeldung email", "anmeldung mail", "registration email"]),
    (TableField::RegistrationDeadline, &["anmeldeschluss", "anmeldefrist", "anmeldung bis", "registration deadline", "deadline"]),
    (TableField::ContactName, &["kontakt", "kontaktstelle", "contact", "contact name"]),
    (TableField::ContactPhone, &["telefon", "tel", "tel.", "telefonnummer", "phone", "contact phone"]),
    (TableField::ContactEmail, &["e-mail", "email", "mail", "e mail", "e-mail-adresse", "contact email"]),
    (TableField::Childcare, &["kinderbetreuung", "childcare"]),
    (TableField::RunId, &["termin id", "terminid", "durchfuehrung id", "run id", "terminnummer"]),
    (TableField::Start, &["beginn", "beginndatum", "start", "startdatum", "datum", "date", "start date", "von", "erster termin", "kursbeginn", "anfang", "termin", "beginn am", "tag"]),
    (TableField::StartTime, &["uhrzeit", "uhrzeit von", "zeit von", "beginn uhrzeit", "startzeit", "uhrzeit beginn", "time", "start time", "zeit", "von uhr", "beginnzeit"]),
    (TableField::End, &["ende", "enddatum", "end", "end date", "bis", "letzter termin", "kursende"]),
    (TableField::EndTime, &["uhrzeit bis", "zeit bis", "ende uhrzeit", "endzeit", "uhrzeit ende", "end time", "bis uhr"]),
    (TableField::Sessions, &["termine", "einzeltermine", "kurstage", "sessions", "dates"]),
    (TableField::ScheduleText, &["zeiten", "kurszeiten", "wochentag", "wochentage", "schedule", "turnus", "rhythmus"]),
    (TableField::Units, &["ue", "unterrichtseinheiten", "unterrichtsstunden", "ustd", "units", "stunden"]),
    (TableField::CapacityMin, &["mindestteilnehmer", "mindestteilnehmerzahl", "min teilnehmer", "tn min", "min. teilnehmer", "minimum participants"]),
    (TableField::CapacityMax, &["plaetze", "teilnehmer", "max teilnehmer", "tn max", "max. teilnehmer", "teilnehmerzahl", "maximale teilnehmerzahl", "capacity", "places", "maximum participants"]),
    (TableField::Booked, &["belegt", "belegte plaetze", "anmeldungen", "gebucht", "booked", "participants"]),
    (TableField::Status, &["status", "stand", "state"]),
    (TableField::OnlineUrl, &["online link", "zugangslink", "meeting link", "online url", "meeting url"]),
    (TableField::RunNote, &["raum", "hinweis", "bemerkung", "anmerkung", "room", "note", "remark"]),
    (TableField::Organization, &["anbieter", "veranstalter", "einrichtung", "traeger", "organisation", "organisator", "provider", "organizer", "organization", "institution", "verein"]),
    (TableField::OrganizationId, &["anbieter id", "anbieterid", "anbieternummer", "organization id", "provider id"]),
    (TableField::OrganizationKind, &["anbieterart", "art des anbieters", "organization kind", "einrichtungsart"]),
    (TableField::OrganizationUrl, &["anbieter webseite", "webseite anbieter", "organization url"]),
    (TableField::Place, &["veranstaltungsort", "kursort", "ortsname", "ort (name)", "ort name", "venue", "location", "place", "gebaeude", "lernort", "wo"]),
    (TableField::Street, &["strasse", "strasse und hausnummer", "strasse hausnummer", "adresse", "anschrift", "street", "address", "strasse nr"]),
    (TableField::PostalCode, &["plz", "postleitzahl", "zip", "postcode", "postal code", "zip code"]),
    (TableField::Locality, &["ort", "stadt", "gemeinde", "wohnort", "city", "town", "locality"]),
    (TableField::District, &["ortsteil", "stadtteil", "district"]),
    (TableField::Latitude, &["lat", "breitengrad", "breite", "latitude", "geo lat"]),
    (TableField::Longitude, &["lon", "lng", "long", "laengengrad", "laenge", "longitude", "geo lon"]),
    (TableField::StepFree, &["barrierefrei", "rollstuhlgerecht", "stufenlos", "step free", "accessible", "wheelchair"]),
];

/// Names that stand in tables of anything: they are suggested, but without a mapping no table is one of offers because of them.
const SUGGESTED_ONLY: &[&str] = &["name", "event", "angebot"];

/// A name as it is compared: folded, one blank between words, no marks of required fields or units around it.
pub(super) fn normal(name: &str) -> String {
    let folded = fold(name).replace(['_', '\u{a0}', '\n'], " ").replace('*', "");
    folded.trim_end_matches([':', ' ']).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The field that a column of this name is, if it is one of the documented names.
pub(super) fn field_of(name: &str) -> Option<TableField> {
    let wanted = normal(name);
    if wanted.is_empty() || SUGGESTED_ONLY.contains(&wanted.as_str()) {
        return None;
    }
    known(&wanted)
}

fn known(wanted: &str) -> Option<TableField> {
    let named = |field: &&TableField| {
        let label = field.label();
        [field.code(), &label.de, &label.en].into_iter().any(|known| normal(known) == wanted)
    };
    TableField::ALL.iter().find(named).copied().or_else(|| NAMES.iter().find(|(_, names)| names.contains(&wanted)).map(|(field, _)| *field))
}

/// The field that a column of this name probably is: a documented name, or one of which a part is.
pub(super) fn suggestion(name: &str) -> Option<TableField> {
    let whole = normal(name);
    let exact = Some(whole.as_str()).filter(|name| !name.is_empty()).and_then(known);
    exact.or_else(|| {
        let words = format!(" {} ", whole.replace(['(', ')', '/', '-', ',', '.', ':'], " "));
        let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
        // The longest name that is in it as whole words says most.
        let inside = NAMES.iter().flat_map(|(field, names)| names.iter().map(|name| (*field, *name)));
        let fitting = inside.filter(|(_, name)| name.len() > 3 && words.contains(&format!(" {name} ")));
        fitting.max_by_key(|(_, name)| name.len()).map(|(field, _)| field)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_many_names() {
        for (name, field) in [
            ("Titel", Some(TableField::Title)),
            ("externalId", Some(TableField::ExternalId)),
            ("KURSNUMMER ", Some(TableField::CourseCode)),
            ("Straße", Some(TableField::Street)),
            ("Straße und Hausnummer", Some(TableField::Street)),
            ("Preis (€)", Some(TableField::Price)),
            ("Beginn*", Some(TableField::Start)),
            ("start_date", Some(TableField::Start)),
            ("Schuhgröße", None),
            ("", None),
        ] {
            assert_eq!(field_of(name), field, "{name}");
        }
        assert_eq!(suggestion("Teilnahmegebühr pro Person"), Some(TableField::Price));
        assert_eq!(suggestion("Datum (Kursbeginn)"), Some(TableField::Start));
        assert_eq!(suggestion("xyz"), None);
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = std::collections::HashMap::new();
        for (field, names) in NAMES {
            for name in *names {
                assert_eq!(normal(name), *name, "names are written as they are compared");
                let before = seen.insert(*name, *field);
                assert!(before.is_none_or(|before| before == *field), "{name}: {before:?} and {field:?}");
            }
        }
    }
}
