//! The organisation and the place of a row.

use super::cells::{RowOf, place as placed};
use super::offer::{in_row, truth};
use crate::mapping::{Notes, geo_point, organization_kind};
use crate::{Decoded, problems};
use domain::Problem;
use domain::catalogue::{AccessibilityStatement, AccessibilityValue, Draft, OrganizationDraft, Provenance};
use domain::partners::TableField;
use serde::{Deserialize, Serialize};

const OF_PLACES: &[TableField] = &[
    TableField::Place,
    TableField::Street,
    TableField::PostalCode,
    TableField::Locality,
    TableField::District,
    TableField::Latitude,
    TableField::Longitude,
    TableField::StepFree,
];

#[derive(Serialize, Deserialize)]
struct OrganizationRecord {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

pub(super) fn organization_payload(row: &RowOf, id: &str, name: &str) -> String {
    let text = |field: TableField| row.text(field).map(str::to_owned);
    let record = OrganizationRecord {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: text(TableField::OrganizationKind),
        url: text(TableField::OrganizationUrl),
    };
    serde_json::json!(record).to_string()
}

pub(super) fn organization(payload: &[u8]) -> Decoded {
    let record: OrganizationRecord = serde_json::from_slice(payload).map_err(invalid)?;
    let mut notes = Notes::default();
    let external_id = notes.external_id(Some(&record.id), "/id");
    let name = notes.title(Some(&record.name), "/name");
    let name = notes.required(name, "/name");
    let (Some(external_id), Some(name)) = (external_id, name) else { return notes.finish(None) };
    // Words and codes of kinds are what names are made of, too.
    let kind = organization_kind(record.kind.as_deref().unwrap_or_default());
    let kind = if kind == "other" { organization_kind(name.as_str()) } else { kind };
    let mut draft = OrganizationDraft::new(external_id, kind, name);
    draft.url = notes.url(record.url.as_deref(), "/url");
    notes.finish(Some(Draft::Organization(Box::new(draft))))
}

/// Only what makes the place; the number of the row is no part of it.
pub(super) fn place_payload(row: &RowOf) -> String {
    serde_json::json!(RowOf { row: 0, ..row.only(OF_PLACES) }).to_string()
}

pub(super) fn place(payload: &[u8]) -> Decoded {
    let row: RowOf = serde_json::from_slice(payload).map_err(invalid)?;
    let mut notes = Notes::default();
    let at = in_row(&row, TableField::PostalCode).or_else(|| in_row(&row, TableField::Place)).map_or_else(String::new, |found| found.pointer);
    let mut draft = row.place().draft(&mut notes, &at);
    if let Some(draft) = &mut draft {
        if let (Some(lat), Some(lon)) = (in_row(&row, TableField::Latitude), in_row(&row, TableField::Longitude)) {
            let point = geo_point(&lat.text().replace(',', "."), &lon.text().replace(',', "."));
            if point.is_none() {
                notes.warning(lat.pointer.clone(), problems::number_invalid(lat.text()));
            }
            draft.geo = point;
        }
        let step_free = in_row(&row, TableField::StepFree).and_then(|found| truth(&found, &mut notes));
        draft.accessibility.extend(step_free.map(|stated| AccessibilityStatement {
            criterion: "step-free-entrance".to_owned(),
            value: if stated { AccessibilityValue::Yes } else { AccessibilityValue::No },
            provenance: Provenance::SelfDeclared,
            date: None,
            note: None,
        }));
    }
    placed(std::slice::from_ref(&row), notes.finish(draft.map(|draft| Draft::Place(Box::new(draft)))))
}

fn invalid(error: serde_json::Error) -> Vec<Problem> {
    vec![Problem::error("", problems::not_json(error.column(), &error.to_string()))]
}
