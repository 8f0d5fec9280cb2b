//! schema.org in JSON-LD: offers, organisations, places and the way to them. `docs/formats/out/jsonld.md`.
//!
//! The pages and the API say the same, and what is said here can be read by the reader of this crate.

mod event;
mod offer;
mod organization;
mod place;
mod price;
mod run;
mod schedule;

use super::fields::Fields;
use super::{Site, licence};
use domain::catalogue::{Image, Licence, Offer, Organization, Place};
use domain::vocabularies::Vocabularies;
use serde_json::{Value, json};

/// The only context; readers know it without fetching it.
const CONTEXT: &str = "https://schema.org";

/// Writes nodes in one language.
#[derive(Debug, Clone, Copy)]
pub struct JsonLd<'a> {
    /// The portal.
    pub site: &'a Site,
    /// Labels of codes.
    pub vocabularies: &'a Vocabularies,
    /// Language wished for texts (BCP 47).
    pub language: &'a str,
}

impl JsonLd<'_> {
    /// An offer: `Course` with its instances, an event, or a `Service` where it is one that stands.
    pub fn offer(&self, offer: &Offer) -> Value {
        match offer.kind.as_str() {
            "event" | "tour" => event::event(self, offer),
            "counselling" | "service" => offer::service(self, offer),
            _ => offer::course(self, offer),
        }
    }

    /// An organisation, as specific as schema.org is.
    pub fn organization(&self, organization: &Organization) -> Value {
        organization::organization(self, organization)
    }

    /// A place.
    pub fn place(&self, place: &Place) -> Value {
        place::place(self, place)
    }

    fn label<'a>(&'a self, vocabulary: &str, code: &'a str) -> &'a str {
        self.vocabularies.label(vocabulary, code, self.language)
    }

    /// The page that says so, and under which licence. Also for kinds of node that schema.org gives no licence of their own.
    fn page(&self, address: &str, code: Licence) -> Value {
        let known = licence(code);
        let mut page = Fields::of_type("WebPage");
        page.set("@id", address).some("license", known.url).set("copyrightNotice", known.name);
        page.set("isPartOf", json!({ "@type": "WebSite", "name": &*self.site.name, "url": &*self.site.base }));
        page.done()
    }
}

/// The way from the start page to here, as `(name, address)`.
pub fn breadcrumb(steps: &[(&str, String)]) -> Value {
    let items: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(index, (name, address))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": address }))
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// A document of one node, for a `<script>` of its own.
pub fn alone(mut node: Value) -> Value {
    if let Some(fields) = node.as_object_mut() {
        fields.insert("@context".to_owned(), CONTEXT.into());
    }
    node
}

/// A document of several nodes.
pub fn graph(nodes: Vec<Value>) -> Value {
    json!({ "@context": CONTEXT, "@graph": nodes })
}

/// A page of a list. `total` counts the nodes of all pages.
pub fn list(name: &str, total: u64, nodes: Vec<Value>) -> Value {
    let items: Vec<Value> =
        nodes.into_iter().enumerate().map(|(index, node)| json!({ "@type": "ListItem", "position": index + 1, "item": node })).collect();
    json!({ "@context": CONTEXT, "@type": "ItemList", "name": name, "numberOfItems": total, "itemListElement": items })
}

fn image(image: &Image) -> Value {
    let mut node = Fields::of_type("ImageObject");
    node.set("contentUrl", image.url.as_str()).set("caption", image.alt.as_str());
    node.some("creditText", image.author.as_ref().map(|author| author.as_str()));
    // Only an address tells a machine which licence it is.
    node.some("license", image.licence.as_ref().map(|licence| licence.as_str()).filter(|licence| licence.starts_with("https://")));
    node.done()
}
