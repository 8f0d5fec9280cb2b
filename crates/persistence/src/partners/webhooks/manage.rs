//! What the people of a source do with its webhooks.

use super::{MOST, Manages, Row, of_source};
use crate::audit::{self, Event};
use crate::changes;
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::{sources, webhook_deliveries, webhooks};
use diesel::prelude::*;
use domain::partners::{Source, Webhook, WebhookFilter};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// A webhook to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Id.
    pub id: Uuid,
    /// What can also be changed later.
    pub given: Change,
    /// Its secret, sealed.
    pub secret: Vec<u8>,
}

/// What can be changed of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Name for people.
    pub name: String,
    /// Where deliveries are sent.
    pub url: String,
    /// What it is told of.
    pub filter: WebhookFilter,
    /// Whether it is told anything.
    pub enabled: bool,
}

impl Change {
    fn shown(&self) -> serde_json::Value {
        json!({ "name": self.name, "url": self.url, "filter": self.filter, "enabled": self.enabled })
    }
}

impl From<&Webhook> for Change {
    fn from(webhook: &Webhook) -> Self {
        Self { name: webhook.name.clone(), url: webhook.url.clone(), filter: webhook.filter.clone(), enabled: webhook.enabled }
    }
}

fn about(action: &'static str, webhook: Uuid, name: &str, source: &Source) -> Event {
    Event::new(action, "webhook", webhook).named(format!("{}: {name}", source.key)).within(source.organization_id)
}

/// Adds a webhook. It is told of what changes from now on. `None` if the source has as many as it may have.
pub fn create(tx: &mut AnyConnection, source: &Manages, new: &NewWebhook, rng: &dyn Rng, at: Timestamp) -> Result<Option<Webhook>> {
    let owner = source.value();
    // The row of the source is taken first: of two who add one at once, the second one counts both.
    diesel::update(sources::table.find(owner.id.to_string())).set(sources::version.eq(sources::version)).execute(tx)?;
    let count: i64 = webhooks::table.filter(webhooks::source_id.eq(owner.id.to_string())).count().get_result(tx)?;
    if count >= MOST {
        return Ok(None);
    }
    let position = changes::last_seq(tx)?;
    let filter = serde_json::to_string(&new.given.filter).map_err(Error::corrupt)?;
    diesel::insert_into(webhooks::table)
        .values((
            webhooks::id.eq(new.id.to_string()),
            webhooks::source_id.eq(owner.id.to_string()),
            webhooks::name.eq(&new.given.name),
            webhooks::url.eq(&new.given.url),
            webhooks::filter.eq(filter),
            webhooks::secret.eq(&new.secret),
            webhooks::enabled.eq(i64::from(new.given.enabled)),
            webhooks::position.eq(position),
            webhooks::created_at.eq(micros(at)),
            webhooks::version.eq(1),
        ))
        .execute(tx)?;
    let event = about("webhook.created", new.id, &new.given.name, owner).changed(None, new.given.shown());
    audit::append(tx, source.actor(), &event, rng, at)?;
    of_source(tx, owner, new.id).map(Some)
}

/// The webhooks of a source, the oldest first.
pub fn list(connection: &mut AnyConnection, source: &Manages) -> Result<Vec<Webhook>> {
    let rows: Vec<Row> = webhooks::table
        .filter(webhooks::source_id.eq(source.value().id.to_string()))
        .order(webhooks::id)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Webhook::try_from).collect()
}

/// A webhook of a source. [`Error::NotFound`] for one of another source.
pub fn get(connection: &mut AnyConnection, source: &Manages, id: Uuid) -> Result<Webhook> {
    of_source(connection, source.value(), id)
}

/// Changes a webhook that is at `version`. One that is enabled again goes on where it stopped. [`Error::Conflict`] if it has another version by now.
pub fn change(tx: &mut AnyConnection, source: &Manages, id: Uuid, version: i64, new: &Change, rng: &dyn Rng, at: Timestamp) -> Result<Webhook> {
    let before = of_source(tx, source.value(), id)?;
    let revived = new.enabled && !before.enabled;
    let filter = serde_json::to_string(&new.filter).map_err(Error::corrupt)?;
    let because = if new.enabled { None } else { before.disabled_because.map(|because| because.code()) };
    let failing = if revived { None } else { before.failing_since.map(micros) };
    let changed = diesel::update(webhooks::table.find(id.to_string()).filter(webhooks::version.eq(version)))
        .set((
            webhooks::name.eq(&new.name),
            webhooks::url.eq(&new.url),
            webhooks::filter.eq(filter),
            webhooks::enabled.eq(i64::from(new.enabled)),
            webhooks::disabled_because.eq(because),
            webhooks::failing_since.eq(failing),
            webhooks::version.eq(webhooks::version + 1),
        ))
        .execute(tx)?;
    if changed == 0 {
        return Err(Error::Conflict(before.version));
    }
    let event = about("webhook.changed", id, &new.name, source.value()).changed(Change::from(&before).shown(), new.shown());
    audit::append(tx, source.actor(), &event, rng, at)?;
    of_source(tx, source.value(), id)
}

/// Gives a webhook another secret; the one before signs as well until `until`. A still older one ends at once.
pub fn rotate(tx: &mut AnyConnection, source: &Manages, id: Uuid, secret: &[u8], until: Timestamp, rng: &dyn Rng, at: Timestamp) -> Result<Webhook> {
    let before = of_source(tx, source.value(), id)?;
    diesel::update(webhooks::table.find(id.to_string()))
        .set((
            webhooks::previous_secret.eq(webhooks::secret.nullable()),
            webhooks::previous_secret_until.eq(micros(until)),
            webhooks::secret.eq(secret),
            webhooks::version.eq(webhooks::version + 1),
        ))
        .execute(tx)?;
    audit::append(tx, source.actor(), &about("webhook.secret-rotated", id, &before.name, source.value()), rng, at)?;
    of_source(tx, source.value(), id)
}

/// Removes a webhook that is at `version`, with its deliveries.
pub fn remove(tx: &mut AnyConnection, source: &Manages, id: Uuid, version: i64, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let before = of_source(tx, source.value(), id)?;
    if before.version != version {
        return Err(Error::Conflict(before.version));
    }
    diesel::delete(webhook_deliveries::table.filter(webhook_deliveries::webhook_id.eq(id.to_string()))).execute(tx)?;
    let removed = diesel::delete(webhooks::table.find(id.to_string()).filter(webhooks::version.eq(version))).execute(tx)?;
    if removed == 0 {
        return Err(Error::Conflict(version + 1));
    }
    let event = about("webhook.removed", id, &before.name, source.value()).changed(Change::from(&before).shown(), None);
    audit::append(tx, source.actor(), &event, rng, at)
}
