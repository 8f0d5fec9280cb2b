//! A record is made again from what was handed in and what was edited since.

use super::context;
use super::record::{Record, label, lay_over};
use super::references::{Touched, parse};
use super::writing::follow;
use crate::Services;
use domain::catalogue::assemble::References;
use domain::catalogue::{
    Completeness, Draft, OfferDraft, Organization, OrganizationSummary, Place, PlaceSummary, PublicationState, RecordKind, RecordMeta, SourceRef,
};
use domain::partners::{ChangeAction, Source};
use domain::text::{ExternalId, slug};
use domain::{Problem, Timestamp, Uuid};
use persistence::changes::NewChange;
use persistence::imports::{self, HandedIn};
use persistence::records::{self, RecordWrite, StoredRecord};
use persistence::{AnyConnection, Error, Result};
use std::collections::HashMap;

/// What came of making a record again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recomposed {
    /// It says the same as before; nothing was written.
    Same,
    /// It was written, with this version.
    Changed(i64),
    /// It cannot be made; nothing was written.
    Refused(Vec<Problem>),
}

/// Makes a record again from its payload and its edits, and writes it if it says something else than before: version + 1, an entry for `log`, and
/// the offers that show it follow. Its state stays. To be called in the transaction that changed the edits; `log` is appended to the change log at
/// its end. [`Error::NotFound`] if there is no such record.
pub fn recompose(services: &Services, tx: &mut AnyConnection, id: Uuid, at: Timestamp, log: &mut Vec<NewChange>) -> Result<Recomposed> {
    let kept = records::get(tx, id)?.ok_or(Error::NotFound)?;
    let state = kept.state;
    again(services, tx, kept, state, at, log)
}

/// Like [`recompose`], and the record is published again: one that had stood back for another.
pub fn bring_back(services: &Services, tx: &mut AnyConnection, id: Uuid, at: Timestamp, log: &mut Vec<NewChange>) -> Result<Recomposed> {
    let kept = records::get(tx, id)?.ok_or(Error::NotFound)?;
    again(services, tx, kept, PublicationState::Published, at, log)
}

fn again(
    services: &Services,
    tx: &mut AnyConnection,
    kept: StoredRecord,
    state: PublicationState,
    at: Timestamp,
    log: &mut Vec<NewChange>,
) -> Result<Recomposed> {
    let handed = imports::handed_in(tx, kept.id)?;
    let source = imports::source(tx, kept.source_id)?;
    let previous = Record::parse(kept.kind, &kept.document)?;
    let mut record = match compose(services, tx, &source, &kept, &handed, &previous, at)? {
        Ok(record) => record,
        Err(problems) => return Ok(Recomposed::Refused(problems)),
    };
    if record.settles_into(&previous) && state == kept.state {
        return Ok(Recomposed::Same);
    }
    record.meta_mut().version = kept.version + 1;
    record.meta_mut().updated_at = at;
    records::update(tx, &[row(&kept, handed, &record, state, at)?])?;
    if state == PublicationState::Published {
        log.push(NewChange { kind: kept.kind, record_id: kept.id, action: ChangeAction::Changed, version: kept.version + 1 });
        let mut touched = Touched::default();
        touched.note(&record, &previous);
        follow(tx, &touched, at, log)?;
    }
    Ok(Recomposed::Changed(kept.version + 1))
}

/// Makes a record from what was handed in, with the edits of the record and the identity it has. `previous` lends the ids of runs and the age of
/// translations.
pub(super) fn compose(
    services: &Services,
    tx: &mut AnyConnection,
    source: &Source,
    kept: &StoredRecord,
    handed: &HandedIn,
    previous: &Record,
    at: Timestamp,
) -> Result<Result<Record, Vec<Problem>>> {
    let context = context(services, tx, source)?;
    let edits = imports::edits_of(tx, kept.id)?;
    let decoded = exchange::decode(handed.format, kept.kind, &handed.payload, &context).and_then(|(draft, _)| lay_over(&draft, &edits));
    let draft = match decoded {
        Ok(draft) => draft,
        Err(problems) => return Ok(Err(problems)),
    };
    let references = Kept::of(tx, source.id, &draft)?;
    let (title, licence) = label(&draft);
    let meta = RecordMeta {
        id: kept.id,
        slug: slug(title),
        state: PublicationState::Published,
        version: kept.version + 1,
        text_version: 1,
        created_at: kept.created_at,
        updated_at: at,
        source: SourceRef { key: source.key.clone(), name: source.name.clone(), external_id: kept.external_id.clone() },
        licence: licence.unwrap_or(source.licence),
        freshness: previous.meta().freshness.clone(),
        completeness: Completeness { score: 0, missing: Vec::new() },
    };
    Ok(Record::assemble(draft, meta, Some(previous), &references, &services.workshop()).map(|(record, _)| record))
}

/// The row of a record in the place of the kept one.
pub(super) fn row(kept: &StoredRecord, handed: HandedIn, record: &Record, state: PublicationState, at: Timestamp) -> Result<RecordWrite> {
    let public = state == PublicationState::Published;
    Ok(RecordWrite {
        id: kept.id,
        kind: kept.kind,
        source_id: kept.source_id,
        external_id: kept.external_id.clone(),
        organization_id: record.organization_id(),
        state,
        version: kept.version + 1,
        created_at: kept.created_at,
        updated_at: at,
        content_hash: handed.content_hash,
        slug: record.meta().slug.clone(),
        document: record.document()?,
        payload: handed.payload,
        format: handed.format,
        name: record.name().to_owned(),
        links: if public { record.links() } else { Vec::new() },
        runs: if public { record.runs() } else { Vec::new() },
        keeps_parts: false,
    })
}

/// What a draft refers to, from what is kept.
struct Kept {
    organizations: HashMap<String, OrganizationSummary>,
    places: HashMap<String, PlaceSummary>,
}

impl Kept {
    fn of(tx: &mut AnyConnection, source_id: Uuid, draft: &Draft) -> Result<Self> {
        let mut kept = Self { organizations: HashMap::new(), places: HashMap::new() };
        let Draft::Offer(offer) = draft else { return Ok(kept) };
        let OfferDraft { organization, place, runs, .. } = &**offer;
        if let Some(document) = published(tx, source_id, RecordKind::Organization, organization)? {
            kept.organizations.insert(organization.to_string(), parse::<Organization>(&document)?.summary());
        }
        for place in place.iter().chain(runs.iter().filter_map(|run| run.place.as_ref())) {
            if kept.places.contains_key(place.as_str()) {
                continue;
            }
            if let Some(document) = published(tx, source_id, RecordKind::Place, place)? {
                kept.places.insert(place.to_string(), parse::<Place>(&document)?.summary());
            }
        }
        Ok(kept)
    }
}

fn published(tx: &mut AnyConnection, source_id: Uuid, kind: RecordKind, external_id: &ExternalId) -> Result<Option<String>> {
    let Some(id) = imports::published(tx, source_id, kind, external_id.as_str())? else { return Ok(None) };
    Ok(records::get(tx, id)?.map(|record| record.document))
}

impl References for Kept {
    fn organization(&self, external_id: &ExternalId) -> Option<OrganizationSummary> {
        self.organizations.get(external_id.as_str()).cloned()
    }

    fn place(&self, external_id: &ExternalId) -> Option<PlaceSummary> {
        self.places.get(external_id.as_str()).cloned()
    }
}
