//! The reading side: items of the file become rows to write.

use super::known::{Entry, Known};
use super::references::{Directory, parse};
use super::report::{Place as Where, Report};
use super::writing::{Batch, Withdrawal, Withdrawals, Writing};
use super::{Cause, Interruption};
use crate::Services;
use domain::catalogue::assemble::{self, Assembled};
use domain::catalogue::{Completeness, Draft, Freshness, Licence, Offer, OfferDraft, PublicationState, RecordKind, RecordMeta, SourceRef};
use domain::partners::{ImportFormat, ImportMode, Source};
use domain::problem::ValueError;
use domain::text::slug;
use domain::{Problem, Timestamp, Uuid, new_id};
use exchange::{Body, Item, LazyDraft};
use persistence::Result;
use persistence::records::{self, RecordWrite, RunWrite, StoredRecord};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// So many new and changed records are assembled and written together.
const BATCH: usize = 200;

/// A record that is new or changed.
struct Pending {
    place: Where,
    kind: RecordKind,
    external_id: String,
    hash: [u8; 32],
    payload: std::sync::Arc<[u8]>,
    draft: LazyDraft,
    before: Option<Entry>,
}

pub(super) struct Assembly<'a> {
    services: &'a Services,
    source: &'a Source,
    format: ImportFormat,
    at: Timestamp,
    known: Known,
    pub(super) report: Report,
    pub(super) references: Directory,
    pub(super) writing: Writing,
    pending: Vec<Pending>,
    /// Offers whose organisation or place has not come yet.
    deferred: Vec<Pending>,
    deletions: Vec<(Where, Entry)>,
    /// Records of which not even kind and id could be read.
    nameless: u64,
}

impl<'a> Assembly<'a> {
    pub(super) fn new(services: &'a Services, source: &'a Source, format: ImportFormat, at: Timestamp, known: Known, writing: Writing) -> Self {
        let references = Directory::new(services.store.clone());
        let (pending, deferred, deletions) = (Vec::with_capacity(BATCH), Vec::new(), Vec::new());
        Self { services, source, format, at, known, report: Report::default(), references, writing, pending, deferred, deletions, nameless: 0 }
    }

    /// Takes the next record of the file.
    pub(super) fn take(&mut self, item: Item) -> Result<()> {
        let Item { line, kind, external_id, hash, payload, body } = item;
        let before = match (kind, &external_id) {
            (Some(kind), Some(id)) => self.known.see(kind, id),
            _ => {
                self.nameless += 1;
                None
            }
        };
        if let (Body::Upsert(_), Some(entry)) = (&body, &before)
            && entry.is_unchanged(&hash)
        {
            self.report.counts.unchanged += 1;
            return Ok(());
        }
        let place = Where { line, kind, external_id: external_id.clone() };
        match (body, kind, external_id) {
            (Body::Broken(problems), ..) => self.report.reject(&place, problems),
            (Body::Delete, ..) => match before {
                Some(entry) if entry.published => self.deletions.push((place, entry)),
                Some(_) => self.report.counts.unchanged += 1,
                None => {
                    self.report.counts.unchanged += 1;
                    self.report.note(&place, vec![Problem::warning("/externalId", nothing_to_withdraw())]);
                }
            },
            (Body::Upsert(draft), Some(kind), Some(external_id)) => {
                self.pending.push(Pending { place, kind, external_id, hash, payload, draft, before });
                if self.pending.len() >= BATCH {
                    let batch = std::mem::take(&mut self.pending);
                    self.assemble(batch, false)?;
                }
            }
            (Body::Upsert(_), ..) => self.report.reject(&place, vec![Problem::error("/externalId", nameless())]),
        }
        Ok(())
    }

    /// After the last record: whatever waits is assembled.
    pub(super) fn settle(&mut self) -> Result<()> {
        let rest = std::mem::take(&mut self.pending);
        self.assemble(rest, false)?;
        let mut deferred = std::mem::take(&mut self.deferred).into_iter();
        loop {
            let batch: Vec<Pending> = deferred.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(());
            }
            self.assemble(batch, true)?;
        }
    }

    /// Which records are to be taken back.
    pub(super) fn withdrawals(&mut self, mode: ImportMode) -> Withdrawals {
        let named = |(place, entry): (Where, Entry)| Withdrawal::new(&entry, Some(place));
        let mut list: Vec<Withdrawal> = std::mem::take(&mut self.deletions).into_iter().map(named).collect();
        if mode == ImportMode::Full {
            let mut missing = self.known.missing().peekable();
            if self.nameless > 0 && missing.peek().is_some() {
                // One of them may be the very record that could not be read.
                self.report.note(&Where::default(), vec![Problem::warning("", withdrawal_skipped(self.nameless))]);
            } else {
                list.extend(missing.map(|entry| Withdrawal::new(entry, None)));
            }
        }
        Withdrawals::new(list)
    }

    /// Gives up: nothing of what was written stays.
    pub(super) fn interrupted(self, cause: Cause) -> Box<Interruption> {
        let Self { report, writing, .. } = self;
        // The writing thread knows better why the store failed than the reading one, which only sees it gone.
        let cause = match (writing.abandon(), cause) {
            (Err(error), Cause::Store(_)) => Cause::Store(error),
            (_, cause) => cause,
        };
        Interruption::new(report, cause)
    }

    /// Decodes and assembles a batch and hands it to the writer, organisations and places first.
    fn assemble(&mut self, mut batch: Vec<Pending>, last: bool) -> Result<()> {
        batch.sort_by_key(|pending| pending.kind);
        let mut before = self.before(&batch)?;
        let mut rows = Batch::default();
        for pending in batch {
            let kept = pending.before.and_then(|entry| before.remove(&entry.id));
            let is_new = pending.before.is_none();
            match self.assemble_one(pending, kept.as_ref(), last)? {
                Some(row) if is_new => rows.inserts.push(row),
                Some(row) => rows.updates.push(row),
                None => {}
            }
        }
        self.report.counts.created += rows.inserts.len() as u64;
        self.report.counts.changed += rows.updates.len() as u64;
        self.writing.send(rows)
    }

    /// The kept rows of the changed records of a batch.
    fn before(&self, batch: &[Pending]) -> Result<HashMap<Uuid, StoredRecord>> {
        let ids: Vec<Uuid> = batch.iter().filter_map(|pending| pending.before.map(|entry| entry.id)).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = self.services.store.read(|connection| records::get_many(connection, &ids))?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    fn assemble_one(&mut self, pending: Pending, kept: Option<&StoredRecord>, last: bool) -> Result<Option<RecordWrite>> {
        let (draft, warnings) = match pending.draft.decode() {
            Ok(decoded) => decoded,
            Err(problems) => {
                self.report.reject(&pending.place, problems);
                return Ok(None);
            }
        };
        let workshop = self.services.workshop();
        let row = match draft {
            Draft::Organization(draft) => {
                let meta = self.meta(&pending, kept, draft.name.as_str(), draft.licence);
                let previous = previous(kept)?;
                let assembled = assemble::organization(*draft, meta, previous.as_ref(), &workshop);
                self.accept(&pending.place, warnings, assembled).map(|organization| {
                    self.references.put_organization(&pending.external_id, &organization, previous.as_ref());
                    let meta = organization.meta.clone();
                    row(&pending, self.format, self.source.id, meta, organization.name.as_str(), &organization)
                })
            }
            Draft::Place(draft) => {
                let meta = self.meta(&pending, kept, draft.name.as_str(), draft.licence);
                let previous = previous(kept)?;
                let assembled = assemble::place(*draft, meta, previous.as_ref(), &workshop);
                self.accept(&pending.place, warnings, assembled).map(|place| {
                    self.references.put_place(&pending.external_id, &place, previous.as_ref());
                    let meta = place.meta.clone();
                    row(&pending, self.format, self.source.id, meta, place.name.as_str(), &place)
                })
            }
            Draft::Offer(draft) => {
                if !self.references.fetch(&draft, &self.known)? && !last {
                    self.deferred.push(pending);
                    return Ok(None);
                }
                self.offer(&pending, *draft, warnings, kept)?
            }
        };
        row.transpose()
    }

    fn offer(
        &mut self,
        pending: &Pending,
        draft: OfferDraft,
        warnings: Vec<Problem>,
        kept: Option<&StoredRecord>,
    ) -> Result<Option<Result<RecordWrite>>> {
        let meta = self.meta(pending, kept, draft.title.as_str(), draft.licence);
        let previous = previous(kept)?;
        let assembled = assemble::offer(draft, meta, previous.as_ref(), &self.references, &self.services.workshop());
        Ok(self.accept(&pending.place, warnings, assembled).map(|offer| {
            let mut row = row(pending, self.format, self.source.id, offer.meta.clone(), offer.title.as_str(), &offer)?;
            row.organization_id = Some(offer.organization.id);
            (row.links, row.runs) = (links(&offer), runs(&offer));
            let shown = previous.filter(|_| kept.is_some_and(|kept| kept.state == PublicationState::Published));
            row.keeps_parts = shown.is_some_and(|before| links(&before) == row.links && runs(&before) == row.runs);
            Ok(row)
        }))
    }

    fn accept<T>(&mut self, place: &Where, mut warnings: Vec<Problem>, assembled: Assembled<T>) -> Option<T> {
        match assembled {
            Ok((record, more)) => {
                warnings.extend(more);
                self.report.note(place, warnings);
                Some(record)
            }
            Err(problems) => {
                warnings.extend(problems);
                self.report.reject(place, warnings);
                None
            }
        }
    }

    fn meta(&self, pending: &Pending, kept: Option<&StoredRecord>, title: &str, licence: Option<Licence>) -> RecordMeta {
        RecordMeta {
            id: kept.map_or_else(|| new_id(&*self.services.clock, &*self.services.rng), |kept| kept.id),
            slug: slug(title),
            state: PublicationState::Published,
            version: kept.map_or(1, |kept| kept.version + 1),
            text_version: 1,
            created_at: kept.map_or(self.at, |kept| kept.created_at),
            updated_at: self.at,
            source: SourceRef { key: self.source.key.clone(), name: self.source.name.clone(), external_id: pending.external_id.clone() },
            licence: licence.unwrap_or(self.source.licence),
            freshness: Freshness { confirmed_at: self.at, confirmed_by: "feed".to_owned() },
            completeness: Completeness { score: 0, missing: Vec::new() },
        }
    }
}

fn previous<T: DeserializeOwned>(kept: Option<&StoredRecord>) -> Result<Option<T>> {
    kept.map(|kept| parse(&kept.document)).transpose()
}

fn row(pending: &Pending, format: ImportFormat, source_id: Uuid, meta: RecordMeta, name: &str, record: &impl Serialize) -> Result<RecordWrite> {
    Ok(RecordWrite {
        id: meta.id,
        kind: pending.kind,
        source_id,
        external_id: pending.external_id.clone(),
        organization_id: None,
        state: meta.state,
        version: meta.version,
        created_at: meta.created_at,
        updated_at: meta.updated_at,
        content_hash: pending.hash,
        slug: meta.slug,
        document: document(record)?,
        payload: pending.payload.to_vec(),
        format,
        name: name.to_owned(),
        links: Vec::new(),
        runs: Vec::new(),
        keeps_parts: false,
    })
}

/// What an offer shows: its organisation and its places.
fn links(offer: &Offer) -> Vec<Uuid> {
    std::iter::once(offer.organization.id).chain(offer.places().iter().map(|place| place.id)).collect()
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

fn nothing_to_withdraw() -> ValueError {
    ValueError::new(
        "record-unknown",
        "Es gibt keinen Eintrag mit dieser Kennung, der zurückgezogen werden könnte.",
        "There is no record with this id that could be withdrawn.",
    )
}

fn nameless() -> ValueError {
    ValueError::new("id-missing", "Der Eintrag hat keine Kennung.", "The record has no id.")
}

fn withdrawal_skipped(nameless: u64) -> ValueError {
    ValueError::new(
        "withdrawal-skipped",
        format!("Bei {nameless} Einträgen war nicht zu erkennen, welche es sind. Deshalb wurde kein fehlender Eintrag zurückgezogen."),
        format!("For {nameless} records it could not be told which they are. Therefore no missing record was withdrawn."),
    )
}
