//! Course export of Kufer SQL, the administration software of most adult education centres. `docs/formats/kufer.md`.
//!
//! One file is everything one centre offers; it does not name the centre.

mod offer;
mod run;

use crate::collect::Collector;
use crate::mapping::{Notes, PlaceParts, organization_kind};
use crate::xml::{Element, Xml, parse};
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use domain::Problem;
use domain::catalogue::{Draft, OrganizationDraft, RecordKind};
use domain::partners::{ImportFormat, ImportMode};
use std::io::BufRead;

const VERSION: &[u8] = b"kufer/1\n";

/// Identifier of the only organisation of a file.
const ORGANIZATION: &str = "vhs";

/// Elements that are mapped. Nothing else is kept: real exports carry names and phone numbers of lecturers in many elements.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "knr", "titellang_bf", "haupttitel", "titelkurz", "titellang", "untertitel", "inhalt", "web_info", "material", "ort", "ortraumname",
    "ortgebaeude", "ortstr", "ortplz", "ortname", "beginndat", "endedat", "beginnuhr", "endeuhr", "dauer", "dauerdetails", "termine", "tnmin", "tnmax",
    "tnanmeldungen", "tnwarteliste", "gebnorm", "geberm", "gebuehrergaenztext", "keinewebanmeldung", "anm_ende", "ausfall", "zielgruppe", "kategorien",
    "fachbtext",
];

/// Elements that are left out on purpose (see the format's page), besides those of persons.
const LEFT_OUT: &[&str] = &["fachb", "ortid", "ortaussenstelle"];

/// Elements that make a place: building, street, postcode, town.
const PLACE: [&str; 4] = ["ortgebaeude", "ortstr", "ortplz", "ortname"];

/// Parts of the names of elements about persons.
const PERSONS: &[&str] = &["dozent", "ansprech", "berater", "sachbearb", "betreuer", "kursleit", "telefon", "email", "mobil"];

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut xml = Xml::new(input, context.limits)?;
    let mut collector = Collector::new(ImportFormat::Kufer, VERSION, context, sink);
    let root = xml.root()?;
    if root.name != "kurse" {
        return Err(xml.error(problems::wrong_root(&root.name, "kurse")));
    }
    let name = context.provider.as_deref().unwrap_or("Volkshochschule");
    let organization = Element::new("vhs", &[("id", ORGANIZATION), ("name", name)]);
    while let Some(open) = xml.child()? {
        let line = open.line;
        if open.name != "kurs" {
            return Err(xml.error(problems::unexpected_element(&open.name, "kurs")));
        }
        collector.upsert_once(root.line, RecordKind::Organization, ORGANIZATION, &organization)?;
        match xml.element(open)? {
            Some(course) => take_course(course, &mut collector)?,
            None => {
                let limit = problems::record_too_large(context.limits.record_bytes);
                collector.broken(line, Some(RecordKind::Offer), None, None, "", limit)?;
            }
        }
    }
    xml.finish()?;
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: Some(ImportMode::Full) })
}

fn take_course(mut course: Element, collector: &mut Collector<'_, '_>) -> Result<(), FileError> {
    let mut strange: Vec<String> = Vec::new();
    course.children.retain(|child| {
        let known = KNOWN.contains(&child.name.as_str());
        let said = !child.text.is_empty() || !child.children.is_empty();
        let person = PERSONS.iter().any(|part| child.name.to_lowercase().contains(part));
        if !known && said && !person && !LEFT_OUT.contains(&child.name.as_str()) && !strange.contains(&child.name) {
            strange.push(child.name.clone());
        }
        known
    });
    strange.sort();
    course.attributes = vec![("strange".to_owned(), strange.join(", "))];
    course.attributes.retain(|(_, names)| !names.is_empty());
    let line = course.line;
    let Some(id) = course.text_at("knr").map(str::to_owned) else {
        return collector.broken(line, Some(RecordKind::Offer), None, Some(&course), "/knr", problems::missing_element("knr"));
    };
    let parts = place_parts(&course);
    if let Some(place_id) = parts.external_id() {
        // Only what makes the place: rooms differ from course to course.
        let mut place = Element { line, ..Element::new("ort", &[]) };
        for (name, text) in PLACE.into_iter().zip([parts.name, parts.street, parts.postal_code, parts.locality]) {
            place.children.extend(text.map(|text| Element { text: text.to_owned(), ..Element::new(name, &[]) }));
        }
        collector.upsert_once(line, RecordKind::Place, place_id.as_str(), &place)?;
    }
    collector.upsert(line, RecordKind::Offer, &id, course.canonical())
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
    let external_id = notes.external_id(record.attribute("id"), "/kurse");
    let name = notes.title(record.attribute("name"), "/kurse");
    let name = notes.required(name, "/kurse");
    let draft = external_id.zip(name).map(|(external_id, name)| {
        let kind = Some(organization_kind(name.as_str())).filter(|kind| *kind != "other").unwrap_or("adult-education-centre");
        Draft::Organization(Box::new(OrganizationDraft::new(external_id, kind, name)))
    });
    notes.finish(draft)
}

/// The building with its address; without a building the place is what `ort` or the room is called.
fn place_parts(course: &Element) -> PlaceParts<'_> {
    let [building, street, postal_code, town] = PLACE;
    let parts = PlaceParts::of(course, [building, street, postal_code, town, "", ""]);
    let named = course.text_at("ort").filter(|ort| Some(*ort) != parts.locality);
    PlaceParts { name: parts.name.or(named).or_else(|| course.text_at("ortraumname")), ..parts }
}

fn place(record: &Element) -> Decoded {
    let mut notes = Notes::default();
    let draft = place_parts(record).draft(&mut notes, "/ort");
    notes.finish(draft.map(|draft| Draft::Place(Box::new(draft))))
}
