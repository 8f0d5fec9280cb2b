//! The daily job that clears away what is past its period (`data/privacy.toml`).

use super::{FlowError, Flows};
use persistence::accounts::retention::{self, Cleared};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often. The first time is soon after the start, so that a server that is started every night clears away, too.
const EVERY: Duration = Duration::from_secs(24 * 3600);
const FIRST: Duration = Duration::from_secs(60);

/// Name that only one node holds while it clears away.
const CLAIM: &str = "retention";

impl Flows {
    /// Clears away what is past its period. `None` if another node is at it.
    ///
    /// # Errors
    /// What the database says.
    pub fn clear_away(&self) -> Result<Option<Cleared>, FlowError> {
        let Some(claim) = self.store.claim(CLAIM)? else { return Ok(None) };
        let flows = self.clone();
        let cleared = self.store.write_alone(move |tx| retention::run(tx, &*flows.rng, flows.now()))?;
        drop(claim);
        Ok(Some(cleared))
    }
}

/// A thread that clears away once a day until it is dropped.
#[derive(Debug)]
pub struct Daily {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

/// Starts to clear away once a day. Every node may: they take turns.
///
/// # Errors
/// If there is no thread to be had.
pub fn start(flows: Flows) -> std::io::Result<Daily> {
    let stop = Arc::new((Mutex::new(false), Condvar::new()));
    let stopped = Arc::clone(&stop);
    let thread = std::thread::Builder::new().name("retention".to_owned()).spawn(move || {
        let mut pause = FIRST;
        while !rest(&stopped, pause) {
            match flows.clear_away() {
                Ok(Some(cleared)) => tracing::info!(?cleared, "cleared away what is past its period"),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "what is past its period could not be cleared away"),
            }
            pause = EVERY;
        }
    })?;
    Ok(Daily { stop, thread: Some(thread) })
}

/// Waits; `true` if it is time to stop.
fn rest((stop, rung): &(Mutex<bool>, Condvar), pause: Duration) -> bool {
    let stop = stop.lock().unwrap_or_else(PoisonError::into_inner);
    *rung.wait_timeout_while(stop, pause, |stop| !*stop).unwrap_or_else(PoisonError::into_inner).0
}

impl Drop for Daily {
    fn drop(&mut self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        if let Some(thread) = self.thread.take() {
            // It has said why if it panicked.
            let _ = thread.join();
        }
    }
}
