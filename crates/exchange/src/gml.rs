//! GML as a Web Feature Service answers it (WFS 1.1 and 2.0): schools and places. `docs/formats/gml.md`.

mod geometry;

use crate::collect::Collector;
use crate::geojson::crs::Crs;
use crate::geojson::feature::{self, Extent, Feature};
use crate::xml::{Element, Open, Xml};
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use domain::catalogue::RecordKind;
use domain::partners::ImportFormat;
use std::io::BufRead;

const VERSION: &[u8] = b"gml/1\n";

/// Elements that hold features.
const MEMBERS: [&str; 3] = ["member", "featureMember", "featureMembers"];

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut xml = Xml::new(input, context.limits)?;
    let mut collector = Collector::new(ImportFormat::Gml, VERSION, context, sink);
    let root = xml.root()?;
    match root.name.as_str() {
        "FeatureCollection" => {}
        "ExceptionReport" | "ServiceExceptionReport" => return Err(service_failed(&mut xml, root)),
        other => return Err(xml.error(problems::wrong_root(other, "wfs:FeatureCollection"))),
    }
    collection(&mut xml, None, context, &mut collector)?;
    xml.finish()?;
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: None })
}

/// What the service said instead of features.
fn service_failed(xml: &mut Xml<'_>, root: Open) -> FileError {
    let said = match xml.element(root) {
        Ok(Some(report)) => all_text(&report),
        Ok(None) => String::new(),
        Err(error) => return error,
    };
    FileError::new(None, problems::service_failed(&said))
}

fn all_text(element: &Element) -> String {
    let inside = element.children.iter().map(all_text);
    std::iter::once(element.text.clone()).chain(inside).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Features of a collection, and of the collections that services nest in it when several layers are asked for.
fn collection(xml: &mut Xml<'_>, around: Option<&str>, context: &ReadContext, collector: &mut Collector<'_, '_>) -> Result<(), FileError> {
    let mut system = around.map(str::to_owned);
    while let Some(child) = xml.child()? {
        if child.name == "boundedBy" {
            let bounds = xml.element(child)?;
            system = bounds.as_ref().and_then(|bounds| geometry::system(bounds)).map(str::to_owned).or(system);
        } else if MEMBERS.contains(&child.name.as_str()) {
            while let Some(inner) = xml.child()? {
                match inner.name.as_str() {
                    "FeatureCollection" => collection(xml, system.as_deref(), context, collector)?,
                    _ => take(xml, inner, system.as_deref(), context, collector)?,
                }
            }
        } else {
            xml.skip()?;
        }
    }
    Ok(())
}

fn take(xml: &mut Xml<'_>, open: Open, system: Option<&str>, context: &ReadContext, collector: &mut Collector<'_, '_>) -> Result<(), FileError> {
    let line = open.line;
    let Some(element) = xml.element(open)? else {
        return collector.broken(line, None, None, None, "", problems::record_too_large(context.limits.record_bytes));
    };
    let id = element.attribute("id").or_else(|| element.attribute("fid")).map(str::to_owned);
    let mut feature = Feature::of(id, element.name.clone());
    let mut extent = Extent::default();
    let mut named = system.map(str::to_owned);
    for child in &element.children {
        if child.name == "boundedBy" {
            named = geometry::system(child).map(str::to_owned).or(named);
        } else if geometry::is_geometry(child) {
            named = geometry::positions(child, &mut extent).map(str::to_owned).or(named);
        } else {
            feature.take(&child.name, Some(all_text(child)).filter(|text| !text.is_empty()));
        }
    }
    // Without any word about it, it is what the standard says of its own: degrees with the longitude first.
    feature.locate(extent, &named.as_deref().map_or(Crs::Wgs84, Crs::named));
    feature.hand_on(line, context, collector)
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8]) -> Decoded {
    feature::decode(kind, payload)
}
