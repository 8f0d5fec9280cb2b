//! Organisations as rows.

use super::{Row, Table};
use domain::catalogue::Organization;
use domain::text::LanguageTag;
use domain::vocabularies::ids;

/// Headings in German and English.
pub(super) const COLUMNS: &[(&str, &str)] = &[
    ("Name", "Name"),
    ("Kurzbeschreibung", "Summary"),
    ("Art", "Kind"),
    ("Rechtsform", "Legal form"),
    ("Straße", "Street"),
    ("PLZ", "Postcode"),
    ("Stadt/Gemeinde", "Town"),
    ("Gemeindeschlüssel", "Municipality key"),
    ("Breite", "Latitude"),
    ("Länge", "Longitude"),
    ("Telefon", "Phone"),
    ("E-Mail", "Email"),
    ("Öffnungszeiten", "Opening hours"),
    ("Seite", "Page"),
    ("Seite im Portal", "Page in the portal"),
    ("Schulnummer", "School number"),
    ("Stand", "As of"),
    ("Quelle", "Source"),
    ("Lizenz", "Licence"),
    ("Adresse der Lizenz", "Address of the licence"),
    ("Kennung", "Id"),
];

/// A row of the table of organisations.
pub fn organization_row(table: &Table<'_>, organization: &Organization) -> String {
    let translation = LanguageTag::try_from(table.language.to_owned()).ok().and_then(|tag| organization.translations.get(&tag));
    let phone = organization.contacts.iter().find_map(|contact| contact.phone.as_ref());
    let email = organization.contacts.iter().find_map(|contact| contact.email.as_ref());
    let mut row = Row::default();
    row.cell(translation.and_then(|t| t.title.as_ref()).unwrap_or(&organization.name).as_str());
    row.maybe(translation.and_then(|t| t.summary.as_ref()).or(organization.summary.as_ref()).map(|text| text.as_str()));
    row.cell(table.vocabularies.label(ids::ORGANIZATION_KINDS, &organization.kind, table.language));
    row.maybe(organization.legal_form.as_ref().map(|text| text.as_str()));
    row.address(organization.address.as_ref());
    row.maybe(organization.ags.as_deref());
    row.cell(&organization.geo.map(|geo| geo.lat.to_string()).unwrap_or_default());
    row.cell(&organization.geo.map(|geo| geo.lon.to_string()).unwrap_or_default());
    row.maybe(phone.map(|text| text.as_str()));
    row.maybe(email.map(|text| text.as_str()));
    row.maybe(organization.opening_hours.as_ref().map(|text| text.as_str()));
    row.maybe(organization.url.as_ref().map(|url| url.as_str()));
    row.cell(&table.site.address(&format!("/de/einrichtungen/{}/{}", organization.meta.id, organization.meta.slug)));
    row.maybe(organization.identifiers.school_number.as_ref().map(|text| text.as_str()));
    row.cell(&organization.meta.updated_at.with_timezone(&table.site.zone).format("%Y-%m-%d").to_string());
    row.cell(&organization.meta.source.name);
    row.licence(organization.meta.licence);
    row.cell(&organization.meta.id.to_string());
    row.finish()
}
