//! schema.org as JSON-LD for search engines: the same nodes as the API hands out, one document each.

use super::Pages;
use super::messages::Language;
use domain::catalogue::{Offer, Organization};
use exchange::out::Site;
use exchange::out::jsonld::{self, JsonLd, alone};
use serde_json::{Value, json};
use std::sync::Arc;

/// The portal at `origin`.
fn site(pages: &Pages, language: Language, origin: &str) -> Site {
    Site { base: Arc::from(origin), name: Arc::from(language.text("app.name")), zone: pages.region.info().time_zone }
}

/// An offer.
pub(super) fn offer(pages: &Pages, offer: &Offer, language: Language, origin: &str) -> Value {
    let site = site(pages, language, origin);
    alone(JsonLd { site: &site, vocabularies: &pages.vocabularies, language: language.tag() }.offer(offer))
}

/// An organisation.
pub(super) fn organization(pages: &Pages, organization: &Organization, language: Language, origin: &str) -> Value {
    let site = site(pages, language, origin);
    alone(JsonLd { site: &site, vocabularies: &pages.vocabularies, language: language.tag() }.organization(organization))
}

/// The way from the start page to here: `(name, address)`.
pub(super) fn breadcrumb(steps: &[(&str, String)]) -> Value {
    alone(jsonld::breadcrumb(steps))
}

/// The portal itself, with its search.
pub(super) fn website(name: &str, origin: &str, language: &str) -> Value {
    json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": name, "url": format!("{origin}/{language}"), "inLanguage": language,
        "potentialAction": { "@type": "SearchAction", "target": format!("{origin}/{language}/angebote?q={{search_term_string}}"), "query-input": "required name=search_term_string" }
    })
}
