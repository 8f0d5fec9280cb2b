//! The rows of one identifier: an offer with its runs.

use super::cells::{CellOf, Record, RowOf};
use super::{pointer_of, run, values};
use crate::mapping::{Notes, language, offer_kind, plain_to_markdown, topics_by_words};
use crate::{Decoded, ReadContext, problems};
use domain::catalogue::{AgeRange, ContactPoint, DeliveryMode, Draft, LanguageLevel, LevelRange, OfferDraft, Price, PriceReduction, Registration};
use domain::partners::TableField;
use domain::text::{Short, Title, fold};
use domain::vocabularies::{Vocabularies, ids};
use std::str::FromStr;

/// Fields in which rows of one offer may differ, because they belong to the run.
const OF_RUNS: &[TableField] = &[
    TableField::RunId,
    TableField::Start,
    TableField::StartTime,
    TableField::End,
    TableField::EndTime,
    TableField::Sessions,
    TableField::ScheduleText,
    TableField::Units,
    TableField::CapacityMin,
    TableField::CapacityMax,
    TableField::Booked,
    TableField::Status,
    TableField::OnlineUrl,
    TableField::RunNote,
    TableField::Place,
    TableField::Street,
    TableField::PostalCode,
    TableField::Locality,
    TableField::District,
    TableField::Latitude,
    TableField::Longitude,
    TableField::StepFree,
    TableField::Price,
    TableField::ReducedPrice,
    TableField::PriceNote,
    TableField::RegistrationDeadline,
    TableField::RegistrationUrl,
    TableField::CourseCode,
];

/// The first row that has a field, and what stands there.
pub(super) struct Found<'r> {
    pub(super) cell: &'r CellOf,
    pub(super) pointer: String,
}

impl Found<'_> {
    pub(super) fn text(&self) -> &str {
        self.cell.values.first().map_or("", String::as_str)
    }
}

pub(super) fn in_row(row: &RowOf, field: TableField) -> Option<Found<'_>> {
    row.cell(field).map(|cell| Found { cell, pointer: pointer_of(row.row, cell) })
}

pub(super) fn decode(record: &Record, context: &ReadContext) -> Decoded {
    let mut notes = Notes::default();
    let vocabularies = &*context.vocabularies;
    let get = |field: TableField| record.rows.iter().find_map(|row| in_row(row, field));
    let text = |field: TableField| get(field).map(|found| (found.text().to_owned(), found.pointer));
    let id_at = get(TableField::ExternalId).map_or_else(String::new, |found| found.pointer);
    let external_id = notes.external_id(Some(&record.id), &id_at);
    let organization_at = get(TableField::OrganizationId).map_or_else(String::new, |found| found.pointer);
    let organization = notes.external_id(Some(&record.organization), &organization_at);
    let title = get(TableField::Title).and_then(|found| notes.title(Some(found.text()), &found.pointer));
    if title.is_none() {
        notes.error("", problems::cell_missing(&TableField::Title.label()));
    }
    let (Some(external_id), Some(organization), Some(title)) = (external_id, organization, title) else {
        return notes.finish(None);
    };
    let kind = get(TableField::Kind).and_then(|found| code(&found, ids::OFFER_KINDS, vocabularies, &mut notes));
    let kind = kind.unwrap_or_else(|| offer_kind(title.as_str()).to_owned());
    let mut offer = OfferDraft::new(external_id, organization, &kind, title);
    offer.summary = text(TableField::Summary).and_then(|(text, at)| notes.short(Some(&text), &at));
    offer.description = text(TableField::Description).and_then(|(text, at)| notes.markdown(&plain_to_markdown(&text), &at));
    offer.url = text(TableField::Url).and_then(|(text, at)| notes.url(Some(&text), &at));
    offer.course_code = text(TableField::CourseCode).and_then(|(text, at)| notes.title(Some(&text), &at));
    keywords(&get, vocabularies, &mut offer, &mut notes);
    for (field, vocabulary) in [(TableField::LifePhases, ids::LIFE_PHASES), (TableField::TargetGroups, ids::TARGET_GROUPS)] {
        let codes = get(field).map(|found| codes(&found, vocabulary, vocabularies, &mut notes)).unwrap_or_default();
        let into = if field == TableField::LifePhases { &mut offer.life_phases } else { &mut offer.target_groups };
        for code in codes {
            if !into.contains(&code) {
                into.push(code);
            }
        }
    }
    if let Some(found) = get(TableField::Languages) {
        for word in &found.cell.values {
            match language_of(word, vocabularies) {
                Some(tag) if offer.languages.contains(&tag) => {}
                Some(tag) => offer.languages.push(tag),
                None => notes.warning(found.pointer.clone(), problems::value_not_known(word, "de, en, uk, …")),
            }
        }
    }
    offer.language_level = levels(&get, &mut notes);
    offer.age_range = ages(&get, &mut notes);
    offer.childcare = get(TableField::Childcare).and_then(|found| truth(&found, &mut notes));
    offer.contact = contact(&get, &mut notes);
    offer.registration = registration(&get, context, &mut notes);
    runs(record, context, &mut offer, &mut notes);
    let online = offer.runs.iter().any(|run| run.online_url.is_some());
    let placed = offer.runs.iter().any(|run| run.place.is_some()) || offer.place.is_some();
    let guessed = match (online, placed) {
        (true, true) => DeliveryMode::Hybrid,
        (true, false) => DeliveryMode::Online,
        _ => DeliveryMode::Onsite,
    };
    offer.delivery_mode = get(TableField::DeliveryMode).and_then(|found| delivery(&found, &mut notes)).unwrap_or(guessed);
    differences(record, &mut notes);
    if let Some(names) = &record.strange {
        notes.warning("", problems::fields_not_mapped(names));
    }
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

/// Topics that are none are kept as keywords, and keywords that are the name of a topic are one.
fn keywords<'r>(get: &impl Fn(TableField) -> Option<Found<'r>>, vocabularies: &Vocabularies, offer: &mut OfferDraft, notes: &mut Notes) {
    let mut words: Vec<(String, String)> = Vec::new();
    if let Some(found) = get(TableField::Topics) {
        for word in &found.cell.values {
            match code_of(word, ids::TOPICS, vocabularies) {
                Some(code) if offer.topics.contains(&code) => {}
                Some(code) => offer.topics.push(code),
                None => {
                    notes.warning(found.pointer.clone(), problems::topic_unknown(word));
                    words.push((word.clone(), found.pointer.clone()));
                }
            }
        }
    }
    if let Some(found) = get(TableField::Keywords) {
        topics_by_words(found.cell.values.iter().map(String::as_str), vocabularies, offer);
        words.extend(found.cell.values.iter().map(|word| (word.clone(), found.pointer.clone())));
    }
    for (word, pointer) in words.into_iter().take(50) {
        let keyword: Option<Title> = notes.title(Some(&word), &pointer);
        offer.keywords.extend(keyword.filter(|keyword| !offer.keywords.contains(keyword)));
    }
}

fn code_of(word: &str, vocabulary: &str, vocabularies: &Vocabularies) -> Option<String> {
    let known = vocabularies.get(vocabulary)?;
    known.concept(word.trim()).or_else(|| known.by_label(word)).map(|concept| concept.code.clone())
}

fn codes(found: &Found<'_>, vocabulary: &str, vocabularies: &Vocabularies, notes: &mut Notes) -> Vec<String> {
    let mut codes = Vec::new();
    for word in &found.cell.values {
        match code_of(word, vocabulary, vocabularies) {
            Some(code) => codes.push(code),
            None => notes.warning(found.pointer.clone(), problems::value_not_known(word, &allowed(vocabulary, vocabularies))),
        }
    }
    codes
}

fn code(found: &Found<'_>, vocabulary: &str, vocabularies: &Vocabularies, notes: &mut Notes) -> Option<String> {
    codes(found, vocabulary, vocabularies, notes).into_iter().next()
}

/// The German labels, which is what tables are written in, as far as they are of use in a message.
fn allowed(vocabulary: &str, vocabularies: &Vocabularies) -> String {
    let labels: Vec<&str> = vocabularies.get(vocabulary).into_iter().flat_map(|v| &v.concepts).map(|c| c.label_in("de")).take(40).collect();
    labels.join(", ")
}

fn language_of(word: &str, vocabularies: &Vocabularies) -> Option<domain::text::LanguageTag> {
    language(word, vocabularies).or_else(|| language(&code_of(word, ids::LANGUAGES, vocabularies)?, vocabularies))
}

fn levels<'r>(get: &impl Fn(TableField) -> Option<Found<'r>>, notes: &mut Notes) -> Option<LevelRange> {
    let mut level = |field: TableField, last: bool| {
        let found = get(field)?;
        // "A1-A2" in one cell.
        let parts: Vec<&str> = found.text().split(['-', '–', '/']).map(str::trim).collect();
        let word = if last { parts.last() } else { parts.first() };
        let level = word.and_then(|word| LanguageLevel::from_str(&word.to_uppercase()).ok());
        if level.is_none() {
            notes.warning(found.pointer.clone(), problems::value_not_known(found.text(), "A1, A2, B1, B2, C1, C2"));
        }
        level
    };
    let from = level(TableField::LevelFrom, false);
    let to = match get(TableField::LevelTo) {
        Some(_) => level(TableField::LevelTo, true),
        None => level(TableField::LevelFrom, true).filter(|to| Some(*to) != from),
    };
    (from.is_some() || to.is_some()).then_some(LevelRange { from, to })
}

fn ages<'r>(get: &impl Fn(TableField) -> Option<Found<'r>>, notes: &mut Notes) -> Option<AgeRange> {
    let mut age = |field: TableField| {
        let found = get(field)?;
        let digits: String = found.text().chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let age = digits.parse::<u8>().ok().filter(|age| *age <= 120);
        if age.is_none() {
            notes.warning(found.pointer.clone(), problems::number_invalid(found.text()));
        }
        age
    };
    let (min, max) = (age(TableField::AgeMin), age(TableField::AgeMax));
    let (min, max) = if min > max && max.is_some() { (max, min) } else { (min, max) };
    (min.is_some() || max.is_some()).then_some(AgeRange { min, max })
}

pub(super) fn truth(found: &Found<'_>, notes: &mut Notes) -> Option<bool> {
    let truth = values::yes(found.text());
    if truth.is_none() {
        notes.warning(found.pointer.clone(), problems::value_not_known(found.text(), "ja, nein"));
    }
    truth
}

fn delivery(found: &Found<'_>, notes: &mut Notes) -> Option<DeliveryMode> {
    let mode = match fold(found.text()).as_str() {
        "onsite" | "vor ort" | "praesenz" | "praesenzkurs" | "praesenzveranstaltung" | "on site" => Some(DeliveryMode::Onsite),
        "online" | "onlinekurs" | "online-kurs" | "digital" | "webinar" | "virtuell" => Some(DeliveryMode::Online),
        "hybrid" | "blended" | "blended learning" | "online und vor ort" => Some(DeliveryMode::Hybrid),
        "self-paced" | "selbststudium" | "selbstlernkurs" | "selbstlernangebot" | "fernkurs" | "fernunterricht" => Some(DeliveryMode::SelfPaced),
        _ => None,
    };
    if mode.is_none() {
        notes.warning(found.pointer.clone(), problems::value_not_known(found.text(), "vor Ort, online, hybrid, Selbststudium"));
    }
    mode
}

fn contact<'r>(get: &impl Fn(TableField) -> Option<Found<'r>>, notes: &mut Notes) -> Option<ContactPoint> {
    let contact = ContactPoint {
        name: get(TableField::ContactName).and_then(|found| notes.title(Some(found.text()), &found.pointer)),
        phone: get(TableField::ContactPhone).and_then(|found| notes.title(Some(found.text()), &found.pointer)),
        email: get(TableField::ContactEmail).and_then(|found| notes.email(Some(found.text()), &found.pointer)),
        ..ContactPoint::default()
    };
    (contact != ContactPoint::default()).then_some(contact)
}

fn registration<'r>(get: &impl Fn(TableField) -> Option<Found<'r>>, context: &ReadContext, notes: &mut Notes) -> Option<Registration> {
    let registration = Registration {
        url: get(TableField::RegistrationUrl).and_then(|found| notes.url(Some(found.text()), &found.pointer)),
        phone: get(TableField::RegistrationPhone).and_then(|found| notes.title(Some(found.text()), &found.pointer)),
        email: get(TableField::RegistrationEmail).and_then(|found| notes.email(Some(found.text()), &found.pointer)),
        deadline: get(TableField::RegistrationDeadline).and_then(|found| run::when(&found, context, notes)),
        ..Registration::default()
    };
    (registration != Registration::default()).then_some(registration)
}

/// One run a row. What all of them share is the offer's.
fn runs(record: &Record, context: &ReadContext, offer: &mut OfferDraft, notes: &mut Notes) {
    let prices: Vec<Option<Price>> = record.rows.iter().map(|row| price(row, notes)).collect();
    offer.price = prices.iter().flatten().next().cloned().unwrap_or_else(Price::unknown);
    let mut seen: Vec<String> = Vec::new();
    for (row, price) in record.rows.iter().zip(prices) {
        let mut run = run::run(row, context, notes);
        if run == Default::default() {
            continue;
        }
        if record.rows.iter().all(|other| other.place() == row.place()) {
            offer.place = run.place.clone();
        }
        run.price = price.filter(|price| *price != offer.price);
        if let Some(id) = &run.external_id {
            if seen.iter().any(|known| known == id.as_str()) {
                let at = in_row(row, TableField::RunId).map_or_else(String::new, |found| found.pointer);
                notes.warning(at, problems::duplicate(id.as_str()));
                continue;
            }
            seen.push(id.as_str().to_owned());
        }
        offer.runs.push(run);
    }
}

fn price(row: &RowOf, notes: &mut Notes) -> Option<Price> {
    let stated = in_row(row, TableField::Price);
    let price = stated.as_ref().and_then(|found| {
        let price = values::price(found.text());
        if price.is_none() {
            notes.warning(found.pointer.clone(), problems::amount_invalid(found.text()));
        }
        price
    });
    let reduced = in_row(row, TableField::ReducedPrice).and_then(|found| {
        let cents = values::cents(found.text());
        if cents.is_none() {
            notes.warning(found.pointer.clone(), problems::amount_invalid(found.text()));
        }
        cents.filter(|cents| *cents > 0 && price.as_ref().and_then(|price| price.amount) != Some(*cents))
    });
    let note = in_row(row, TableField::PriceNote).and_then(|found| notes.short(Some(found.text()), &found.pointer));
    if price.is_none() && reduced.is_none() && note.is_none() {
        return None;
    }
    let mut price = price.unwrap_or_else(Price::unknown);
    if let (Some(amount), Ok(label)) = (reduced, Short::try_from("ermäßigt")) {
        price.reductions.push(PriceReduction { label, amount: Some(amount) });
    }
    price.note = note;
    Some(price)
}

/// Rows of one offer that disagree about it: the first one counts.
fn differences(record: &Record, notes: &mut Notes) {
    for field in TableField::ALL.iter().filter(|field| !OF_RUNS.contains(field)) {
        let mut first = None;
        for row in &record.rows {
            let Some(found) = in_row(row, *field) else { continue };
            match first {
                None => first = Some(&found.cell.values),
                Some(values) if *values == found.cell.values => {}
                Some(_) => {
                    notes.warning(found.pointer, problems::rows_differ(&record.id));
                    break;
                }
            }
        }
    }
}
