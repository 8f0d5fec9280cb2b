//! A feature of whatever file: what it says, where it is, and the organisation or place that it becomes.

use super::crs::Crs;
use super::kinds::{is_school, kind};
use super::names::{Meaning, left_out, meaning, plain};
use crate::collect::Collector;
use crate::mapping::{Notes, PlaceParts, hashed_id, truth};
use crate::{Decoded, FileError, ReadContext, problems};
use domain::Problem;
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, ContactPoint, Draft, OrganizationDraft, Provenance, RecordKind, Sponsor};
use domain::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The box around the positions of a geometry.
#[derive(Debug, Default)]
pub(crate) struct Extent(Option<[f64; 4]>);

impl Extent {
    pub(crate) fn add(&mut self, first: f64, second: f64) {
        if !first.is_finite() || !second.is_finite() {
            return;
        }
        let [a, b, c, d] = self.0.unwrap_or([first, first, second, second]);
        self.0 = Some([a.min(first), b.max(first), c.min(second), d.max(second)]);
    }

    fn centre(&self) -> Option<(f64, f64)> {
        self.0.map(|[a, b, c, d]| (f64::midpoint(a, b), f64::midpoint(c, d)))
    }
}

/// A feature while it is read.
#[derive(Debug, Default)]
pub(crate) struct Feature {
    /// The identifier that the feature itself carries.
    stated_id: Option<String>,
    /// Name of the layer or the type of the feature.
    layer: String,
    said: BTreeMap<Meaning, (usize, String)>,
    strange: Vec<String>,
    point: Option<GeoPoint>,
    doubt: Option<Doubt>,
}

/// What is odd about the position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Doubt {
    Swapped,
    Outside,
    System(String),
}

/// What is kept of a feature.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Kept {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wheelchair: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<Doubt>,
    #[serde(skip_serializing_if = "String::is_empty")]
    strange: String,
}

impl Feature {
    /// A feature with the identifier that it carries itself, in a layer or of a type of this name.
    pub(crate) fn of(stated_id: Option<String>, layer: String) -> Self {
        Self { stated_id, layer, ..Self::default() }
    }

    /// A property.
    pub(crate) fn take(&mut self, name: &str, value: Option<String>) {
        let plain = plain(name);
        if left_out(&plain) {
            return;
        }
        match (meaning(&plain), value) {
            (Some((meaning, rank)), Some(value)) => {
                let better = self.said.get(&meaning).is_none_or(|(known, _)| rank < *known);
                if better {
                    self.said.insert(meaning, (rank, value));
                }
            }
            (None, Some(_)) => self.strange.push(name.chars().take(60).collect()),
            (_, None) => {}
        }
    }

    fn text(&self, meaning: Meaning) -> Option<&str> {
        self.said.get(&meaning).map(|(_, text)| text.as_str())
    }

    /// Where it is: in the middle of its geometry, else where two properties say.
    pub(crate) fn locate(&mut self, extent: Extent, crs: &Crs) {
        let stated = self.text(Meaning::Latitude).zip(self.text(Meaning::Longitude));
        let stated = stated.and_then(|(lat, lon)| crate::mapping::geo_point(&lat.replace(',', "."), &lon.replace(',', ".")));
        let found = match (extent.centre(), crs) {
            (None, _) => stated,
            (Some(_), Crs::Unknown(name)) => {
                self.doubt = stated.is_none().then(|| Doubt::System(name.clone()));
                stated
            }
            (Some((first, second)), crs) => crs.point(first, second).or_else(|| {
                self.doubt = Some(Doubt::Outside);
                stated
            }),
        };
        self.point = found.map(|point| {
            let turned = GeoPoint { lat: point.lon, lon: point.lat };
            let point = if !point.plausible() && turned.plausible() {
                self.doubt = Some(Doubt::Swapped);
                turned
            } else {
                point
            };
            // A tenth of a metre is more than anybody needs, and the same on every machine.
            let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
            GeoPoint { lat: rounded(point.lat), lon: rounded(point.lon) }
        });
    }

    fn street(&self) -> Option<String> {
        let street = self.text(Meaning::Street)?;
        Some(match self.text(Meaning::HouseNumber) {
            Some(number) if !street.ends_with(number) => format!("{street} {number}"),
            _ => street.to_owned(),
        })
    }

    /// Hands on what it becomes.
    pub(crate) fn hand_on(mut self, line: u64, context: &ReadContext, collector: &mut Collector<'_, '_>) -> Result<(), FileError> {
        let mut strange = std::mem::take(&mut self.strange);
        strange.sort();
        strange.dedup();
        let name = self.text(Meaning::Name).unwrap_or_default().to_owned();
        let stated = self.text(Meaning::Kind).map(str::to_owned);
        let mut kind = kind(stated.as_deref(), &self.layer, &name);
        if kind.is_none() && [stated.as_deref().unwrap_or_default(), &self.layer, &name].into_iter().any(is_school) {
            kind = Some("other");
        }
        let record_kind = if kind.is_some() { RecordKind::Organization } else { RecordKind::Place };
        let owned = |meaning: Meaning| self.text(meaning).map(str::to_owned);
        let id = owned(Meaning::Id).or_else(|| self.stated_id.clone());
        let id = id.unwrap_or_else(|| {
            let [street, city] = [self.street().unwrap_or_default(), owned(Meaning::Locality).unwrap_or_default()];
            hashed_id("feature", &[&name, &street, &city])
        });
        let kept = Kept {
            kind: kind.map(str::to_owned),
            name: Some(name).filter(|name| !name.is_empty()),
            alternate: owned(Meaning::AlternateName),
            street: self.street(),
            zip: owned(Meaning::PostalCode),
            city: owned(Meaning::Locality),
            district: owned(Meaning::District),
            url: owned(Meaning::Url),
            email: owned(Meaning::Email),
            phone: owned(Meaning::Phone),
            status: owned(Meaning::Status),
            carrier: owned(Meaning::Carrier),
            hours: owned(Meaning::OpeningHours),
            wheelchair: owned(Meaning::Wheelchair),
            summary: owned(Meaning::Summary),
            point: self.point.map(|point| [point.lat, point.lon]),
            doubt: self.doubt.clone(),
            strange: strange.join(", "),
            id: id.clone(),
        };
        if kept.name.is_none() {
            let problem = problems::feature_without_name();
            return collector.broken(line, Some(record_kind), Some(&id), None, "/properties/name", problem);
        }
        let payload = serde_json::json!(kept).to_string();
        if payload.len() > context.limits.record_bytes {
            let limit = problems::record_too_large(context.limits.record_bytes);
            return collector.broken(line, Some(record_kind), Some(&id), None, "", limit);
        }
        collector.upsert(line, record_kind, &id, payload)
    }
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8]) -> Decoded {
    let invalid = |error: serde_json::Error| vec![Problem::error("", problems::not_json(error.column(), &error.to_string()))];
    let kept: Kept = serde_json::from_slice(payload).map_err(invalid)?;
    let mut notes = Notes::default();
    match &kept.doubt {
        Some(Doubt::Swapped) => notes.warning("/geometry", problems::axes_swapped()),
        Some(Doubt::Outside) => notes.warning("/geometry", problems::position_outside()),
        Some(Doubt::System(name)) => notes.warning("/geometry", problems::crs_unknown(name)),
        None => {}
    }
    if !kept.strange.is_empty() {
        notes.warning("/properties", problems::fields_not_mapped(&kept.strange));
    }
    if kind == RecordKind::Organization { organization(&kept, notes) } else { place(&kept, notes) }
}

fn parts(kept: &Kept) -> PlaceParts<'_> {
    PlaceParts {
        name: kept.name.as_deref(),
        street: kept.street.as_deref(),
        postal_code: kept.zip.as_deref(),
        locality: kept.city.as_deref(),
        district: kept.district.as_deref(),
        country: None,
    }
}

fn point(kept: &Kept) -> Option<GeoPoint> {
    kept.point.map(|[lat, lon]| GeoPoint { lat, lon })
}

fn organization(kept: &Kept, mut notes: Notes) -> Decoded {
    let external_id = notes.external_id(Some(&kept.id), "/properties/id");
    let name = notes.title(kept.name.as_deref(), "/properties/name");
    let (Some(external_id), Some(name)) = (external_id, notes.required(name, "/properties/name")) else { return notes.finish(None) };
    let mut draft = OrganizationDraft::new(external_id, kept.kind.as_deref().unwrap_or("other"), name);
    let parts = parts(kept);
    if parts.street.is_some() || parts.postal_code.is_some() || parts.locality.is_some() {
        draft.address = Some(parts.address(&mut notes, "/properties"));
    }
    draft.geo = point(kept);
    draft.alternate_name = notes.title(kept.alternate.as_deref(), "/properties/short_name");
    draft.url = notes.url(kept.url.as_deref(), "/properties/website");
    draft.opening_hours = notes.short(kept.hours.as_deref(), "/properties/opening_hours");
    draft.sponsor = kept.status.as_deref().and_then(|status| sponsor(status, &mut notes));
    let carrier = kept.carrier.as_deref().map(|carrier| format!("Träger: {carrier}"));
    draft.summary = notes.short(kept.summary.as_deref().or(carrier.as_deref()), "/properties/description");
    let contact = ContactPoint {
        phone: notes.title(kept.phone.as_deref(), "/properties/phone"),
        email: notes.email(kept.email.as_deref(), "/properties/email"),
        ..ContactPoint::default()
    };
    draft.contacts.extend(Some(contact).filter(|contact| *contact != ContactPoint::default()));
    draft.accessibility.extend(accessibility(kept, &mut notes));
    notes.finish(Some(Draft::Organization(Box::new(draft))))
}

fn place(kept: &Kept, mut notes: Notes) -> Decoded {
    let external_id = notes.external_id(Some(&kept.id), "/properties/id");
    let Some(mut draft) = parts(kept).draft(&mut notes, "/properties") else {
        notes.error("/properties/name", problems::feature_without_name());
        return notes.finish(None);
    };
    let Some(external_id) = external_id else { return notes.finish(None) };
    draft.external_id = external_id;
    draft.geo = point(kept);
    draft.url = notes.url(kept.url.as_deref(), "/properties/website");
    draft.accessibility.extend(accessibility(kept, &mut notes));
    notes.finish(Some(Draft::Place(Box::new(draft))))
}

fn sponsor(status: &str, notes: &mut Notes) -> Option<Sponsor> {
    let folded = fold(status);
    let has = |parts: &[&str]| parts.iter().any(|part| folded.contains(part));
    if has(&["oeffentlich", "staatlich", "kommunal", "public"]) && !has(&["staatlich anerkannt", "staatlich genehmigt", "nicht"]) {
        return Some(Sponsor::Public);
    }
    if has(&["kirchlich", "evangelisch", "katholisch"]) {
        return Some(Sponsor::Church);
    }
    if has(&["gemeinnuetzig", "frei gemeinn"]) {
        return Some(Sponsor::NonProfit);
    }
    notes.not_mapped("/properties/legal_status", status);
    None
}

fn accessibility(kept: &Kept, notes: &mut Notes) -> Option<AccessibilityStatement> {
    let stated = kept.wheelchair.as_deref()?;
    let value = match stated.trim().to_ascii_lowercase().as_str() {
        "yes" | "designated" => AccessibilityValue::Yes,
        "limited" | "teilweise" => AccessibilityValue::Partly,
        "no" => AccessibilityValue::No,
        other => match truth(other) {
            Some(true) => AccessibilityValue::Yes,
            Some(false) => AccessibilityValue::No,
            None => {
                notes.not_mapped("/properties/wheelchair", stated);
                return None;
            }
        },
    };
    Some(AccessibilityStatement { criterion: "step-free-entrance".to_owned(), value, provenance: Provenance::SelfDeclared, date: None, note: None })
}
