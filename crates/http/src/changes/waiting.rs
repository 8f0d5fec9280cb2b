//! Waiting for the next change: without a thread or a connection of the database for each who waits.

use crate::problem::ApiError;
use domain::ErrorCode;
use persistence::{Store, changes};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, watch};
use tokio::time::Instant;

/// How long the end of the log may be out of date without a wake-up: another process may have written to the same SQLite file.
const POLL: Duration = Duration::from_millis(500);

/// Least time between two looks: commits come in swarms.
const PACE: Duration = Duration::from_millis(50);

/// Those who are woken together look into the database so many at a time, so that they leave room for all other readers.
const TURNS: usize = 2;

/// After how many seconds somebody who finds no place may come again.
const RETRY_AFTER: u32 = 5;

/// Places for those who wait.
pub(crate) struct Waiters {
    places: Arc<Semaphore>,
    turns: Semaphore,
    /// The newest entry of the log, as the one thread that watches it says.
    newest: OnceLock<watch::Receiver<i64>>,
    stopped: watch::Sender<bool>,
}

impl Waiters {
    /// At most `places` wait at a time.
    pub(crate) fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), turns: Semaphore::new(TURNS), newest: OnceLock::new(), stopped: watch::Sender::new(false) }
    }

    /// A place. Take it before reading the feed: what is appended from then on ends the waiting. 503 if there is none.
    pub(crate) fn enter(&self, store: &Store) -> Result<Waiter, ApiError> {
        let full = |_| ApiError::new(ErrorCode::Unavailable).retry_after(RETRY_AFTER);
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(full)?;
        let newest = match self.newest.get() {
            Some(newest) => newest.clone(),
            None => {
                let begun = watch_log(store.clone()).map_err(ApiError::internal)?;
                self.newest.get_or_init(|| begun).clone()
            }
        };
        Ok(Waiter { newest, stopped: self.stopped.subscribe(), _place: place })
    }

    /// A turn to look into the database.
    pub(crate) async fn turn(&self) -> Result<SemaphorePermit<'_>, ApiError> {
        self.turns.acquire().await.map_err(ApiError::internal)
    }

    /// Ends all waiting, now and from now on: the server stops.
    pub(crate) fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

/// Somebody who waits; the place is free again when this is dropped, be it because the client has hung up.
pub(crate) struct Waiter {
    newest: watch::Receiver<i64>,
    stopped: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl Waiter {
    /// Waits until the log is longer than `seen`. `false` if it is not until then, or the server stops.
    pub(crate) async fn beyond(&mut self, seen: i64, until: Instant) -> bool {
        tokio::select! {
            grown = self.newest.wait_for(|newest| *newest > seen) => grown.is_ok(),
            _ = self.stopped.wait_for(|stopped| *stopped) => false,
            () = tokio::time::sleep_until(until) => false,
        }
    }
}

/// Watches the end of the log on one thread while somebody waits for it, until the last receiver is gone.
fn watch_log(store: Store) -> std::io::Result<watch::Receiver<i64>> {
    let (sender, receiver) = watch::channel(0);
    std::thread::Builder::new().name("change-feed".to_owned()).spawn(move || {
        let signal = store.changed();
        while !sender.is_closed() {
            let seen = signal.count();
            // One receiver is the one that all others are cloned from.
            if sender.receiver_count() > 1 {
                match store.read(changes::last_seq) {
                    Ok(newest) => {
                        sender.send_if_modified(|known| std::mem::replace(known, newest) != newest);
                    }
                    Err(error) => tracing::warn!(%error, "those who wait for changes learn of them late"),
                }
                std::thread::sleep(PACE);
            }
            signal.wait(seen, POLL);
        }
    })?;
    Ok(receiver)
}
