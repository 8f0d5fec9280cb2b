//! openQ-cat 1.1 as the Federal Employment Agency takes it for KURSNET: `docs/formats/out/openqcat.md`.
//!
//! What the schema lets pass and the agency does not is checked here: a record that lacks a mandatory field is not written; its
//! [`Problem`]s name the fields.

mod codes;
mod service;
mod supplier;
mod texts;
mod xml;

use super::Site;
use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;
use domain::catalogue::{Offer, Organization, RecordKind, SourceRef};
use domain::problem::ValueError;
use domain::vocabularies::Vocabularies;
use domain::{Problem, Timestamp};
use xml::Xml;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Everything there is: `NEW_CATALOG FULLCATALOG="true"`.
    Full,
    /// What changed: `UPDATE_CATALOG` with this sequence number.
    Update(i64),
}

/// Everything a file depends on beside its records.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue<'a> {
    /// The portal.
    pub site: &'a Site,
    /// The vocabularies; codes of the agency are their notations.
    pub vocabularies: &'a Vocabularies,
    /// The source whose identifiers are written as they are, because the file is for one organisation. Records of all other sources get
    /// the key of their source in front, so that no two are the same.
    pub own_source: Option<&'a str>,
    /// When the file is made. Runs that are over by then are left out.
    pub at: Timestamp,
    /// Position of the change log that the file shows; its version.
    pub seq: i64,
}

impl Catalogue<'_> {
    /// The beginning of a file up to its suppliers.
    pub fn begin(&self) -> String {
        let mut xml = Xml::default();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        xml.open("OPENQCAT", &[("version", "1.1")]);
        xml.open("HEADER", &[]);
        xml.text("GENERATOR_INFO", &format!("{} ({}); die Lizenz steht bei jedem Datensatz", self.site.name, self.site.base));
        xml.open("CATALOG", &[]);
        xml.text("LANGUAGE", "deu");
        xml.cut("CATALOG_ID", self.own_source.unwrap_or(self.site.host()), 50);
        xml.text("CATALOG_VERSION", &self.seq.to_string());
        xml.cut("CATALOG_NAME", &self.site.name, 255);
        xml.text("GENERATION_DATE", &instant(self.at, self.site.zone));
        xml.text("CURRENCY", "EUR");
        xml.close("CATALOG");
        xml.finish()
    }

    /// What comes between the suppliers and the first service. `deleted` are [`Self::product_id`]s and only mean something in an update.
    pub fn services(&self, delivery: Delivery, deleted: &[String]) -> String {
        let mut xml = Xml::default();
        xml.close("HEADER");
        match delivery {
            Delivery::Full => xml.open("NEW_CATALOG", &[("FULLCATALOG", "true")]),
            Delivery::Update(number) => {
                xml.open("UPDATE_CATALOG", &[("seq_number", &number.to_string())]);
                if !deleted.is_empty() {
                    xml.open("DELETE", &[]);
                    for id in deleted {
                        xml.open("SERVICE", &[]);
                        xml.text("PRODUCT_ID", id);
                        xml.close("SERVICE");
                    }
                    xml.close("DELETE");
                }
                xml.open("NEW", &[]);
            }
        }
        xml.finish()
    }

    /// The end of a file.
    pub fn end(&self, delivery: Delivery) -> String {
        let mut xml = Xml::default();
        match delivery {
            Delivery::Full => xml.close("NEW_CATALOG"),
            Delivery::Update(_) => {
                xml.close("NEW");
                xml.close("UPDATE_CATALOG");
            }
        }
        xml.close("OPENQCAT");
        xml.finish()
    }

    /// A `SUPPLIER`.
    ///
    /// # Errors
    /// Everything that KURSNET demands and the organisation lacks.
    pub fn supplier(&self, organization: &Organization) -> Result<Supplier, Vec<Problem>> {
        supplier::supplier(organization)
    }

    /// The `SERVICE`s of an offer: one for each run that is not over and has a start.
    ///
    /// # Errors
    /// Everything that KURSNET demands and the offer lacks.
    pub fn offer(&self, offer: &Offer, supplier: &str) -> Result<String, Vec<Problem>> {
        service::services(self, offer, supplier)
    }

    /// The `PRODUCT_ID` of an offer.
    pub fn product_id(&self, source: &SourceRef) -> String {
        if self.own_source == Some(source.key.as_str()) { source.external_id.clone() } else { format!("{}:{}", source.key, source.external_id) }
    }
}

/// An organisation that KURSNET would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplier {
    /// Number the agency gave it; its services refer to it.
    pub id: String,
    /// The element.
    pub xml: String,
}

/// Where an instant stands in the calendar of the region.
fn instant(at: Timestamp, zone: Tz) -> String {
    let local: DateTime<Tz> = at.with_timezone(&zone);
    local.to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn missing(kind: RecordKind, pointer: &str, de: &str, en: &str) -> Problem {
    let (record_de, record_en) = match kind {
        RecordKind::Organization => ("Die Einrichtung", "organisation"),
        RecordKind::Place => ("Der Ort", "place"),
        RecordKind::Offer => ("Das Angebot", "offer"),
    };
    Problem::error(
        pointer,
        ValueError::new(
            "export-field-missing",
            format!("{record_de} braucht für KURSNET: {de}."),
            format!("For KURSNET the {record_en} needs: {en}."),
        ),
    )
}

fn too_long(pointer: &str, most: usize) -> Problem {
    Problem::error(
        pointer,
        ValueError::new(
            "export-text-too-long",
            format!("KURSNET nimmt hier höchstens {most} Zeichen."),
            format!("KURSNET takes at most {most} characters here."),
        ),
    )
}

fn refused(pointer: &str, code: &str, de: &str, en: &str) -> Problem {
    Problem::error(pointer, ValueError::new(code, de, en))
}
