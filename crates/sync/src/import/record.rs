//! A record of any kind, from draft to row.

use super::references::parse;
use domain::catalogue::assemble::{self, Assembled, References};
use domain::catalogue::edits::{self, Edits, fields};
use domain::catalogue::{Draft, Licence, Offer, Organization, Place, RecordKind, RecordMeta, Workshop};
use domain::problem::ValueError;
use domain::{Problem, Uuid};
use persistence::Result;
use persistence::records::RunWrite;
use serde::Serialize;
use serde_json::Value;

/// A record of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Record {
    Organization(Box<Organization>),
    Place(Box<Place>),
    Offer(Box<Offer>),
}

impl Record {
    /// Reads a kept document.
    pub(super) fn parse(kind: RecordKind, document: &str) -> Result<Self> {
        Ok(match kind {
            RecordKind::Organization => Self::Organization(parse(document)?),
            RecordKind::Place => Self::Place(parse(document)?),
            RecordKind::Offer => Self::Offer(parse(document)?),
        })
    }

    /// The only way from a draft to a record.
    pub(super) fn assemble(
        draft: Draft,
        meta: RecordMeta,
        previous: Option<&Self>,
        references: &dyn References,
        workshop: &Workshop<'_>,
    ) -> Assembled<Self> {
        Ok(match (draft, previous) {
            (Draft::Organization(draft), previous) => {
                let previous = if let Some(Self::Organization(previous)) = previous { Some(&**previous) } else { None };
                let (record, problems) = assemble::organization(*draft, meta, previous, workshop)?;
                (Self::Organization(Box::new(record)), problems)
            }
            (Draft::Place(draft), previous) => {
                let previous = if let Some(Self::Place(previous)) = previous { Some(&**previous) } else { None };
                let (record, problems) = assemble::place(*draft, meta, previous, workshop)?;
                (Self::Place(Box::new(record)), problems)
            }
            (Draft::Offer(draft), previous) => {
                let previous = if let Some(Self::Offer(previous)) = previous { Some(&**previous) } else { None };
                let (record, problems) = assemble::offer(*draft, meta, previous, references, workshop)?;
                (Self::Offer(Box::new(record)), problems)
            }
        })
    }

    pub(super) fn meta(&self) -> &RecordMeta {
        match self {
            Self::Organization(record) => &record.meta,
            Self::Place(record) => &record.meta,
            Self::Offer(record) => &record.meta,
        }
    }

    pub(super) fn meta_mut(&mut self) -> &mut RecordMeta {
        match self {
            Self::Organization(record) => &mut record.meta,
            Self::Place(record) => &mut record.meta,
            Self::Offer(record) => &mut record.meta,
        }
    }

    /// Title or name.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Organization(record) => record.name.as_str(),
            Self::Place(record) => record.name.as_str(),
            Self::Offer(record) => record.title.as_str(),
        }
    }

    /// The organisation of an offer.
    pub(super) fn organization_id(&self) -> Option<Uuid> {
        if let Self::Offer(offer) = self { Some(offer.organization.id) } else { None }
    }

    /// What an offer shows: its organisation and its places.
    pub(super) fn links(&self) -> Vec<Uuid> {
        let Self::Offer(offer) = self else { return Vec::new() };
        std::iter::once(offer.organization.id).chain(offer.places().iter().map(|place| place.id)).collect()
    }

    /// The dated runs of an offer, each id once.
    pub(super) fn runs(&self) -> Vec<RunWrite> {
        if let Self::Offer(offer) = self { runs(offer) } else { Vec::new() }
    }

    /// The canonical JSON.
    pub(super) fn document(&self) -> Result<String> {
        match self {
            Self::Organization(record) => document(record),
            Self::Place(record) => document(record),
            Self::Offer(record) => document(record),
        }
    }

    /// Whether the record says nothing new. Then it is the one before, with its version and its times.
    pub(super) fn settles_into(&mut self, before: &Self) -> bool {
        let meta = self.meta_mut();
        let now = (meta.version, meta.updated_at, meta.freshness.clone());
        let former = before.meta();
        (meta.version, meta.updated_at, meta.freshness) = (former.version, former.updated_at, former.freshness.clone());
        if self == before {
            return true;
        }
        let meta = self.meta_mut();
        (meta.version, meta.updated_at, meta.freshness) = now;
        false
    }
}

/// The canonical JSON of a record.
pub(super) fn document(record: &impl Serialize) -> Result<String> {
    serde_json::to_string(record).map_err(|error| persistence::Error::Corrupt(format!("a record that is no JSON: {error}")))
}

/// The dated runs of an offer, each id once.
pub(super) fn runs(offer: &Offer) -> Vec<RunWrite> {
    let mut rows: Vec<RunWrite> = Vec::new();
    for run in &offer.runs {
        let Some(starts_at) = run.starts_at() else { continue };
        if rows.iter().any(|row| row.id == run.id) {
            continue;
        }
        let ags = run.place.as_ref().or(offer.place.as_ref()).and_then(|place| place.ags.clone());
        rows.push(RunWrite { id: run.id, starts_at, ends_at: run.ends_at(), ags });
    }
    rows
}

/// Title and licence of a draft.
pub(super) fn label(draft: &Draft) -> (&str, Option<Licence>) {
    match draft {
        Draft::Organization(draft) => (draft.name.as_str(), draft.licence),
        Draft::Place(draft) => (draft.name.as_str(), draft.licence),
        Draft::Offer(draft) => (draft.title.as_str(), draft.licence),
    }
}

/// Lays what was edited in the portal over what the source handed in.
pub(super) fn lay_over(draft: &Draft, edits: &Edits) -> Result<Draft, Vec<Problem>> {
    let refused = |error: serde_json::Error| {
        let message = error.to_string();
        let error = ValueError::recover(&message).unwrap_or_else(|| {
            ValueError::new(
                "edit-unfit",
                format!("Eine Bearbeitung im Portal passt nicht mehr zum Eintrag: {message}."),
                format!("An edit made in the portal no longer fits the record: {message}."),
            )
        });
        vec![Problem::error("", error)]
    };
    let kind = draft.kind();
    let mut record = fields(draft).map_err(refused)?;
    edits::lay_over(&mut record, kind, edits);
    record.insert("type".to_owned(), Value::String(kind.code().to_owned()));
    serde_json::from_value(Value::Object(record)).map_err(refused)
}
