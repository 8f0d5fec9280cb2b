//! One `kurs`: an offer with one run.

use super::{ORGANIZATION, place_parts, run};
use crate::mapping::{Notes, offer_kind, parse_cents, plain_to_markdown, topics_by_words};
use crate::problems;
use crate::xml::Element;
use crate::{Decoded, ReadContext};
use domain::Moment;
use domain::catalogue::{Draft, OfferDraft, Price, PriceReduction, Registration};
use domain::text::Short;
use domain::vocabularies::{Vocabularies, ids};

/// Titles, the most complete one first.
const TITLES: [&str; 4] = ["titellang_bf", "haupttitel", "titelkurz", "titellang"];

pub(super) fn decode(record: &Element, context: &ReadContext) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(record.text_at("knr"), "/knr");
    let organization = notes.external_id(Some(ORGANIZATION), "/kurse");
    let stated = TITLES.into_iter().find(|name| record.text_at(name).is_some());
    let title = notes.title(stated.and_then(|name| record.text_at(name)), "/titelkurz");
    let title = notes.required(title, "/titelkurz");
    let (Some(external_id), Some(organization), Some(title)) = (external_id, organization, title) else {
        return notes.finish(None);
    };
    let mut offer = OfferDraft::new(external_id, organization, offer_kind(title.as_str()), title);
    offer.course_code = notes.title(record.text_at("knr"), "/knr");
    offer.summary = notes.short(subtitle(record, stated).as_deref(), "/titellang");
    categories(record, &context.vocabularies, &mut offer, &mut notes);
    description(record, &context.vocabularies, &mut offer, &mut notes);
    offer.price = price(record, &mut notes);
    offer.registration = registration(record, &mut notes);
    offer.place = place_parts(record).external_id();
    offer.runs.push(run::run(record, context, &mut notes));
    if let Some(names) = record.attribute("strange") {
        notes.warning("/kurs", problems::fields_not_mapped(names));
    }
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

/// What the other titles say more.
fn subtitle(record: &Element, stated: Option<&str>) -> Option<String> {
    let title = stated.and_then(|name| record.text_at(name)).unwrap_or_default();
    let others = ["titellang", "untertitel"].into_iter().filter_map(|name| record.text_at(name));
    let mut more: Vec<&str> = others.filter(|text| !text.eq_ignore_ascii_case(title) && !title.contains(text)).collect();
    more.dedup();
    (!more.is_empty()).then(|| more.join(" · "))
}

/// `Sprachen \ Englisch`: every part may be the name of a topic, the last one is a keyword.
fn categories(record: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let paths = record.all("kategorien").flat_map(|all| all.all("kategorie")).filter_map(|category| category.text_at("bezeichnungstruktur"));
    let mut words: Vec<&str> = Vec::new();
    for path in paths {
        let parts: Vec<&str> = path.split(['\\', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if let Some(keyword) = notes.title(parts.last().copied(), "/kategorien").filter(|keyword| !offer.keywords.contains(keyword))
            && offer.keywords.len() < 50
        {
            offer.keywords.push(keyword);
        }
        words.extend(parts.into_iter().rev());
    }
    words.extend(record.text_at("fachbtext"));
    topics_by_words(words.into_iter(), vocabularies, offer);
}

/// What the web page says, else the programme; then what has to be brought and for whom it is.
fn description(record: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let body = record.text_at("web_info").or_else(|| record.text_at("inhalt"));
    let mut parts: Vec<String> = body.map(plain_to_markdown).into_iter().filter(|text| !text.is_empty()).collect();
    parts.extend(record.text_at("material").map(|material| format!("### Material\n\n{}", plain_to_markdown(material))));
    let mut others = Vec::new();
    for group in record.all("zielgruppe").flat_map(|group| group.text.split([',', ';'])).map(str::trim).filter(|text| !text.is_empty()) {
        match vocabularies.get(ids::TARGET_GROUPS).and_then(|v| v.by_label(group)) {
            Some(concept) if offer.target_groups.contains(&concept.code) => {}
            Some(concept) => offer.target_groups.push(concept.code.clone()),
            None => others.push(group),
        }
    }
    if !others.is_empty() {
        parts.push(plain_to_markdown(&format!("Zielgruppe: {}", others.join(", "))));
    }
    if !parts.is_empty() {
        offer.description = notes.markdown(&parts.join("\n\n"), if record.at("web_info").is_some() { "/web_info" } else { "/inhalt" });
    }
}

fn price(record: &Element, notes: &mut Notes) -> Price {
    let mut cents = |name: &str| {
        let text = record.text_at(name)?;
        let cents = parse_cents(text.trim_end_matches(['€', ' ']).trim_end_matches("EUR").trim());
        if cents.is_none() {
            notes.warning(format!("/{name}"), problems::number_invalid(text));
        }
        cents
    };
    let (normal, reduced) = (cents("gebnorm"), cents("geberm"));
    let mut price = match normal {
        Some(0) => Price::free(),
        Some(cents) => Price::euros(cents),
        None => Price::unknown(),
    };
    if let Some(amount) = reduced.filter(|amount| *amount > 0 && Some(*amount) != normal) {
        price.reductions.extend(Short::try_from("ermäßigt").ok().map(|label| PriceReduction { label, amount: Some(amount) }));
    }
    price.note = notes.short(record.text_at("gebuehrergaenztext"), "/gebuehrergaenztext");
    price
}

fn registration(record: &Element, notes: &mut Notes) -> Option<Registration> {
    let not_online =
        record.text_at("keinewebanmeldung").is_some_and(|stated| matches!(stated.to_ascii_uppercase().as_str(), "W" | "J" | "1" | "TRUE"));
    let registration = Registration {
        deadline: run::date(record, "anm_ende", notes).map(Moment::Date),
        note: not_online.then(|| Short::try_from("Anmeldung nicht über die Webseite möglich.").ok()).flatten(),
        ..Registration::default()
    };
    (registration != Registration::default()).then_some(registration)
}
