//! Webhooks: a thread of every node follows the change log for all of them, makes deliveries and sends what is due.
//!
//! The database decides which node does what: whoever moves the position of a webhook makes its delivery, whoever claims a delivery sends it.
//! Endpoints are asked beside each other, each one question at a time, and those that fail never take all the places.

mod making;
mod sending;

pub use making::Memory;

use crate::outbound::Outbound;
use domain::partners::{DisabledBecause, Source, Webhook};
use domain::{Clock, Rng, Uuid};
use persistence::{AnyConnection, ChangeSignal, Store};
use sending::Places;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often the log and the queue are looked at without a wake-up.
const POLL: Duration = Duration::from_secs(1);

/// Least time between two looks: commits come in swarms.
const PACE: Duration = Duration::from_millis(100);

/// How long a node that stops waits for what it is just sending. What takes longer is sent again by another one, after its claim.
const FAREWELL: Duration = Duration::from_secs(3);

/// What webhooks need of whoever keeps the secrets and knows the people.
pub trait Surroundings: Send + Sync {
    /// The value of `webhook-signature` for a message: one signature for each of the sealed secrets. Time is in seconds since 1970.
    ///
    /// # Errors
    /// If a secret cannot be opened; says why, for the log.
    fn sign(&self, webhook: Uuid, secrets: &[Vec<u8>], message: &str, timestamp: i64, content: &str) -> Result<String, String>;

    /// Tells the people of a source that a webhook of theirs was disabled, in the transaction that does it.
    ///
    /// # Errors
    /// What the database says.
    fn tell_disabled(&self, tx: &mut AnyConnection, source: &Source, webhook: &Webhook, because: DisabledBecause) -> persistence::Result<()>;
}

/// Everything that following and sending needs. Cheap to clone.
#[derive(Clone)]
pub struct Courier {
    /// Where log, webhooks and deliveries are kept.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The generator.
    pub rng: Arc<dyn Rng>,
    /// The way out.
    pub outbound: Arc<Outbound>,
    /// Whoever keeps the secrets and knows the people.
    pub surroundings: Arc<dyn Surroundings>,
}

/// A thread that follows and sends until it is dropped.
#[derive(Debug)]
pub struct Dispatcher {
    stop: Arc<AtomicBool>,
    signal: ChangeSignal,
    thread: Option<JoinHandle<()>>,
}

impl Dispatcher {
    /// Starts.
    ///
    /// # Errors
    /// If there is no thread to be had.
    pub fn start(courier: Courier) -> std::io::Result<Self> {
        let (stop, signal) = (Arc::new(AtomicBool::new(false)), courier.store.changed());
        let (stopped, rings) = (Arc::clone(&stop), signal.clone());
        let thread = std::thread::Builder::new().name("webhooks".to_owned()).spawn(move || run(&courier, &rings, &stopped))?;
        Ok(Self { stop, signal, thread: Some(thread) })
    }
}

impl Drop for Dispatcher {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.signal.ring();
        if let Some(thread) = self.thread.take() {
            // It has said why if it panicked.
            let _ = thread.join();
        }
    }
}

fn run(courier: &Courier, signal: &ChangeSignal, stop: &AtomicBool) {
    let (mut memory, places) = (Memory::default(), Places::default());
    while !stop.load(Ordering::Acquire) {
        let seen = signal.count();
        if let Err(error) = courier.make(&mut memory) {
            tracing::error!(%error, "webhooks do not follow the change log");
        }
        if let Err(error) = courier.send(&places, signal) {
            tracing::error!(%error, "deliveries cannot be sent");
        }
        std::thread::sleep(PACE);
        if !stop.load(Ordering::Acquire) {
            signal.wait(seen, POLL);
        }
    }
    let until = Instant::now() + FAREWELL;
    while places.taken() > 0 && Instant::now() < until {
        std::thread::sleep(PACE);
    }
}
