//! The store: one handle for reading and writing, the same for both databases.

use crate::claim::{self, Claim};
use crate::connection::{AnyConnection, Preparation, Role, establish};
use crate::error::Result;
use crate::migrations;
use crate::pool::Connections;
use crate::signal::{self, ChangeSignal};
use crate::url::DatabaseUrl;
use crate::writer::Writer;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How often a PostgreSQL transaction is run again after a serialization failure or deadlock.
const ATTEMPTS: u32 = 6;

/// Limits of the store.
#[derive(Debug, Clone, Copy)]
pub struct StoreOptions {
    /// Connections for reading.
    pub readers: u32,
    /// Connections for writing (PostgreSQL only; SQLite has one writer).
    pub writers: u32,
    /// Writes that may wait (SQLite only).
    pub queue: usize,
    /// How long to wait for a connection, for the turn to write, or for a lock.
    pub patience: Duration,
    /// How long a statement may take (PostgreSQL only).
    pub statement_timeout: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { readers: 8, writers: 8, queue: 256, patience: seconds(5), statement_timeout: seconds(60) }
    }
}

/// State of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// `SQLite` or `PostgreSQL`.
    pub backend: &'static str,
    /// Version of the library or server.
    pub version: String,
    /// Newest migration.
    pub schema: String,
}

/// A database of the catalogue. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    url: DatabaseUrl,
    preparation: Preparation,
    readers: Connections,
    writers: Writers,
    signal: ChangeSignal,
    listening: OnceLock<()>,
}

enum Writers {
    Queue(Writer),
    Pool(Connections),
}

impl Store {
    /// Opens a database; an SQLite file is created where it is missing. Does not migrate.
    pub fn open(url: &DatabaseUrl, options: StoreOptions) -> Result<Self> {
        let preparation = Preparation { busy_timeout: options.patience, statement_timeout: options.statement_timeout };
        let signal = ChangeSignal::default();
        // The writer comes first: it creates the file and sets its journal mode.
        let writers = match url {
            DatabaseUrl::Sqlite(_) => {
                let address = url.clone();
                let open = move || establish(&address, Role::Writer, preparation);
                Writers::Queue(Writer::start(open, options.queue, options.patience, signal.clone())?)
            }
            DatabaseUrl::Postgres(_) => {
                let pool = Connections::open(url, Role::Writer, preparation, options.writers, options.patience);
                drop(pool.get()?);
                Writers::Pool(pool)
            }
        };
        let readers = Connections::open(url, Role::Reader, preparation, options.readers, options.patience);
        let url = url.clone();
        Ok(Self(Arc::new(Inner { url, preparation, readers, writers, signal, listening: OnceLock::new() })))
    }

    /// Brings the schema up to date, one process at a time. Returns the versions applied; refuses a schema newer than this program.
    pub fn migrate(&self) -> Result<Vec<String>> {
        let mut connection = establish(&self.0.url, Role::Writer, self.0.preparation)?;
        migrations::run(&mut connection)
    }

    /// Whether the database answers and its schema is the one this program needs.
    pub fn check(&self) -> Result<Health> {
        self.read(|connection| {
            let schema = migrations::expect_current(connection)?;
            let (backend, query) = match connection {
                AnyConnection::Sqlite(_) => ("SQLite", "sqlite_version()"),
                AnyConnection::Postgres(_) => ("PostgreSQL", "current_setting('server_version')"),
            };
            let version: String = diesel::select(diesel::dsl::sql::<Text>(query)).get_result(connection)?;
            Ok(Health { backend, version, schema })
        })
    }

    /// Reads on a pooled connection that cannot write. Reads in `work` see one state each, not one state together.
    pub fn read<T>(&self, mut work: impl FnMut(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let mut attempts = 0;
        loop {
            let mut lent = self.0.readers.get()?;
            match work(&mut lent) {
                // Idle connections die together when the server restarts; each dead one is thrown away and the next one tried.
                Err(error) if error.is_disconnect() && attempts < self.0.readers.size() => {
                    lent.mark_broken();
                    attempts += 1;
                }
                Err(error) => {
                    if error.is_disconnect() {
                        lent.mark_broken();
                    }
                    return Err(error);
                }
                Ok(value) => return Ok(value),
            }
        }
    }

    /// Writes in one transaction and returns when it is durable. `work` may run again after a serialization failure or deadlock, so it must
    /// have no effects of its own.
    pub fn write<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        match &self.0.writers {
            Writers::Queue(writer) => writer.run(false, work),
            Writers::Pool(pool) => {
                let mut attempt = 1;
                loop {
                    let mut lent = pool.get()?;
                    match lent.transaction(&mut work) {
                        Ok(value) => {
                            self.0.signal.ring();
                            return Ok(value);
                        }
                        Err(error) if error.is_retryable() && attempt < ATTEMPTS => {
                            drop(lent);
                            std::thread::sleep(Duration::from_millis(4 << attempt));
                            attempt += 1;
                        }
                        Err(error) => {
                            if error.is_disconnect() {
                                lent.mark_broken();
                            }
                            return Err(error);
                        }
                    }
                }
            }
        }
    }

    /// Like [`Self::write`] for a long write such as an import: with SQLite it shares its transaction with nobody, and it runs only once.
    pub fn write_alone<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T> + Send + 'static,
    {
        match &self.0.writers {
            Writers::Queue(writer) => writer.run(true, work),
            Writers::Pool(pool) => {
                let mut lent = pool.get()?;
                let result = lent.transaction(work);
                match &result {
                    Ok(_) => self.0.signal.ring(),
                    Err(error) if error.is_disconnect() => lent.mark_broken(),
                    Err(_) => {}
                }
                result
            }
        }
    }

    /// Takes a name that nobody else can hold, in no process and on no node, until the claim is dropped. `None` if it is held.
    /// `name`: lower-case letters, digits and hyphens.
    pub fn claim(&self, name: &str) -> Result<Option<Claim>> {
        claim::claim(&self.0.url, self.0.preparation, name)
    }

    /// The signal that rings after commits. The first call on PostgreSQL begins to listen for commits of other nodes.
    pub fn changed(&self) -> ChangeSignal {
        if matches!(self.0.url, DatabaseUrl::Postgres(_)) {
            self.0.listening.get_or_init(|| signal::listen(self.0.url.clone(), self.0.preparation, &self.0.signal));
        }
        self.0.signal.clone()
    }

    /// The address of the database; shows itself without the password.
    pub fn url(&self) -> &DatabaseUrl {
        &self.0.url
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.0.url).finish()
    }
}
