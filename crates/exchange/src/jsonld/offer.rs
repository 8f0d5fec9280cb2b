//! A course with its instances, or an event: an offer with runs.

use super::node::{Node, all, is, is_course, object, said, text, texts};
use super::{price, run};
use crate::mapping::{Notes, language, offer_kind, plain_to_markdown, topics_by_words};
use crate::problems;
use crate::{Decoded, ReadContext};
use domain::catalogue::{
    AgeRange, DeliveryMode, Draft, EntryRequirement, Image, LanguageLevel, LevelRange, OfferDraft, Price, Qualification, Registration,
    RegistrationForm, RunDraft,
};
use domain::text::{ExternalId, Short};
use domain::vocabularies::ids;
use serde_json::Value;

/// As many runs an offer has at most.
const MAX_RUNS: usize = 500;

/// The values that may be places, of an offer and of its instances.
pub(super) fn places(node: &Node) -> impl Iterator<Item = &Value> {
    let instances = all(node, "hasCourseInstance").filter_map(Value::as_object);
    std::iter::once(node).chain(instances).flat_map(|node| all(node, "location"))
}

pub(super) fn decode(id: Option<&str>, organization: Option<&str>, node: &Node, context: &ReadContext) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(id, "/@id");
    let organization = notes.external_id(organization, "/provider");
    let course = is(node, |name| is_course(name) || name == "CourseInstance");
    let title = text(node, "name").or_else(|| text(node, "headline"));
    let title = notes.title(title.as_deref(), "/name");
    let title = notes.required(title, "/name");
    let (Some(external_id), Some(organization), Some(title)) = (external_id, organization, title) else { return notes.finish(None) };
    let kind = if course { offer_kind(title.as_str()) } else { "event" };
    let mut offer = OfferDraft::new(external_id, organization, kind, title);
    offer.course_code = notes.title(text(node, "courseCode").as_deref(), "/courseCode");
    offer.url = notes.url(text(node, "url").filter(|url| super::absolute(url).is_some()).as_deref(), "/url");
    words(node, context, &mut offer, &mut notes);
    for_whom(node, context, &mut offer, &mut notes);
    offer.images.extend(all(node, "image").filter_map(Value::as_object).filter_map(|picture| image(picture, &mut notes)).take(10));
    let terms = price::terms(node, context.zone, &mut notes);
    offer.price = terms.price.unwrap_or_else(Price::unknown);
    if terms.url.is_some() || terms.deadline.is_some() {
        let forms = terms.url.iter().map(|_| RegistrationForm::Online).collect();
        offer.registration = Some(Registration { forms, url: terms.url, deadline: terms.deadline, ..Registration::default() });
    }
    runs(node, context, &mut offer, &mut notes);
    if let Some(names) = text(node, "strange") {
        notes.warning("", problems::fields_not_mapped(&names));
    }
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

fn runs(node: &Node, context: &ReadContext, offer: &mut OfferDraft, notes: &mut Notes) {
    let instances: Vec<&Node> = all(node, "hasCourseInstance").filter_map(Value::as_object).collect();
    if instances.len() > MAX_RUNS {
        notes.not_mapped("/hasCourseInstance", &format!("{MAX_RUNS}…"));
    }
    let mut modes = Vec::new();
    for instance in instances.iter().take(MAX_RUNS) {
        let (mut run, mode) = run::run(instance, context, notes);
        run.external_id = run_id(instance).filter(|id| offer.runs.iter().all(|other| other.external_id.as_ref() != Some(id)));
        run.course_code = notes.title(text(instance, "courseCode").as_deref(), "/hasCourseInstance/courseCode");
        let name = text(instance, "name").filter(|name| name != offer.title.as_str());
        run.note = notes.short(name.as_deref(), "/hasCourseInstance/name");
        run.url =
            run.url.or_else(|| text(instance, "url").filter(|url| super::absolute(url).is_some()).and_then(|url| notes.url(Some(&url), "/url")));
        run.place = run.place.or_else(|| run::place(node));
        modes.push(mode);
        offer.runs.push(run);
    }
    if instances.is_empty() {
        let (mut run, mode) = run::run(node, context, notes);
        // Its price is that of the offer already.
        (run.price, run.deadline, run.url) = (None, None, None);
        modes.push(mode);
        offer.place.clone_from(&run.place);
        let nothing = RunDraft { place: None, online_url: None, ..run.clone() } == RunDraft::default();
        if !nothing {
            offer.runs.push(run);
        }
    }
    offer.place = offer.place.take().or_else(|| run::place(node));
    modes.dedup();
    offer.delivery_mode = match modes.as_slice() {
        [Some(mode)] => *mode,
        several if several.iter().flatten().any(|mode| *mode == DeliveryMode::Hybrid) => DeliveryMode::Hybrid,
        several if several.contains(&Some(DeliveryMode::Online)) && several.contains(&Some(DeliveryMode::Onsite)) => DeliveryMode::Hybrid,
        several => several.iter().flatten().next().copied().unwrap_or(DeliveryMode::Onsite),
    };
}

fn run_id(node: &Node) -> Option<ExternalId> {
    let identifier = || all(node, "identifier").find_map(|value| value.get("value").and_then(said).or_else(|| said(value)));
    let id = text(node, "@id").filter(|id| !id.starts_with("_:")).or_else(identifier)?;
    ExternalId::try_from(id).ok()
}

fn words(node: &Node, context: &ReadContext, offer: &mut OfferDraft, notes: &mut Notes) {
    offer.summary = notes.short(text(node, "abstract").or_else(|| text(node, "disambiguatingDescription")).as_deref(), "/abstract");
    let mut parts: Vec<String> = text(node, "description").map(|text| plain_to_markdown(&text)).into_iter().filter(|text| !text.is_empty()).collect();
    let teaches = texts(node, "teaches", false);
    if !teaches.is_empty() {
        parts.push(plain_to_markdown(&format!("Inhalte:\n\n{}", teaches.iter().map(|topic| format!("- {topic}\n")).collect::<String>())));
    }
    if !parts.is_empty() {
        offer.description = notes.markdown(&parts.join("\n\n"), "/description");
    }
    let words: Vec<String> = [texts(node, "keywords", true), texts(node, "about", false)].concat();
    topics_by_words(words.iter().map(String::as_str), &context.vocabularies, offer);
    offer.keywords =
        words.iter().filter(|word| super::absolute(word).is_none()).filter_map(|word| notes.title(Some(word), "/keywords")).take(50).collect();
    for tag in texts(node, "inLanguage", true) {
        let primary = tag.split('-').next().unwrap_or(&tag);
        match language(&tag, &context.vocabularies).or_else(|| language(primary, &context.vocabularies)).or_else(|| by_name(&tag, context)) {
            Some(language) if offer.languages.contains(&language) => {}
            Some(language) => offer.languages.push(language),
            None => notes.not_mapped("/inLanguage", &tag),
        }
    }
}

fn by_name(name: &str, context: &ReadContext) -> Option<domain::text::LanguageTag> {
    let concept = context.vocabularies.get(ids::LANGUAGES)?.by_label(name)?;
    domain::text::LanguageTag::try_from(concept.code.clone()).ok()
}

fn for_whom(node: &Node, context: &ReadContext, offer: &mut OfferDraft, notes: &mut Notes) {
    let audiences = all(node, "audience").filter_map(|audience| match audience.as_object() {
        Some(node) => text(node, "audienceType").or_else(|| text(node, "educationalRole")).or_else(|| text(node, "name")),
        None => said(audience),
    });
    for audience in audiences {
        match context.vocabularies.get(ids::TARGET_GROUPS).and_then(|groups| groups.by_label(&audience)) {
            Some(concept) if offer.target_groups.contains(&concept.code) => {}
            Some(concept) => offer.target_groups.push(concept.code.clone()),
            None => notes.not_mapped("/audience", &audience),
        }
    }
    let group = object(node, "audience");
    let stated = text(node, "typicalAgeRange").or_else(|| {
        let age = |name| group.and_then(|group| text(group, name)).unwrap_or_default();
        Some(format!("{}-{}", age("suggestedMinAge"), age("suggestedMaxAge"))).filter(|range| range != "-")
    });
    if let Some(range) = stated {
        offer.age_range = age_range(&range);
        if offer.age_range.is_none() {
            notes.not_mapped("/typicalAgeRange", &range);
        }
    }
    for level in texts(node, "educationalLevel", true) {
        match level.to_ascii_uppercase().get(..2).and_then(|code| code.parse::<LanguageLevel>().ok()) {
            Some(level) => {
                let range = offer.language_level.get_or_insert(LevelRange { from: None, to: Some(level) });
                (range.from, range.to) = (range.from, range.to.max(Some(level)));
            }
            None => offer.entry_requirements.extend(
                notes.short(Some(&level), "/educationalLevel").map(|text| EntryRequirement { kind: "prior-knowledge".to_owned(), text: Some(text) }),
            ),
        }
    }
    for wanted in ["coursePrerequisites", "programPrerequisites"].iter().flat_map(|name| texts(node, name, false)) {
        let text: Option<Short> = notes.short(Some(&wanted), "/coursePrerequisites");
        offer.entry_requirements.push(EntryRequirement { kind: "prior-knowledge".to_owned(), text });
    }
    let credential = text(node, "educationalCredentialAwarded").or_else(|| text(node, "occupationalCredentialAwarded"));
    offer.qualification = notes.short(credential.as_deref(), "/educationalCredentialAwarded").map(|name| {
        let known = context.vocabularies.get(ids::CERTIFICATES).and_then(|certificates| certificates.by_label(name.as_str()));
        Qualification { certificate: known.map(|concept| concept.code.clone()), name, dqr_level: None }
    });
}

/// `7-9`, `18-`, `-12`.
fn age_range(text: &str) -> Option<AgeRange> {
    let (min, max) = text.split_once(['-', '–'])?;
    let age = |text: &str| text.trim().parse::<u8>().ok().filter(|age| *age <= 120);
    let range = AgeRange { min: age(min), max: age(max) };
    let readable = (min.trim().is_empty() || range.min.is_some()) && (max.trim().is_empty() || range.max.is_some());
    let ordered = range.min.zip(range.max).is_none_or(|(min, max)| min <= max);
    (readable && ordered && (range.min.is_some() || range.max.is_some())).then_some(range)
}

/// A picture with words; one without is no picture here.
fn image(picture: &Node, notes: &mut Notes) -> Option<Image> {
    let alt = text(picture, "caption").or_else(|| text(picture, "description")).or_else(|| text(picture, "name"))?;
    let url = text(picture, "contentUrl").or_else(|| text(picture, "url"))?;
    Some(Image { url: notes.url(Some(&url), "/image/url")?, alt: notes.short(Some(&alt), "/image/caption")?, licence: None, author: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        assert_eq!(age_range("7-9"), Some(AgeRange { min: Some(7), max: Some(9) }));
        assert_eq!(age_range("18-"), Some(AgeRange { min: Some(18), max: None }));
        for bad in ["", "-", "9-7", "adult", "a-b", "7-999"] {
            assert_eq!(age_range(bad), None, "{bad}");
        }
    }
}
