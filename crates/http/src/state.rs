//! What every handler may use.

use crate::changes::waiting::Waiters;
use crate::edge::Edge;
use crate::lanes::{Lane, Pace};
use crate::problem::ApiError;
use crate::rate_limit::{Rates, Throttle};
use actix_web::web::Bytes;
use domain::Timestamp;
use persistence::{AnyConnection, DatabaseUrl, Store};
use search::SearchIndex;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use sync::Services;

/// Limits of the server.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long to wait for the next bytes of a body.
    pub body_idle: Duration,
    /// How long a whole body of JSON or of a form may take.
    pub small_body_total: Duration,
    /// Largest body of JSON or of a form, in bytes.
    pub small_body_bytes: u64,
    /// How long a whole import may take. A longer one must then have arrived at [`Limits::body_rate`] or faster.
    pub body_total: Duration,
    /// Bytes per second that a long body must reach on average.
    pub body_rate: u64,
    /// Largest file of an import, in bytes.
    pub import_bytes: u64,
    /// Where files of imports are kept while they arrive. They have no name there, so nothing stays behind.
    pub spool: PathBuf,
    /// Imports at a time; each one has a file in the spool.
    pub imports: usize,
    /// Searches at a time, once they are too slow for the event loop.
    pub searches: usize,
    /// Reads of the database at a time; fewer than the store has connections, so that a look-up on the event loop finds one free.
    pub reads: usize,
    /// Searches or reads that may wait for their turn.
    pub waiting: usize,
    /// Passwords hashed at a time, each with memory of its own.
    pub hashings: usize,
    /// Passwords that may wait to be hashed.
    pub hashings_waiting: usize,
    /// Transactions that write at a time; the store orders them.
    pub writes: usize,
    /// Transactions that may wait to write.
    pub writes_waiting: usize,
    /// Requests that may wait for the next change at a time; each costs a connection and a little memory.
    pub long_polls: usize,
    /// Whether addresses of this machine may be told of changes, also without TLS. For tests and development.
    pub loopback_allowed: bool,
    /// How often one network may ask. `None` holds nobody back; that is for tests and measurements.
    pub rates: Option<Rates>,
    /// What the server is told of the world in front of it.
    pub edge: Edge,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            body_idle: Duration::from_secs(10),
            small_body_total: Duration::from_secs(30),
            small_body_bytes: 256 << 10,
            body_total: Duration::from_secs(120),
            body_rate: 16 * 1024,
            import_bytes: 512 << 20,
            spool: std::env::temp_dir(),
            imports: 2,
            searches: cores,
            reads: 6,
            waiting: 256,
            hashings: cores,
            hashings_waiting: 32,
            writes: 8,
            writes_waiting: 64,
            long_polls: 500,
            loopback_allowed: false,
            rates: None,
            edge: Edge::default(),
        }
    }
}

/// Kinds of question to the index; each has its own habit of how long it takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Question {
    /// A list without words.
    Browse,
    /// A list with words.
    Words,
    /// A list with facets.
    Facets,
    /// Type-ahead.
    Suggest,
}

impl Question {
    /// The kind of a list.
    pub(crate) fn of_list(words: bool, facets: bool) -> Self {
        match (facets, words) {
            (true, _) => Self::Facets,
            (false, true) => Self::Words,
            (false, false) => Self::Browse,
        }
    }
}

#[derive(Debug, Default)]
struct Paces {
    browse: Pace,
    words: Pace,
    facets: Pace,
    suggest: Pace,
    look_up: Pace,
}

/// What every handler may use. One per process, behind `web::Data`.
pub struct AppState {
    /// Store, clock, generator, vocabularies, region.
    pub services: Services,
    /// Keys and names of this installation.
    pub identity: Arc<identity::Services>,
    /// The search index.
    pub index: Arc<SearchIndex>,
    /// Limits.
    pub limits: Limits,
    pub(crate) boundaries: Bytes,
    pub(crate) data_version: [u8; 32],
    pub(crate) reading: Lane,
    pub(crate) searching: Lane,
    pub(crate) importing: Lane,
    /// For files that are written while they are taken.
    pub(crate) exporting: Lane,
    /// For passwords: argon2 takes a core and 19 MiB or more each time.
    pub(crate) hashing: Lane,
    /// For short transactions that write.
    pub(crate) writing: Lane,
    /// For questions to another provider: a slow one holds up nobody else.
    pub(crate) elsewhere: Lane,
    /// For those who wait for the next change.
    pub(crate) waiters: Waiters,
    pub(crate) throttle: Throttle,
    /// Lists by number and positions, remembered between requests.
    pub(crate) shelves: crate::feeds::Shelves,
    paces: Paces,
    caught_up: AtomicBool,
}

impl AppState {
    /// `boundaries` is the region's TopoJSON, handed out as it is.
    pub fn new(services: Services, identity: Arc<identity::Services>, index: Arc<SearchIndex>, boundaries: Vec<u8>, limits: Limits) -> Self {
        let data_version = data_version(&services, &boundaries);
        Self {
            services,
            identity,
            index,
            boundaries: boundaries.into(),
            data_version,
            reading: Lane::new(limits.reads, limits.waiting, 1),
            searching: Lane::new(limits.searches, limits.waiting, 1),
            exporting: Lane::new(4, 16, 10),
            importing: Lane::new(limits.imports, limits.imports, 30),
            hashing: Lane::new(limits.hashings, limits.hashings_waiting, 2),
            writing: Lane::new(limits.writes, limits.writes_waiting, 2),
            elsewhere: Lane::new(8, 32, 5),
            waiters: Waiters::new(limits.long_polls),
            throttle: Throttle::new(limits.rates.as_ref()),
            shelves: crate::feeds::Shelves::default(),
            limits,
            paces: Paces::default(),
            caught_up: AtomicBool::new(false),
        }
    }

    /// Answers all who wait for the next change: the server is about to stop.
    pub fn stop_waiting(&self) {
        self.waiters.stop();
    }

    /// The current instant.
    pub(crate) fn now(&self) -> Timestamp {
        self.services.clock.now()
    }

    /// Reads from the database, off the event loop.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: Fn(&mut AnyConnection) -> persistence::Result<T> + Send + 'static,
    {
        let store: Store = self.services.store.clone();
        self.reading.run(move || Ok(store.read(|connection| work(connection))?)).await
    }

    /// Reads one record by its key. In `SQLite` that is a few pages of a local file, nearly always in memory: quicker than handing it to
    /// another thread. A server across the network is never waited for on the event loop.
    pub(crate) async fn look_up<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: Fn(&mut AnyConnection) -> persistence::Result<T> + Send + 'static,
    {
        if matches!(self.services.store.url(), DatabaseUrl::Postgres(_)) {
            return self.read(work).await;
        }
        let store: Store = self.services.store.clone();
        self.paces.look_up.run(&self.reading, move || Ok(store.read(|connection| work(connection))?)).await
    }

    /// Writes to the database in one transaction, off the event loop.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> persistence::Result<T> + Send + 'static,
    {
        let store: Store = self.services.store.clone();
        self.writing.run(move || Ok(store.write(work)?)).await
    }

    /// Asks the search index.
    pub(crate) async fn search<T, F>(&self, question: Question, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&SearchIndex) -> Result<T, search::SearchError> + Send + 'static,
    {
        let index = Arc::clone(&self.index);
        let pace = match question {
            Question::Browse => &self.paces.browse,
            Question::Words => &self.paces.words,
            Question::Facets => &self.paces.facets,
            Question::Suggest => &self.paces.suggest,
        };
        pace.run(&self.searching, move || Ok(work(&index)?)).await
    }

    /// Whether the index has, since the start, once been as new as the database. `last` is the newest entry of the change log.
    pub(crate) fn caught_up(&self, last: i64) -> bool {
        if !self.caught_up.load(Ordering::Acquire) && self.index.last_seq() >= last {
            self.caught_up.store(true, Ordering::Release);
        }
        self.caught_up.load(Ordering::Acquire)
    }
}

/// A digest of everything that is read from files at the start: region and vocabularies.
fn data_version(services: &Services, boundaries: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(boundaries);
    let region = &services.region;
    hash.update(serde_json::to_vec(&(region.info(), region.areas(), region.holidays())).unwrap_or_default());
    for vocabulary in services.vocabularies.iter() {
        hash.update(serde_json::to_vec(vocabulary).unwrap_or_default());
    }
    hash.finalize().into()
}
