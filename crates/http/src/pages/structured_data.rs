//! schema.org as JSON-LD for search engines: offers as `Course` or `Event`, organisations by their kind.

use domain::catalogue::{DeliveryMode, Offer, Organization, PlaceSummary, Price, PriceType, Run, RunStatus};
use serde_json::{Map, Value, json};

/// An offer. `address` is its page.
pub(super) fn offer(offer: &Offer, address: &str, origin: &str) -> Value {
    let organizer = json!({ "@type": "Organization", "name": offer.organization.name, "url": format!("{origin}/de/einrichtungen/{}/{}", offer.organization.id, offer.organization.slug) });
    let mut data = Map::new();
    let is_event = matches!(offer.kind.as_str(), "event" | "tour");
    data.insert("@context".into(), "https://schema.org".into());
    data.insert("@type".into(), if is_event { "Event" } else { "Course" }.into());
    data.insert("@id".into(), address.into());
    data.insert("url".into(), address.into());
    data.insert("name".into(), offer.title.as_str().into());
    let description = offer.summary.as_ref().map(|s| s.as_str()).or(offer.description.as_ref().map(|d| d.as_str())).unwrap_or(offer.title.as_str());
    data.insert("description".into(), super::shell::shorten(description, 500).into());
    data.insert("inLanguage".into(), offer.languages.iter().map(|l| l.as_str()).collect::<Vec<_>>().into());
    if is_event {
        data.insert("organizer".into(), organizer);
        if let Some(run) = offer.runs.first() {
            add_dates(&mut data, run, "startDate", "endDate");
            let cancelled = run.status == RunStatus::Cancelled;
            data.insert("eventStatus".into(), format!("https://schema.org/{}", if cancelled { "EventCancelled" } else { "EventScheduled" }).into());
            data.insert("eventAttendanceMode".into(), format!("https://schema.org/{}", attendance(offer.delivery_mode)).into());
            if let Some(place) = run.place.as_ref().or(offer.place.as_ref()) {
                data.insert("location".into(), location(place));
            }
        }
    } else {
        data.insert("provider".into(), organizer);
        let instances: Vec<Value> = offer.runs.iter().map(|run| instance(run, offer)).collect();
        if !instances.is_empty() {
            data.insert("hasCourseInstance".into(), instances.into());
        }
    }
    if let Some(price) = price(&offer.price, address) {
        data.insert("offers".into(), price);
    }
    Value::Object(data)
}

fn instance(run: &Run, offer: &Offer) -> Value {
    let mut data = Map::new();
    data.insert("@type".into(), "CourseInstance".into());
    let mode = match offer.delivery_mode {
        DeliveryMode::Onsite => "onsite",
        DeliveryMode::Hybrid => "blended",
        DeliveryMode::Online | DeliveryMode::SelfPaced => "online",
    };
    data.insert("courseMode".into(), mode.into());
    add_dates(&mut data, run, "startDate", "endDate");
    if let Some(place) = run.place.as_ref().or(offer.place.as_ref()) {
        data.insert("location".into(), location(place));
    }
    if let Some(max) = run.capacity.and_then(|c| c.max) {
        data.insert("maximumAttendeeCapacity".into(), max.into());
    }
    Value::Object(data)
}

fn add_dates(data: &mut Map<String, Value>, run: &Run, start: &str, end: &str) {
    for (key, moment) in [(start, run.start), (end, run.end)] {
        if let Some(moment) = moment {
            data.insert(key.into(), moment.to_string().into());
        }
    }
}

fn attendance(mode: DeliveryMode) -> &'static str {
    match mode {
        DeliveryMode::Onsite => "OfflineEventAttendanceMode",
        DeliveryMode::Online | DeliveryMode::SelfPaced => "OnlineEventAttendanceMode",
        DeliveryMode::Hybrid => "MixedEventAttendanceMode",
    }
}

fn location(place: &PlaceSummary) -> Value {
    let mut data = json!({ "@type": "Place", "name": place.name, "address": address(&place.address) });
    if let (Some(geo), Some(map)) = (place.geo, data.as_object_mut()) {
        map.insert("geo".into(), json!({ "@type": "GeoCoordinates", "latitude": geo.lat, "longitude": geo.lon }));
    }
    data
}

fn address(address: &domain::catalogue::Address) -> Value {
    let mut data = Map::new();
    data.insert("@type".into(), "PostalAddress".into());
    for (key, value) in [
        ("streetAddress", address.street.as_ref().map(|s| s.as_str())),
        ("postalCode", address.postal_code.as_deref()),
        ("addressLocality", address.locality.as_ref().map(|s| s.as_str())),
        ("addressCountry", Some(address.country.as_str())),
    ] {
        if let Some(value) = value {
            data.insert(key.into(), value.into());
        }
    }
    Value::Object(data)
}

fn price(price: &Price, url: &str) -> Option<Value> {
    let amount = match price.kind {
        PriceType::Free => 0,
        PriceType::Paid | PriceType::Range => price.amount?,
        PriceType::OnRequest | PriceType::Unknown => return None,
    };
    let amount = format!("{}.{:02}", amount / 100, amount % 100);
    Some(
        json!({ "@type": "Offer", "price": amount, "priceCurrency": price.currency, "url": url, "category": if price.kind == PriceType::Free { "Free" } else { "Paid" } }),
    )
}

/// An organisation. `address` is its page.
pub(super) fn organization(organization: &Organization, url: &str) -> Value {
    let kind = match organization.kind.as_str() {
        "childcare-centre" | "childminding" | "after-school-care" => "ChildCare",
        "library" => "Library",
        "museum" => "Museum",
        kind if kind.ends_with("-school") => "School",
        _ => "EducationalOrganization",
    };
    let mut data = Map::new();
    data.insert("@context".into(), "https://schema.org".into());
    data.insert("@type".into(), kind.into());
    data.insert("@id".into(), url.into());
    data.insert("name".into(), organization.name.as_str().into());
    data.insert("url".into(), organization.url.as_ref().map_or(url, |u| u.as_str()).into());
    if let Some(postal) = &organization.address {
        data.insert("address".into(), address(postal));
    }
    if let Some(phone) = organization.contacts.iter().find_map(|c| c.phone.as_ref()) {
        data.insert("telephone".into(), phone.as_str().into());
    }
    if let Some(geo) = organization.geo {
        data.insert("geo".into(), json!({ "@type": "GeoCoordinates", "latitude": geo.lat, "longitude": geo.lon }));
    }
    if let Some(hours) = &organization.opening_hours {
        data.insert("openingHours".into(), hours.as_str().into());
    }
    Value::Object(data)
}

/// The way from the start page to here: `(name, address)`.
pub(super) fn breadcrumb(steps: &[(&str, String)]) -> Value {
    let items: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(i, (name, address))| json!({ "@type": "ListItem", "position": i + 1, "name": name, "item": address }))
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}

/// The portal itself, with its search.
pub(super) fn website(name: &str, origin: &str, language: &str) -> Value {
    json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": name, "url": format!("{origin}/{language}"), "inLanguage": language,
        "potentialAction": { "@type": "SearchAction", "target": format!("{origin}/{language}/angebote?q={{search_term_string}}"), "query-input": "required name=search_term_string" }
    })
}
