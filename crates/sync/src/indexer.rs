//! Keeps a node's search index true: it follows the change log, or builds the index anew from the records.

use domain::Uuid;
use domain::catalogue::{Offer, Organization, PublicationState, RecordKind};
use domain::partners::{Change, ChangeAction};
use persistence::records::{self, StoredRecord};
use persistence::{ChangeSignal, Store, changes};
use search::{SearchError, SearchIndex, Writer};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long the index may lag without a wake-up: another process may have written to the same SQLite file.
const POLL: Duration = Duration::from_millis(500);

/// Least time between two commits: many small writes then share one.
const PACE: Duration = Duration::from_millis(200);

/// How long to wait after a failure.
const RETRY: Duration = Duration::from_secs(1);

/// Most log entries of one commit.
const BATCH: i64 = 20_000;

/// Records read at a time.
const PAGE: usize = 500;

/// Why the index could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The records could not be read.
    #[error(transparent)]
    Store(#[from] persistence::Error),
    /// The index could not be written.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// A thread that follows the change log until it is dropped.
#[derive(Debug)]
pub struct Follower {
    stop: Arc<AtomicBool>,
    signal: ChangeSignal,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    /// Starts to follow.
    pub fn start(store: Store, index: Arc<SearchIndex>) -> std::io::Result<Self> {
        let (stop, signal) = (Arc::new(AtomicBool::new(false)), store.changed());
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("indexer".to_owned()).spawn(move || follow(&store, &index, &stopped))?;
        Ok(Self { stop, signal, thread: Some(thread) })
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.signal.ring();
        if let Some(thread) = self.thread.take() {
            // It has said why if it panicked.
            let _ = thread.join();
        }
    }
}

/// Brings the index up to date whenever something changes, until `stop`. Ring the store's signal after setting it, so that it is noticed at once.
pub fn follow(store: &Store, index: &SearchIndex, stop: &AtomicBool) {
    let signal = store.changed();
    while !stop.load(Ordering::Acquire) {
        let seen = signal.count();
        let began = Instant::now();
        let rest = match catch_up(store, index) {
            Ok(0) => Duration::ZERO,
            Ok(_) => PACE.saturating_sub(began.elapsed()),
            Err(error) => {
                tracing::error!(%error, "the search index is not up to date");
                RETRY
            }
        };
        if !rest.is_zero() && !stop.load(Ordering::Acquire) {
            std::thread::sleep(rest);
        }
        if !stop.load(Ordering::Acquire) {
            signal.wait(seen, POLL);
        }
    }
}

/// Brings the index up to date once: from the change log, or anew where the log does not fit the index. Returns the number of log entries or
/// records that were worked through.
pub fn catch_up(store: &Store, index: &SearchIndex) -> Result<u64, IndexError> {
    let (newest, oldest) = store.read(|connection| Ok((changes::last_seq(connection)?, changes::oldest_seq(connection)?)))?;
    let known = index.last_seq();
    if newest == known {
        return Ok(0);
    }
    if known == 0 || known > newest || known < oldest - 1 {
        // A new index, another database than the one it was made from (a restored backup), or a log that no longer reaches back so far.
        return rebuild(store, index);
    }
    let mut worked = 0;
    loop {
        let log = store.read(|connection| changes::after(connection, index.last_seq(), BATCH, &[]))?;
        let Some(last) = log.last().map(|change| change.seq) else { return Ok(worked) };
        write(index, |writer| {
            apply(store, writer, &log)?;
            Ok(writer.commit(last)?)
        })?;
        worked += log.len() as u64;
    }
}

/// Builds the index anew from the records. Readers see the old one until it is done. Returns the number of records.
pub fn rebuild(store: &Store, index: &SearchIndex) -> Result<u64, IndexError> {
    // Read first: what changes meanwhile is then worked through once more, which does no harm.
    let newest = store.read(changes::last_seq)?;
    let began = Instant::now();
    let count = write(index, |writer| {
        writer.clear()?;
        let mut count = 0;
        for kind in [RecordKind::Organization, RecordKind::Offer] {
            let mut after = None;
            loop {
                let page = store.read(|connection| records::page(connection, kind, after, i64::try_from(PAGE).unwrap_or(i64::MAX)))?;
                let Some(last) = page.last() else { break };
                after = Some(last.id);
                count += page.len() as u64;
                for record in &page {
                    put(writer, record)?;
                }
            }
        }
        writer.commit(newest)?;
        Ok(count)
    })?;
    tracing::info!(records = count, seconds = began.elapsed().as_secs_f64(), "the search index was built anew");
    Ok(count)
}

/// Applies log entries: of each record only its present state counts.
fn apply(store: &Store, writer: &mut Writer<'_>, log: &[Change]) -> Result<(), IndexError> {
    let shown = |change: &&Change| change.kind != RecordKind::Place;
    let latest: HashMap<Uuid, ChangeAction> = log.iter().filter(shown).map(|change| (change.record_id, change.action)).collect();
    let (gone, changed): (Vec<_>, Vec<_>) = latest.into_iter().partition(|(_, action)| *action == ChangeAction::Withdrawn);
    for (id, _) in gone {
        writer.delete(id);
    }
    let mut ids: Vec<Uuid> = changed.into_iter().map(|(id, _)| id).collect();
    ids.sort_unstable();
    for chunk in ids.chunks(PAGE) {
        for record in store.read(|connection| records::get_many(connection, chunk))? {
            put(writer, &record)?;
        }
    }
    Ok(())
}

/// Puts a record into the index. One that cannot be read is left out and told: it must not keep all others from being found.
fn put(writer: &mut Writer<'_>, record: &StoredRecord) -> Result<(), IndexError> {
    if record.state != PublicationState::Published {
        writer.delete(record.id);
        return Ok(());
    }
    let result = match record.kind {
        RecordKind::Organization => parse::<Organization>(record).and_then(|organization| writer.put_organization(&organization)),
        RecordKind::Offer => parse::<Offer>(record).and_then(|offer| writer.put_offer(&offer)),
        RecordKind::Place => Ok(()),
    };
    match result {
        Err(error @ SearchError::Record { .. }) => {
            tracing::error!(%error, "left out of the search index");
            writer.delete(record.id);
            Ok(())
        }
        result => Ok(result?),
    }
}

fn parse<T: serde::de::DeserializeOwned>(record: &StoredRecord) -> Result<T, SearchError> {
    serde_json::from_str(&record.document).map_err(|error| SearchError::Record { id: record.id, reason: error.to_string() })
}

/// Writes to the index with an error type that also has room for the store's.
fn write<T>(index: &SearchIndex, work: impl FnOnce(&mut Writer<'_>) -> Result<T, IndexError>) -> Result<T, IndexError> {
    let mut failed = None;
    let result = index.write(|writer| {
        work(writer).map_err(|error| match error {
            IndexError::Search(error) => error,
            IndexError::Store(error) => {
                failed = Some(error);
                SearchError::Unreadable("the records")
            }
        })
    });
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(result?),
    }
}
