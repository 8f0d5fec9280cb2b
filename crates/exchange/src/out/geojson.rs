//! GeoJSON (RFC 7946): places and organisations as features, positions as `[lon, lat]`. `docs/formats/out/ogc-features.md`.

use super::fields::{Fields, text};
use super::words::Words;
use super::{Site, addresses, licence};
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, Address, Organization, Place, RecordMeta};
use serde_json::{Map, Value, json};

/// A place. Its properties are flat, because programs for maps show nothing else.
pub fn place(site: &Site, place: &Place) -> Value {
    let mut properties = Fields::new();
    properties.set("name", place.name.as_str());
    address(Some(&place.address), &mut properties);
    properties.some("ags", place.ags.as_deref()).some("municipality", place.municipality.as_deref());
    properties.some("publicTransport", text(place.public_transport.as_ref())).some("url", place.url.as_ref().map(|url| url.as_str()));
    accessibility(&place.accessibility, &mut properties);
    properties.set("record", addresses::place(site, place.meta.id));
    feature(&place.meta, place.geo, properties)
}

/// An organisation.
pub fn organization(site: &Site, told: &Organization, language: &str) -> Value {
    let words = Words::of_organization(told, language);
    let mut properties = Fields::new();
    properties.set("name", words.title).set("kind", told.kind.as_str()).some("sponsor", told.sponsor.map(|sponsor| sponsor.code()));
    properties.some("summary", words.summary);
    address(told.address.as_ref(), &mut properties);
    properties.some("ags", told.ags.as_deref()).some("municipality", told.municipality.as_deref());
    properties.some("openingHours", text(told.opening_hours.as_ref())).some("url", told.url.as_ref().map(|url| url.as_str()));
    let phone = told.contacts.iter().find_map(|contact| contact.phone.as_ref());
    let email = told.contacts.iter().find_map(|contact| contact.email.as_ref());
    properties.some("phone", text(phone)).some("email", text(email));
    accessibility(&told.accessibility, &mut properties);
    properties.set("page", addresses::organization(site, told));
    feature(&told.meta, told.geo, properties)
}

fn feature(meta: &RecordMeta, geo: Option<GeoPoint>, mut properties: Fields) -> Value {
    let known = licence(meta.licence);
    properties.set("licence", known.code).some("licenceUrl", known.url).set("source", meta.source.name.as_str());
    properties.set("updatedAt", json!(meta.updated_at));
    let geometry = geo.map(|point| json!({ "type": "Point", "coordinates": [point.lon, point.lat] }));
    json!({ "type": "Feature", "id": meta.id, "geometry": geometry, "properties": properties.done() })
}

fn address(address: Option<&Address>, properties: &mut Fields) {
    let Some(address) = address else { return };
    properties.some("street", text(address.street.as_ref())).some("postalCode", address.postal_code.as_deref());
    properties.some("locality", text(address.locality.as_ref())).some("district", text(address.district.as_ref()));
    properties.set("country", address.country.as_str());
}

/// Answers by criterion; what is not stated is left out.
fn accessibility(statements: &[AccessibilityStatement], properties: &mut Fields) {
    let stated = statements.iter().filter(|statement| statement.value != AccessibilityValue::Unknown);
    let stated: Map<String, Value> = stated.map(|statement| (statement.criterion.clone(), statement.value.code().into())).collect();
    if !stated.is_empty() {
        properties.set("accessibility", stated);
    }
}
