//! The writing side: one transaction on a thread of its own, begun with the first batch.

use super::brake::Braking;
use super::errand::Errand;
use super::known::Entry;
use super::record::{document, runs};
use super::references::{Touched, parse};
use super::report::{Place as Where, Report};
use crate::Services;
use domain::catalogue::{Offer, PublicationState, RecordKind};
use domain::partners::{ChangeAction, ImportConfirmation, ImportRecord, ImportState};
use domain::problem::ValueError;
use domain::{Problem, Rng, Timestamp, Uuid};
use persistence::changes::{self, NewChange};
use persistence::imports::{self, Ending};
use persistence::records::{self, DocumentWrite, PayloadWrite, RecordWrite};
use persistence::{AnyConnection, Error, Result, Store, files};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

/// Batches that may wait for the writer.
const QUEUE: usize = 4;

/// Offers re-assembled at a time.
const DEPENDENTS: i64 = 200;

/// Rows to write.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) inserts: Vec<RecordWrite>,
    pub(super) updates: Vec<RecordWrite>,
    /// Records that say what they said before, in other words.
    pub(super) payloads: Vec<PayloadWrite>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.inserts.is_empty() && self.updates.is_empty() && self.payloads.is_empty()
    }
}

/// A record to take back.
#[derive(Debug, Clone)]
pub(super) struct Withdrawal {
    id: Uuid,
    kind: RecordKind,
    version: i64,
    /// Where the file says so; `None` if the record is missing in a full import.
    place: Option<Where>,
}

impl Withdrawal {
    pub(super) fn new(entry: &Entry, place: Option<Where>) -> Self {
        Self { id: entry.id, kind: entry.kind, version: i64::from(entry.version), place }
    }

    /// A record that is at `version`.
    pub(super) fn of(id: Uuid, kind: RecordKind, version: i64, place: Where) -> Self {
        Self { id, kind, version, place: Some(place) }
    }
}

/// Records to take back: offers first, then what they may have referred to.
#[derive(Debug, Default)]
pub(super) struct Withdrawals {
    offers: Vec<Withdrawal>,
    others: Vec<Withdrawal>,
}

impl Withdrawals {
    pub(super) fn new(list: Vec<Withdrawal>) -> Self {
        let (offers, others) = list.into_iter().partition(|withdrawal| withdrawal.kind == RecordKind::Offer);
        Self { offers, others }
    }

    fn is_empty(&self) -> bool {
        self.offers.is_empty() && self.others.is_empty()
    }
}

/// Everything that is done after the last record.
pub(super) struct Finish {
    pub(super) report: Report,
    pub(super) withdrawals: Withdrawals,
    /// Whether the import confirms its source.
    pub(super) confirms: bool,
    pub(super) touched: Touched,
    /// What stops it if it withdraws too much; `None` if nothing may.
    pub(super) braking: Option<Braking>,
}

/// What became of the transaction.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was applied.
    Applied,
    /// It was taken back after all of it was done: a dry run, or an import that has to be confirmed.
    TakenBack(Box<Trial>),
}

/// What an import would do.
#[derive(Debug)]
pub(super) struct Trial {
    pub(super) report: Report,
    /// The first of the records that it would touch.
    pub(super) records: Vec<ImportRecord>,
    pub(super) asked: Option<ImportConfirmation>,
}

enum Message {
    Batch(Batch),
    Finish(Box<Finish>),
}

struct Thread {
    sender: SyncSender<Message>,
    handle: JoinHandle<Result<Outcome>>,
}

/// The writing thread, once there is something to write.
pub(super) struct Writing {
    store: Store,
    errand: Errand,
    rng: Arc<dyn Rng>,
    thread: Option<Thread>,
}

impl Writing {
    pub(super) fn new(services: &Services, errand: Errand) -> Self {
        Self { store: services.store.clone(), errand, rng: Arc::clone(&services.rng), thread: None }
    }

    /// Hands over rows; waits while too many are waiting already. [`Error::Aborted`] if the thread has failed: [`Self::abandon`] says why.
    pub(super) fn send(&mut self, batch: Batch) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        self.thread()?.sender.send(Message::Batch(batch)).map_err(|_| Error::Aborted)
    }

    /// Ends the transaction and with it the import.
    pub(super) fn finish(mut self, finish: Finish) -> Result<Outcome> {
        if self.thread.is_none() && finish.withdrawals.is_empty() && finish.touched.is_empty() {
            let Self { store, errand, rng, .. } = self;
            return store.write(move |tx| {
                let ending = end(tx, &errand, &finish.report, finish.confirms)?;
                imports::tell(tx, &errand.actor, &errand.source, errand.id, &ending, &*rng)?;
                Ok(Outcome::Applied)
            });
        }
        // A thread that has failed cannot take the message; joining it tells why.
        let _ = self.thread()?.sender.send(Message::Finish(Box::new(finish)));
        self.join().unwrap_or(Err(Error::Aborted))
    }

    /// Rolls back. Returns why the thread had failed before, if it had.
    pub(super) fn abandon(self) -> Result<()> {
        match self.join() {
            None | Some(Ok(_) | Err(Error::Aborted)) => Ok(()),
            Some(Err(error)) => Err(error),
        }
    }

    fn join(self) -> Option<Result<Outcome>> {
        let Thread { sender, handle } = self.thread?;
        drop(sender);
        Some(handle.join().unwrap_or_else(|_| Err(Error::Unavailable("the writing thread panicked".to_owned()))))
    }

    fn thread(&mut self) -> Result<&Thread> {
        if self.thread.is_none() {
            let (sender, receiver) = sync_channel(QUEUE);
            let (store, errand, rng) = (self.store.clone(), self.errand.clone(), Arc::clone(&self.rng));
            let handle = std::thread::Builder::new()
                .name("import".to_owned())
                .spawn(move || {
                    let (tell, told) = channel();
                    match store.write_alone(move |tx| write(tx, &receiver, &errand, &*rng, &tell)) {
                        // Rolled back on purpose.
                        Err(Error::Aborted) => told.try_recv().map_err(|_| Error::Aborted).map(Outcome::TakenBack),
                        result => result,
                    }
                })
                .map_err(|error| Error::Unavailable(error.to_string()))?;
            self.thread = Some(Thread { sender, handle });
        }
        self.thread.as_ref().ok_or(Error::Aborted)
    }
}

/// So many records of a trial are reported one by one; all are counted.
const REPORTED: i64 = 50_000;

/// The transaction. A sender that goes away without finishing rolls it back; so does an import that is not meant, or that has to be confirmed.
fn write(tx: &mut AnyConnection, receiver: &Receiver<Message>, errand: &Errand, rng: &dyn Rng, tell: &Sender<Box<Trial>>) -> Result<Outcome> {
    let (at, mut log) = (errand.at, Vec::new());
    while let Ok(message) = receiver.recv() {
        match message {
            Message::Batch(batch) => write_batch(tx, errand.id, &batch, &mut log)?,
            Message::Finish(finish) => {
                let Finish { mut report, withdrawals, confirms, touched, braking } = *finish;
                withdraw(tx, errand.id, withdrawals, &mut report, at, &mut log)?;
                follow(tx, &touched, at, &mut log)?;
                let asked = braking.and_then(|braking| braking.asks(report.counts.withdrawn));
                if errand.dry_run || asked.is_some() {
                    let records = imports::report(tx, errand.id, REPORTED)?;
                    let _ = tell.send(Box::new(Trial { report, records, asked }));
                    return Err(Error::Aborted);
                }
                let ending = end(tx, errand, &report, confirms)?;
                // Last: from here on every other writer of the change log, and then of the audit log, waits for the commit.
                changes::append(tx, &log, at)?;
                imports::tell(tx, &errand.actor, &errand.source, errand.id, &ending, rng)?;
                return Ok(Outcome::Applied);
            }
        }
    }
    Err(Error::Aborted)
}

fn write_batch(tx: &mut AnyConnection, import: Uuid, batch: &Batch, log: &mut Vec<NewChange>) -> Result<()> {
    records::insert(tx, &batch.inserts)?;
    imports::note_created(tx, import, &batch.inserts)?;
    imports::note_updated(tx, import, &batch.updates)?;
    records::update(tx, &batch.updates)?;
    records::replace_payloads(tx, &batch.payloads)?;
    let entry = |action| move |row: &RecordWrite| NewChange { kind: row.kind, record_id: row.id, action, version: row.version };
    log.extend(batch.inserts.iter().map(entry(ChangeAction::Created)));
    log.extend(batch.updates.iter().map(entry(ChangeAction::Changed)));
    Ok(())
}

/// Takes records back. An organisation or place that a published offer still shows stays.
pub(super) fn withdraw(
    tx: &mut AnyConnection,
    import: Uuid,
    withdrawals: Withdrawals,
    report: &mut Report,
    at: Timestamp,
    log: &mut Vec<NewChange>,
) -> Result<()> {
    let Withdrawals { offers, others } = withdrawals;
    unpublish(tx, import, &offers, report, at, log)?;
    let ids: Vec<Uuid> = others.iter().map(|other| other.id).collect();
    let needed: HashSet<Uuid> = records::still_linked(tx, &ids)?.into_iter().collect();
    let (needed, free): (Vec<_>, Vec<_>) = others.into_iter().partition(|other| needed.contains(&other.id));
    for withdrawal in needed {
        match withdrawal.place {
            Some(place) => report.reject(&place, vec![Problem::error("", still_shown())]),
            None => report.note(&Where { kind: Some(withdrawal.kind), ..Where::default() }, vec![Problem::warning("", still_shown())]),
        }
    }
    unpublish(tx, import, &free, report, at, log)
}

fn unpublish(tx: &mut AnyConnection, import: Uuid, list: &[Withdrawal], report: &mut Report, at: Timestamp, log: &mut Vec<NewChange>) -> Result<()> {
    let ids: Vec<Uuid> = list.iter().map(|withdrawal| withdrawal.id).collect();
    imports::note_withdrawn(tx, import, &ids)?;
    records::unpublish(tx, &ids, PublicationState::Withdrawn, at)?;
    report.counts.withdrawn += list.len() as u64;
    log.extend(list.iter().map(|withdrawal| NewChange {
        kind: withdrawal.kind,
        record_id: withdrawal.id,
        action: ChangeAction::Withdrawn,
        version: withdrawal.version + 1,
    }));
    Ok(())
}

/// Re-assembles the offers that show an organisation or place which has changed.
pub(super) fn follow(tx: &mut AnyConnection, touched: &Touched, at: Timestamp, log: &mut Vec<NewChange>) -> Result<()> {
    for targets in touched.ids().chunks(500) {
        let mut after = None;
        loop {
            let ids = records::linked_to(tx, targets, after, DEPENDENTS)?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            let mut writes = Vec::new();
            for record in records::get_many(tx, &ids)? {
                let mut offer: Offer = parse(&record.document)?;
                if !show_again(&mut offer, touched) {
                    continue;
                }
                offer.meta.version = record.version + 1;
                offer.meta.updated_at = at;
                log.push(NewChange { kind: RecordKind::Offer, record_id: record.id, action: ChangeAction::Changed, version: offer.meta.version });
                writes.push(DocumentWrite {
                    id: record.id,
                    organization_id: offer.organization.id,
                    version: offer.meta.version,
                    document: document(&offer)?,
                    runs: runs(&offer),
                });
            }
            records::replace_documents(tx, &writes, at)?;
        }
    }
    Ok(())
}

/// Puts the present summaries into an offer. Returns whether anything is different now.
fn show_again(offer: &mut Offer, touched: &Touched) -> bool {
    let mut different = false;
    if let Some(organization) = touched.organizations.get(&offer.organization.id).filter(|now| **now != offer.organization) {
        offer.organization = organization.clone();
        different = true;
    }
    for place in offer.place.iter_mut().chain(offer.runs.iter_mut().filter_map(|run| run.place.as_mut())) {
        if let Some(now) = touched.places.get(&place.id).filter(|now| *now != place) {
            *place = now.clone();
            different = true;
        }
    }
    different
}

/// Notes that the import succeeded, if the actor still may do this: a long file leaves time for a right to end.
fn end(tx: &mut AnyConnection, errand: &Errand, report: &Report, confirms: bool) -> Result<Ending> {
    let Report { counts, problem_count, .. } = *report;
    let ending = Ending::new(ImportState::Succeeded, counts, problem_count, errand.at);
    imports::add_problems(tx, errand.id, 0, &report.problems)?;
    imports::finish(tx, errand.id, &ending)?;
    errand.settle(tx, confirms)?;
    if let Some(file) = errand.held {
        files::remove(tx, file)?;
    }
    Ok(ending)
}

fn still_shown() -> ValueError {
    ValueError::new(
        "still-shown",
        "Ein veröffentlichtes Angebot zeigt diese Einrichtung oder diesen Ort noch; der Eintrag bleibt.",
        "A published offer still shows this organisation or place; the record stays.",
    )
}
