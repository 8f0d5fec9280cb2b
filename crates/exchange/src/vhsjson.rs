//! The JSON of the Berlin adult education centres: Open-vhs in other clothes. `docs/formats/vhs-json.md`.
//!
//! A record becomes the element that it would be in Open-vhs; everything after that is the reader of Open-vhs.

use crate::collect::Collector;
use crate::xml::Element;
use crate::{FileError, FileSummary, ReadContext, Sink, json, openvhs, problems};
use domain::catalogue::RecordKind;
use domain::partners::{ImportFormat, ImportMode};
use domain::text::slug;
use serde_json::Value;
use std::io::BufRead;

const VERSION: &[u8] = b"vhs-json/1\n";

/// Deepest nesting of a record that is looked at.
const MAX_DEPTH: usize = 8;

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut collector = Collector::new(ImportFormat::VhsJson, VERSION, context, sink);
    json::each(input, context.limits, &["veranstaltungen", "veranstaltung"], &mut |line, record| match record {
        Ok(record @ Value::Object(_)) => {
            let mut course = Element { line, ..Element::new("veranstaltung", &[]) };
            fill(&mut course, &record, MAX_DEPTH);
            let provider = provider(&course, context);
            as_open_vhs(&mut course);
            let id = provider.text_at("guid").unwrap_or_default().to_owned();
            collector.upsert_once(line, RecordKind::Organization, &id, &provider)?;
            openvhs::take_course(course, &id, &mut collector)
        }
        Ok(_) => collector.broken(
            line,
            Some(RecordKind::Offer),
            None,
            None,
            "",
            problems::wrong_type(("kein Objekt", "no object"), ("ein Objekt", "an object")),
        ),
        Err(error) => collector.broken(line, Some(RecordKind::Offer), None, None, "", error),
    })?;
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: Some(ImportMode::Full) })
}

/// Members become children, elements of lists become children of the same name, `@version` an attribute and `#text` the text.
fn fill(element: &mut Element, value: &Value, depth: usize) {
    match value {
        Value::Object(members) if depth > 0 => {
            for (name, value) in members {
                match name.strip_prefix('@') {
                    Some(attribute) if is_name(attribute) => {
                        element.attributes.extend(value.as_str().map(|text| (attribute.to_owned(), text.to_owned())))
                    }
                    None if name == "#text" => fill(element, value, 0),
                    None if is_name(name) => match value {
                        Value::Array(values) => values.iter().for_each(|value| push(element, name, value, depth)),
                        single => push(element, name, single, depth),
                    },
                    _ => {}
                }
            }
        }
        Value::String(text) => {
            element.text = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
        }
        Value::Number(number) => element.text = number.to_string(),
        Value::Bool(truth) => element.text = truth.to_string(),
        _ => {}
    }
}

fn push(parent: &mut Element, name: &str, value: &Value, depth: usize) {
    if value.is_null() {
        return;
    }
    let mut child = Element::new(name, &[]);
    fill(&mut child, value, depth - 1);
    child.attributes.sort();
    parent.children.push(child);
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Every district has a centre of its own; a file without districts is of the centre that the source is named after.
fn provider(course: &Element, context: &ReadContext) -> Element {
    let (id, name) = match course.text_at("bezirk") {
        Some(district) => (format!("vhs-{}", slug(district)), format!("Volkshochschule {district}")),
        None => ("vhs".to_owned(), context.provider.as_deref().unwrap_or("Volkshochschule").to_owned()),
    };
    let mut provider = Element::new("ersteller", &[]);
    provider.children = vec![Element { text: id, ..Element::new("guid", &[]) }, Element { text: name, ..Element::new("name", &[]) }];
    provider
}

/// Puts what this dialect has elsewhere where Open-vhs has it.
fn as_open_vhs(course: &mut Element) {
    let mut places: Vec<Element> = Vec::new();
    let mut others: Vec<Element> = Vec::new();
    for mut child in std::mem::take(&mut course.children) {
        match child.name.as_str() {
            "ortetermine" => {
                for part in child.children {
                    match part.name.as_str() {
                        "adresse" => places.push(place(part)),
                        "termin" => others.push(part),
                        _ => {}
                    }
                }
            }
            // Who offers it is the provider already.
            "bezirk" => {}
            // In spite of its name it counts lessons: 26 for thirteen evenings of two.
            "anzahl_termine" => {
                child.name = "dauer".to_owned();
                others.push(child);
            }
            _ => others.push(child),
        }
    }
    others.iter_mut().filter(|child| child.name == "termin").for_each(|meeting| meeting.children.retain(|child| child.name != "wochentag"));
    places.dedup();
    let mut places = places.into_iter();
    if others.iter().all(|child| child.name != "veranstaltungsort") {
        others.extend(places.next());
    }
    others.extend(places.map(|place| Element { text: place.text_at("name").unwrap_or_default().to_owned(), ..Element::new("weiterer_ort", &[]) }));
    others.iter_mut().for_each(|child| child.line = course.line);
    course.children = others;
}

/// An `adresse` of this dialect as a `veranstaltungsort`; the room differs from meeting to meeting and is left out.
fn place(address: Element) -> Element {
    let mut place = Element::new("veranstaltungsort", &[]);
    let mut inner = Element::new("adresse", &[]);
    for mut part in address.children {
        match part.name.as_str() {
            "lehrstaette" => {
                part.name = "name".to_owned();
                place.children.push(part);
            }
            "behindertenzugang" => {
                part.name = "barrierefrei".to_owned();
                place.children.push(part);
            }
            "breitengrad" | "laengengrad" => place.children.push(part),
            "plz" | "ort" | "ortsteil" | "strasse" | "land" => inner.children.push(part),
            _ => {}
        }
    }
    place.children.push(inner);
    place
}
