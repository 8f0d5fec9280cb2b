//! From the queue to the endpoints.

use super::Courier;
use chrono::Duration;
use domain::partners::{DeliveryState, DisabledBecause, LONGEST_PAUSE, PATIENCE, WebhookEvent, pause_after};
use domain::{Timestamp, Uuid};
use persistence::deliveries::{self, Claimed, Due, Outcome};
use persistence::{ChangeSignal, webhooks};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Endpoints asked at a time.
const AT_ONCE: usize = 16;

/// Of these, endpoints that failed last time.
const FAILING_AT_ONCE: usize = 8;

/// Deliveries looked at in one go.
const LOOK: i64 = 500;

/// How long a node has a delivery for itself: longer than the slowest endpoint may take.
const LEASE: Duration = Duration::minutes(2);

const GONE: u16 = 410;

/// Which webhooks are just being sent something, and whether they failed last time.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Arc<Mutex<HashMap<Uuid, bool>>>);

impl Places {
    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, bool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are taken.
    pub(super) fn taken(&self) -> usize {
        self.lock().len()
    }

    /// Takes the place of a webhook, if it has none yet and there is room.
    fn take(&self, due: &Due, signal: &ChangeSignal) -> Option<Place> {
        let mut taken = self.lock();
        let failing = taken.values().filter(|failing| **failing).count();
        if taken.contains_key(&due.webhook_id) || taken.len() >= AT_ONCE || (due.failing && failing >= FAILING_AT_ONCE) {
            return None;
        }
        taken.insert(due.webhook_id, due.failing);
        Some(Place { places: self.clone(), webhook: due.webhook_id, signal: signal.clone() })
    }
}

/// The place of a webhook; free again when it is dropped, and then the next one is looked for at once.
struct Place {
    places: Places,
    webhook: Uuid,
    signal: ChangeSignal,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.lock().remove(&self.webhook);
        self.signal.ring();
    }
}

/// What an endpoint answered, or why it did not.
struct Answered {
    status: Option<u16>,
    retry_after: Option<Duration>,
    error: Option<String>,
}

impl Courier {
    /// Begins to send what is due, each endpoint on a thread of its own, as far as there are places.
    pub(super) fn send(&self, places: &Places, signal: &ChangeSignal) -> persistence::Result<()> {
        let now = self.clock.now();
        for due in self.store.read(|connection| deliveries::due(connection, now, LOOK))? {
            let Some(place) = places.take(&due, signal) else { continue };
            let courier = self.clone();
            let spawned = std::thread::Builder::new().name("delivery".to_owned()).spawn(move || {
                if let Err(error) = courier.send_one(due.id) {
                    tracing::error!(%error, delivery = %due.id, "what became of a delivery cannot be noted; it will be sent again");
                }
                drop(place);
            });
            if let Err(error) = spawned {
                tracing::error!(%error, "no thread for a delivery");
                return Ok(());
            }
        }
        Ok(())
    }

    /// Sends one delivery, unless somebody else does, and notes how it ended. Returns its state.
    ///
    /// # Errors
    /// What the database says; that an endpoint does not take it is noted with it.
    pub fn send_one(&self, id: Uuid) -> persistence::Result<Option<DeliveryState>> {
        let now = self.clock.now();
        let Some(claimed) = self.store.write(move |tx| deliveries::claim(tx, id, now, now + LEASE))? else { return Ok(None) };
        let answered = self.ask(&claimed);
        let now = self.clock.now();
        let outcome = self.judge(&claimed, &answered, now);
        let (state, gone) = (outcome.state, answered.status == Some(GONE));
        if let Some(error) = &outcome.error {
            let (webhook, attempts) = (claimed.delivery.webhook_id, claimed.delivery.attempts);
            tracing::warn!(%error, %webhook, delivery = %id, attempts, state = state.code(), "a delivery was not taken");
        }
        let courier = self.clone();
        self.store.write(move |tx| {
            let Some(since) = deliveries::record(tx, &claimed, &outcome, now)? else { return Ok(()) };
            let because = match gone {
                true => DisabledBecause::Gone,
                false if now - since >= PATIENCE => DisabledBecause::Failing,
                false => return Ok(()),
            };
            let disabled = webhooks::disable(tx, claimed.delivery.webhook_id, because, &*courier.rng, now)?;
            disabled.map_or(Ok(()), |(webhook, source)| courier.surroundings.tell_disabled(tx, &source, &webhook, because))
        })?;
        Ok(Some(state))
    }

    fn ask(&self, claimed: &Claimed) -> Answered {
        let failed = |error: String| Answered { status: None, retry_after: None, error: Some(error) };
        let (delivery, now) = (&claimed.delivery, self.clock.now());
        let (message, seconds) = (delivery.id.to_string(), now.timestamp());
        let signature = match self.surroundings.sign(delivery.webhook_id, &claimed.secrets, &message, seconds, &claimed.payload) {
            Ok(signature) => signature,
            Err(error) => return failed(format!("it cannot be signed: {error}")),
        };
        let Ok(url) = url::Url::parse(&claimed.url) else { return failed("the address is none".to_owned()) };
        let seconds = seconds.to_string();
        let headers = [
            ("content-type", "application/json"),
            ("webhook-id", message.as_str()),
            ("webhook-timestamp", seconds.as_str()),
            ("webhook-signature", signature.as_str()),
        ];
        // Of the answer only its head is read: what an endpoint says besides is of no use, however long it is.
        match self.outbound.post(&url, &headers, claimed.payload.as_bytes()) {
            Ok(answer) => {
                let retry_after = answer.retry_after(now);
                let error = (!(200..300).contains(&answer.status)).then(|| format!("the endpoint answered {}", answer.status));
                Answered { status: Some(answer.status), retry_after, error }
            }
            Err(error) => failed(error.to_string()),
        }
    }

    /// What follows from an answer.
    fn judge(&self, claimed: &Claimed, answered: &Answered, now: Timestamp) -> Outcome {
        let Answered { status, retry_after, error } = answered;
        let ended = |state| Outcome { state, next: None, status: *status, error: error.clone() };
        if error.is_none() {
            return ended(DeliveryState::Delivered);
        }
        // What is tried out is not tried again, and an address that is gone does not come back.
        if claimed.delivery.event == WebhookEvent::Test || *status == Some(GONE) {
            return ended(DeliveryState::Dead);
        }
        let Some(pause) = pause_after(claimed.delivery.attempts) else { return ended(DeliveryState::Dead) };
        let asked = retry_after.unwrap_or_default().min(LONGEST_PAUSE);
        let next = now + self.spread(pause).max(asked);
        Outcome { next: Some(next), ..ended(DeliveryState::Pending) }
    }

    /// Up to a tenth longer, so that what failed together does not come back together.
    fn spread(&self, pause: Duration) -> Duration {
        let mut chance = [0u8; 1];
        self.rng.fill(&mut chance);
        let [byte] = chance;
        pause + pause * i32::from(byte) / 2560
    }
}
