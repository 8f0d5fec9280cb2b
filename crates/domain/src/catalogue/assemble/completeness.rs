//! How complete a record is: the questions residents ask, and which of them it answers.

use crate::areas::GeoPoint;
use crate::catalogue::{AccessibilityStatement, Address, Completeness, ContactPoint, OfferDraft, PriceType};

fn score(questions: &[(&str, bool)]) -> Completeness {
    let missing: Vec<String> = questions.iter().filter(|(_, answered)| !answered).map(|(name, _)| (*name).to_owned()).collect();
    let answered = questions.len() - missing.len();
    let score = u8::try_from(answered * 100 / questions.len().max(1)).unwrap_or(100);
    Completeness { score, missing }
}

pub(super) fn of_place(address: &Address, geo: Option<GeoPoint>, accessibility: &[AccessibilityStatement], transport: bool) -> Completeness {
    score(&[
        ("address", address.street.is_some() && address.postal_code.is_some()),
        ("geo", geo.is_some()),
        ("accessibility", !accessibility.is_empty()),
        ("publicTransport", transport),
    ])
}

pub(super) fn of_organization(
    contacts: &[ContactPoint],
    address: bool,
    url: bool,
    hours: bool,
    text: bool,
    accessibility: &[AccessibilityStatement],
) -> Completeness {
    score(&[
        ("contacts", contacts.iter().any(|c| c.phone.is_some() || c.email.is_some())),
        ("address", address),
        ("url", url),
        ("openingHours", hours),
        ("summary", text),
        ("accessibility", !accessibility.is_empty()),
    ])
}

pub(super) fn of_offer(draft: &OfferDraft) -> Completeness {
    let reachable = draft.contact.as_ref().is_some_and(|c| c.phone.is_some() || c.email.is_some() || c.url.is_some());
    let registers = draft.registration.as_ref().is_some_and(|r| !r.forms.is_empty() || r.url.is_some() || r.phone.is_some() || r.email.is_some());
    let placed = draft.place.is_some()
        || draft.runs.iter().any(|r| r.place.is_some() || r.online_url.is_some())
        || draft.delivery_mode != crate::catalogue::DeliveryMode::Onsite;
    score(&[
        ("summary", draft.summary.is_some() || draft.description.is_some()),
        ("topics", !draft.topics.is_empty()),
        ("targetGroups", !draft.target_groups.is_empty()),
        ("entryRequirements", !draft.entry_requirements.is_empty()),
        ("price", draft.price.kind != PriceType::Unknown),
        ("registration", registers || draft.url.is_some()),
        ("contact", reachable),
        ("place", placed),
        ("accessibility", !draft.accessibility.is_empty()),
    ])
}
