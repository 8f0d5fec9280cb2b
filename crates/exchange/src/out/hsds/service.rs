//! Offers that stand as services.

use super::Hsds;
use super::common::{accessibility, address, contacts, languages, licence_of, part, phone, term};
use super::organization::{Given, organization};
use super::schedule;
use crate::out::addresses;
use crate::out::fields::{Fields, text};
use crate::out::words::Words;
use domain::Uuid;
use domain::catalogue::{Offer, Organization, PlaceSummary, Price, PriceType, Registration};
use domain::vocabularies::ids;
use serde_json::{Value, json};

/// Who offers a service.
#[derive(Debug, Clone, Copy)]
pub enum Provider<'a> {
    /// Only the summary that every offer has.
    Summary,
    /// The whole record.
    Known(&'a Organization),
}

/// A service with what it says itself.
pub fn service(writer: &Hsds<'_>, offer: &Offer) -> Value {
    fields(writer, offer).done()
}

/// A service with everything around it.
pub fn service_in_full(writer: &Hsds<'_>, offer: &Offer, provider: Provider<'_>) -> Value {
    let id = offer.meta.id;
    let mut fields = fields(writer, offer);
    let (given, hours) = match provider {
        Provider::Known(known) => (Given::Record(known), known.opening_hours.as_ref()),
        Provider::Summary => (Given::Summary(&offer.organization), None),
    };
    fields.set("organization", organization_of(writer, given));
    let mut schedules: Vec<Value> = offer.runs.iter().filter_map(schedule::of_run).collect();
    // A service without hours of its own is open when its organisation is.
    if let (true, Some(hours)) = (schedules.is_empty(), hours) {
        schedules = schedule::of_opening_hours(id, hours.as_str());
    }
    fields.list("schedules", schedules);
    fields.list("service_at_locations", offer.places().into_iter().map(|place| at_location(writer, id, place)));
    fields.list("languages", languages(writer, id, offer.languages.iter().map(|tag| tag.as_str())));
    fields.list("cost_options", costs(id, &offer.price)).list("contacts", contacts(id, offer.contact.iter()));
    fields.list("phones", offer.contact.as_ref().and_then(|contact| phone(id, contact)));
    let funding = offer.funding.iter().map(|way| {
        let source = writer.vocabularies.label(ids::FUNDING_TYPES, &way.kind, writer.language);
        json!({ "id": part(id, "funding", &way.kind), "source": source })
    });
    fields.list("funding", funding);
    let links = [("service_type", ids::OFFER_KINDS, std::slice::from_ref(&offer.kind)), ("topic", ids::TOPICS, &offer.topics)];
    let more = [("target_group", ids::TARGET_GROUPS, offer.target_groups.as_slice()), ("life_phase", ids::LIFE_PHASES, &offer.life_phases)];
    let terms =
        links.into_iter().chain(more).flat_map(|(link, vocabulary, codes)| codes.iter().map(move |code| term(writer, id, link, vocabulary, code)));
    fields.list("attributes", terms.chain([licence_of(&offer.meta)]));
    fields.done()
}

fn organization_of(writer: &Hsds<'_>, given: Given<'_>) -> Value {
    match given {
        Given::Record(known) => organization(writer, known),
        Given::Summary(known) => {
            let page = addresses::organization_page(writer.site, known.id, &known.slug);
            json!({ "id": known.id, "name": known.name, "description": known.name, "uri": page })
        }
    }
}

fn fields(writer: &Hsds<'_>, offer: &Offer) -> Fields {
    let words = Words::of_offer(offer, writer.language);
    let page = addresses::offer(writer.site, offer);
    let mut fields = Fields::new();
    fields.set("id", offer.meta.id.to_string()).set("organization_id", offer.organization.id.to_string()).set("name", words.title);
    fields.some("description", words.most()).set("url", offer.url.as_ref().map_or(page.as_str(), |url| url.as_str())).set("status", "active");
    let contact = offer.contact.as_ref();
    let email = contact.and_then(|contact| contact.email.as_ref()).or_else(|| offer.registration.as_ref().and_then(|way| way.email.as_ref()));
    fields.some("email", text(email)).some("application_process", offer.registration.as_ref().and_then(application));
    fields.some("fees_description", fees(&offer.price));
    let wanted = offer.entry_requirements.iter().map(|wanted| match &wanted.text {
        Some(text) => text.to_string(),
        None => writer.vocabularies.label(ids::ENTRY_REQUIREMENTS, &wanted.kind, writer.language).to_owned(),
    });
    let wanted: Vec<String> = wanted.collect();
    fields.some("eligibility_description", (!wanted.is_empty()).then(|| wanted.join("; ")));
    fields.some("minimum_age", offer.age_range.and_then(|ages| ages.min)).some("maximum_age", offer.age_range.and_then(|ages| ages.max));
    fields.set("last_modified", json!(offer.meta.updated_at));
    fields.set("assured_date", offer.meta.freshness.confirmed_at.date_naive().to_string());
    fields
}

fn application(way: &Registration) -> Option<String> {
    let parts = [text(way.note.as_ref()), way.url.as_ref().map(|url| url.as_str().to_owned()), text(way.phone.as_ref()), text(way.email.as_ref())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn fees(price: &Price) -> Option<String> {
    let stated = match (price.kind, price.amount, price.max_amount) {
        (PriceType::Free, _, _) => Some("kostenlos".to_owned()),
        (PriceType::Range, Some(low), Some(high)) => Some(format!("{}–{} {}", decimal(low), decimal(high), price.currency)),
        (_, Some(amount), _) => Some(format!("{} {}", decimal(amount), price.currency)),
        (PriceType::OnRequest, _, _) => Some("auf Anfrage".to_owned()),
        _ => None,
    };
    let note = price.note.as_ref().map(|note| note.to_string());
    let parts: Vec<String> = stated.into_iter().chain(note).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn decimal(minor: u32) -> String {
    format!("{},{:02}", minor / 100, minor % 100)
}

fn costs(of: Uuid, price: &Price) -> Vec<Value> {
    let cost = |key: &str, option: Option<&str>, minor: u32| {
        let mut fields = Fields::new();
        fields.set("id", part(of, "cost", key).to_string()).some("option", option).set("currency", price.currency.to_lowercase());
        fields.set("amount", f64::from(minor) / 100.0);
        fields.done()
    };
    let amounts = match price.kind {
        PriceType::Free => vec![("amount", 0)],
        _ => [("amount", price.amount), ("max", price.max_amount)].into_iter().filter_map(|(key, amount)| Some((key, amount?))).collect(),
    };
    let main = amounts.into_iter().map(|(key, amount)| cost(key, None, amount));
    let reduced =
        price.reductions.iter().filter_map(|reduction| Some(cost(reduction.label.as_str(), Some(reduction.label.as_str()), reduction.amount?)));
    main.chain(reduced).collect()
}

/// A place of a service.
fn at_location(writer: &Hsds<'_>, service: Uuid, place: &PlaceSummary) -> Value {
    let mut location = Fields::new();
    location.set("id", place.id.to_string()).set("location_type", "physical").set("name", place.name.as_str());
    location.some("latitude", place.geo.map(|geo| geo.lat)).some("longitude", place.geo.map(|geo| geo.lon));
    location.some("transportation", text(place.public_transport.as_ref()));
    location.list("addresses", address(place.id, &place.name, &place.address));
    location.list("accessibility", accessibility(writer, place.id, &place.accessibility));
    json!({ "id": part(service, "at", &place.id.to_string()), "service_id": service, "location_id": place.id, "location": location.done() })
}
