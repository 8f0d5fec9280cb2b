//! schema.org in JSON-LD, from a file or out of a web page. `docs/formats/jsonld.md`.
//!
//! Nodes refer to each other anywhere in a document, so it is held as a whole. No context is fetched: the names of schema.org are known.

mod graph;
mod node;
mod offer;
mod organization;
mod page;
mod price;
mod run;
mod schedule;

use crate::collect::Collector;
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use domain::Problem;
use domain::catalogue::RecordKind;
use domain::partners::ImportFormat;
use graph::Graph;
use node::{Node, absolute, all, is, is_course, is_event, is_organization, is_place, object, text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::BufRead;

const VERSION: &[u8] = b"jsonld/1\n";

/// Identifier of the organisation of offers that name none.
const DEFAULT_ORGANIZATION: &str = "default";

/// Properties in which no record is looked for: persons, opinions, and the pages around.
#[rustfmt::skip]
const NOT_ENTERED: &[&str] = &[
    "author", "creator", "contributor", "founder", "employee", "member", "alumni", "review", "reviews", "aggregateRating", "logo", "image", "address",
    "geo", "contactPoint", "potentialAction", "breadcrumb", "copyrightHolder",
];

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let tops = page::tops(input, context.limits)?;
    let graph = Graph::of(tops.iter().filter_map(|top| top.value.as_ref().ok()), context.limits);
    let collector = Collector::new(ImportFormat::JsonLd, VERSION, context, sink);
    let mut walk = Walk { graph, collector, context, known: HashSet::new() };
    for top in &tops {
        match &top.value {
            Ok(value) => walk.visit(value, top.line)?,
            Err(error) => walk.collector.broken(top.line, None, None, None, "", error.clone())?,
        }
    }
    let records = walk.collector.records();
    if records == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records, mode_hint: None })
}

struct Walk<'a, 'b, 'c> {
    graph: Graph<'a>,
    collector: Collector<'b, 'c>,
    context: &'b ReadContext,
    /// What was handed on already: pages repeat themselves.
    known: HashSet<[u8; 32]>,
}

impl Walk<'_, '_, '_> {
    /// Finds courses, events, organisations and places, however deep they are.
    fn visit(&mut self, value: &Value, line: u64) -> Result<(), FileError> {
        match value {
            Value::Array(values) => values.iter().try_for_each(|value| self.visit(value, line)),
            Value::Object(node) if is(node, |name| is_course(name) || is_event(name)) => self.offer(node, line),
            Value::Object(node) if is(node, |name| name == "Person") => Ok(()),
            Value::Object(node) => {
                if is(node, is_organization) && node.contains_key("name") {
                    self.organization(node, line)?;
                } else if is(node, is_place) {
                    self.place(value, line)?;
                }
                node.iter().filter(|(name, _)| !NOT_ENTERED.contains(&name.as_str())).try_for_each(|(_, value)| self.visit(value, line))
            }
            _ => Ok(()),
        }
    }

    fn offer(&mut self, node: &Node, line: u64) -> Result<(), FileError> {
        if self.graph.is_part(node) {
            return Ok(());
        }
        let id = offer_id(node);
        let organization = self.provider(node, line)?;
        let Some(extract) = self.graph.extract(node) else {
            let limit = problems::record_too_large(self.context.limits.record_bytes);
            return self.collector.broken(line, Some(RecordKind::Offer), Some(&id), None, "", limit);
        };
        for place in offer::places(&extract) {
            self.place(place, line)?;
        }
        let payload = json!({ "id": id, "organization": organization, "node": extract }).to_string();
        if payload.len() > self.context.limits.record_bytes {
            let limit = problems::record_too_large(self.context.limits.record_bytes);
            return self.collector.broken(line, Some(RecordKind::Offer), Some(&id), None, "", limit);
        }
        if !self.known.insert(Sha256::digest(payload.as_bytes()).into()) {
            return Ok(());
        }
        self.collector.upsert(line, RecordKind::Offer, &id, payload)
    }

    /// The identifier of who offers it; its record comes first. Persons are no organisations.
    fn provider(&mut self, node: &Node, line: u64) -> Result<String, FileError> {
        let instances = all(node, "hasCourseInstance").filter_map(Value::as_object);
        for place in std::iter::once(node).chain(instances) {
            for name in ["provider", "organizer", "publisher"] {
                for value in all(place, name) {
                    match self.graph.resolve(value) {
                        Value::Object(provider) if is(provider, |name| name == "Person") => {}
                        Value::Object(provider) if provider.contains_key("name") => {
                            self.organization(provider, line)?;
                            return Ok(organization_id(provider));
                        }
                        Value::String(name) if absolute(name).is_none() && !name.trim().is_empty() => {
                            let provider = Node::from_iter([("name".to_owned(), Value::from(name.trim()))]);
                            self.organization(&provider, line)?;
                            return Ok(organization_id(&provider));
                        }
                        _ => {}
                    }
                }
            }
        }
        let name = self.context.provider.as_deref().unwrap_or("Anbieter");
        let payload = || json!({ "id": DEFAULT_ORGANIZATION, "node": { "name": name } }).to_string();
        self.collector.once(line, RecordKind::Organization, DEFAULT_ORGANIZATION, payload)?;
        Ok(DEFAULT_ORGANIZATION.to_owned())
    }

    fn organization(&mut self, node: &Node, line: u64) -> Result<(), FileError> {
        let id = organization_id(node);
        let Some(extract) = self.graph.extract(node) else {
            let limit = problems::record_too_large(self.context.limits.record_bytes);
            return self.collector.broken(line, Some(RecordKind::Organization), Some(&id), None, "", limit);
        };
        self.collector.once(line, RecordKind::Organization, &id, || json!({ "id": id, "node": extract }).to_string())
    }

    fn place(&mut self, value: &Value, line: u64) -> Result<(), FileError> {
        let Some(id) = organization::Location::of(value).id() else { return Ok(()) };
        let plain;
        let node = match value {
            Value::Object(node) => node,
            other => {
                plain = Node::from_iter([("name".to_owned(), other.clone())]);
                &plain
            }
        };
        let Some(extract) = self.graph.extract(node) else { return Ok(()) };
        self.collector.once(line, RecordKind::Place, id.as_str(), || json!({ "id": id, "node": extract }).to_string())
    }
}

/// The identifier of an offer: the first one that other documents of the source would give it too.
fn offer_id(node: &Node) -> String {
    let stated = text(node, "@id");
    let identifier = all(node, "identifier").find_map(|value| value.get("value").and_then(node::said).or_else(|| node::said(value)));
    let candidates = [
        stated.clone().filter(|id| absolute(id).is_some()),
        identifier,
        text(node, "url").filter(|url| absolute(url).is_some()),
        text(node, "courseCode"),
        stated.filter(|id| !id.starts_with("_:") && id.chars().any(char::is_alphanumeric)),
    ];
    match candidates.into_iter().flatten().next() {
        Some(id) if id.chars().count() <= 200 => id,
        Some(id) => hashed("offer", [id.as_str()]),
        None => {
            let [name, start] = ["name", "startDate"].map(|name| text(node, name).unwrap_or_default());
            hashed("offer", [name.as_str(), start.as_str()])
        }
    }
}

fn organization_id(node: &Node) -> String {
    let id = text(node, "@id").filter(|id| absolute(id).is_some()).or_else(|| object(node, "url").is_none().then(|| text(node, "url")).flatten());
    match id.filter(|id| absolute(id).is_some() && id.chars().count() <= 200) {
        Some(id) => id,
        None => hashed("organization", [text(node, "name").unwrap_or_default().as_str()]),
    }
}

/// An identifier made of texts, spelling folded.
fn hashed<const N: usize>(kind: &str, texts: [&str; N]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        for word in domain::text::fold(text).split_whitespace() {
            digest.update(word.as_bytes());
            digest.update(b" ");
        }
        digest.update([0x1f]);
    }
    let hash = digest.finalize();
    let hex: String = hash.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}-{hex}")
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    let invalid = |error: serde_json::Error| vec![Problem::error("", problems::not_json(error.column(), &error.to_string()))];
    let record: Node = serde_json::from_slice(payload).map_err(invalid)?;
    let empty = Node::new();
    let node = object(&record, "node").unwrap_or(&empty);
    let id = text(&record, "id");
    match kind {
        RecordKind::Organization => organization::organization(id.as_deref(), node),
        RecordKind::Place => organization::place(node),
        RecordKind::Offer => offer::decode(id.as_deref(), text(&record, "organization").as_deref(), node, context),
    }
}
