//! Open-vhs 1.2: the XML of the German adult education association. `docs/formats/openvhs.md`.
//!
//! One file is everything one adult education centre offers. Only the root element has a namespace prefix.

mod offer;
mod run;

use crate::collect::Collector;
use crate::mapping::{Notes, PlaceParts, geo_point, truth};
use crate::xml::{Element, Xml, parse};
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use domain::Problem;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, Draft, OrganizationDraft, Provenance, RecordKind};
use domain::partners::{ImportFormat, ImportMode};
use domain::text::{Short, Translations};
use std::io::BufRead;

const VERSION: &[u8] = b"openvhs/1\n";

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut xml = Xml::new(input, context.limits)?;
    let mut collector = Collector::new(ImportFormat::OpenVhs, VERSION, context, sink);
    let root = xml.root()?;
    if root.name != "veranstaltungen" {
        return Err(xml.error(problems::wrong_root(&root.name, "openvhs:veranstaltungen")));
    }
    if let Some(version) = root.attribute("version").filter(|version| version.split('.').next() != Some("1")) {
        return Err(xml.error(problems::version_unsupported(version, "1.x")));
    }
    let mut organization: Option<String> = None;
    let mut courses = 0;
    while let Some(open) = xml.child()? {
        let line = open.line;
        match (open.name.as_str(), &organization) {
            ("export", None) => {
                let export = xml.element(open)?.unwrap_or_default();
                organization = Some(creator(&xml, &export, &mut collector)?);
            }
            ("veranstaltung", Some(organization)) => {
                courses += 1;
                match xml.element(open)? {
                    Some(course) => take_course(course, organization, &mut collector)?,
                    None => {
                        let limit = problems::record_too_large(context.limits.record_bytes);
                        collector.broken(line, Some(RecordKind::Offer), None, None, "", limit)?;
                    }
                }
            }
            ("veranstaltung", None) => return Err(xml.error(problems::unexpected_element("veranstaltung", "export"))),
            (other, _) => return Err(xml.error(problems::unexpected_element(other, "veranstaltung"))),
        }
    }
    xml.finish()?;
    if courses == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: Some(ImportMode::Full) })
}

fn creator(xml: &Xml<'_>, export: &Element, collector: &mut Collector<'_, '_>) -> Result<String, FileError> {
    let creator = export.at("ersteller").ok_or_else(|| xml.error(problems::missing_element("export/ersteller")))?;
    let id = creator.text_at("guid").ok_or_else(|| xml.error(problems::missing_element("export/ersteller/guid")))?;
    collector.upsert(creator.line, RecordKind::Organization, id, creator.canonical())?;
    Ok(id.to_owned())
}

/// Hands on a course and its place.
pub(crate) fn take_course(course: Element, organization: &str, collector: &mut Collector<'_, '_>) -> Result<(), FileError> {
    if let Some(place) = course.at("veranstaltungsort")
        && let Some(id) = place_parts(place).external_id()
    {
        collector.upsert_once(place.line, RecordKind::Place, id.as_str(), place)?;
    }
    let line = course.line;
    let mut record = course;
    // Personal data goes no further than this.
    record.children.retain(|child| !matches!(child.name.as_str(), "dozent" | "ansprechperson"));
    record.attributes = vec![("organization".to_owned(), organization.to_owned())];
    let Some(id) = record.text_at("guid").map(str::to_owned) else {
        return collector.broken(line, Some(RecordKind::Offer), None, Some(&record), "/guid", problems::missing_element("guid"));
    };
    collector.upsert(line, RecordKind::Offer, &id, record.canonical())
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    let record = parse(payload).map_err(|value| vec![Problem::error("", value)])?;
    match kind {
        RecordKind::Organization => organization(&record),
        RecordKind::Place => place(&record),
        RecordKind::Offer => offer::decode(&record, context),
    }
}

fn organization(record: &Element) -> Decoded {
    let mut notes = Notes::default();
    let external_id = notes.external_id(record.text_at("guid"), "/guid");
    let name = notes.title(record.text_at("name"), "/name");
    let name = notes.required(name, "/name");
    let draft = external_id.zip(name).map(|(external_id, name)| {
        Draft::Organization(Box::new(OrganizationDraft {
            external_id,
            name,
            alternate_name: None,
            kind: "adult-education-centre".to_owned(),
            legal_form: None,
            sponsor: None,
            identifiers: domain::catalogue::OfficialIds::default(),
            summary: None,
            description: None,
            address: None,
            geo: None,
            opening_hours: None,
            contacts: vec![],
            languages: vec![],
            accessibility: vec![],
            logo: None,
            url: None,
            social_links: vec![],
            network_member_since: None,
            cooperation_agreement: None,
            licence: None,
            translations: Translations::new(),
        }))
    });
    notes.finish(draft)
}

fn place_parts(place: &Element) -> PlaceParts<'_> {
    PlaceParts {
        name: place.text_at("name"),
        ..PlaceParts::of(place, ["", "adresse/strasse", "adresse/plz", "adresse/ort", "adresse/ortsteil", "adresse/land"])
    }
}

fn place(record: &Element) -> Decoded {
    let mut notes = Notes::default();
    let mut draft = place_parts(record).draft(&mut notes, "/veranstaltungsort");
    if let Some(draft) = &mut draft {
        draft.geo = record.text_at("breitengrad").zip(record.text_at("laengengrad")).and_then(|(lat, lon)| geo_point(lat, lon));
        draft.accessibility.extend(record.text_at("barrierefrei").and_then(truth).and_then(barrier_free));
    }
    notes.finish(draft.map(|draft| Draft::Place(Box::new(draft))))
}

/// "Barrierefrei" says yes about the entrance. Its opposite does not say which barrier there is, so it stays a note and never becomes a
/// no to a particular criterion.
fn barrier_free(stated: bool) -> Option<AccessibilityStatement> {
    let (value, note) = if stated {
        (AccessibilityValue::Yes, "Laut Anbieter ist der Ort barrierefrei.")
    } else {
        (AccessibilityValue::Unknown, "Laut Anbieter ist der Ort nicht barrierefrei.")
    };
    let note = Short::try_from(note).ok()?;
    Some(AccessibilityStatement {
        criterion: "step-free-entrance".to_owned(),
        value,
        provenance: Provenance::SelfDeclared,
        date: None,
        note: Some(note),
    })
}
