//! One `VEVENT` as it is kept until its calendar ends.

use super::lines::unescape;
use super::location;
use crate::problems;
use crate::xml::Element;
use domain::problem::ValueError;
use domain::text::{ExternalId, fold};
use sha2::{Digest, Sha256};

/// Properties that go into the record and into its hash. What a program writes anew with every export (`DTSTAMP`), what only it
/// understands (`X-…`) and what names persons (`ATTENDEE`, `CONTACT`) does not.
pub(super) fn wants(property: &str) -> bool {
    match property {
        "CREATED" | "ATTENDEE" | "CONTACT" | "TRANSP" | "PRIORITY" | "RELATED-TO" | "REQUEST-STATUS" | "COMMENT" | "COLOR" => false,
        "X-ALT-DESC" | "X-GOOGLE-CONFERENCE" | "X-MICROSOFT-SKYPETEAMSMEETINGURL" => true,
        other => !other.starts_with("X-"),
    }
}

/// An event, and what has to be known of it before it is decoded.
pub(super) struct Event {
    /// Line of its `BEGIN`.
    pub line: u64,
    /// `UID`, or an identifier made of what it says.
    pub id: String,
    /// `RECURRENCE-ID`: it stands for one session of its series.
    pub recurrence_id: Option<String>,
    /// `SEQUENCE`, then `LAST-MODIFIED` or `DTSTAMP`: the later revision counts.
    pub revision: (u32, String),
    /// `TZID`s in it.
    pub zones: Vec<String>,
    /// Name and mailbox of the `ORGANIZER`.
    pub organizer: Option<Box<(String, Option<String>)>>,
    /// The place, as the record of its own that it becomes.
    pub place: Option<Box<Element>>,
    /// Why it cannot be taken.
    pub broken: Option<Box<(&'static str, ValueError)>>,
    /// Canonical XML.
    pub xml: String,
}

impl Event {
    pub(super) fn new(mut element: Element, broken: Option<ValueError>) -> Self {
        let text = |name: &str| element.text_at(name).map(str::to_owned);
        let sequence = element.text_at("SEQUENCE").and_then(|s| s.parse().ok()).unwrap_or(0);
        let revision = (sequence, text("LAST-MODIFIED").or_else(|| text("DTSTAMP")).unwrap_or_default());
        let id = text("UID").filter(|uid| ExternalId::try_from(uid.as_str()).is_ok()).unwrap_or_else(|| derived_id(&element));
        let mut zones: Vec<String> = element.children.iter().filter_map(|p| p.attribute("TZID").map(str::to_owned)).collect();
        zones.sort();
        zones.dedup();
        let private = text("CLASS").is_some_and(|class| matches!(class.to_ascii_uppercase().as_str(), "PRIVATE" | "CONFIDENTIAL"));
        let mut broken = broken.map(|value| Box::new(("", value)));
        if private {
            broken = Some(Box::new(("/CLASS", problems::record_private())));
        }
        let mut event = Self {
            line: element.line,
            id,
            recurrence_id: text("RECURRENCE-ID"),
            revision,
            zones,
            organizer: element.at("ORGANIZER").and_then(organizer).map(Box::new),
            place: location::record(&element).map(Box::new),
            broken,
            xml: String::new(),
        };
        if event.broken.is_none() {
            element.children.retain(|p| !matches!(p.name.as_str(), "DTSTAMP" | "LAST-MODIFIED" | "SEQUENCE" | "UID" | "CLASS"));
            event.xml = element.canonical();
            // It is kept until the calendar ends.
            event.xml.shrink_to_fit();
        }
        event
    }
}

/// An identifier for an event without a usable `UID`: the same title at the same time and place is the same event.
fn derived_id(element: &Element) -> String {
    let mut digest = Sha256::new();
    for part in ["UID", "SUMMARY", "DTSTART", "LOCATION"] {
        let folded = fold(&unescape(element.text_at(part).unwrap_or_default()));
        for word in folded.split_whitespace() {
            digest.update(word.as_bytes());
            digest.update(b" ");
        }
        digest.update([0x1f]);
    }
    let hash = digest.finalize();
    let hex: String = hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("event-{hex}")
}

fn organizer(property: &Element) -> Option<(String, Option<String>)> {
    let mailbox = property.text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).and_then(|_| property.text.get(7..));
    let name = property.attribute("CN").filter(|name| !name.is_empty() && !name.contains('@'))?;
    Some((name.to_owned(), mailbox.map(str::to_ascii_lowercase)))
}
