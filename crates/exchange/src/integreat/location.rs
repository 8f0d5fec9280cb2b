//! Locations: the place of an event, and points of interest.

use super::{Object, object, said};
use crate::mapping::{Notes, PlaceParts, geo_point, organization_kind, plain_to_markdown};
use crate::{Decoded, problems};
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, ContactPoint, Draft, OrganizationDraft, Provenance};
use domain::text::{Short, fold};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A `location` with what it says; older versions leave the name out, newer ones fill everything with null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    town: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessible: Option<bool>,
}

impl Location {
    pub(super) fn of(value: Option<&Value>) -> Option<Self> {
        let location = value?.as_object()?;
        let number = |name: &str| said(location, name).unwrap_or_default();
        let location = Self {
            name: said(location, "name"),
            street: said(location, "address"),
            zip: said(location, "postcode"),
            town: said(location, "town"),
            country: said(location, "country"),
            point: geo_point(&number("latitude"), &number("longitude")).map(|point| [point.lat, point.lon]),
            accessible: None,
        };
        (location != Self::default()).then_some(location)
    }

    /// What makes it a place; `title` is its name if it has none of its own.
    pub(super) fn parts<'l>(&'l self, title: Option<&'l str>) -> PlaceParts<'l> {
        PlaceParts {
            name: self.name.as_deref().or(title),
            street: self.street.as_deref(),
            postal_code: self.zip.as_deref(),
            locality: self.town.as_deref(),
            district: None,
            country: self.country.as_deref(),
        }
    }

    pub(super) fn payload(&self, title: Option<&str>, accessible: Option<bool>) -> String {
        let name = self.name.clone().or_else(|| title.map(str::to_owned));
        serde_json::json!(Self { name, accessible, ..self.clone() }).to_string()
    }

    fn point(&self) -> Option<GeoPoint> {
        self.point.map(|[lat, lon]| GeoPoint { lat, lon })
    }
}

/// A point of interest as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Poi {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<Contact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    closed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
}

/// Names of persons are left out; what they are there for is kept.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
}

impl Poi {
    pub(super) fn of(record: &Object, id: &str, location: Location) -> Self {
        let own =
            Contact { email: said(record, "email"), phone: said(record, "phone_number").or_else(|| said(record, "phone")), ..Contact::default() };
        let listed = record.get("contacts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).map(|contact| Contact {
            area: said(contact, "area_of_responsibility"),
            email: said(contact, "email"),
            phone: said(contact, "phone_number"),
            website: said(contact, "website"),
        });
        let mut contacts: Vec<Contact> = Vec::new();
        for contact in std::iter::once(own).chain(listed) {
            let reachable = contact.email.is_some() || contact.phone.is_some() || contact.website.is_some();
            if reachable && contacts.len() < 20 && !contacts.contains(&contact) {
                contacts.push(contact);
            }
        }
        Self {
            id: format!("poi-{id}"),
            name: said(record, "title"),
            category: object(record, "category").and_then(|category| said(category, "name")),
            summary: said(record, "meta_description").or_else(|| said(record, "excerpt")),
            content: said(record, "content"),
            website: said(record, "website").or_else(|| said(record, "url")),
            contacts,
            hours: opening_hours(record.get("opening_hours")),
            closed: record.get("temporarily_closed").and_then(Value::as_bool) == Some(true),
            accessible: record.get("barrier_free").and_then(Value::as_bool),
            location: Some(location),
        }
    }

    pub(super) fn is_institution(&self) -> bool {
        self.hours.is_some() || !self.contacts.is_empty() || self.kind() != "other"
    }

    pub(super) fn payload(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// By the name, then by the category.
    fn kind(&self) -> &'static str {
        let named = organization_kind(self.name.as_deref().unwrap_or_default());
        if named != "other" {
            return named;
        }
        let category = fold(self.category.as_deref().unwrap_or_default());
        let known =
            [("beratung", "counselling-service"), ("behoerde", "authority"), ("bildung", "training-provider"), ("kultur", "community-centre")];
        known.iter().find(|(part, _)| category.contains(part)).map_or_else(|| organization_kind(&category), |(_, kind)| kind)
    }
}

/// Seven days from Monday on, in the syntax of OpenStreetMap.
fn opening_hours(value: Option<&Value>) -> Option<String> {
    const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let days = value?.as_array()?;
    let truth = |day: &Value, name: &str| day.get(name).and_then(Value::as_bool) == Some(true);
    let time = |slot: &Value, name: &str| slot.get(name).and_then(Value::as_str).filter(|text| text.len() == 5 && text.is_ascii()).map(str::to_owned);
    let rules: Vec<String> = DAYS
        .iter()
        .zip(days)
        .filter(|(_, day)| !truth(day, "closed"))
        .filter_map(|(name, day)| {
            if truth(day, "allDay") {
                return Some(format!("{name} 00:00-24:00"));
            }
            let slots = day.get("timeSlots").and_then(Value::as_array)?;
            let hours: Vec<String> = slots.iter().filter_map(|slot| Some(format!("{}-{}", time(slot, "start")?, time(slot, "end")?))).collect();
            let hours = hours.join(",");
            match (hours.is_empty(), truth(day, "appointmentOnly")) {
                (true, false) => None,
                (true, true) => Some(format!("{name} \"nach Vereinbarung\"")),
                (false, true) => Some(format!("{name} {hours} \"nach Vereinbarung\"")),
                (false, false) => Some(format!("{name} {hours}")),
            }
        })
        .collect();
    (!rules.is_empty()).then(|| rules.join("; "))
}

fn accessibility(stated: Option<bool>) -> Option<AccessibilityStatement> {
    let (value, note) = match stated? {
        true => (AccessibilityValue::Yes, "Laut Anbieter ist der Ort barrierefrei."),
        // Which barrier there is it does not say.
        false => (AccessibilityValue::Unknown, "Laut Anbieter ist der Ort nicht barrierefrei."),
    };
    let note = Short::try_from(note).ok();
    Some(AccessibilityStatement { criterion: "step-free-entrance".to_owned(), value, provenance: Provenance::SelfDeclared, date: None, note })
}

pub(super) fn place(payload: &[u8]) -> Result<Decoded, serde_json::Error> {
    let location: Location = serde_json::from_slice(payload)?;
    let mut notes = Notes::default();
    let mut draft = location.parts(None).draft(&mut notes, "/location");
    if let Some(draft) = &mut draft {
        draft.geo = location.point();
        draft.accessibility.extend(accessibility(location.accessible));
    }
    Ok(notes.finish(draft.map(|draft| Draft::Place(Box::new(draft)))))
}

/// The organisation of a point of interest, or the one that a record names.
pub(super) fn organization(payload: &[u8]) -> Result<Decoded, serde_json::Error> {
    let poi: Poi = serde_json::from_slice(payload)?;
    let mut notes = Notes::default();
    let external_id = notes.external_id(Some(&poi.id), "/id");
    let name = notes.title(poi.name.as_deref(), "/title");
    let (Some(external_id), Some(name)) = (external_id, notes.required(name, "/title")) else { return Ok(notes.finish(None)) };
    let mut draft = OrganizationDraft::new(external_id, poi.kind(), name);
    draft.summary = notes.short(poi.summary.as_deref(), "/meta_description");
    draft.description = poi.content.as_deref().map(plain_to_markdown).and_then(|text| notes.markdown(&text, "/content"));
    draft.url = notes.url(poi.website.as_deref(), "/website");
    draft.opening_hours = notes.short(poi.hours.as_deref(), "/opening_hours");
    if let Some(location) = &poi.location {
        draft.address = Some(location.parts(None).address(&mut notes, "/location"));
        draft.geo = location.point();
    }
    for contact in &poi.contacts {
        let contact = ContactPoint {
            name: notes.title(contact.area.as_deref(), "/contacts/area_of_responsibility"),
            phone: notes.title(contact.phone.as_deref(), "/contacts/phone_number"),
            email: notes.email(contact.email.as_deref(), "/contacts/email"),
            url: notes.url(contact.website.as_deref(), "/contacts/website"),
            hours: None,
        };
        draft.contacts.extend(Some(contact).filter(|contact| contact.phone.is_some() || contact.email.is_some() || contact.url.is_some()));
    }
    draft.accessibility.extend(accessibility(poi.accessible));
    if poi.closed {
        notes.warning("/temporarily_closed", problems::not_mapped("temporarily_closed", "true"));
    }
    Ok(notes.finish(Some(Draft::Organization(Box::new(draft)))))
}
