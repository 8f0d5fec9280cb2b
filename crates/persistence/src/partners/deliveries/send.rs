//! Deliveries on their way out. Any node may send: whoever claims a delivery has it for a while.

use super::Row;
use crate::connection::AnyConnection;
use crate::convert::{micros, uuid};
use crate::error::Result;
use crate::partners::webhooks::{ill, well};
use crate::schema::{sources, webhook_deliveries, webhooks};
use diesel::prelude::*;
use domain::partners::{Delivery, DeliveryState, WebhookEvent};
use domain::{Timestamp, Uuid};

/// A delivery that may be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Id.
    pub id: Uuid,
    /// Its webhook.
    pub webhook_id: Uuid,
    /// Whether the endpoint failed last time.
    pub failing: bool,
}

/// A delivery that is ours for a while, with everything that sending it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The delivery; this attempt is counted.
    pub delivery: Delivery,
    /// What it says.
    pub payload: String,
    /// Where it is sent.
    pub url: String,
    /// The secrets that sign, sealed, the newest first.
    pub secrets: Vec<Vec<u8>>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Delivered, pending or dead.
    pub state: DeliveryState,
    /// When to try again.
    pub next: Option<Timestamp>,
    /// Status of the answer, if there was one.
    pub status: Option<u16>,
    /// Why it failed.
    pub error: Option<String>,
}

/// Up to `limit` deliveries that may be sent, those first that have waited longest.
pub fn due(connection: &mut AnyConnection, now: Timestamp, limit: i64) -> Result<Vec<Due>> {
    let free = webhook_deliveries::claimed_until.is_null().or(webhook_deliveries::claimed_until.lt(micros(now)));
    let told = webhooks::enabled.eq(1).or(webhook_deliveries::event.eq(WebhookEvent::Test.code()));
    let rows: Vec<(String, String, Option<i64>)> = webhook_deliveries::table
        .inner_join(webhooks::table.inner_join(sources::table))
        .filter(webhook_deliveries::state.eq(DeliveryState::Pending.code()))
        .filter(webhook_deliveries::next_attempt_at.le(micros(now)))
        .filter(free)
        .filter(told)
        .filter(sources::revoked_at.is_null())
        .order((webhook_deliveries::next_attempt_at, webhook_deliveries::id))
        .limit(limit)
        .select((webhook_deliveries::id, webhook_deliveries::webhook_id, webhooks::failing_since))
        .load(connection)?;
    rows.into_iter().map(|(id, webhook, failing)| Ok(Due { id: uuid(&id)?, webhook_id: uuid(&webhook)?, failing: failing.is_some() })).collect()
}

/// Takes a delivery to send it, and counts the attempt. Until `until` nobody else takes it. `None` if somebody else has, or it is no longer due.
pub fn claim(tx: &mut AnyConnection, id: Uuid, now: Timestamp, until: Timestamp) -> Result<Option<Claimed>> {
    let free = webhook_deliveries::claimed_until.is_null().or(webhook_deliveries::claimed_until.lt(micros(now)));
    let taken = diesel::update(webhook_deliveries::table.find(id.to_string()))
        .filter(webhook_deliveries::state.eq(DeliveryState::Pending.code()))
        .filter(webhook_deliveries::next_attempt_at.le(micros(now)))
        .filter(free)
        .set((
            webhook_deliveries::attempts.eq(webhook_deliveries::attempts + 1),
            webhook_deliveries::last_attempt_at.eq(micros(now)),
            webhook_deliveries::claimed_until.eq(micros(until)),
        ))
        .execute(tx)?;
    if taken == 0 {
        return Ok(None);
    }
    type Sealed = (Vec<u8>, Option<Vec<u8>>, Option<i64>);
    let (row, payload, url, secrets): (Row, String, String, Sealed) = webhook_deliveries::table
        .inner_join(webhooks::table)
        .filter(webhook_deliveries::id.eq(id.to_string()))
        .select((
            Row::as_select(),
            webhook_deliveries::payload,
            webhooks::url,
            (webhooks::secret, webhooks::previous_secret, webhooks::previous_secret_until),
        ))
        .first(tx)?;
    let (secret, previous, previous_until) = secrets;
    let previous = previous.filter(|_| previous_until.is_some_and(|until| until > micros(now)));
    let secrets = std::iter::once(secret).chain(previous).collect();
    Ok(Some(Claimed { delivery: Delivery::try_from(row)?, payload, url, secrets }))
}

/// Notes how an attempt ended. Returns since when the endpoint fails, if it does. What is tried out does not count for or against an endpoint.
/// Nothing is noted if the delivery was taken by somebody else meanwhile, or replayed.
pub fn record(tx: &mut AnyConnection, claimed: &Claimed, outcome: &Outcome, at: Timestamp) -> Result<Option<Timestamp>> {
    let delivery = &claimed.delivery;
    let finished = (outcome.state != DeliveryState::Pending).then(|| micros(at));
    let noted = diesel::update(webhook_deliveries::table.find(delivery.id.to_string()))
        .filter(webhook_deliveries::attempts.eq(i64::from(delivery.attempts)))
        .filter(webhook_deliveries::state.eq(DeliveryState::Pending.code()))
        .set((
            webhook_deliveries::state.eq(outcome.state.code()),
            webhook_deliveries::next_attempt_at.eq(micros(outcome.next.unwrap_or(at))),
            webhook_deliveries::claimed_until.eq(None::<i64>),
            webhook_deliveries::finished_at.eq(finished),
            webhook_deliveries::last_status.eq(outcome.status.map(i64::from)),
            webhook_deliveries::last_error.eq(&outcome.error),
        ))
        .execute(tx)?;
    if noted == 0 || delivery.event == WebhookEvent::Test {
        return Ok(None);
    }
    if outcome.state == DeliveryState::Delivered {
        well(tx, delivery.webhook_id)?;
        return Ok(None);
    }
    ill(tx, delivery.webhook_id, at).map(Some)
}

/// Clears deliveries that ended before `delivered` and `dead`, each by how it ended. Returns how many.
pub fn clear(tx: &mut AnyConnection, delivered: Timestamp, dead: Timestamp) -> Result<usize> {
    let mut cleared = 0;
    for (state, before) in [(DeliveryState::Delivered, delivered), (DeliveryState::Dead, dead)] {
        let past =
            webhook_deliveries::table.filter(webhook_deliveries::state.eq(state.code())).filter(webhook_deliveries::finished_at.lt(micros(before)));
        cleared += diesel::delete(past).execute(tx)?;
    }
    Ok(cleared)
}
