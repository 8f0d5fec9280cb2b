//! Organisations as `SUPPLIER`.

use super::xml::Xml;
use super::{Supplier, codes, missing, too_long};
use domain::Problem;
use domain::catalogue::{Address, ContactPoint, Organization, RecordKind, Sponsor};

const KIND: RecordKind = RecordKind::Organization;

/// The longest line of an address.
const LINE: usize = 30;
const TOWN: usize = 36;

pub(super) fn supplier(organization: &Organization) -> Result<Supplier, Vec<Problem>> {
    let mut problems = Vec::new();
    let id = organization.identifiers.ba_provider_id.as_ref().map(|id| id.as_str());
    if id.is_none() {
        problems.push(missing(
            KIND,
            "/identifiers/baProviderId",
            "die Anbieternummer der Bundesagentur für Arbeit",
            "the provider number of the Federal Employment Agency",
        ));
    }
    let nowhere = Address::default();
    let address = organization.address.as_ref().unwrap_or(&nowhere);
    check_address(address, KIND, "/address", &mut problems);
    let main = organization.contacts.iter().find_map(|contact| Some((contact, contact.phone.as_ref().and_then(|p| codes::phone(p.as_str()))?)));
    if main.is_none() {
        problems.push(missing(
            KIND,
            "/contacts",
            "eine Telefonnummer mit abgetrennter Vorwahl, zum Beispiel +49 3871 12345",
            "a phone number with the area code apart, for example +49 3871 12345",
        ));
    }
    let (Some(id), Some((contact, phone)), true) = (id, main, problems.is_empty()) else { return Err(problems) };
    let mut xml = Xml::default();
    xml.open("SUPPLIER", &[]);
    xml.coded("SUPPLIER_ID", &[("type", "supplier_specific")], id);
    xml.cut("SUPPLIER_NAME", organization.name.as_str(), 255);
    xml.open("ADDRESS", &[]);
    name_lines(&mut xml, organization.name.as_str());
    lines(&mut xml, address);
    xml.text("PHONE", &phone);
    reach(&mut xml, contact, organization.url.as_ref().map(|url| url.as_str()));
    let step_free = organization.accessibility.iter().any(super::service::step_free);
    if step_free {
        xml.text("BARRIER_FREE_LOCATION", "true");
    }
    xml.close("ADDRESS");
    // The agency wants one contact for everything; whom people reach there is an office, not a person.
    person(&mut xml, contact, &phone, ("2", "Gesamtansprechpartner"));
    for other in organization.contacts.iter().filter(|other| !std::ptr::eq(*other, contact)) {
        if let Some(phone) = other.phone.as_ref().and_then(|phone| codes::phone(phone.as_str())) {
            person(&mut xml, other, &phone, role(other));
        }
    }
    xml.open("EXTENDED_INFO", &[("input_type", "2")]);
    let (form, words) = match organization.sponsor {
        Some(Sponsor::Public) => ("1", "Öffentliche Bildungseinrichtung"),
        _ => ("2", "Private Bildungseinrichtung"),
    };
    xml.coded("ORGANIZATIONAL_FORM", &[("type", form)], words);
    xml.close("EXTENDED_INFO");
    xml.close("SUPPLIER");
    Ok(Supplier { id: id.to_owned(), xml: xml.finish() })
}

/// Street, postcode and town of what has to have an address.
pub(super) fn check_address(address: &Address, kind: RecordKind, pointer: &str, problems: &mut Vec<Problem>) {
    let street = address.street.as_ref().map(|street| street.as_str());
    let town = address.locality.as_ref().map(|town| town.as_str());
    for (value, field, most, de, en) in
        [(street, "street", LINE, "Straße und Hausnummer", "street and number"), (town, "locality", TOWN, "den Ort", "the town")]
    {
        let pointer = format!("{pointer}/{field}");
        match value {
            None => problems.push(missing(kind, &pointer, de, en)),
            Some(text) if text.chars().count() > most => problems.push(too_long(&pointer, most)),
            Some(_) => {}
        }
    }
    if address.postal_code.is_none() {
        problems.push(missing(kind, &format!("{pointer}/postalCode"), "die Postleitzahl", "the postcode"));
    }
}

/// A name in up to three lines, broken between words.
pub(super) fn name_lines(xml: &mut Xml, name: &str) {
    let mut rows: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        let Some(row) = rows.last_mut() else { break };
        if row.is_empty() {
            row.extend(word.chars().take(LINE));
        } else if row.chars().count() + 1 + word.chars().count() <= LINE {
            row.push(' ');
            row.push_str(word);
        } else {
            rows.push(word.chars().take(LINE).collect());
        }
    }
    for (element, row) in ["NAME", "NAME2", "NAME3"].into_iter().zip(&rows) {
        xml.text(element, row);
    }
}

/// From street to country.
pub(super) fn lines(xml: &mut Xml, address: &Address) {
    xml.fitting("STREET", address.street.as_ref().map(|text| text.as_str()), LINE);
    xml.fitting("ZIP", address.postal_code.as_deref(), 14);
    xml.fitting("CITY", address.locality.as_ref().map(|text| text.as_str()), TOWN);
    xml.fitting("DISTRICT", address.district.as_ref().map(|text| text.as_str()), TOWN);
    xml.text("COUNTRY", &address.country);
}

fn reach(xml: &mut Xml, contact: &ContactPoint, url: Option<&str>) {
    if let Some(email) = &contact.email {
        xml.open("EMAILS", &[]);
        xml.cut("EMAIL", email.as_str(), 255);
        xml.close("EMAILS");
    }
    xml.fitting("URL", url, 255);
}

/// The role of a contact by its name; the name is one of those that the reader gives, or any office.
pub(super) fn role(contact: &ContactPoint) -> (&'static str, &'static str) {
    match contact.name.as_ref().map(|name| name.as_str()) {
        Some("Leitung") => ("3", "Leiter des Betriebs"),
        Some("Beratung") => ("4", "Berater"),
        _ => ("1", "Ansprechpartner"),
    }
}

/// A `CONTACT`. The catalogue keeps offices; where the agency wants a person's name, the name of the office stands.
pub(super) fn person(xml: &mut Xml, contact: &ContactPoint, phone: &str, (code, words): (&str, &str)) {
    xml.open("CONTACT", &[]);
    xml.coded("CONTACT_ROLE", &[("type", code)], words);
    xml.text("SALUTATION", "k. A.");
    xml.cut("LAST_NAME", contact.name.as_ref().map_or("Ansprechperson", |name| name.as_str()), LINE);
    xml.text("PHONE", phone);
    reach(xml, contact, contact.url.as_ref().map(|url| url.as_str()));
    xml.close("CONTACT");
}
