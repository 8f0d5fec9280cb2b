//! One series of events: an offer with one run.

use super::lines::{list, unescape};
use super::location::Location;
use super::series;
use crate::mapping::{Notes, plain_to_markdown, topics_by_words};
use crate::xml::Element;
use crate::{Decoded, ReadContext};
use domain::catalogue::{ContactPoint, DeliveryMode, Draft, OfferDraft};

/// Properties that are mapped here or left out on purpose.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "SUMMARY", "DESCRIPTION", "X-ALT-DESC", "URL", "LOCATION", "GEO", "CATEGORIES", "ORGANIZER", "STATUS", "DTSTART", "DTEND", "DURATION", "RRULE",
    "RDATE", "EXDATE", "RECURRENCE-ID", "ATTACH", "IMAGE", "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL",
];

pub(super) fn decode(record: &Element, context: &ReadContext) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(record.attribute("id"), "/UID");
    let organization = notes.external_id(record.attribute("organization"), "/X-WR-CALNAME");
    let Some(event) = record.at("VEVENT") else { return notes.finish(None) };
    let text = |name: &str| event.text_at(name).map(unescape);
    let title = notes.title(text("SUMMARY").as_deref(), "/SUMMARY");
    let title = notes.required(title, "/SUMMARY");
    let run = series::run(record, context.zone, &mut notes);
    let (Some(external_id), Some(organization), Some(title), Some(mut run)) = (external_id, organization, title, run) else {
        return notes.finish(None);
    };
    let mut offer = OfferDraft::new(external_id, organization, "event", title);
    offer.url = notes.url(text("URL").as_deref(), "/URL");
    let location = Location::of(event);
    offer.place = location.as_ref().and_then(|location| location.parts().external_id());
    run.place.clone_from(&offer.place);
    let online = series::online(event, location.as_ref());
    run.online_url = notes.url(online.as_deref(), "/CONFERENCE");
    let nowhere = location.as_ref().is_some_and(|location| location.name.is_some()) && offer.place.is_none();
    offer.delivery_mode = match (&run.online_url, &offer.place) {
        (Some(_), Some(_)) => DeliveryMode::Hybrid,
        (Some(_), None) => DeliveryMode::Online,
        (None, _) if nowhere => DeliveryMode::Online,
        (None, _) => DeliveryMode::Onsite,
    };
    categories(event, context, &mut offer, &mut notes);
    description(event, &mut offer, &mut notes);
    let mailbox = event.text_at("ORGANIZER").and_then(|text| text.split_once(':')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto"));
    let email = notes.email(mailbox.map(|(_, mailbox)| mailbox), "/ORGANIZER");
    offer.contact = email.map(|email| ContactPoint { email: Some(email), ..ContactPoint::default() });
    for child in event.children.iter().filter(|child| !KNOWN.contains(&child.name.as_str())) {
        notes.not_mapped(&format!("/{}", child.name), &unescape(&child.text));
    }
    offer.runs.push(run);
    notes.finish(Some(Draft::Offer(Box::new(offer))))
}

fn categories(event: &Element, context: &ReadContext, offer: &mut OfferDraft, notes: &mut Notes) {
    let words: Vec<String> = event.all("CATEGORIES").flat_map(|categories| list(&categories.text)).collect();
    topics_by_words(words.iter().map(String::as_str), &context.vocabularies, offer);
    offer.keywords = words.iter().filter_map(|word| notes.title(Some(word), "/CATEGORIES")).take(50).collect();
}

/// The text, then documents as links.
fn description(event: &Element, offer: &mut OfferDraft, notes: &mut Notes) {
    let text = ["DESCRIPTION", "X-ALT-DESC"].into_iter().find_map(|name| event.text_at(name)).map(unescape);
    let mut parts: Vec<String> = text.iter().map(|text| plain_to_markdown(text)).filter(|text| !text.is_empty()).collect();
    let mut documents = Vec::new();
    for attachment in event.children.iter().filter(|p| matches!(p.name.as_str(), "ATTACH" | "IMAGE")) {
        let image = attachment.name == "IMAGE" || attachment.attribute("FMTTYPE").is_some_and(|kind| kind.starts_with("image/"));
        let inline = attachment.attribute("ENCODING").is_some() || attachment.attribute("VALUE") == Some("BINARY");
        if image || inline {
            // No picture without a text for those who cannot see it, and no file inside a record.
            notes.not_mapped(&format!("/{}", attachment.name), attachment.attribute("FMTTYPE").unwrap_or_default());
            continue;
        }
        let Some(url) = notes.url(Some(&attachment.text), "/ATTACH") else { continue };
        let name = attachment.attribute("FILENAME").unwrap_or(url.as_str()).replace(['[', ']'], "");
        documents.push(format!("- [{name}](<{}>)", url.as_str()));
    }
    parts.extend((!documents.is_empty()).then(|| documents.join("\n")));
    if !parts.is_empty() {
        offer.description = notes.markdown(&parts.join("\n\n"), "/DESCRIPTION");
    }
}
