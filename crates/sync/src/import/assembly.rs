//! The reading side: items of the file become rows to write.

use super::known::{Entry, Known};
use super::record::{Record, label, lay_over};
use super::references::Directory;
use super::report::{Place as Where, Report};
use super::writing::{Batch, Withdrawal, Withdrawals, Writing};
use super::{Cause, Interruption};
use crate::Services;
use domain::catalogue::{Completeness, Draft, Freshness, Licence, PublicationState, RecordKind, RecordMeta, SourceRef};
use domain::partners::{ImportFormat, ImportMode, Source};
use domain::problem::ValueError;
use domain::text::slug;
use domain::{Problem, Timestamp, Uuid, new_id};
use exchange::{Body, Item, LazyDraft};
use persistence::records::{self, PayloadWrite, RecordWrite, StoredRecord};
use persistence::{Result, imports};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

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

/// What is to be written of a record.
enum Row {
    /// All of it.
    News(Box<RecordWrite>),
    /// Only how it was handed in: it says what it said before.
    NoNews(PayloadWrite),
}

pub(super) struct Assembly<'a> {
    services: &'a Services,
    source: &'a Source,
    format: ImportFormat,
    at: Timestamp,
    known: Known,
    /// What was edited in the portal.
    edits: HashMap<Uuid, BTreeMap<String, Value>>,
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
    /// Loads what is kept of the source.
    pub(super) fn begin(services: &'a Services, source: &'a Source, format: ImportFormat, at: Timestamp, writing: Writing) -> Result<Self> {
        let known = Known::load(&services.store, source.id)?;
        let edits = services.store.read(|connection| imports::edits(connection, source.id))?;
        let references = Directory::new(services.store.clone());
        let (pending, deferred, deletions) = (Vec::with_capacity(BATCH), Vec::new(), Vec::new());
        let report = Report::default();
        Ok(Self { services, source, format, at, known, edits, report, references, writing, pending, deferred, deletions, nameless: 0 })
    }

    /// Number of records that the source has published before.
    pub(super) fn published(&self) -> u64 {
        self.known.published()
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
                Some(Row::News(row)) if is_new => rows.inserts.push(*row),
                Some(Row::News(row)) => rows.updates.push(*row),
                Some(Row::NoNews(payload)) => rows.payloads.push(payload),
                None => {}
            }
        }
        self.report.counts.created += rows.inserts.len() as u64;
        self.report.counts.changed += rows.updates.len() as u64;
        self.report.counts.unchanged += rows.payloads.len() as u64;
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

    fn assemble_one(&mut self, pending: Pending, kept: Option<&StoredRecord>, last: bool) -> Result<Option<Row>> {
        if let Some(entry) = pending.before.filter(|entry| entry.merged) {
            // Whatever the source says, another record is shown in its place. It is kept for the day when that ends.
            return Ok(Some(Row::NoNews(self.payload(entry.id, &pending))));
        }
        let decoded = pending.draft.decode().and_then(|(draft, warnings)| match pending.before.and_then(|entry| self.edits.get(&entry.id)) {
            Some(edits) => Ok((lay_over(&draft, edits)?, warnings)),
            None => Ok((draft, warnings)),
        });
        let (draft, mut warnings) = match decoded {
            Ok(decoded) => decoded,
            Err(problems) => {
                self.report.reject(&pending.place, problems);
                return Ok(None);
            }
        };
        if let Draft::Offer(draft) = &draft
            && !self.references.fetch(draft, &self.known)?
            && !last
        {
            self.deferred.push(pending);
            return Ok(None);
        }
        let (title, licence) = label(&draft);
        let meta = self.meta(&pending, kept, title, licence);
        let previous = kept.map(|kept| Record::parse(kept.kind, &kept.document)).transpose()?;
        let public = previous.as_ref().filter(|_| kept.is_some_and(|kept| kept.state == PublicationState::Published));
        match Record::assemble(draft, meta, previous.as_ref(), &self.references, &self.services.workshop()) {
            Ok((mut record, more)) => {
                warnings.extend(more);
                self.report.note(&pending.place, warnings);
                self.references.put(&pending.external_id, &record, public);
                if public.is_some_and(|before| record.settles_into(before)) {
                    return Ok(Some(Row::NoNews(self.payload(record.meta().id, &pending))));
                }
                Ok(Some(Row::News(Box::new(self.row(pending, &record, public)?))))
            }
            Err(problems) => {
                warnings.extend(problems);
                self.report.reject(&pending.place, warnings);
                Ok(None)
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

    fn payload(&self, id: Uuid, pending: &Pending) -> PayloadWrite {
        PayloadWrite { id, content_hash: pending.hash, payload: pending.payload.to_vec(), format: self.format }
    }

    fn row(&self, pending: Pending, record: &Record, public: Option<&Record>) -> Result<RecordWrite> {
        let meta = record.meta();
        let (links, runs) = (record.links(), record.runs());
        Ok(RecordWrite {
            id: meta.id,
            kind: pending.kind,
            source_id: self.source.id,
            organization_id: record.organization_id(),
            state: meta.state,
            version: meta.version,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            content_hash: pending.hash,
            slug: meta.slug.clone(),
            document: record.document()?,
            payload: pending.payload.to_vec(),
            format: self.format,
            name: record.name().to_owned(),
            keeps_parts: public.is_some_and(|before| before.links() == links && before.runs() == runs),
            links,
            runs,
            external_id: pending.external_id,
        })
    }
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
