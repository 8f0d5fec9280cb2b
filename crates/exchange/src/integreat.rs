//! Events and locations of the Integreat content management system (API v3). `docs/formats/integreat.md`.
//!
//! The occurrences of a series are records of their own with one id, so a list is held as a whole.

mod event;
mod location;

use crate::collect::Collector;
use crate::mapping::hashed_id;
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, json, problems};
use domain::Problem;
use domain::catalogue::RecordKind;
use domain::partners::ImportFormat;
use location::{Location, Poi};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::{BufRead, Read};

const VERSION: &[u8] = b"integreat/1\n";

/// Identifier of the organisation of events that name none.
const DEFAULT_ORGANIZATION: &str = "default";

type Object = Map<String, Value>;

/// The occurrences of an event.
struct Series {
    line: u64,
    id: String,
    organization: String,
    events: Vec<Object>,
}

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let limit = context.limits.document_bytes;
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut input = std::io::BufReader::new(Read::take(&mut *input, most));
    let mut collector = Collector::new(ImportFormat::Integreat, VERSION, context, sink);
    let mut series: Vec<Series> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let result = json::each(&mut input, context.limits, &[], &mut |line, record| {
        let record = match record {
            Ok(Value::Object(record)) => record,
            Ok(_) => {
                let value = problems::wrong_type(("kein Objekt", "no object"), ("ein Objekt", "an object"));
                return collector.broken(line, None, None, None, "", value);
            }
            Err(error) => return collector.broken(line, None, None, None, "", error),
        };
        match (record.get("event"), record.get("location")) {
            (Some(Value::Object(_)), _) => {
                let id = identifier(&record);
                let organization = organization(&record, line, context, &mut collector)?;
                if let Some(location) = Location::of(record.get("location"))
                    && let Some(place) = location.parts(None).external_id()
                {
                    collector.once(line, RecordKind::Place, place.as_str(), || location.payload(None, None))?;
                }
                let event = event::kept(&record);
                match known.get(&id).and_then(|at| series.get_mut(*at)) {
                    Some(series) => series.events.push(event),
                    None => {
                        known.insert(id.clone(), series.len());
                        series.push(Series { line, id, organization, events: vec![event] });
                    }
                }
                Ok(())
            }
            (_, Some(Value::Object(_))) => poi(&record, line, &mut collector),
            _ => {
                let id = identifier(&record);
                collector.broken(line, None, Some(&id), None, "/event", problems::neither_event_nor_location())
            }
        }
    });
    if input.into_inner().limit() == 0 {
        return Err(FileError::new(None, problems::document_too_large(limit)));
    }
    result?;
    for Series { line, id, organization, mut events } in series {
        event::settle(&mut events);
        let same = format!("{id}\n{organization}\n{}", event::essence(&events));
        let payload = json!({ "id": id, "organization": organization, "events": events }).to_string();
        if payload.len() > context.limits.record_bytes {
            let limit = problems::record_too_large(context.limits.record_bytes);
            collector.broken(line, Some(RecordKind::Offer), Some(&id), None, "", limit)?;
            continue;
        }
        collector.upsert_by(line, RecordKind::Offer, &id, payload, same.as_bytes())?;
    }
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: None })
}

/// The number of a record; without one, its path without the day of an occurrence.
fn identifier(record: &Object) -> String {
    let path = || said(record, "path").or_else(|| said(record, "url"));
    let path = || path().map(|path| path.split('$').next().unwrap_or_default().to_owned()).filter(|path| !path.is_empty());
    let id = said(record, "id").or_else(path).filter(|id| id.chars().count() <= 200);
    id.unwrap_or_else(|| hashed_id("record", &[&said(record, "title").unwrap_or_default()]))
}

/// A text or a number that says something.
fn said(record: &Object, name: &str) -> Option<String> {
    match record.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn object<'o>(record: &'o Object, name: &str) -> Option<&'o Object> {
    record.get(name).and_then(Value::as_object)
}

/// The organisation that a record names, else the one that the source is named after.
fn organization(record: &Object, line: u64, context: &ReadContext, collector: &mut Collector<'_, '_>) -> Result<String, FileError> {
    let named = object(record, "organization").and_then(|organization| {
        let name = said(organization, "name")?;
        let id = said(organization, "slug").unwrap_or_else(|| hashed_id("organization", &[&name]));
        Some((id, name, said(organization, "website")))
    });
    let (id, name, website) = named.unwrap_or_else(|| {
        let name = context.provider.as_deref().unwrap_or("Anbieter");
        (DEFAULT_ORGANIZATION.to_owned(), name.to_owned(), None)
    });
    collector.once(line, RecordKind::Organization, &id, || json!({ "id": id, "name": name, "website": website }).to_string())?;
    Ok(id)
}

/// A location is a place, and an organisation if one can ask or visit somebody there.
fn poi(record: &Object, line: u64, collector: &mut Collector<'_, '_>) -> Result<(), FileError> {
    let id = identifier(record);
    let Some(location) = Location::of(record.get("location")) else {
        let problem = problems::missing_element("location");
        return collector.broken(line, Some(RecordKind::Place), Some(&id), None, "/location", problem);
    };
    let title = said(record, "title");
    let parts = location.parts(title.as_deref());
    if let Some(place) = parts.external_id() {
        let accessible = record.get("barrier_free").and_then(Value::as_bool);
        collector.once(line, RecordKind::Place, place.as_str(), || location.payload(title.as_deref(), accessible))?;
    }
    let placed = parts.external_id().is_some();
    let poi = Poi::of(record, &id, location);
    if poi.is_institution() || !placed {
        collector.upsert(line, RecordKind::Organization, &format!("poi-{id}"), poi.payload())?;
    }
    Ok(())
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    let invalid = |error: serde_json::Error| vec![Problem::error("", problems::not_json(error.column(), &error.to_string()))];
    match kind {
        RecordKind::Organization => location::organization(payload).map_err(invalid)?,
        RecordKind::Place => location::place(payload).map_err(invalid)?,
        RecordKind::Offer => {
            let record: Object = serde_json::from_slice(payload).map_err(invalid)?;
            event::decode(&record, context)
        }
    }
}
