//! Finding: all offers once, then whatever the change log says is new.

use super::board::{Board, Match};
use super::cards::Card;
use super::decide::reopen_for_withdrawn;
use crate::Services;
use chrono::SubsecRound;
use domain::catalogue::{Offer, PublicationState, RecordKind};
use domain::{Uuid, new_id};
use persistence::duplicates::{self, Proposal};
use persistence::records::{self, StoredRecord};
use persistence::{ChangeSignal, Error, changes};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Name that only one node holds while it compares.
const CLAIM: &str = "duplicates";

/// How long to wait for the claim, and after a failure.
const RETRY: Duration = Duration::from_secs(20);

/// How long the comparison may lag without a wake-up.
const POLL: Duration = Duration::from_secs(2);

/// Least time between two comparisons: nobody waits for a pair.
const PACE: Duration = Duration::from_secs(1);

/// How often everything is compared again: offers end without a change.
const AGAIN: Duration = Duration::from_secs(24 * 3600);

/// Most entries of the change log at a time.
const ENTRIES: i64 = 5_000;

/// Records read at a time.
const PAGE: usize = 500;

/// What a comparison came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Offers compared.
    pub offers: usize,
    /// Pairs that were not known before.
    pub new: usize,
    /// Open pairs that are not alike any more.
    pub gone: usize,
}

/// What is known of all offers, up to an entry of the change log.
#[derive(Debug)]
pub struct Watch {
    board: Board,
    seq: i64,
}

/// Compares all offers with each other.
///
/// # Errors
/// What the database says.
pub fn scan(services: &Services) -> persistence::Result<Found> {
    Watch::begin(services).map(|(_, found)| found)
}

impl Watch {
    /// Compares all offers, and is ready to go on from there.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin(services: &Services) -> persistence::Result<(Self, Found)> {
        let store = &services.store;
        // Read first: what changes meanwhile is then compared once more.
        let seq = store.read(changes::last_seq)?;
        let mut watch = Self { board: Board::default(), seq };
        let mut proposals = Vec::new();
        let mut after = None;
        loop {
            let page = store.read(|connection| records::page(connection, RecordKind::Offer, after, i64::try_from(PAGE).unwrap_or(i64::MAX)))?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for record in &page {
                watch.compare(services, record, &mut proposals)?;
            }
        }
        let found = Found { offers: watch.board.len(), ..Found::default() };
        let open = store.read(duplicates::open)?;
        let kept = keep(services, &proposals, open.into_iter().map(|pair| (pair.id, (pair.first, pair.second))))?;
        Ok((watch, Found { offers: found.offers, ..kept }))
    }

    /// Compares what has changed since. Returns what came of it.
    ///
    /// # Errors
    /// What the database says.
    pub fn go_on(&mut self, services: &Services) -> persistence::Result<Found> {
        let store = &services.store;
        let mut total = Found::default();
        loop {
            let log = store.read(|connection| changes::after(connection, self.seq, ENTRIES, &[RecordKind::Offer]))?;
            let Some(last) = log.last().map(|change| change.seq) else { return Ok(total) };
            let mut ids: Vec<Uuid> = log.iter().map(|change| change.record_id).collect();
            ids.sort_unstable();
            ids.dedup();
            let mut proposals = Vec::new();
            for chunk in ids.chunks(PAGE) {
                for record in store.read(|connection| records::get_many(connection, chunk))? {
                    if record.state == PublicationState::Published {
                        self.compare(services, &record, &mut proposals)?;
                    } else {
                        self.board.take(record.id);
                        reopen_for_withdrawn(services, record.id)?;
                    }
                }
            }
            let open = store.read(|connection| duplicates::open_with(connection, &ids))?;
            let found = keep(services, &proposals, open.into_iter().map(|pair| (pair.id, (pair.first, pair.second))))?;
            total = Found { offers: total.offers + ids.len(), new: total.new + found.new, gone: total.gone + found.gone };
            self.seq = last;
        }
    }

    /// Compares a record with all that are known.
    fn compare(&mut self, services: &Services, record: &StoredRecord, proposals: &mut Vec<Proposal>) -> persistence::Result<()> {
        let offer: Offer = serde_json::from_str(&record.document).map_err(|error| Error::Corrupt(format!("a document: {error}")))?;
        let Some(card) = Card::of(&offer, services.clock.now()) else {
            self.board.take(record.id);
            return Ok(());
        };
        let pair =
            |Match { other, score, reasons }| Proposal { id: new_id(&*services.clock, &*services.rng), offers: (record.id, other), score, reasons };
        proposals.extend(self.board.put(card).into_iter().map(pair));
        Ok(())
    }
}

/// Keeps what was found, and forgets the open pairs that were not found again.
fn keep(services: &Services, proposals: &[Proposal], open: impl Iterator<Item = (Uuid, (Uuid, Uuid))>) -> persistence::Result<Found> {
    let alike: HashSet<(Uuid, Uuid)> = proposals.iter().map(|Proposal { offers: (one, other), .. }| (*one.min(other), *one.max(other))).collect();
    let gone: Vec<Uuid> = open.filter(|(_, offers)| !alike.contains(offers)).map(|(id, _)| id).collect();
    if proposals.is_empty() && gone.is_empty() {
        return Ok(Found::default());
    }
    let (proposals, at) = (proposals.to_vec(), services.clock.now().trunc_subsecs(6));
    services.store.write(move |tx| {
        let new = duplicates::propose(tx, &proposals, at)?;
        Ok(Found { offers: 0, new, gone: duplicates::retract(tx, &gone)? })
    })
}

/// A thread that compares what is new until it is dropped. Every node may have one: they take turns.
#[derive(Debug)]
pub struct Follower {
    stop: Arc<AtomicBool>,
    signal: ChangeSignal,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    /// Starts to follow.
    ///
    /// # Errors
    /// If there can be no thread.
    pub fn start(services: Services) -> std::io::Result<Self> {
        let (stop, signal) = (Arc::new(AtomicBool::new(false)), services.store.changed());
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("duplicates".to_owned()).spawn(move || follow(&services, &stopped))?;
        Ok(Self { stop, signal, thread: Some(thread) })
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.signal.ring();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // It has said why if it panicked.
            let _ = thread.join();
        }
    }
}

fn follow(services: &Services, stop: &AtomicBool) {
    while !stop.load(Ordering::Acquire) {
        match take_turn(services, stop) {
            Ok(()) => {}
            Err(error) => tracing::error!(%error, "offers that may be the same cannot be found"),
        }
        rest(stop, RETRY);
    }
}

/// Compares as long as this node holds the claim.
fn take_turn(services: &Services, stop: &AtomicBool) -> persistence::Result<()> {
    let Some(_claim) = services.store.claim(CLAIM)? else { return Ok(()) };
    let signal = services.store.changed();
    while !stop.load(Ordering::Acquire) {
        let began = Instant::now();
        let (mut watch, found) = Watch::begin(services)?;
        tracing::info!(?found, seconds = began.elapsed().as_secs_f64(), "compared all offers");
        while !stop.load(Ordering::Acquire) && began.elapsed() < AGAIN {
            let seen = signal.count();
            let found = watch.go_on(services)?;
            if found != Found::default() {
                tracing::debug!(?found, "compared what is new");
                rest(stop, PACE);
            }
            if !stop.load(Ordering::Acquire) {
                signal.wait(seen, POLL);
            }
        }
    }
    Ok(())
}

/// Waits, but not for a thread that is to stop.
fn rest(stop: &AtomicBool, pause: Duration) {
    let until = Instant::now() + pause;
    while !stop.load(Ordering::Acquire) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::park_timeout(left);
    }
}
