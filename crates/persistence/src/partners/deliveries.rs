//! Deliveries of webhooks: what is to be sent, and what became of it.

mod send;

pub use send::{Claimed, Due, Outcome, claim, clear, due, record};

use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{code, micros, timestamp, uuid};
use crate::error::{Error, Result};
use crate::partners::webhooks::{self, Manages};
use crate::schema::webhook_deliveries;
use diesel::prelude::*;
use domain::partners::{Delivery, DeliveryState, WebhookEvent};
use domain::{Rng, Timestamp, Uuid};

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_deliveries)]
struct Row {
    id: String,
    webhook_id: String,
    event: String,
    state: String,
    attempts: i64,
    created_at: i64,
    next_attempt_at: i64,
    last_attempt_at: Option<i64>,
    finished_at: Option<i64>,
    last_status: Option<i64>,
    last_error: Option<String>,
}

impl TryFrom<Row> for Delivery {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let state = code(&row.state)?;
        let next = (state == DeliveryState::Pending).then(|| timestamp(row.next_attempt_at));
        Ok(Self {
            id: uuid(&row.id)?,
            webhook_id: uuid(&row.webhook_id)?,
            event: code(&row.event)?,
            state,
            attempts: u32::try_from(row.attempts).map_err(Error::corrupt)?,
            created_at: timestamp(row.created_at)?,
            next_attempt_at: next.transpose()?,
            last_attempt_at: row.last_attempt_at.map(timestamp).transpose()?,
            finished_at: row.finished_at.map(timestamp).transpose()?,
            last_status: row.last_status.map(u16::try_from).transpose().map_err(Error::corrupt)?,
            last_error: row.last_error,
        })
    }
}

/// Puts a delivery into the queue.
pub(super) fn insert(tx: &mut AnyConnection, webhook: Uuid, id: Uuid, event: WebhookEvent, payload: &str, at: Timestamp) -> Result<()> {
    diesel::insert_into(webhook_deliveries::table)
        .values((
            webhook_deliveries::id.eq(id.to_string()),
            webhook_deliveries::webhook_id.eq(webhook.to_string()),
            webhook_deliveries::event.eq(event.code()),
            webhook_deliveries::payload.eq(payload),
            webhook_deliveries::state.eq(DeliveryState::Pending.code()),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::created_at.eq(micros(at)),
            webhook_deliveries::next_attempt_at.eq(micros(at)),
        ))
        .execute(tx)?;
    Ok(())
}

/// Puts a delivery into the queue that tells of nothing, to try a webhook out. It is sent once, also to one that is disabled.
pub fn test(tx: &mut AnyConnection, source: &Manages, webhook: Uuid, id: Uuid, payload: &str, rng: &dyn Rng, at: Timestamp) -> Result<Delivery> {
    let webhook = webhooks::get(tx, source, webhook)?;
    insert(tx, webhook.id, id, WebhookEvent::Test, payload, at)?;
    note(tx, "webhook.tested", source, &webhook, rng, at)?;
    one(tx, webhook.id, id)
}

fn note(
    tx: &mut AnyConnection,
    action: &'static str,
    source: &Manages,
    webhook: &domain::partners::Webhook,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    let name = format!("{}: {}", source.value().key, webhook.name);
    let event = Event::new(action, "webhook", webhook.id).named(name).within(source.value().organization_id);
    audit::append(tx, source.actor(), &event, rng, at)
}

fn one(connection: &mut AnyConnection, webhook: Uuid, id: Uuid) -> Result<Delivery> {
    let row: Option<Row> = webhook_deliveries::table
        .find(id.to_string())
        .filter(webhook_deliveries::webhook_id.eq(webhook.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Delivery::try_from).transpose()?.ok_or(Error::NotFound)
}

/// A delivery of a webhook, and what it says.
pub fn get(connection: &mut AnyConnection, source: &Manages, webhook: Uuid, id: Uuid) -> Result<(Delivery, String)> {
    let webhook = webhooks::get(connection, source, webhook)?;
    let delivery = one(connection, webhook.id, id)?;
    Ok((delivery, webhook_deliveries::table.find(id.to_string()).select(webhook_deliveries::payload).first(connection)?))
}

/// The deliveries of a webhook in these states (in all if none is named), the latest first, from before `before` on; and how many there are in all.
pub fn list(
    connection: &mut AnyConnection,
    source: &Manages,
    webhook: Uuid,
    states: &[DeliveryState],
    before: Option<Uuid>,
    limit: i64,
) -> Result<(Vec<Delivery>, i64)> {
    let webhook = webhooks::get(connection, source, webhook)?;
    let wanted = if states.is_empty() { DeliveryState::ALL } else { states };
    let codes: Vec<&str> = wanted.iter().map(|state| state.code()).collect();
    let of_webhook = || {
        webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(webhook.id.to_string()))
            .filter(webhook_deliveries::state.eq_any(codes.clone()))
    };
    let total = of_webhook().count().get_result(connection)?;
    let last = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let rows: Vec<Row> = of_webhook()
        .filter(webhook_deliveries::id.lt(last))
        .order(webhook_deliveries::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(connection)?;
    Ok((rows.into_iter().map(Delivery::try_from).collect::<Result<_>>()?, total))
}

/// Sends a delivery once more that was delivered or given up; one that is pending is tried at once.
pub fn replay(tx: &mut AnyConnection, source: &Manages, webhook: Uuid, id: Uuid, rng: &dyn Rng, at: Timestamp) -> Result<Delivery> {
    let webhook = webhooks::get(tx, source, webhook)?;
    let changed = diesel::update(webhook_deliveries::table.find(id.to_string()))
        .filter(webhook_deliveries::webhook_id.eq(webhook.id.to_string()))
        .set((
            webhook_deliveries::state.eq(DeliveryState::Pending.code()),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::next_attempt_at.eq(micros(at)),
            webhook_deliveries::claimed_until.eq(None::<i64>),
            webhook_deliveries::finished_at.eq(None::<i64>),
        ))
        .execute(tx)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    note(tx, "webhook.replayed", source, &webhook, rng, at)?;
    one(tx, webhook.id, id)
}
