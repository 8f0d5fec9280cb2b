//! How far running imports are: in the memory of the process that runs them, and in the database where that can be written to meanwhile.

use crate::Services;
use chrono::Duration;
use domain::{Timestamp, Uuid};
use persistence::{DatabaseUrl, imports};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

static RUNNING: LazyLock<Mutex<HashMap<Uuid, u64>>> = LazyLock::new(Mutex::default);

/// How often the database is told.
const TOLD_EVERY: Duration = Duration::seconds(2);

fn running<T>(work: impl FnOnce(&mut HashMap<Uuid, u64>) -> T) -> T {
    work(&mut RUNNING.lock().unwrap_or_else(PoisonError::into_inner))
}

/// How many records have been read of an import that this process runs.
pub fn progress(id: Uuid) -> Option<u64> {
    running(|running| running.get(&id).copied())
}

/// An import that runs, until it is dropped.
pub(super) struct Running<'a> {
    services: &'a Services,
    id: Uuid,
    told_at: Timestamp,
}

impl<'a> Running<'a> {
    pub(super) fn begin(services: &'a Services, id: Uuid) -> Self {
        running(|running| running.insert(id, 0));
        Self { services, id, told_at: services.clock.now() }
    }

    /// Notes how many records have been read.
    pub(super) fn note(&mut self, records: u64) {
        running(|running| running.insert(self.id, records));
        let now = self.services.clock.now();
        // The one writer of SQLite is busy with the import itself.
        if matches!(self.services.store.url(), DatabaseUrl::Sqlite(_)) || now - self.told_at < TOLD_EVERY {
            return;
        }
        self.told_at = now;
        let id = self.id;
        if let Err(error) = self.services.store.write(move |tx| imports::progress(tx, id, records)) {
            tracing::warn!(%error, import = %id, "the progress of an import could not be noted");
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        running(|running| running.remove(&self.id));
    }
}
