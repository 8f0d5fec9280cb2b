//! iCalendar (RFC 5545, 7986). `docs/formats/ics.md`.
//!
//! All `VEVENT` with one `UID` are a series: one offer with one run. They may stand anywhere in a calendar, so a calendar is held until it
//! ends; each event already as the text that is hashed.

mod calendar;
mod dates;
mod event;
mod lines;
mod location;
mod offer;
mod series;
mod zones;

use crate::collect::Collector;
use crate::mapping::{Notes, organization_kind};
use crate::xml::{Element, parse};
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use calendar::Calendar;
use domain::Problem;
use domain::catalogue::{ContactPoint, Draft, OrganizationDraft, RecordKind};
use domain::partners::ImportFormat;
use domain::problem::ValueError;
use event::Event;
use lines::{Lines, property};
use std::io::BufRead;

const VERSION: &[u8] = b"ics/1\n";

/// Deepest nesting of components; the standard needs three.
const MAX_DEPTH: usize = 8;

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut collector = Collector::new(ImportFormat::Ics, VERSION, context, sink);
    let mut lines = Lines::new(input, context.limits);
    let mut stack: Vec<Component> = Vec::new();
    let mut calendar = Calendar::default();
    let mut begun = false;
    while let Some(line) = lines.next_line()? {
        let fail = |value: ValueError| Err(FileError::new(Some(line.number), value));
        let (text, encoding) = match std::str::from_utf8(&line.bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(error) => (String::from_utf8_lossy(&line.bytes).into_owned(), Some(problems::not_utf8(error.valid_up_to() + 1))),
        };
        let property = property(&text, line.number);
        let marker = property.as_ref().map(|p| (p.name.as_str(), p.text.to_ascii_uppercase()));
        match (marker, stack.last_mut()) {
            (Some(("BEGIN", name)), top) => {
                let fits = match top.map(|top| top.element.name.as_str()) {
                    None => name == "VCALENDAR" || name == "VEVENT",
                    Some(_) => name != "VCALENDAR",
                };
                if !begun && !fits {
                    return fail(problems::not_a_calendar(&text));
                }
                let shaped = !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
                if !fits || !shaped || stack.len() == MAX_DEPTH {
                    return fail(problems::calendar_ill_formed(&text));
                }
                begun = true;
                stack.push(Component::new(&name, line.number));
            }
            _ if !begun => return fail(problems::not_a_calendar(&text)),
            (Some(("END", name)), Some(top)) if top.element.name == name => {
                let Some(done) = stack.pop() else { continue };
                end(done, &mut stack, &mut calendar, &mut collector, context)?;
            }
            (Some(("END", name)), top) => {
                // The last line may be cut in the middle.
                let cut = top.is_some_and(|top| top.element.name.starts_with(&name)) && lines.next_line()?.is_none();
                return fail(if cut { problems::file_truncated_calendar() } else { problems::calendar_ill_formed(&text) });
            }
            (_, None) => return fail(problems::calendar_ill_formed(&text)),
            (_, Some(top)) => top.take(property, &text, encoding, context.limits.record_bytes),
        }
    }
    if !begun {
        return Err(FileError::new(None, problems::file_empty()));
    }
    if !stack.is_empty() {
        return Err(FileError::new(None, problems::file_truncated_calendar()));
    }
    calendar.finish(&mut collector, context)?;
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: None })
}

/// A component that is being read.
struct Component {
    element: Element,
    size: usize,
    broken: Option<ValueError>,
}

impl Component {
    fn new(name: &str, line: u64) -> Self {
        Self { element: Element { line, ..Element::new(name, &[]) }, size: 0, broken: None }
    }

    fn take(&mut self, property: Option<Element>, text: &str, encoding: Option<ValueError>, limit: usize) {
        // What a property costs besides its text.
        self.size += text.len() + 64;
        if self.size > limit {
            self.element.children.clear();
            self.broken = Some(problems::record_too_large(limit));
        }
        if self.broken.is_some() {
            return;
        }
        self.broken = encoding;
        match property {
            Some(property) if property.text.is_empty() || !self.wants(&property.name) => {}
            Some(property) => self.element.children.push(property),
            // The rest of a text that was broken into lines without folding it.
            None => match self.element.children.last_mut() {
                Some(last) => {
                    last.text.push_str("\\n");
                    last.text.extend(text.trim().chars().filter(|c| !c.is_control()));
                }
                None => self.broken = Some(problems::content_line_invalid(text)),
            },
        }
    }

    fn wants(&self, property: &str) -> bool {
        match self.element.name.as_str() {
            "VEVENT" => event::wants(property),
            "VCALENDAR" => calendar::wants(property) && self.element.children.iter().all(|known| known.name != property),
            "VTIMEZONE" | "STANDARD" | "DAYLIGHT" => matches!(property, "TZID" | "X-LIC-LOCATION" | "TZOFFSETTO"),
            _ => false,
        }
    }
}

fn end(
    done: Component,
    stack: &mut [Component],
    calendar: &mut Calendar,
    collector: &mut Collector<'_, '_>,
    context: &ReadContext,
) -> Result<(), FileError> {
    let parent = stack.last_mut();
    match (done.element.name.as_str(), parent.as_ref().map(|p| p.element.name.as_str())) {
        ("VCALENDAR", _) => {
            calendar.properties = done.element;
            std::mem::take(calendar).finish(collector, context)
        }
        ("VEVENT", None | Some("VCALENDAR")) => {
            let line = done.element.line;
            calendar.add(Event::new(done.element, done.broken));
            if calendar.events() > context.limits.records {
                return Err(FileError::new(Some(line), problems::too_many_records(context.limits.records)));
            }
            Ok(())
        }
        ("VTIMEZONE", Some("VCALENDAR")) => {
            calendar.define(&done.element, context.zone);
            Ok(())
        }
        ("STANDARD" | "DAYLIGHT", Some("VTIMEZONE")) => {
            if let Some(parent) = parent {
                // The last of each kind is the one that holds now.
                parent.element.children.retain(|child| child.name != done.element.name);
                parent.element.children.push(done.element);
            }
            Ok(())
        }
        (other, Some("VEVENT")) if other != "VALARM" => {
            if let Some(parent) = parent.filter(|p| p.element.children.iter().all(|child| child.name != other)) {
                parent.element.children.push(Element::new(other, &[]));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    let record = parse(payload).map_err(|value| vec![Problem::error("", value)])?;
    match kind {
        RecordKind::Organization => organization(&record),
        RecordKind::Place => location::place(&record),
        RecordKind::Offer => offer::decode(&record, context),
    }
}

/// Who speaks through a calendar: the calendar itself by its name, else the organiser of an event, else the source.
fn organization(record: &Element) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(record.attribute("id"), "/X-WR-CALNAME");
    let name = notes.title(record.attribute("name"), "/X-WR-CALNAME");
    let name = notes.required(name, "/X-WR-CALNAME");
    let draft = external_id.zip(name).map(|(external_id, name)| {
        let kind = organization_kind(name.as_str());
        let mut draft = OrganizationDraft::new(external_id, kind, name);
        draft.summary = notes.short(record.text_at("X-WR-CALDESC").map(lines::unescape).as_deref(), "/X-WR-CALDESC");
        draft.url = notes.url(record.text_at("URL"), "/URL");
        let email = notes.email(record.attribute("email"), "/ORGANIZER");
        draft.contacts.extend(email.map(|email| ContactPoint { email: Some(email), ..ContactPoint::default() }));
        Draft::Organization(Box::new(draft))
    });
    notes.finish(draft)
}
