//! Facts in words: dates, prices, places and codes as a reader sees them.

use super::body::{Fact, Item};
use super::messages::Language;
use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{Address, Offer, Organization, PlaceSummary, Price, PriceType, Run, RunStatus};
use domain::vocabularies::{Vocabularies, ids};
use search::catalogue::{ItemRun, OfferItem, OrganizationItem};

/// A day or an instant, in the words of the language: `11.01.2027, 18:00 Uhr`.
pub(super) fn moment(moment: Moment, zone: Tz, language: Language) -> String {
    let date = moment.date(zone);
    let day = match language {
        Language::German => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        Language::English => date.format("%-d %B %Y").to_string(),
    };
    match (moment, language) {
        (Moment::Date(_), _) => day,
        (Moment::DateTime(t), language) => {
            let local = t.with_timezone(&zone);
            let time = format!("{:02}:{:02}", local.hour(), local.minute());
            if language == Language::German { format!("{day}, {time} Uhr") } else { format!("{day}, {time}") }
        }
    }
}

/// A price in words.
pub(super) fn price(kind: PriceType, amount: Option<u32>, max: Option<u32>, currency: &str, language: Language) -> String {
    let money = |cents: u32| {
        let symbol = if currency == "EUR" { "€" } else { currency };
        match language {
            Language::German => format!("{},{:02} {symbol}", cents / 100, cents % 100),
            Language::English => format!("{}.{:02} {symbol}", cents / 100, cents % 100),
        }
    };
    match (kind, amount, max) {
        (PriceType::Free, ..) => language.text("page.fact.free").to_owned(),
        (PriceType::OnRequest, ..) => language.text("page.fact.onRequest").to_owned(),
        (PriceType::Range, Some(low), Some(high)) => format!("{} – {}", money(low), money(high)),
        (_, Some(amount), _) => money(amount),
        _ => language.text("page.fact.notStated").to_owned(),
    }
}

fn of_price(p: &Price, language: Language) -> String {
    let mut text = price(p.kind, p.amount, p.max_amount, &p.currency, language);
    for reduction in &p.reductions {
        text.push_str("; ");
        text.push_str(reduction.label.as_str());
        if let Some(amount) = reduction.amount {
            text.push_str(": ");
            text.push_str(&price(PriceType::Paid, Some(amount), None, &p.currency, language));
        }
    }
    text
}

/// An address on one line.
pub(super) fn address(address: &Address) -> String {
    let street = address.street.as_ref().map(|s| s.to_string());
    let town = [address.postal_code.clone(), address.locality.as_ref().map(|s| s.to_string())].into_iter().flatten().collect::<Vec<_>>().join(" ");
    [street, Some(town).filter(|t| !t.is_empty())].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn place(place: &PlaceSummary) -> String {
    [place.name.clone(), address(&place.address)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ")
}

fn run(run: &Run, vocabulary: Language) -> String {
    if run.rolling_start {
        return vocabulary.text("page.fact.rolling").to_owned();
    }
    let start = run.start.map(|m| moment(m, run.time_zone, vocabulary)).unwrap_or_default();
    match run.end.filter(|end| run.start.is_none_or(|start| end.date(run.time_zone) != start.date(run.time_zone))) {
        Some(end) => format!("{start} – {}", moment(Moment::Date(end.date(run.time_zone)), run.time_zone, vocabulary)),
        None => start,
    }
}

/// The facts of an offer, the most asked for first.
pub(super) fn of_offer(offer: &Offer, vocabularies: &Vocabularies, language: Language) -> Vec<Fact> {
    let label = |key: &str| language.text(&format!("page.fact.{key}"));
    let words = |vocabulary: &str, codes: &[String]| -> Vec<String> {
        codes.iter().map(|c| vocabularies.label(vocabulary, c, language.tag()).to_owned()).collect()
    };
    let not_stated = || vec![label("notStated").to_owned()];
    let or_not_stated = |values: Vec<String>| if values.is_empty() { not_stated() } else { values };
    let runs = offer.runs.iter().filter(|r| r.status != RunStatus::Cancelled).map(|r| run(r, language)).collect::<Vec<_>>();
    let requirements = offer.entry_requirements.iter().map(|r| {
        let concept = vocabularies.label(ids::ENTRY_REQUIREMENTS, &r.kind, language.tag());
        r.text.as_ref().map_or_else(|| concept.to_owned(), |text| format!("{concept}: {text}"))
    });
    let accessibility = offer.accessibility.iter().chain(offer.places().into_iter().flat_map(|p| &p.accessibility)).map(|s| {
        format!("{}: {}", vocabularies.label(ids::ACCESSIBILITY_CRITERIA, &s.criterion, language.tag()), value_word(s.value.code(), language))
    });
    let languages: Vec<String> = offer.languages.iter().map(|l| vocabularies.label(ids::LANGUAGES, l.as_str(), language.tag()).to_owned()).collect();
    let registration = offer.registration.iter().flat_map(|r| [r.phone.as_ref(), r.email.as_ref()].into_iter().flatten().map(|t| t.to_string()));
    let contact =
        offer.contact.iter().flat_map(|c| [c.name.as_ref(), c.phone.as_ref(), c.email.as_ref()].into_iter().flatten().map(|t| t.to_string()));
    let provider = format!("/{}/einrichtungen/{}/{}", language.tag(), offer.organization.id, offer.organization.slug);
    let booking = offer.registration.as_ref().and_then(|r| r.url.as_ref()).or(offer.url.as_ref());
    [
        Fact::new(label("when"), runs),
        Fact::new(label("where"), offer.places().into_iter().map(place)),
        Fact::new(label("price"), [of_price(&offer.price, language)]),
        Fact::new(label("requirements"), or_not_stated(requirements.collect())),
        Some(Fact::link(label("organization"), &offer.organization.name, provider)),
        Fact::new(label("registration"), registration),
        booking.map(|url| Fact::link(label("web"), url.as_str(), url.as_str().to_owned())),
        Fact::new(label("contact"), contact),
        Fact::new(label("kind"), words(ids::OFFER_KINDS, std::slice::from_ref(&offer.kind))),
        Fact::new(label("topics"), words(ids::TOPICS, &offer.topics)),
        Fact::new(label("languages"), languages),
        Fact::new(label("accessibility"), or_not_stated(accessibility.collect())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn value_word(code: &str, language: Language) -> &'static str {
    match (code, language) {
        ("yes", Language::German) => "ja",
        ("partly", Language::German) => "teilweise",
        ("no", Language::German) => "nein",
        ("yes", Language::English) => "yes",
        ("partly", Language::English) => "partly",
        ("no", Language::English) => "no",
        (_, Language::German) => "nicht angegeben",
        (_, Language::English) => "not stated",
    }
}

/// The facts of an organisation.
pub(super) fn of_organization(organization: &Organization, vocabularies: &Vocabularies, language: Language) -> Vec<Fact> {
    let label = |key: &str| language.text(&format!("page.fact.{key}"));
    let contacts = |pick: fn(&domain::catalogue::ContactPoint) -> Option<String>| organization.contacts.iter().filter_map(pick).collect::<Vec<_>>();
    [
        Fact::new(label("kind"), [vocabularies.label(ids::ORGANIZATION_KINDS, &organization.kind, language.tag()).to_owned()]),
        Fact::new(label("address"), organization.address.as_ref().map(address)),
        Fact::new(label("phone"), contacts(|c| c.phone.as_ref().map(|t| t.to_string()))),
        Fact::new(label("email"), contacts(|c| c.email.as_ref().map(|t| t.to_string()))),
        Fact::new(label("hours"), organization.opening_hours.as_ref().map(|t| t.to_string())),
        organization.url.as_ref().map(|url| Fact::link(label("web"), url.as_str(), url.as_str().to_owned())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An offer as an entry of a list.
pub(super) fn offer_item(item: OfferItem, zone: Tz, language: Language) -> Item {
    let when = item.next_run.as_ref().map(|r| next(r, zone, language)).unwrap_or_default();
    let place = item.next_run.as_ref().and_then(|r| r.place.as_ref()).or(item.place.as_ref());
    let town = place.and_then(|p| p.municipality.clone().or_else(|| p.locality.clone())).unwrap_or_default();
    let facts = [when, town, item.organization.name].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    Item { segment: "angebote", id: item.id.to_string(), slug: item.slug, title: item.title, language: item.content_language, facts }
}

fn next(run: &ItemRun, zone: Tz, language: Language) -> String {
    if run.rolling_start {
        return language.text("page.fact.rolling").to_owned();
    }
    run.next_session.map(Moment::DateTime).or(run.start).map(|m| moment(m, zone, language)).unwrap_or_default()
}

/// An organisation as an entry of a list.
pub(super) fn organization_item(item: OrganizationItem, vocabularies: &Vocabularies, language: Language) -> Item {
    let kind = vocabularies.label(ids::ORGANIZATION_KINDS, &item.kind, language.tag()).to_owned();
    let facts = [Some(kind), item.municipality].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Item { segment: "einrichtungen", id: item.id.to_string(), slug: item.slug, title: item.name, language: item.content_language, facts }
}
