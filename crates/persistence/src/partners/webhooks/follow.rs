//! How webhooks follow the change log. Any node may do this: whoever moves the position of a webhook makes its delivery.

use super::Row;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp};
use crate::error::Result;
use crate::partners::deliveries::insert;
use crate::schema::{sources, webhook_deliveries, webhooks};
use diesel::prelude::*;
use domain::accounts::Actor;
use domain::partners::{DeliveryState, DisabledBecause, Webhook, WebhookEvent};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// A webhook that has not been told of everything yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The webhook.
    pub webhook: Webhook,
    /// Key of its source.
    pub source: String,
    /// Deliveries of changes that are still to be sent.
    pub pending: i64,
}

/// The enabled webhooks that have not come as far as `newest`.
pub fn following(connection: &mut AnyConnection, newest: i64) -> Result<Vec<Following>> {
    let rows: Vec<(Row, String)> = webhooks::table
        .inner_join(sources::table)
        .filter(webhooks::enabled.eq(1))
        .filter(webhooks::position.lt(newest))
        .filter(sources::revoked_at.is_null())
        .order(webhooks::id)
        .select((Row::as_select(), sources::key))
        .load(connection)?;
    let mut found = Vec::with_capacity(rows.len());
    for (row, source) in rows {
        let pending = webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(&row.id))
            .filter(webhook_deliveries::state.eq(DeliveryState::Pending.code()))
            .filter(webhook_deliveries::event.eq(WebhookEvent::CatalogueChanged.code()))
            .count()
            .get_result(connection)?;
        found.push(Following { webhook: Webhook::try_from(row)?, source, pending });
    }
    Ok(found)
}

/// Moves a webhook on to `next`, and puts the delivery of what it passed into the queue, if there is one. `false` if another node was faster, or
/// the webhook has been changed: nothing was done.
pub fn advance(tx: &mut AnyConnection, webhook: &Webhook, next: i64, delivery: Option<(Uuid, &str)>, at: Timestamp) -> Result<bool> {
    let moved = diesel::update(webhooks::table.find(webhook.id.to_string()))
        .filter(webhooks::position.eq(webhook.position))
        .filter(webhooks::version.eq(webhook.version))
        .filter(webhooks::enabled.eq(1))
        .set(webhooks::position.eq(next))
        .execute(tx)?;
    if moved == 0 {
        return Ok(false);
    }
    if let Some((id, payload)) = delivery {
        insert(tx, webhook.id, id, WebhookEvent::CatalogueChanged, payload, at)?;
    }
    Ok(true)
}

/// Notes that an endpoint has taken a delivery.
pub(crate) fn well(tx: &mut AnyConnection, webhook: Uuid) -> Result<()> {
    diesel::update(webhooks::table.find(webhook.to_string()).filter(webhooks::failing_since.is_not_null()))
        .set(webhooks::failing_since.eq(None::<i64>))
        .execute(tx)?;
    Ok(())
}

/// Notes that an endpoint has failed, and says since when it does.
pub(crate) fn ill(tx: &mut AnyConnection, webhook: Uuid, at: Timestamp) -> Result<Timestamp> {
    diesel::update(webhooks::table.find(webhook.to_string()).filter(webhooks::failing_since.is_null()))
        .set(webhooks::failing_since.eq(micros(at)))
        .execute(tx)?;
    let since: Option<Option<i64>> = webhooks::table.find(webhook.to_string()).select(webhooks::failing_since).first(tx).optional()?;
    since.flatten().map_or(Ok(at), timestamp)
}

/// Disables a webhook on behalf of the portal. `None` if it is disabled already, or gone.
pub fn disable(
    tx: &mut AnyConnection,
    id: Uuid,
    because: DisabledBecause,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<Option<(Webhook, domain::partners::Source)>> {
    let changed = diesel::update(webhooks::table.find(id.to_string()).filter(webhooks::enabled.eq(1)))
        .set((webhooks::enabled.eq(0), webhooks::disabled_because.eq(because.code()), webhooks::version.eq(webhooks::version + 1)))
        .execute(tx)?;
    if changed == 0 {
        return Ok(None);
    }
    let webhook = Webhook::try_from(webhooks::table.find(id.to_string()).select(Row::as_select()).first::<Row>(tx)?)?;
    let source = crate::partners::sources::get(tx, webhook.source_id)?.ok_or(crate::Error::NotFound)?;
    let event = Event::new("webhook.disabled", "webhook", id)
        .named(format!("{}: {}", source.key, webhook.name))
        .within(source.organization_id)
        .changed(json!({ "enabled": true }), json!({ "enabled": false, "because": because.code() }));
    audit::append(tx, &Actor::system(), &event, rng, at)?;
    Ok(Some((webhook, source)))
}
