//! From the change log to deliveries.

use super::Courier;
use chrono::Duration;
use domain::partners::{ChangeEntry, Webhook, WebhookEvent};
use domain::{Timestamp, Uuid, new_id};
use persistence::changes::{self, FeedFilter};
use persistence::webhooks::{self, Following};
use serde::Serialize;
use std::collections::HashMap;

/// Most changes of a delivery.
const BATCH: i64 = 100;

/// Deliveries of a webhook that may wait. While its endpoint takes none, changes gather in the log, not in the queue.
const OPEN: i64 = 5;

/// How far a webhook may lag behind what was looked through for it before that is written down: not every change of the catalogue shall cause a
/// write for every webhook that it is not for.
const LAG: i64 = 1000;

/// What this node has looked through for each webhook, in which version of it.
#[derive(Debug, Default)]
pub struct Memory(HashMap<Uuid, (i64, i64)>);

/// What a delivery says.
#[derive(Serialize)]
struct Payload<'a> {
    r#type: &'static str,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    changes: &'a [ChangeEntry],
    /// The `after` with which the change feed goes on behind these changes.
    next: i64,
}

impl Courier {
    /// Makes deliveries of what has been appended to the log, for every webhook. Returns how many.
    ///
    /// # Errors
    /// What the database says.
    pub fn make(&self, memory: &mut Memory) -> persistence::Result<usize> {
        let newest = self.store.read(changes::last_seq)?;
        let behind = self.store.read(|connection| webhooks::following(connection, newest))?;
        memory.0.retain(|id, _| behind.iter().any(|following| following.webhook.id == *id));
        let mut made = 0;
        for following in behind {
            let id = following.webhook.id;
            match self.follow(following, memory) {
                Ok(count) => made += count,
                // The others go on.
                Err(error) => tracing::error!(%error, webhook = %id, "a webhook does not follow the change log"),
            }
        }
        Ok(made)
    }

    fn follow(&self, following: Following, memory: &mut Memory) -> persistence::Result<usize> {
        let Following { mut webhook, source, mut pending } = following;
        let filter = FeedFilter {
            kinds: webhook.filter.kinds.clone(),
            actions: webhook.filter.actions.clone(),
            sources: if webhook.filter.own { vec![source] } else { Vec::new() },
            organizations: webhook.filter.organizations.clone(),
        };
        let known = memory.0.get(&webhook.id).filter(|(_, version)| *version == webhook.version);
        let mut after = known.map_or(webhook.position, |(looked, _)| webhook.position.max(*looked));
        let mut made = 0;
        while pending < OPEN {
            // A gap needs no care here: of every record the latest entry is kept, and that is what a webhook is told.
            let page = self.store.read(|connection| changes::feed(connection, after, BATCH, &filter))?;
            after = page.next;
            if !page.entries.is_empty() {
                if !self.advance(&webhook, page.next, Some((&page.entries, pending)))? {
                    // Another node was faster, or somebody has changed the webhook: see next time.
                    return Ok(made);
                }
                (webhook.position, made, pending) = (page.next, made + 1, pending + 1);
            }
            if !page.more {
                break;
            }
        }
        if after - webhook.position > LAG {
            self.advance(&webhook, after, None)?;
        }
        memory.0.insert(webhook.id, (after, webhook.version));
        Ok(made)
    }

    /// Moves a webhook on, with a delivery of what it passed, which is the so-and-so-many-th that waits.
    fn advance(&self, webhook: &Webhook, next: i64, passed: Option<(&[ChangeEntry], i64)>) -> persistence::Result<bool> {
        // Deliveries made in one instant have an order nevertheless: that of their times.
        let at = self.clock.now() - Duration::microseconds(passed.map_or(0, |(_, number)| OPEN - number));
        let payload = |changes| Payload { r#type: WebhookEvent::CatalogueChanged.code(), timestamp: at, data: Data { changes, next } };
        let payload = passed.map(|(changes, _)| serde_json::to_string(&payload(changes))).transpose();
        let payload = payload.map_err(|error| persistence::Error::Corrupt(error.to_string()))?;
        let (webhook, id) = (webhook.clone(), new_id(&*self.clock, &*self.rng));
        self.store.write(move |tx| webhooks::advance(tx, &webhook, next, payload.as_deref().map(|payload| (id, payload)), at))
    }
}
