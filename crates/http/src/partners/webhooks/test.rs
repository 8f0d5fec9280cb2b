//! `POST /sources/{source}/webhooks/{webhook}/test`: try a webhook out.

use super::deliveries::{DeliveryView, accepted, show};
use super::{WebhookId, id_of};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use domain::new_id;
use domain::partners::WebhookEvent;
use persistence::access::owned_source;
use persistence::deliveries;
use serde_json::json;
use std::sync::Arc;

/// Try a webhook out
///
/// Sends a delivery of type `webhook.test`, signed like every other one, also to a webhook that is disabled. It is sent once; look at
/// `Location` for what became of it.
#[utoipa::path(
    post, path = "/sources/{source}/webhooks/{webhook}/test", operation_id = "testWebhook", tag = "webhooks",
    params(crate::params::SourceKey, WebhookId, crate::params::Lang),
    responses(
        (status = 202, description = "On its way.", body = DeliveryView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the delivery.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000012", "event": "webhook.test", "state": "pending", "attempts": 0,
            "createdAt": "2026-11-24T04:00:00Z", "nextAttemptAt": "2026-11-24T04:00:00Z"
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn test_webhook(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let webhook = id_of(&request, "webhook")?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let id = new_id(&*state.services.clock, &*rng);
    let payload = json!({ "type": WebhookEvent::Test.code(), "timestamp": now, "data": { "webhook": webhook } }).to_string();
    let asked = key.clone();
    let delivery = state
        .write(move |tx| {
            let source = owned_source::<ManageWebhooks>(tx, &actor, &asked, now)?;
            deliveries::test(tx, &source, webhook, id, &payload, &*rng, now)
        })
        .await?;
    accepted(&format!("/sources/{key}/webhooks/{webhook}/deliveries/{id}"), language, &show(delivery, None)?)
}
