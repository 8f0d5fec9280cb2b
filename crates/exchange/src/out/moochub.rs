//! MOOChub 3: courses that can be taken online, as resources of JSON:API. `docs/formats/out/moochub.md`.

use super::fields::Fields;
use super::words::Words;
use super::{Site, addresses, licence};
use chrono::SecondsFormat;
use chrono_tz::Tz;
use domain::catalogue::{DeliveryMode, Image, Offer, Price, PriceType, Run, RunStatus};
use domain::{Moment, Timestamp};
use serde_json::{Value, json};

/// Where a page of the list stands in the whole.
#[derive(Debug, Clone)]
pub struct Links {
    /// This page.
    pub own: String,
    /// The first page.
    pub first: String,
    /// The last page.
    pub last: String,
    /// The page after this one.
    pub next: Option<String>,
    /// The page before this one.
    pub prev: Option<String>,
}

/// A page of courses.
pub fn page(site: &Site, offers: &[Offer], links: Links, language: &str) -> Value {
    let mut shown = Fields::new();
    shown.set("self", links.own).set("first", links.first).set("last", links.last).some("next", links.next).some("prev", links.prev);
    let data: Vec<Value> = offers.iter().map(|offer| course(site, offer, language)).collect();
    json!({ "links": shown.done(), "data": data })
}

/// An offer as a course.
pub fn course(site: &Site, offer: &Offer, language: &str) -> Value {
    let words = Words::of_offer(offer, language);
    let own = addresses::offer(site, offer);
    let organization = addresses::organization_page(site, offer.organization.id, &offer.organization.slug);
    let creator = json!({ "type": "Organization", "name": offer.organization.name, "url": organization });
    let url = offer.url.as_ref().map_or(own.as_str(), |url| url.as_str());
    let mut fields = Fields::new();
    fields.set("name", words.title).set("url", url).set("publisher", creator.clone()).set("creator", vec![creator]);
    fields.set(
        "learningResourceType",
        json!({ "identifier": "https://w3id.org/kim/hcrt/course", "type": "Concept", "inScheme": "https://w3id.org/kim/hcrt/scheme" }),
    );
    fields.set("license", vec![licence_of(offer)]).set("courseMode", json!(mode(offer.delivery_mode)));
    fields.some("courseCode", offer.course_code.as_ref().map(|code| code.as_str()));
    fields.some("description", words.html.as_deref().map(str::to_owned).or_else(|| words.summary.map(escaped)));
    fields.list("inLanguage", unique(offer.languages.iter().map(|tag| tag.as_str().to_owned())));
    fields.list("keywords", unique(offer.keywords.iter().map(|word| word.to_string())));
    dates(offer, &mut fields);
    price(&offer.price, &mut fields);
    fields.some("image", offer.images.first().map(image));
    fields.set("contentLocation", location(offer, url));
    fields.set("dateCreated", instant(offer.meta.created_at)).set("dateModified", instant(offer.meta.updated_at));
    let deadline = offer.registration.as_ref().and_then(|way| way.deadline);
    let zone = offer.runs.first().map_or(site.zone, |run| run.time_zone);
    fields.some("applicationDeadline", deadline.map(|deadline| instant(deadline.latest(zone))));
    json!({ "id": offer.meta.id, "type": "Course", "attributes": fields.done() })
}

fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for text in texts {
        if !known.contains(&text) {
            known.push(text);
        }
    }
    known
}

/// Plain text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// By the identifier of SPDX, or "proprietary".
fn licence_of(offer: &Offer) -> Value {
    match licence(offer.meta.licence).spdx {
        Some(code) => json!({ "identifier": code, "url": format!("https://spdx.org/licenses/{code}.html"), "contentUrl": null }),
        None => json!({ "identifier": "proprietary", "url": null, "contentUrl": null }),
    }
}

fn mode(mode: DeliveryMode) -> &'static [&'static str] {
    match mode {
        DeliveryMode::Onsite => &["onsite"],
        DeliveryMode::Online => &["online", "synchronous"],
        DeliveryMode::Hybrid => &["blended"],
        DeliveryMode::SelfPaced => &["online", "asynchronous"],
    }
}

/// Starts, ends and length of what can still take place.
fn dates(offer: &Offer, fields: &mut Fields) {
    let runs: Vec<&Run> = offer.runs.iter().filter(|run| run.status != RunStatus::Cancelled).collect();
    let start = |moment: Moment, zone: Tz| instant(moment.earliest(zone));
    fields.list("startDate", unique(runs.iter().filter_map(|run| run.start.map(|at| start(at, run.time_zone)))));
    fields.list("endDate", unique(runs.iter().filter_map(|run| run.end.map(|at| instant(at.latest(run.time_zone))))));
    let units = runs.iter().find_map(|run| run.units).filter(|units| *units > 0);
    fields.some("duration", units.map(|units| format!("PT{}M", u64::from(units) * 45)));
}

fn price(price: &Price, fields: &mut Fields) {
    let stated = |amount: u32| json!({ "price": f64::from(amount) / 100.0, "priceCurrency": price.currency, "paymentFrequency": "one-time", "category": "course" });
    match price.kind {
        PriceType::Free => fields.set("access", json!(["free"])).set("offer", vec![stated(0)]),
        PriceType::Paid | PriceType::Range => {
            fields.set("access", json!(["paid"])).list("offer", [price.amount, price.max_amount].into_iter().flatten().map(stated))
        }
        PriceType::OnRequest | PriceType::Unknown => fields.set("access", json!(["other"])),
    };
}

fn image(image: &Image) -> Value {
    // Only licences that say where they stand can be named; the others are somebody's.
    let named = image.licence.as_ref().map(|licence| licence.as_str()).filter(|licence| licence.starts_with("https://"));
    let licence = json!({ "identifier": "proprietary", "url": null, "contentUrl": named });
    let licence = if named.is_some() { json!({ "identifier": "other", "url": named, "contentUrl": named }) } else { licence };
    json!({ "type": "ImageObject", "contentUrl": image.url.as_str(), "description": image.alt.as_str(), "license": [licence] })
}

/// "Online", and the place besides where there is one.
fn location(offer: &Offer, url: &str) -> Value {
    let room = offer.runs.iter().find_map(|run| run.online_url.as_ref());
    let mut fields = Fields::new();
    fields.set("url", room.map_or(url, |room| room.as_str()));
    let here = (offer.delivery_mode == DeliveryMode::Hybrid).then(|| offer.places().first().copied()).flatten();
    match here {
        Some(place) => {
            let mut address = Fields::new();
            address.set("addressCountry", place.address.country.as_str());
            address.some("streetAddress", place.address.street.as_ref().map(|street| street.as_str()));
            address.some("city", place.address.locality.as_ref().map(|town| town.as_str())).some("postalCode", place.address.postal_code.as_deref());
            fields.set("name", place.name.as_str()).set("address", address.done());
            fields.some("latitude", place.geo.map(|geo| geo.lat)).some("longitude", place.geo.map(|geo| geo.lon));
        }
        None => {
            fields.set("name", "online");
        }
    }
    fields.done()
}
