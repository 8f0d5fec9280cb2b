//! One `SERVICE` as a run.

use super::offer::{date, modules, pages, price};
use super::{codes, place_parts, texts};
use crate::ReadContext;
use crate::mapping::{Notes, truth};
use crate::xml::Element;
use domain::catalogue::{Capacity, OfferDraft, PriceType, RunDraft, Session};
use domain::text::ExternalId;

pub(super) fn run(service: &Element, offer: &OfferDraft, context: &ReadContext, notes: &mut Notes) -> RunDraft {
    let nothing = Element::default();
    let details = service.at("SERVICE_DETAILS").unwrap_or(&nothing);
    let education = details.at("SERVICE_MODULE/EDUCATION").unwrap_or(&nothing);
    let extended = education.at("EXTENDED_INFO").unwrap_or(&nothing);
    let first = modules(service).next().unwrap_or(&nothing);

    let mut run = RunDraft {
        external_id: service.text_at("PRODUCT_ID").and_then(|id| ExternalId::try_from(id).ok()),
        start: date(details, "SERVICE_DATE/START_DATE", context, notes),
        end: date(details, "SERVICE_DATE/END_DATE", context, notes),
        ..RunDraft::default()
    };
    run.course_code =
        notes.title(details.text_at("SUPPLIER_ALT_PID"), "/SERVICE_DETAILS/SUPPLIER_ALT_PID").filter(|c| Some(c) != offer.course_code.as_ref());
    run.rolling_start = modules(service).any(|module| module.text_at("FLEXIBLE_START").and_then(truth) == Some(true));
    run.deadline = date(details, "SERVICE_MODULE/EDUCATION/REGISTRATION_DATE", context, notes);
    let pointer = "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/MODULE_COURSE";
    let capacity = Capacity {
        min: notes.count(first.text_at("MIN_PARTICIPANTS"), &format!("{pointer}/MIN_PARTICIPANTS")).filter(|n| *n > 0),
        max: notes.count(first.text_at("MAX_PARTICIPANTS"), &format!("{pointer}/MAX_PARTICIPANTS")).filter(|n| *n > 0),
        ..Capacity::default()
    };
    run.capacity = (capacity != Capacity::default()).then_some(capacity);
    run.place = modules(service).find_map(|module| place_parts(module.at("LOCATION")?).external_id());
    for other in modules(service).filter_map(|module| module.at("LOCATION")) {
        let id = place_parts(other).external_id();
        if id.is_some() && id != run.place {
            notes.not_mapped(&format!("{pointer}/LOCATION"), other.text_at("NAME").or_else(|| other.text_at("CITY")).unwrap_or_default());
        }
    }
    run.sessions = sessions(service, context, notes);
    let own = price(service, notes);
    run.price = (own.kind != PriceType::Unknown && own != offer.price).then_some(own);
    run.url = pages(service, notes).into_iter().next().filter(|url| Some(url) != offer.url.as_ref());
    run.schedule_text = notes.short(Some(&schedule(extended, first)), &format!("{pointer}/INSTRUCTION_REMARKS"));
    run.note = notes.short(Some(&note(details, first, offer)), &format!("{pointer}/DURATION"));
    run
}

/// Several dated modules are the parts of one run.
fn sessions(service: &Element, context: &ReadContext, notes: &mut Notes) -> Vec<Session> {
    let mut sessions: Vec<Session> = modules(service)
        .filter_map(|module| {
            let start = date(module, "DURATION/START_DATE", context, notes)?;
            Some(Session { start, end: date(module, "DURATION/END_DATE", context, notes).filter(|end| *end != start) })
        })
        .take(domain::catalogue::MAX_SESSIONS)
        .collect();
    sessions.sort_by_key(|session| session.start.earliest(context.zone));
    if sessions.len() > 1 { sessions } else { Vec::new() }
}

/// Full or part time, then the hours in the provider's words.
fn schedule(extended: &Element, module: &Element) -> String {
    let parts = [extended.text_at("INSTRUCTION_TIME"), module.text_at("INSTRUCTION_REMARKS")];
    parts.into_iter().flatten().filter(|text| texts::says_something(text)).collect::<Vec<_>>().join(" · ")
}

/// Title of its own, length, and what was said about the dates.
fn note(details: &Element, module: &Element, offer: &OfferDraft) -> String {
    let duration = module.at("DURATION");
    let words = duration.and_then(|d| d.text_at("DATE_REMARKS"));
    let class = duration.and_then(|d| d.attribute("type")).and_then(codes::duration);
    let length = words.or(class).map(|length| format!("Dauer: {length}"));
    let title = details.text_at("TITLE").filter(|title| *title != offer.title.as_str()).map(str::to_owned);
    let dates = details.text_at("SERVICE_DATE/DATE_REMARKS").map(str::to_owned);
    [title, length, dates].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
