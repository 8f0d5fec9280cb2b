//! The offer of a course: its leading `SERVICE`, with the runs of all of them.

use super::supplier::{contact_point, role_name};
use super::{codes, place_parts, run, texts};
use crate::mapping::{Notes, language, moment, truth};
use crate::xml::Element;
use crate::{Decoded, ReadContext, problems};
use domain::Moment;
use domain::catalogue::{
    AccessibilityStatement, AccessibilityValue, Draft, EntryRequirement, Funding, Image, OfferDraft, Price, PriceType, Provenance, Qualification,
    Registration, RegistrationForm,
};
use domain::text::{Short, WebUrl, fold};
use domain::vocabularies::{Vocabularies, ids};

const DETAILS: &str = "/SERVICE_DETAILS";
const EDUCATION: &str = "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION";
const EXTENDED: &str = "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/EXTENDED_INFO";

/// Elements that hold something this mapping has no place for, per level.
const UNMAPPED: &[(&str, &[&str])] = &[
    ("", &["HS_INFO", "SERVICE_REFERENCE"]),
    ("SERVICE_DETAILS", &["STUDY_COURSE", "SERVICE_STATUS", "SEGMENT"]),
    ("SERVICE_DETAILS/SERVICE_MODULE/EDUCATION", &["MODULE_ORGANIZER", "HANDICAP"]),
    (
        "SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/EXTENDED_INFO",
        &["INHOUSE_SEMINAR", "PRACTICAL_PART", "EXECUTION_FORM", "ADM_RESTRICTION_DESC", "COMBINATION_DESCRIPTION", "LECTURE_PERIOD"],
    ),
];

/// Courses, computer-based and web-based modules alike.
pub(super) fn modules(service: &Element) -> impl Iterator<Item = &Element> {
    let education = service.at("SERVICE_DETAILS/SERVICE_MODULE/EDUCATION");
    let children = education.map(|e| e.children.as_slice()).unwrap_or_default();
    children.iter().filter(|child| matches!(child.name.as_str(), "MODULE_COURSE" | "MODULE_CBT" | "MODULE_WBT"))
}

pub(super) fn decode(course: &Element, context: &ReadContext) -> Decoded {
    let vocabularies = &*context.vocabularies;
    let mut notes = Notes::default();
    let external_id = notes.external_id(course.attribute("course"), "/PRODUCT_ID");
    let organization = notes.external_id(course.attribute("supplier"), "/SUPPLIER_ID_REF");
    let mut services = course.all("SERVICE");
    let head = services.next();
    let title = notes.title(head.and_then(|head| head.text_at("SERVICE_DETAILS/TITLE")), "/SERVICE_DETAILS/TITLE");
    let title = notes.required(title, "/SERVICE_DETAILS/TITLE");
    let (Some(external_id), Some(organization), Some(title), Some(head)) = (external_id, organization, title, head) else {
        return notes.finish(None);
    };
    if let Some(stated) = course.attribute("stated-supplier") {
        notes.warning("/SUPPLIER_ID_REF", problems::supplier_replaced(stated, organization.as_str()));
    }
    let mut offer = OfferDraft::new(external_id, organization, "course", title);
    let nothing = Element::default();
    let details = head.at("SERVICE_DETAILS").unwrap_or(&nothing);
    let education = details.at("SERVICE_MODULE/EDUCATION").unwrap_or(&nothing);
    let extended = education.at("EXTENDED_INFO").unwrap_or(&nothing);

    offer.description = texts::description(head, &mut notes);
    offer.course_code = notes.title(details.text_at("SUPPLIER_ALT_PID"), "/SERVICE_DETAILS/SUPPLIER_ALT_PID");
    keywords(head, details, &mut offer, &mut notes);
    classify(head, extended, vocabularies, &mut offer, &mut notes);
    offer.languages = languages(education, extended, vocabularies, &mut notes);
    qualification(education, vocabularies, &mut offer, &mut notes);
    requirements(details, &mut offer, &mut notes);
    audience(details, extended, vocabularies, &mut offer);
    funding(head, education, extended, vocabularies, &mut offer, &mut notes);
    accessibility(extended, &mut offer, &mut notes);
    offer.price = price(head, &mut notes);
    offer.contact = details.all("CONTACT").find_map(|c| contact_point(c, role_name(c), &format!("{DETAILS}/CONTACT"), &mut notes));
    links(head, education, &mut offer, &mut notes);
    offer.publish_from = date(details, "ANNOUNCEMENT/START_DATE", context, &mut notes);
    offer.publish_until = date(details, "ANNOUNCEMENT/END_DATE", context, &mut notes);
    offer.place = modules(head).find_map(|module| place_parts(module.at("LOCATION")?).external_id());
    for (level, names) in UNMAPPED {
        let Some(element) = (if level.is_empty() { Some(head) } else { head.at(level) }) else { continue };
        for child in element.children.iter().filter(|child| names.contains(&child.name.as_str()) && truth(&child.text) != Some(false)) {
            let pointer = if level.is_empty() { format!("/{}", child.name) } else { format!("/{level}/{}", child.name) };
            notes.not_mapped(&pointer, &child.text);
        }
    }
    offer.runs.push(run::run(head, &offer, context, &mut notes));
    for service in services {
        let run = run::run(service, &offer, context, &mut notes);
        offer.runs.push(run);
    }
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

/// A date of the service's details; midnight is the day.
pub(super) fn date(element: &Element, path: &str, context: &ReadContext, notes: &mut Notes) -> Option<Moment> {
    let text = element.text_at(path)?;
    let read = moment(text, context.zone);
    if read.is_none() {
        notes.warning(format!("{DETAILS}/{path}"), problems::date_invalid());
    }
    read.map(|(moment, _)| moment)
}

/// Keywords and the names of the agency's subject classes, each once.
fn keywords(head: &Element, details: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let classes = head.all("SERVICE_CLASSIFICATION").flat_map(|c| c.all("FEATURE")).filter_map(|f| f.text_at("FVALUE"));
    let stated = details.all("KEYWORD").map(|e| e.text.as_str());
    for word in stated.chain(classes).filter(|word| word.chars().count() > 2 && word.chars().any(char::is_alphabetic)) {
        let Some(keyword) = notes.title(Some(word), "/SERVICE_DETAILS/KEYWORD") else { continue };
        if keyword != offer.title && !offer.keywords.contains(&keyword) && offer.keywords.len() < 50 {
            offer.keywords.push(keyword);
        }
    }
}

fn classify(head: &Element, extended: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let code = |name: &str| extended.at(name).and_then(|e| e.attribute("type")).map(str::trim).filter(|code| !code.is_empty());
    if let Some(form) = code("INSTRUCTION_FORM") {
        match codes::delivery_mode(form, vocabularies) {
            Some(mode) => offer.delivery_mode = mode,
            None => notes.not_mapped(&format!("{EXTENDED}/INSTRUCTION_FORM"), form),
        }
    }
    let education = code("EDUCATION_TYPE").map(|code| (code, codes::education(code)));
    if let Some((code, None)) = education {
        notes.not_mapped(&format!("{EXTENDED}/EDUCATION_TYPE"), code);
    }
    let education = education.and_then(|(_, meaning)| meaning).unwrap_or_default();
    let topics = vocabularies.get(ids::TOPICS);
    let classes = head.all("SERVICE_CLASSIFICATION").flat_map(|c| c.all("FEATURE"));
    let by_class = classes.filter_map(|f| {
        let topics = topics?;
        f.text_at("FNAME").and_then(|name| topics.by_notation("kursnet-systematik", name)).or_else(|| topics.by_label(f.text_at("FVALUE")?))
    });
    let mut found: Vec<String> = by_class.map(|concept| concept.code.clone()).take(4).collect();
    found.extend(education.topic.map(str::to_owned));
    for topic in found {
        if topics.is_some_and(|t| t.concept(&topic).is_some()) && !offer.topics.contains(&topic) {
            offer.topics.push(topic);
        }
    }
    offer.life_phases.extend(education.life_phase.map(str::to_owned));
    offer.bamf_course_type = education.bamf_course_type.map(str::to_owned);
}

fn languages(education: &Element, extended: &Element, vocabularies: &Vocabularies, notes: &mut Notes) -> Vec<domain::text::LanguageTag> {
    let mut tags = Vec::new();
    for code in extended.all("TEACHING_LANGUAGES").chain(education.all("LANGUAGE")).map(|e| e.text.as_str()).filter(|c| !c.is_empty()) {
        match language(code, vocabularies) {
            Some(tag) if tags.contains(&tag) => {}
            Some(tag) => tags.push(tag),
            None => notes.not_mapped(&format!("{EXTENDED}/TEACHING_LANGUAGES"), code),
        }
    }
    tags
}

fn qualification(education: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let Some(degree) = education.at("DEGREE") else { return };
    let exam = degree.at("DEGREE_EXAM").and_then(|e| e.attribute("type")).filter(|exam| texts::says_something(exam));
    let stated = degree.text_at("DEGREE_TITLE").filter(|title| texts::says_something(title));
    let pointer = format!("{EDUCATION}/DEGREE/DEGREE_TITLE");
    let Some(name) = notes.short(stated.or_else(|| degree.text_at("DEGREE_EXAM/EXAM_TITLE")).or(exam), &pointer) else { return };
    let known = vocabularies.get(ids::CERTIFICATES).and_then(|certificates| {
        let chamber = exam.filter(|exam| fold(exam).split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "ihk" | "hwk")));
        let by_exam = exam.and_then(|exam| certificates.by_label(exam));
        by_exam.or_else(|| certificates.by_label(name.as_str())).or_else(|| certificates.concept("chamber-certificate").filter(|_| chamber.is_some()))
    });
    offer.qualification = Some(Qualification { certificate: known.map(|c| c.code.clone()), name, dqr_level: None });
}

fn requirements(details: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let Some(text) = details.text_at("REQUIREMENTS").filter(|text| texts::says_something(text)) else { return };
    let folded = fold(text);
    let none = folded.trim_end_matches('.') == "keine" || (folded.starts_with("keine ") && folded.len() < 60);
    // What is too long here stands in full in the description.
    let text = domain::text::html_to_text(text);
    let lines: Vec<&str> = text.lines().map(|line| line.trim().trim_start_matches(['*', '•', '-']).trim()).filter(|line| !line.is_empty()).collect();
    let cut = Short::truncated(&lines.join(if text.contains(['*', '•']) { "; " } else { " " })).map(|(short, _)| short);
    let kind = if none { "none" } else { "other" };
    if cut.is_none() {
        notes.not_mapped("/SERVICE_DETAILS/REQUIREMENTS", &text);
    }
    offer.entry_requirements.push(EntryRequirement { kind: kind.to_owned(), text: cut });
}

fn audience(details: &Element, extended: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft) {
    let groups = vocabularies.get(ids::TARGET_GROUPS);
    let mut add = |code: &str| {
        if groups.is_some_and(|g| g.concept(code).is_some()) && !offer.target_groups.iter().any(|known| known == code) {
            offer.target_groups.push(code.to_owned());
        }
    };
    for part in details.all("TARGET_GROUP").filter_map(|g| g.text_at("TARGET_GROUP_TEXT")).flat_map(|text| text.split([',', ';', '\n'])) {
        if let Some(concept) = groups.and_then(|g| g.by_label(part)) {
            add(&concept.code);
        }
    }
    let yes = |name: &str| extended.text_at(name).and_then(truth) == Some(true);
    if yes("TRAINEE_SUITABLE") {
        add("trainees");
    }
    if yes("EMPLOYEE_SUITABLE") || yes("EXTRA_OCCUPATIONAL") {
        add("employees");
    }
}

fn funding(head: &Element, education: &Element, extended: &Element, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let mut kinds: Vec<String> = Vec::new();
    let types = vocabularies.get(ids::FUNDING_TYPES);
    for (name, scheme) in [("FUNDING_TYPES_FEDERAL", "kursnet-bund"), ("FUNDING_TYPES_REGIONAL", "kursnet-mv")] {
        for stated in extended.all(name) {
            let code = stated.attribute("type").unwrap_or_default().trim();
            match types.and_then(|t| t.by_notation(scheme, code)) {
                Some(concept) => kinds.push(concept.code.clone()),
                None => notes.not_mapped(&format!("{EXTENDED}/{name}"), &format!("{code} {}", stated.text)),
            }
        }
    }
    let measure = extended.text_at("MEASURE_NUMBER").filter(|number| texts::says_something(number));
    // 1 = approved for the education voucher (AZAV).
    if education.all("CERTIFICATE").any(|c| c.text_at("CERTIFICATE_STATUS") == Some("1")) {
        kinds.extend(["education-voucher".to_owned(), "azav-certified".to_owned()]);
    } else if measure.is_some() {
        kinds.push("azav-certified".to_owned());
    }
    if head.text_at("COURSE_TYPE") == Some("3") {
        kinds.push("activation-voucher".to_owned());
    }
    let number = notes.title(measure, &format!("{EXTENDED}/MEASURE_NUMBER"));
    for kind in kinds {
        if !offer.funding.iter().any(|known| known.kind == kind) {
            let number = number.clone().filter(|_| matches!(kind.as_str(), "azav-certified" | "activation-voucher"));
            offer.funding.push(Funding { kind, number, text: None });
        }
    }
}

fn accessibility(extended: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    if extended.text_at("DIGITAL_ACCESSIBILITY").and_then(truth) != Some(true) {
        return;
    }
    let note = extended.text_at("DIGITAL_ACCESSIBILITY_REMARKS").unwrap_or("Laut Anbieter digital barrierefrei.");
    offer.accessibility.push(AccessibilityStatement {
        criterion: "accessible-online".to_owned(),
        value: AccessibilityValue::Yes,
        provenance: Provenance::SelfDeclared,
        date: None,
        note: notes.short(Some(note), &format!("{EXTENDED}/DIGITAL_ACCESSIBILITY_REMARKS")),
    });
}

/// 0.0 is how the format says "on request"; only a remark can say that it is free.
pub(super) fn price(service: &Element, notes: &mut Notes) -> Price {
    let Some(details) = service.at("SERVICE_PRICE_DETAILS") else { return Price::unknown() };
    let pointer = "/SERVICE_PRICE_DETAILS/SERVICE_PRICE/PRICE_AMOUNT";
    let remarks = details.text_at("REMARKS");
    let free = remarks.is_some_and(|r| ["kostenlos", "kostenfrei", "gebuehrenfrei", "unentgeltlich"].iter().any(|w| fold(r).contains(w)));
    let mut price = match notes.cents(details.text_at("SERVICE_PRICE/PRICE_AMOUNT"), pointer) {
        Some(0) if free => Price::free(),
        Some(0) => Price { kind: PriceType::OnRequest, ..Price::unknown() },
        Some(cents) => Price::euros(cents),
        None => Price::unknown(),
    };
    if let Some(currency) = details.text_at("SERVICE_PRICE/PRICE_CURRENCY").map(str::to_ascii_uppercase) {
        if currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()) {
            price.currency = currency;
        } else {
            notes.not_mapped("/SERVICE_PRICE_DETAILS/SERVICE_PRICE/PRICE_CURRENCY", &currency);
        }
    }
    price.note = notes.short(remarks, "/SERVICE_PRICE_DETAILS/REMARKS");
    price
}

/// The web addresses of a service, pictures apart.
pub(super) fn pages(service: &Element, notes: &mut Notes) -> Vec<WebUrl> {
    let education = service.at("SERVICE_DETAILS/SERVICE_MODULE/EDUCATION");
    let infos = service.all("MIME_INFO").chain(education.into_iter().flat_map(|e| e.all("MIME_INFO")));
    let mut pages = Vec::new();
    for source in infos.flat_map(|info| info.all("MIME_ELEMENT")).filter(|e| !is_picture(e)).filter_map(|e| e.text_at("MIME_SOURCE")) {
        let Some(url) = notes.url(Some(source), "/MIME_INFO/MIME_ELEMENT/MIME_SOURCE") else { continue };
        if !pages.contains(&url) {
            pages.push(url);
        }
    }
    pages
}

fn is_picture(element: &Element) -> bool {
    element.text_at("MIME_TYPE").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("image/"))
}

fn links(head: &Element, education: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let pages = pages(head, notes);
    offer.url = pages.first().cloned();
    if let Some(url) = pages.first() {
        offer.registration = Some(Registration { forms: vec![RegistrationForm::Online], url: Some(url.clone()), ..Registration::default() });
    }
    for more in pages.iter().skip(1) {
        notes.not_mapped("/MIME_INFO/MIME_ELEMENT/MIME_SOURCE", more.as_str());
    }
    let infos = head.all("MIME_INFO").chain(education.all("MIME_INFO"));
    for picture in infos.flat_map(|info| info.all("MIME_ELEMENT")).filter(|e| is_picture(e)) {
        let alt: Option<Short> =
            notes.short(picture.text_at("MIME_ALT").or_else(|| picture.text_at("MIME_DESCR")), "/MIME_INFO/MIME_ELEMENT/MIME_ALT");
        let url = notes.url(picture.text_at("MIME_SOURCE"), "/MIME_INFO/MIME_ELEMENT/MIME_SOURCE");
        match (url, alt) {
            (Some(url), Some(alt)) => offer.images.push(Image { url, alt, licence: None, author: None }),
            (Some(url), None) => notes.not_mapped("/MIME_INFO/MIME_ELEMENT", url.as_str()),
            (None, _) => {}
        }
    }
}
