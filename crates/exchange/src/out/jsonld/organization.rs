//! Organisations.

use super::{JsonLd, image, place};
use crate::out::addresses;
use crate::out::fields::Fields;
use crate::out::words::Words;
use domain::catalogue::{ContactPoint, Organization};
use serde_json::{Value, json};

/// The type that says most. Those that are places, too, may have opening hours and a position of their own.
pub(super) fn kind(code: &str) -> &'static str {
    match code {
        "childcare-centre" | "childminding" | "after-school-care" => "ChildCare",
        "primary-school" => "ElementarySchool",
        "regional-school" => "MiddleSchool",
        "grammar-school" | "comprehensive-school" | "evening-grammar-school" => "HighSchool",
        "special-needs-school" | "vocational-school" | "waldorf-school" => "School",
        "adult-education-centre" | "music-school" | "art-school" | "training-provider" | "tutoring-provider" | "nature-centre" => {
            "EducationalOrganization"
        }
        "university" => "CollegeOrUniversity",
        "library" => "Library",
        "museum" => "Museum",
        "archive" => "ArchiveOrganization",
        "theatre" => "PerformingArtsTheater",
        "authority" | "employment-service" | "municipality" => "GovernmentOrganization",
        "association" | "welfare-organisation" | "foundation" => "NGO",
        "sports-club" => "SportsOrganization",
        _ => "Organization",
    }
}

/// Types that are no places.
fn is_nowhere(kind: &str) -> bool {
    matches!(kind, "Organization" | "GovernmentOrganization" | "NGO" | "SportsOrganization")
}

pub(super) fn organization(writer: &JsonLd<'_>, told: &Organization) -> Value {
    let address = addresses::organization(writer.site, told);
    let words = Words::of_organization(told, writer.language);
    // A theatre with an organisation around it; readers look for either.
    let kind = kind(&told.kind);
    let mut node = Fields::new();
    node.set("@type", if kind == "PerformingArtsTheater" { json!([kind, "Organization"]) } else { json!(kind) });
    node.set("@id", address.as_str()).set("mainEntityOfPage", writer.page(&address, told.meta.licence));
    node.set("name", words.title).some("alternateName", told.alternate_name.as_ref().map(|name| name.as_str()));
    node.some("description", words.most()).set("url", told.url.as_ref().map_or(address.as_str(), |url| url.as_str()));
    node.list("sameAs", told.social_links.iter().map(|link| link.as_str()));
    node.some("address", told.address.as_ref().map(place::postal)).some("logo", told.logo.as_ref().map(image));
    let geo = told.geo.map(place::geo);
    if is_nowhere(kind) {
        node.some("location", geo.map(|geo| json!({ "@type": "Place", "name": words.title, "geo": geo })));
    } else {
        node.some("geo", geo).list("amenityFeature", place::amenities(writer, &told.accessibility));
        let hours = told.opening_hours.as_ref().map(|hours| hours.as_str().split(';').map(str::trim).filter(|rule| !rule.is_empty()));
        node.list("openingHours", hours.into_iter().flatten());
    }
    node.list("knowsLanguage", told.languages.iter().map(|tag| tag.as_str()));
    contacts(&told.contacts, &mut node);
    identifiers(told, &mut node);
    node.done()
}

/// A first contact without a role is the organisation itself.
fn contacts(contacts: &[ContactPoint], node: &mut Fields) {
    let (own, others) = match contacts.split_first() {
        Some((first, others)) if first.name.is_none() => (Some(first), others),
        _ => (None, contacts),
    };
    node.some("telephone", own.and_then(|own| own.phone.as_ref()).map(|phone| phone.as_str()));
    node.some("email", own.and_then(|own| own.email.as_ref()).map(|email| email.as_str()));
    let points = others.iter().map(|contact| {
        let mut point = Fields::of_type("ContactPoint");
        point.some("contactType", contact.name.as_ref().map(|name| name.as_str()));
        point.some("telephone", contact.phone.as_ref().map(|phone| phone.as_str()));
        point.some("email", contact.email.as_ref().map(|email| email.as_str())).some("url", contact.url.as_ref().map(|url| url.as_str()));
        point.some("description", contact.hours.as_ref().map(|hours| hours.as_str()));
        point.done()
    });
    node.list("contactPoint", points);
}

fn identifiers(told: &Organization, node: &mut Fields) {
    let ids = &told.identifiers;
    let known = [("schoolNumber", &ids.school_number), ("baProviderId", &ids.ba_provider_id), ("dieNumber", &ids.die_number)];
    let stated = known.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    node.list("identifier", stated.map(|(name, value)| json!({ "@type": "PropertyValue", "propertyID": name, "value": value.as_str() })));
}
