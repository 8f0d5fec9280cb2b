//! Places and addresses.

use super::JsonLd;
use crate::out::addresses;
use crate::out::fields::Fields;
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, Address, Place, PlaceSummary};
use domain::vocabularies::ids;
use serde_json::{Value, json};

pub(super) fn place(writer: &JsonLd<'_>, place: &Place) -> Value {
    let mut node = Fields::of_type("Place");
    let address = addresses::place(writer.site, place.meta.id);
    node.set("@id", address.as_str()).set("name", place.name.as_str()).set("address", postal(&place.address));
    node.some("geo", place.geo.map(geo)).some("url", place.url.as_ref().map(|url| url.as_str()));
    node.list("amenityFeature", amenities(writer, &place.accessibility));
    node.set("subjectOf", writer.page(&address, place.meta.licence));
    node.done()
}

/// The place of an offer or a run.
pub(super) fn location(writer: &JsonLd<'_>, place: &PlaceSummary) -> Value {
    let mut node = Fields::of_type("Place");
    node.set("@id", addresses::place(writer.site, place.id)).set("name", place.name.as_str()).set("address", postal(&place.address));
    node.some("geo", place.geo.map(geo)).list("amenityFeature", amenities(writer, &place.accessibility));
    node.done()
}

pub(super) fn geo(point: GeoPoint) -> Value {
    json!({ "@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon })
}

pub(super) fn postal(address: &Address) -> Value {
    let mut node = Fields::of_type("PostalAddress");
    node.some("streetAddress", address.street.as_ref().map(|street| street.as_str())).some("postalCode", address.postal_code.as_deref());
    node.some("addressLocality", address.locality.as_ref().map(|town| town.as_str())).set("addressCountry", address.country.as_str());
    node.done()
}

/// A yes and a no are said; "partly" and "not stated" are neither.
pub(super) fn amenities(writer: &JsonLd<'_>, statements: &[AccessibilityStatement]) -> Vec<Value> {
    let stated = statements.iter().filter_map(|statement| match statement.value {
        AccessibilityValue::Yes => Some((statement, true)),
        AccessibilityValue::No => Some((statement, false)),
        AccessibilityValue::Partly | AccessibilityValue::Unknown => None,
    });
    stated
        .map(|(statement, value)| {
            let name = writer.label(ids::ACCESSIBILITY_CRITERIA, &statement.criterion);
            json!({ "@type": "LocationFeatureSpecification", "propertyID": statement.criterion, "name": name, "value": value })
        })
        .collect()
}
