//! The nodes of a document by identifier, and copies of nodes with what they refer to.

use super::node::{Node, all, is};
use crate::Limits;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Properties whose nodes are part of an offer and no offers of their own.
const PARTS: [&str; 3] = ["hasCourseInstance", "subEvent", "subEvents"];

/// What an offer, an organisation or a place keeps of its node. Everything else is told by name and not kept.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "@id", "@type", "name", "headline", "alternateName", "abstract", "description", "disambiguatingDescription", "url", "sameAs", "identifier", "courseCode",
    "keywords", "about", "teaches", "inLanguage", "educationalLevel", "coursePrerequisites", "programPrerequisites", "educationalCredentialAwarded",
    "occupationalCredentialAwarded", "audience", "typicalAgeRange", "isAccessibleForFree", "offers", "image", "hasCourseInstance", "subEvent", "subEvents",
    "courseMode", "educationalProgramMode", "startDate", "endDate", "duration", "timeRequired", "courseWorkload", "courseSchedule", "eventSchedule",
    "eventStatus", "eventAttendanceMode", "location", "maximumAttendeeCapacity", "remainingAttendeeCapacity", "maximumPhysicalAttendeeCapacity",
    "maximumEnrollment", "applicationDeadline", "legalName", "telephone", "email", "address", "geo", "openingHours", "openingHoursSpecification",
    "amenityFeature", "contactPoint",
];

/// Properties that are left out on purpose: persons, opinions, and what belongs to pages and not to offers.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "provider", "organizer", "publisher", "instructor", "performer", "author", "creator", "contributor", "director", "actor", "attendee", "sponsor",
    "funder", "founder", "employee", "member", "alumni", "review", "reviews", "aggregateRating", "dateModified", "datePublished", "dateCreated",
    "potentialAction", "mainEntityOfPage", "mainEntity", "breadcrumb", "isPartOf", "superEvent", "event", "events", "hasOfferCatalog", "department",
    "parentOrganization", "subOrganization", "logo", "doorTime", "@reverse", "totalHistoricalEnrollment", "hasMap", "photo", "priceRange", "license",
];

pub(super) struct Graph<'a> {
    /// Nodes that say something, with about how many bytes they take.
    nodes: HashMap<&'a str, (&'a Value, usize)>,
    parts: HashSet<&'a str>,
    limits: Limits,
    /// How many bytes may still be copied by reference: many nodes may refer to the same large one.
    budget: std::cell::Cell<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(values: impl Iterator<Item = &'a Value>, limits: Limits) -> Self {
        let budget = std::cell::Cell::new(limits.document_bytes.saturating_mul(4));
        let mut graph = Self { nodes: HashMap::new(), parts: HashSet::new(), limits, budget };
        for value in values {
            graph.note(value);
        }
        graph
    }

    fn note(&mut self, value: &'a Value) -> usize {
        match value {
            Value::Array(values) => values.iter().map(|value| self.note(value)).sum::<usize>() + 8,
            Value::Object(node) => {
                for part in PARTS.iter().flat_map(|name| all(node, name)) {
                    self.parts.extend(reference(part));
                }
                let size = node.iter().map(|(name, value)| name.len() + self.note(value)).sum::<usize>() + 8;
                if let Some(id) = node.get("@id").and_then(Value::as_str).filter(|_| node.len() > 1) {
                    self.nodes.entry(id).or_insert((value, size));
                }
                size
            }
            Value::String(text) => text.len() + 8,
            _ => 8,
        }
    }

    /// Whether another node has this one as its part.
    pub(super) fn is_part(&self, node: &Node) -> bool {
        node.get("@id").and_then(Value::as_str).is_some_and(|id| self.parts.contains(id))
    }

    /// What a reference refers to; everything else is itself.
    pub(super) fn resolve<'v>(&self, value: &'v Value) -> &'v Value
    where
        'a: 'v,
    {
        reference(value).and_then(|id| self.nodes.get(id)).map_or(value, |(node, _)| node)
    }

    /// What is kept of a node, with the nodes it refers to in place of the references, and the names of what was not kept in `strange`.
    /// `None` if that becomes too large.
    pub(super) fn extract(&self, node: &Node) -> Option<Node> {
        let mut left = self.limits.record_bytes;
        let mut extract = self.copy(node, 3, &mut left)?;
        let strange = |name: &&String| !KEPT.contains(&name.as_str()) && !LEFT_OUT.contains(&name.as_str());
        let names: Vec<&str> = node.keys().filter(strange).map(String::as_str).collect();
        if !names.is_empty() {
            extract.insert("strange".to_owned(), Value::from(names.join(", ")));
        }
        Some(extract)
    }

    fn copy(&self, node: &Node, depth: u8, left: &mut usize) -> Option<Node> {
        let mut copy = Node::new();
        for (name, value) in node.iter().filter(|(name, _)| KEPT.contains(&name.as_str())) {
            // Only where nodes are expected a bare text is a reference.
            let nodes = PARTS.contains(&name.as_str()) || name == "location";
            copy.insert(name.clone(), self.inlined(value, nodes, depth, left)?);
        }
        Some(copy)
    }

    fn inlined(&self, value: &Value, nodes: bool, depth: u8, left: &mut usize) -> Option<Value> {
        let refers = reference(value).filter(|_| depth > 0 && (nodes || value.is_object()));
        let target = match refers.and_then(|id| self.nodes.get(id)) {
            Some((target, size)) => {
                self.budget.set(self.budget.get().checked_sub(*size)?);
                *left = left.checked_sub(*size)?;
                target
            }
            None => value,
        };
        Some(match target {
            Value::Array(values) => Value::Array(values.iter().map(|value| self.inlined(value, nodes, depth, left)).collect::<Option<_>>()?),
            Value::Object(node) if is(node, |name| name == "Person") => Value::Null,
            Value::Object(node) if is(node, |name| super::is_course(name) || super::is_event(name)) => {
                Value::Object(self.copy(node, depth.saturating_sub(1), left)?)
            }
            Value::Object(node) => {
                let mut copy = Node::new();
                for (name, value) in node.iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())) {
                    copy.insert(name.clone(), self.inlined(value, false, depth.saturating_sub(1), left)?);
                }
                Value::Object(copy)
            }
            plain => plain.clone(),
        })
    }
}

/// The identifier of a reference: an object with nothing but an `@id`, or a text that is one.
fn reference(value: &Value) -> Option<&str> {
    match value {
        Value::Object(node) if node.len() == 1 => node.get("@id").and_then(Value::as_str),
        Value::String(id) => super::absolute(id).or_else(|| id.starts_with(['#', '_']).then_some(id.as_str())),
        _ => None,
    }
}
