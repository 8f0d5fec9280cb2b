//! Courses and standing services.

use super::{JsonLd, image, organization, place, price, run};
use crate::out::addresses;
use crate::out::fields::Fields;
use crate::out::words::Words;
use domain::catalogue::{AgeRange, Offer, RunStatus};
use domain::vocabularies::ids;
use serde_json::{Value, json};

pub(super) fn course(writer: &JsonLd<'_>, offer: &Offer) -> Value {
    let mut node = Fields::of_type("Course");
    let address = common(writer, offer, &mut node);
    node.set("provider", provider(writer, offer)).some("license", crate::out::licence(offer.meta.licence).url);
    learning(writer, offer, &mut node);
    node.list("hasCourseInstance", offer.runs.iter().map(|run| run::instance(writer, offer, run, &address)));
    node.list("offers", terms(writer, offer));
    node.done()
}

/// What stands and has no dates is no course, and nobody should come to think that it is one.
pub(super) fn service(writer: &JsonLd<'_>, offer: &Offer) -> Value {
    let mut node = Fields::of_type("Service");
    common(writer, offer, &mut node);
    node.set("provider", provider(writer, offer)).set("serviceType", writer.label(ids::OFFER_KINDS, &offer.kind));
    let languages = offer.languages.iter().map(|tag| tag.as_str());
    let channels = offer.places().into_iter().map(|found| {
        let mut channel = Fields::of_type("ServiceChannel");
        channel.set("serviceLocation", place::location(writer, found)).list("availableLanguage", languages.clone());
        channel.done()
    });
    node.list("availableChannel", channels).list("offers", terms(writer, offer));
    node.done()
}

/// What all kinds of offer say. Returns the address of the page.
pub(super) fn common(writer: &JsonLd<'_>, offer: &Offer, node: &mut Fields) -> String {
    let address = addresses::offer(writer.site, offer);
    let words = Words::of_offer(offer, writer.language);
    node.set("@id", address.as_str()).set("mainEntityOfPage", writer.page(&address, offer.meta.licence));
    node.set("name", words.title).set("url", offer.url.as_ref().map_or(address.as_str(), |url| url.as_str()));
    node.some("description", words.most());
    if words.html.is_some() {
        node.some("abstract", words.summary);
    }
    node.list("image", offer.images.iter().map(image));
    node.list("audience", offer.target_groups.iter().map(|code| audience(writer, code)));
    address
}

fn audience(writer: &JsonLd<'_>, code: &str) -> Value {
    json!({ "@type": "EducationalAudience", "audienceType": writer.label(ids::TARGET_GROUPS, code) })
}

/// What is taught, to whom, in which language, at which level.
fn learning(writer: &JsonLd<'_>, offer: &Offer, node: &mut Fields) {
    node.some("courseCode", offer.course_code.as_ref().map(|code| code.as_str()));
    about(writer, offer, node);
    let level = offer.language_level.and_then(|level| level.to);
    node.some("educationalLevel", level.map(|level| level.code()));
    let wanted = offer.entry_requirements.iter().filter(|wanted| wanted.kind != "none");
    let wanted = wanted.map(|wanted| match &wanted.text {
        Some(text) => text.to_string(),
        None => writer.label(ids::ENTRY_REQUIREMENTS, &wanted.kind).to_owned(),
    });
    node.list("coursePrerequisites", wanted);
    node.some("educationalCredentialAwarded", offer.qualification.as_ref().map(|awarded| awarded.name.as_str()));
}

/// Topics, keywords, languages, ages.
pub(super) fn about(writer: &JsonLd<'_>, offer: &Offer, node: &mut Fields) {
    let topics = offer.topics.iter().map(|code| {
        let mut term = Fields::of_type("DefinedTerm");
        term.set("name", writer.label(ids::TOPICS, code)).set("termCode", code.as_str());
        term.set("inDefinedTermSet", writer.site.address("/api/v1/vocabularies/topics"));
        term.done()
    });
    node.list("about", topics).list("keywords", offer.keywords.iter().map(|word| word.as_str()));
    node.list("inLanguage", offer.languages.iter().map(|tag| tag.as_str()));
    node.some("typicalAgeRange", offer.age_range.map(ages));
}

/// `7-9`, `18-`, `-12`.
fn ages(range: AgeRange) -> String {
    let age = |age: Option<u8>| age.map(|age| age.to_string()).unwrap_or_default();
    format!("{}-{}", age(range.min), age(range.max))
}

pub(super) fn provider(writer: &JsonLd<'_>, offer: &Offer) -> Value {
    let from = &offer.organization;
    let address = addresses::organization_page(writer.site, from.id, &from.slug);
    json!({ "@type": organization::kind(&from.kind), "@id": address, "name": from.name, "url": address })
}

/// Price and registration of the whole offer.
pub(super) fn terms(writer: &JsonLd<'_>, offer: &Offer) -> Vec<Value> {
    let registration = offer.registration.as_ref();
    let open = offer.runs.iter().filter(|run| run.status != RunStatus::Cancelled);
    let terms = price::Terms {
        url: registration.and_then(|way| way.url.as_ref()).map(|url| url.as_str()),
        deadline: registration.and_then(|way| way.deadline),
        sold_out: !offer.runs.is_empty() && open.clone().next().is_some() && open.clone().all(|run| run.status == RunStatus::Full),
    };
    let mut offers = price::offers(Some(&offer.price), terms);
    // Without runs there is no other place to say where.
    if let (true, Some(found)) = (offer.runs.is_empty(), &offer.place)
        && let Some(first) = offers.first_mut().and_then(Value::as_object_mut)
    {
        first.insert("availableAtOrFrom".to_owned(), place::location(writer, found));
    }
    offers
}
