//! Organisations and places.

use super::node::{Node, all, is, object, said, term, text, texts};
use crate::Decoded;
use crate::mapping::{Notes, PlaceParts, geo_point, organization_kind, plain_to_markdown, truth};
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, ContactPoint, Draft, OrganizationDraft, Provenance};
use domain::text::ExternalId;
use serde_json::Value;

/// What a `location` says in whatever shape.
#[derive(Debug, Default)]
pub(super) struct Location {
    name: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    locality: Option<String>,
    country: Option<String>,
}

impl Location {
    /// A `Place`, a `PostalAddress`, or only a text.
    pub(super) fn of(value: &Value) -> Self {
        let Some(node) = value.as_object() else {
            return Self { name: said(value).filter(|name| super::absolute(name).is_none()), ..Self::default() };
        };
        if is(node, |name| name == "VirtualLocation") {
            return Self::default();
        }
        let address = if node.contains_key("streetAddress") || node.contains_key("postalCode") || node.contains_key("addressLocality") {
            Some(node)
        } else {
            object(node, "address")
        };
        let part = |name: &str| address.and_then(|address| text(address, name));
        // An address in one text says less than a name, but more than nothing.
        let written = || all(node, "address").find_map(Value::as_str).map(str::to_owned);
        Self {
            name: text(node, "name").or_else(|| address.is_none().then(written).flatten()),
            street: part("streetAddress"),
            postal_code: part("postalCode"),
            locality: part("addressLocality"),
            country: part("addressCountry"),
        }
    }

    pub(super) fn parts(&self) -> PlaceParts<'_> {
        PlaceParts {
            name: self.name.as_deref(),
            street: self.street.as_deref(),
            postal_code: self.postal_code.as_deref(),
            locality: self.locality.as_deref(),
            district: None,
            country: self.country.as_deref(),
        }
    }

    /// The identifier of the place; none if it is nowhere.
    pub(super) fn id(&self) -> Option<ExternalId> {
        self.parts().external_id()
    }
}

fn geo(node: &Node) -> Option<GeoPoint> {
    let point = object(node, "geo").unwrap_or(node);
    geo_point(&text(point, "latitude")?, &text(point, "longitude")?)
}

pub(super) fn place(node: &Node) -> Decoded {
    let mut notes = Notes::default();
    let location = Location::of(&Value::Object(node.clone()));
    let mut draft = location.parts().draft(&mut notes, "/location");
    if let Some(draft) = &mut draft {
        draft.geo = geo(node);
        draft.url = notes.url(text(node, "url").as_deref(), "/location/url");
        draft.accessibility.extend(all(node, "amenityFeature").filter_map(Value::as_object).filter_map(step_free));
    }
    notes.finish(draft.map(|draft| Draft::Place(Box::new(draft))))
}

/// Only a yes about wheelchairs; which barrier there is does not follow from a no.
fn step_free(feature: &Node) -> Option<AccessibilityStatement> {
    let name = domain::text::fold(&text(feature, "name")?);
    let about = ["rollstuhl", "wheelchair", "barrierefrei", "stufenlos"].iter().any(|word| name.contains(word));
    let yes = text(feature, "value").is_none_or(|value| truth(&value) == Some(true));
    (about && yes).then(|| AccessibilityStatement {
        criterion: "step-free-entrance".to_owned(),
        value: AccessibilityValue::Yes,
        provenance: Provenance::SelfDeclared,
        date: None,
        note: None,
    })
}

pub(super) fn organization(id: Option<&str>, node: &Node) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(id, "/@id");
    let name = notes.title(text(node, "name").as_deref(), "/name");
    let name = notes.required(name, "/name");
    let (Some(external_id), Some(name)) = (external_id, name) else { return notes.finish(None) };
    let kind = kind(node, name.as_str());
    let mut draft = OrganizationDraft::new(external_id, kind, name);
    draft.alternate_name = notes.title(text(node, "alternateName").or_else(|| text(node, "legalName")).as_deref(), "/alternateName");
    draft.alternate_name = draft.alternate_name.filter(|other| *other != draft.name);
    draft.description = text(node, "description").and_then(|text| notes.markdown(&plain_to_markdown(&text), "/description"));
    draft.url = notes.url(text(node, "url").as_deref(), "/url");
    draft.social_links = texts(node, "sameAs", false).iter().filter_map(|url| notes.url(Some(url), "/sameAs")).take(20).collect();
    let place = object(node, "location").unwrap_or(node);
    let location = Location { name: None, ..Location::of(&Value::Object(if node.contains_key("address") { node } else { place }.clone())) };
    if location.parts().is_somewhere() {
        draft.address = Some(location.parts().address(&mut notes, "/address"));
    }
    draft.geo = geo(node).or_else(|| geo(place));
    draft.opening_hours = notes.short(opening_hours(node).as_deref(), "/openingHours");
    draft.contacts = contacts(node, &mut notes);
    if let Some(names) = text(node, "strange") {
        notes.warning("", crate::problems::fields_not_mapped(&names));
    }
    notes.finish(Some(Draft::Organization(Box::new(draft))))
}

/// The kind by the type where that says more than "organisation", else by the name.
fn kind(node: &Node, name: &str) -> &'static str {
    let types = all(node, "@type").filter_map(Value::as_str);
    let typed = types.filter_map(|name| match name {
        "CollegeOrUniversity" => Some("university"),
        "Library" => Some("library"),
        "Museum" => Some("museum"),
        "ArchiveOrganization" => Some("archive"),
        "Preschool" | "ChildCare" => Some("childcare-centre"),
        "ElementarySchool" => Some("primary-school"),
        _ => None,
    });
    let named = || Some(organization_kind(name)).filter(|kind| *kind != "other");
    let general = || is(node, |name| name == "EducationalOrganization").then_some("training-provider");
    let state = || is(node, |name| name == "GovernmentOrganization").then_some("authority");
    typed.into_iter().next().or_else(named).or_else(state).or_else(general).unwrap_or("other")
}

/// Its own telephone and mailbox, then its contact points. Names of persons are left out.
fn contacts(node: &Node, notes: &mut Notes) -> Vec<ContactPoint> {
    let own = std::iter::once((node, None));
    let points = all(node, "contactPoint").filter_map(Value::as_object).map(|point| (point, text(point, "contactType")));
    let contacts = own.chain(points).map(|(node, role)| ContactPoint {
        name: notes.title(role.as_deref(), "/contactPoint/contactType"),
        phone: notes.title(text(node, "telephone").as_deref(), "/telephone"),
        email: notes.email(text(node, "email").as_deref().map(|email| email.trim_start_matches("mailto:")), "/email"),
        ..ContactPoint::default()
    });
    contacts.filter(|contact| contact.phone.is_some() || contact.email.is_some()).take(20).collect()
}

/// In the syntax of OpenStreetMap, which `openingHours` nearly is.
fn opening_hours(node: &Node) -> Option<String> {
    let written = texts(node, "openingHours", false);
    if !written.is_empty() {
        return Some(written.join("; "));
    }
    let rules: Vec<String> = all(node, "openingHoursSpecification")
        .filter_map(Value::as_object)
        .filter_map(|hours| {
            let days: Vec<String> = texts(hours, "dayOfWeek", false).iter().filter_map(|day| weekday(day)).map(capitalized).collect();
            let (opens, closes) = (text(hours, "opens")?, text(hours, "closes")?);
            let time = format!("{}-{}", opens.get(..5)?, closes.get(..5)?);
            Some(if days.is_empty() { time } else { format!("{} {time}", days.join(",")) })
        })
        .collect();
    (!rules.is_empty()).then(|| rules.join("; "))
}

fn capitalized(day: &str) -> String {
    let mut letters = day.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// A day of the week as RFC 5545 writes it.
pub(super) fn weekday(text: &str) -> Option<&'static str> {
    Some(match term(text.trim()).to_ascii_lowercase().as_str() {
        "monday" | "montag" | "mo" => "MO",
        "tuesday" | "dienstag" | "tu" | "di" => "TU",
        "wednesday" | "mittwoch" | "we" | "mi" => "WE",
        "thursday" | "donnerstag" | "th" | "do" => "TH",
        "friday" | "freitag" | "fr" => "FR",
        "saturday" | "samstag" | "sonnabend" | "sa" => "SA",
        "sunday" | "sonntag" | "su" | "so" => "SU",
        _ => return None,
    })
}
