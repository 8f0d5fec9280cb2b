//! `POST /sources/{source}/webhooks/{webhook}/deliveries/{delivery}/replay`: send a delivery once more.

use super::super::{WebhookId, id_of};
use super::{DeliveryId, DeliveryView, accepted, show};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use persistence::access::owned_source;
use persistence::deliveries;
use std::sync::Arc;

/// Replay a delivery
///
/// Sends it once more, with the same id and the same content, and tries it for three days again. One that is pending is tried at once.
#[utoipa::path(
    post, path = "/sources/{source}/webhooks/{webhook}/deliveries/{delivery}/replay", operation_id = "replayWebhookDelivery", tag = "webhooks",
    params(crate::params::SourceKey, WebhookId, DeliveryId, crate::params::Lang),
    responses(
        (status = 202, description = "On its way.", body = DeliveryView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the delivery.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000012", "event": "catalogue.changed", "state": "pending", "attempts": 0,
            "createdAt": "2026-11-21T04:00:00Z", "nextAttemptAt": "2026-11-24T04:00:00Z"
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn replay_webhook_delivery(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (webhook, id) = (id_of(&request, "webhook")?, id_of(&request, "delivery")?);
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let asked = key.clone();
    let delivery = state
        .write(move |tx| {
            let source = owned_source::<ManageWebhooks>(tx, &actor, &asked, now)?;
            deliveries::replay(tx, &source, webhook, id, &*rng, now)
        })
        .await?;
    accepted(&format!("/sources/{key}/webhooks/{webhook}/deliveries/{id}"), language, &show(delivery, None)?)
}
