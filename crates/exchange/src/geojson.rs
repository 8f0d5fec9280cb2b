//! GeoJSON (RFC 7946) of schools and places, also with the `crs` member of 2008. `docs/formats/geojson.md`.

pub(crate) mod crs;
pub(crate) mod feature;
mod kinds;
mod names;
mod projection;

use crate::collect::Collector;
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, json, problems};
use crs::Crs;
use domain::catalogue::RecordKind;
use domain::partners::ImportFormat;
use feature::{Extent, Feature};
use serde::Deserialize;
use serde_json::Value;
use std::io::{BufRead, Read};

const VERSION: &[u8] = b"geojson/1\n";

/// What is around the features.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type", default)]
    kind: Value,
    #[serde(default)]
    crs: Value,
}

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    // Held as a whole: the reference system may stand behind the features.
    let limit = context.limits.document_bytes;
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    Read::take(&mut *input, most).read_to_end(&mut bytes).map_err(|_| FileError::new(None, problems::read_failed()))?;
    if bytes.len() > limit {
        return Err(FileError::new(None, problems::document_too_large(limit)));
    }
    let text = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&bytes);
    let head: Option<Head> = serde_json::from_slice(text).ok();
    // What cannot be read is told by the walk, with its line.
    let path: &[&str] = match head.as_ref().map(|head| head.kind.as_str()) {
        None | Some(Some("FeatureCollection")) => &["features"],
        Some(Some("Feature")) => &[],
        Some(found) => {
            let found = found.unwrap_or("–").to_owned();
            return Err(FileError::new(Some(1), problems::not_geojson(&found)));
        }
    };
    let crs = head.as_ref().map_or(Crs::Wgs84, |head| of_member(&head.crs));
    let mut collector = Collector::new(ImportFormat::GeoJson, VERSION, context, sink);
    json::each(&mut &*text, context.limits, path, &mut |line, record| match record {
        Ok(Value::Object(object)) if object.get("type").and_then(Value::as_str) == Some("Feature") => {
            feature_of(&object, &crs).hand_on(line, context, &mut collector)
        }
        Ok(_) => {
            let value = problems::wrong_type(
                ("kein Feature", "no feature"),
                ("ein Objekt mit \"type\": \"Feature\"", "an object with \"type\": \"Feature\""),
            );
            collector.broken(line, None, None, None, "", value)
        }
        Err(error) => collector.broken(line, None, None, None, "", error),
    })?;
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: None })
}

/// The member `crs` of GeoJSON 2008. Its axes are always east before north, whatever the name says.
fn of_member(crs: &Value) -> Crs {
    match crs.pointer("/properties/name").and_then(Value::as_str) {
        None if crs.is_null() => Crs::Wgs84,
        None => Crs::Unknown("?".to_owned()),
        Some(name) => Crs::named(name).east_first(),
    }
}

fn feature_of(object: &serde_json::Map<String, Value>, crs: &Crs) -> Feature {
    let id = object.get("id").and_then(said);
    // "schultyp_grund.17" of servers that name the layer in the identifier.
    let layer = id.as_deref().and_then(|id| id.rsplit_once('.')).map_or("", |(layer, _)| layer).to_owned();
    let mut feature = Feature::of(id, layer);
    for (name, value) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
        feature.take(name, said(value));
    }
    let mut extent = Extent::default();
    let geometry = object.get("geometry").unwrap_or(&Value::Null);
    geometries(geometry, 4, &mut extent);
    feature.locate(extent, crs);
    feature
}

fn geometries(geometry: &Value, depth: u8, extent: &mut Extent) {
    if let Some(coordinates) = geometry.get("coordinates") {
        positions(coordinates, 6, extent);
    }
    if depth > 0 {
        for part in geometry.get("geometries").and_then(Value::as_array).into_iter().flatten() {
            geometries(part, depth - 1, extent);
        }
    }
}

fn positions(value: &Value, depth: u8, extent: &mut Extent) {
    let Some(values) = value.as_array() else { return };
    match (values.first().and_then(Value::as_f64), values.get(1).and_then(Value::as_f64)) {
        (Some(first), Some(second)) => extent.add(first, second),
        _ if depth > 0 => values.iter().for_each(|value| positions(value, depth - 1, extent)),
        _ => {}
    }
}

/// A value as a text; lists of texts are joined, anything deeper is none.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(values) => Some(values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8]) -> Decoded {
    feature::decode(kind, payload)
}
