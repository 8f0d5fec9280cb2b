//! Webhooks: what a partner is told of, and how often a delivery is tried.

use super::{Change, ChangeAction};
use crate::catalogue::{RecordKind, code_enum};
use crate::problem::ValueError;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

/// Pauses after the first, second, … attempt in vain, in seconds. Together just over three days: with the last attempt the
/// patience with the endpoint ends, too.
const PAUSES: [i64; 10] = [5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 74_000];

/// How long an endpoint may fail before the portal disables it.
pub const PATIENCE: Duration = Duration::days(3);

/// The longest pause that an endpoint may ask for with `Retry-After`.
pub const LONGEST_PAUSE: Duration = Duration::hours(24);

/// When to try again after so many attempts in vain; `None` if that was the last one.
pub fn pause_after(attempts: u32) -> Option<Duration> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PAUSES.get(index).map(|seconds| Duration::seconds(*seconds))
}

/// An entry of the change feed: a change, and whose record it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeEntry {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// Key of the source of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("kvhs-lup"))]
    pub source: Option<String>,
}

/// Which changes a webhook is told of. Within one field the values are alternatives, different fields narrow; an empty field narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookFilter {
    /// Kinds of record.
    #[schema(max_items = 3)]
    pub kinds: Vec<RecordKind>,
    /// What happened.
    #[schema(max_items = 3)]
    pub actions: Vec<ChangeAction>,
    /// Organisations: they themselves and their offers.
    #[schema(max_items = 50)]
    pub organizations: Vec<Uuid>,
    /// Only records of the source that the webhook belongs to.
    pub own: bool,
}

code_enum! {
    /// What a delivery tells.
    WebhookEvent {
        /// Records have changed.
        CatalogueChanged = "catalogue.changed",
        /// Somebody tries the webhook out.
        Test = "webhook.test",
    }
}

code_enum! {
    /// Where a delivery stands.
    DeliveryState {
        /// It is to be sent, now or at `nextAttemptAt`.
        Pending = "pending",
        /// The endpoint has answered with a status of 200 to 299.
        Delivered = "delivered",
        /// It was given up; it can be replayed.
        Dead = "dead",
    }
}

code_enum! {
    /// Why the portal itself disabled a webhook.
    DisabledBecause {
        /// The endpoint answered 410 Gone.
        Gone = "gone",
        /// The endpoint failed for three days.
        Failing = "failing",
    }
}

/// A webhook: an address that is told of changes. Its secret is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// `UUIDv7`.
    pub id: Uuid,
    /// The source it belongs to.
    pub source_id: Uuid,
    /// Name for people.
    pub name: String,
    /// Where deliveries are sent.
    pub url: String,
    /// What it is told of.
    pub filter: WebhookFilter,
    /// Whether it is told anything.
    pub enabled: bool,
    /// The newest entry of the change log that it was told of, or that is not for it.
    pub position: i64,
    /// Since when every delivery has failed.
    pub failing_since: Option<DateTime<Utc>>,
    /// Why the portal itself disabled it.
    pub disabled_because: Option<DisabledBecause>,
    /// Until when the secret before the present one signs as well.
    pub previous_secret_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts up with every change.
    pub version: i64,
}

/// A message to a webhook, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// `UUIDv7`; the `webhook-id` of the message, also when it is replayed.
    pub id: Uuid,
    /// The webhook.
    pub webhook_id: Uuid,
    /// What it tells.
    pub event: WebhookEvent,
    /// State.
    pub state: DeliveryState,
    /// Attempts so far; a replay begins anew.
    pub attempts: u32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it is tried next, while it is pending.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was last tried.
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// When it was delivered or given up.
    pub finished_at: Option<DateTime<Utc>>,
    /// HTTP status of the last answer.
    pub last_status: Option<u16>,
    /// Why the last attempt failed, in English.
    pub last_error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_for_three_days() {
        let pauses: Vec<Duration> = (1..).map_while(pause_after).collect();
        let total: Duration = pauses.iter().sum();
        assert_eq!(pauses.len(), 10);
        assert!(total >= PATIENCE && total < PATIENCE + Duration::hours(1), "{total}");
        assert_eq!((pause_after(0), pause_after(1), pause_after(11)), (None, Some(Duration::seconds(5)), None));
    }

    #[test]
    fn a_filter_says_only_what_narrows() {
        let filter: WebhookFilter = serde_json::from_str(r#"{"kinds":["offer"]}"#).unwrap();
        assert_eq!(filter, WebhookFilter { kinds: vec![RecordKind::Offer], ..WebhookFilter::default() });
        assert!(serde_json::from_str::<WebhookFilter>(r#"{"kind":["offer"]}"#).is_err());
    }
}
