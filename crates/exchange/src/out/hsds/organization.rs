//! Organisations.

use super::Hsds;
use super::common::{accessibility, address, contacts, languages, licence_of, part, phone, term};
use super::schedule;
use crate::out::addresses;
use crate::out::fields::{Fields, text};
use crate::out::words::Words;
use domain::catalogue::{Organization, OrganizationSummary};
use domain::vocabularies::ids;
use serde_json::{Value, json};

/// How much is known.
pub(super) enum Given<'a> {
    Record(&'a Organization),
    Summary(&'a OrganizationSummary),
}

/// An organisation with what it says itself.
pub fn organization(writer: &Hsds<'_>, told: &Organization) -> Value {
    fields(writer, told).done()
}

/// An organisation with everything around it.
pub fn organization_in_full(writer: &Hsds<'_>, told: &Organization) -> Value {
    let id = told.meta.id;
    let mut fields = fields(writer, told);
    fields.list("contacts", contacts(id, told.contacts.iter())).list("phones", told.contacts.iter().filter_map(|contact| phone(id, contact)));
    fields.list("locations", location(writer, told));
    let known = &told.identifiers;
    let known = [("school-number", &known.school_number), ("ba-provider-id", &known.ba_provider_id), ("die-number", &known.die_number)];
    let identifiers = known.into_iter().filter_map(|(kind, value)| {
        Some(json!({ "id": part(id, "identifier", kind), "organization_id": id, "identifier_type": kind, "identifier": value.as_ref()?.as_str() }))
    });
    fields.list("organization_identifiers", identifiers);
    fields.list("attributes", [term(writer, id, "organization_kind", ids::ORGANIZATION_KINDS, &told.kind), licence_of(&told.meta)]);
    fields.done()
}

fn fields(writer: &Hsds<'_>, told: &Organization) -> Fields {
    let words = Words::of_organization(told, writer.language);
    let mut fields = Fields::new();
    fields.set("id", told.meta.id.to_string()).set("name", words.title).some("alternate_name", text(told.alternate_name.as_ref()));
    // Mandatory; an organisation that says nothing about itself at least has a name.
    fields.set("description", words.most().unwrap_or_else(|| words.title.to_owned()));
    fields
        .some("email", text(told.contacts.iter().find_map(|contact| contact.email.as_ref())))
        .some("website", told.url.as_ref().map(|url| url.as_str()));
    fields.some("legal_status", text(told.legal_form.as_ref())).some("logo", told.logo.as_ref().map(|logo| logo.url.as_str()));
    fields.set("uri", addresses::organization(writer.site, told));
    fields
}

/// Its own address as a location, with its hours.
fn location(writer: &Hsds<'_>, told: &Organization) -> Option<Value> {
    let address_of = |id| told.address.as_ref().and_then(|given| address(id, told.name.as_str(), given));
    let id = part(told.meta.id, "location", "");
    let given = address_of(id);
    if given.is_none() && told.geo.is_none() {
        return None;
    }
    let mut fields = Fields::new();
    fields
        .set("id", id.to_string())
        .set("location_type", "physical")
        .set("organization_id", told.meta.id.to_string())
        .set("name", told.name.as_str());
    fields.some("latitude", told.geo.map(|geo| geo.lat)).some("longitude", told.geo.map(|geo| geo.lon)).list("addresses", given);
    fields.list("languages", languages(writer, id, told.languages.iter().map(|tag| tag.as_str())));
    fields.list("accessibility", accessibility(writer, id, &told.accessibility));
    fields.list("schedules", told.opening_hours.iter().flat_map(|hours| schedule::of_opening_hours(id, hours.as_str())));
    Some(fields.done())
}
