//! openQ-cat 1.1: the XML of the Federal Employment Agency. `docs/formats/openqcat.md`.
//!
//! A `SERVICE` is an offer with its first run (`EDUCATION@type="true"`) or one more run (`false`), tied together by `COURSE_ID` in any
//! order. So services are kept until the catalogue ends, as canonical text without the names of persons.

mod codes;
mod offer;
mod run;
mod supplier;
mod texts;

use crate::collect::Collector;
use crate::mapping::PlaceParts;
use crate::xml::{Element, Open, Xml, parse};
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use domain::Problem;
use domain::catalogue::RecordKind;
use domain::partners::{ImportFormat, ImportMode};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::BufRead;
use supplier::Suppliers;

const VERSION: &[u8] = b"openqcat/1\n";

const COURSE_ID: &str = "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/COURSE_ID";

/// One `SERVICE` on its way into an offer.
struct Service {
    line: u64,
    product_id: String,
    /// Carries the offer, not only a run.
    is_offer: bool,
    supplier: Option<String>,
    xml: String,
}

struct Catalogue<'a, 'b> {
    collector: Collector<'a, 'b>,
    suppliers: Suppliers,
    products: HashSet<String>,
    courses: HashMap<String, Vec<Service>>,
    /// Order of the first service of each course, so that items come in the order of the file.
    order: Vec<String>,
    deleted: BTreeMap<String, u64>,
    limit: usize,
}

pub(crate) fn read(input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let mut xml = Xml::new(input, context.limits)?;
    let mut catalogue = Catalogue {
        collector: Collector::new(ImportFormat::OpenQCat, VERSION, context, sink),
        suppliers: Suppliers::default(),
        products: HashSet::new(),
        courses: HashMap::new(),
        order: Vec::new(),
        deleted: BTreeMap::new(),
        limit: context.limits.record_bytes,
    };
    let root = xml.root()?;
    if root.name != "OPENQCAT" {
        return Err(xml.error(problems::wrong_root(&root.name, "OPENQCAT")));
    }
    let mut mode = None;
    while let Some(open) = xml.child()? {
        match (open.name.as_str(), catalogue.suppliers.is_empty(), mode) {
            ("HEADER", true, None) => catalogue.header(&mut xml)?,
            ("NEW_CATALOG", false, None) => {
                let full = open.attribute("FULLCATALOG").and_then(crate::mapping::truth).unwrap_or(false);
                mode = Some(if full { ImportMode::Full } else { ImportMode::Delta });
                catalogue.services(&mut xml)?;
            }
            ("UPDATE_CATALOG", false, None) => {
                mode = Some(ImportMode::Delta);
                catalogue.update(&mut xml)?;
            }
            (other, true, _) => return Err(xml.error(problems::unexpected_element(other, "HEADER"))),
            (other, false, _) => return Err(xml.error(problems::unexpected_element(other, "NEW_CATALOG / UPDATE_CATALOG"))),
        }
    }
    xml.finish()?;
    if mode.is_none() {
        return Err(xml.error(problems::missing_element("NEW_CATALOG")));
    }
    catalogue.finish()?;
    Ok(FileSummary { records: catalogue.collector.records(), mode_hint: mode })
}

impl Catalogue<'_, '_> {
    fn header(&mut self, xml: &mut Xml<'_>) -> Result<(), FileError> {
        while let Some(open) = xml.child()? {
            if open.name != "SUPPLIER" {
                xml.skip()?;
                continue;
            }
            let line = open.line;
            let Some(supplier) = xml.element(open)? else { return Err(FileError::new(Some(line), problems::record_too_large(self.limit))) };
            let supplier = without_persons(supplier);
            let id = self.suppliers.add(&supplier).ok_or_else(|| FileError::new(Some(line), problems::missing_element("SUPPLIER_ID")))?;
            self.collector.upsert(line, RecordKind::Organization, &id, supplier.canonical())?;
        }
        if self.suppliers.is_empty() {
            return Err(xml.error(problems::missing_element("HEADER/SUPPLIER")));
        }
        Ok(())
    }

    fn update(&mut self, xml: &mut Xml<'_>) -> Result<(), FileError> {
        while let Some(open) = xml.child()? {
            match open.name.as_str() {
                "NEW" => self.services(xml)?,
                "DELETE" => {
                    while let Some(open) = xml.child()? {
                        let line = open.line;
                        let service = xml.element(open)?.unwrap_or_default();
                        match service.text_at("PRODUCT_ID") {
                            Some(id) => {
                                self.deleted.insert(id.to_owned(), line);
                            }
                            None => self.broken(line, None, &service, "/PRODUCT_ID", problems::missing_element("PRODUCT_ID"))?,
                        }
                    }
                }
                other => return Err(xml.error(problems::unexpected_element(other, "NEW / DELETE"))),
            }
        }
        Ok(())
    }

    fn services(&mut self, xml: &mut Xml<'_>) -> Result<(), FileError> {
        while let Some(open) = xml.child()? {
            if open.name == "SERVICE" { self.service(xml, open)? } else { xml.skip()? }
        }
        Ok(())
    }

    fn service(&mut self, xml: &mut Xml<'_>, open: Open) -> Result<(), FileError> {
        let line = open.line;
        let Some(service) = xml.element(open)? else {
            return self.collector.broken(line, Some(RecordKind::Offer), None, None, "", problems::record_too_large(self.limit));
        };
        let service = without_persons(service);
        let Some(product_id) = service.text_at("PRODUCT_ID") else {
            return self.broken(line, None, &service, "/PRODUCT_ID", problems::missing_element("PRODUCT_ID"));
        };
        let id = Some(product_id);
        if !self.products.insert(product_id.to_owned()) {
            return self.broken(line, id, &service, "/PRODUCT_ID", problems::duplicate(product_id));
        }
        let education = service.at("SERVICE_DETAILS/SERVICE_MODULE/EDUCATION");
        let is_offer = match education.map(|e| e.attribute("type").unwrap_or_default().trim()) {
            None | Some("true" | "1") => true,
            Some("false" | "0") => false,
            // Left out: a run without a title cannot be an offer.
            Some("") => service.text_at("SERVICE_DETAILS/TITLE").is_some(),
            Some(other) => {
                let pointer = "/SERVICE_DETAILS/SERVICE_MODULE/EDUCATION/@type";
                return self.broken(line, id, &service, pointer, problems::unknown_value(other, "true, false"));
            }
        };
        let course_id = education.and_then(|e| e.text_at("COURSE_ID")).or(is_offer.then_some(product_id));
        let Some(course_id) = course_id.map(str::to_owned) else {
            return self.broken(line, id, &service, COURSE_ID, problems::missing_element("COURSE_ID"));
        };
        for place in offer::modules(&service).filter_map(|module| module.at("LOCATION")) {
            if let Some(place_id) = place_parts(place).external_id() {
                self.collector.upsert_once(place.line, RecordKind::Place, place_id.as_str(), place)?;
            }
        }
        let supplier = service.text_at("SUPPLIER_ID_REF").map(str::to_owned);
        let service = Service { line, product_id: product_id.to_owned(), is_offer, supplier, xml: service.canonical() };
        let course = self.courses.entry(course_id.clone()).or_default();
        if course.is_empty() {
            self.order.push(course_id);
        }
        course.push(service);
        Ok(())
    }

    /// Offers with their runs, then what was withdrawn and not handed in anew.
    fn finish(&mut self) -> Result<(), FileError> {
        for course_id in std::mem::take(&mut self.order) {
            let Some(services) = self.courses.remove(&course_id) else { continue };
            self.course(&course_id, services)?;
        }
        for (id, line) in std::mem::take(&mut self.deleted) {
            if !self.products.contains(&id) {
                self.collector.delete(line, RecordKind::Offer, &id)?;
            }
        }
        if self.products.is_empty() && self.collector.records() <= self.suppliers.count() {
            return Err(FileError::new(None, problems::file_empty()));
        }
        Ok(())
    }

    fn course(&mut self, course_id: &str, mut services: Vec<Service>) -> Result<(), FileError> {
        // The offer is the one that carries the course's number; exports exist in which none does.
        services.sort_by(|a, b| {
            let rank = |s: &Service| (!s.is_offer, s.product_id != course_id);
            rank(a).cmp(&rank(b)).then_with(|| a.product_id.cmp(&b.product_id))
        });
        let Some(head) = services.first().filter(|first| first.is_offer) else {
            for run in services {
                self.orphan(course_id, &run)?;
            }
            return Ok(());
        };
        let Some((supplier, exact)) = self.suppliers.find(head.supplier.as_deref()) else {
            let value = problems::reference_unknown(head.supplier.as_deref().unwrap_or_default(), "HEADER/SUPPLIER");
            let kind = Some(RecordKind::Offer);
            return self.collector.broken(head.line, kind, Some(course_id), None, "/SUPPLIER_ID_REF", value);
        };
        let mut attributes = vec![("course", course_id), ("supplier", supplier.as_str())];
        if let Some(stated) = head.supplier.as_deref().filter(|_| !exact) {
            attributes.push(("stated-supplier", stated));
        }
        let mut record = Element::new("COURSE", &attributes).canonical();
        record.truncate(record.len().saturating_sub(2));
        record.push('>');
        services.iter().for_each(|service| record.push_str(&service.xml));
        record.push_str("</COURSE>");
        self.collector.upsert(head.line, RecordKind::Offer, course_id, record)
    }

    fn orphan(&mut self, course_id: &str, run: &Service) -> Result<(), FileError> {
        let value = problems::run_without_offer(course_id);
        self.collector.broken(run.line, Some(RecordKind::Offer), Some(&run.product_id), None, COURSE_ID, value)
    }

    fn broken(&mut self, line: u64, id: Option<&str>, record: &Element, pointer: &str, value: domain::problem::ValueError) -> Result<(), FileError> {
        self.collector.broken(line, Some(RecordKind::Offer), id, Some(record), pointer, value)
    }
}

/// The words of a `DURATION@type`.
pub(crate) fn duration_words(code: &str) -> Option<&'static str> {
    codes::duration(code)
}

/// Whom to ask stays, who that is goes: nothing of a person but the office's phone and mailbox is kept, not even in the raw record.
fn without_persons(mut element: Element) -> Element {
    const PERSONAL: &[&str] = &[
        "SALUTATION",
        "ACADEMIC_TITLE",
        "FIRST_NAME",
        "LAST_NAME",
        "NAME_PREFIX",
        "JOB_TITLE",
        "CONTACT_REMARKS",
        "INSTRUCTOR",
        "ID_DB",
        "PUBLIC_KEY",
        "BANKING",
    ];
    element.children.retain(|child| !PERSONAL.contains(&child.name.as_str()));
    element.children = element.children.into_iter().map(without_persons).collect();
    element
}

fn place_parts(location: &Element) -> PlaceParts<'_> {
    let country = if location.text_at("COUNTRY_CODED").is_some() { "COUNTRY_CODED" } else { "COUNTRY" };
    PlaceParts::of(location, ["NAME", "STREET", "ZIP", "CITY", "DISTRICT", country])
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    let record = parse(payload).map_err(|value| vec![Problem::error("", value)])?;
    match kind {
        RecordKind::Organization => supplier::organization(&record),
        RecordKind::Place => supplier::place(&record),
        RecordKind::Offer => offer::decode(&record, context),
    }
}
