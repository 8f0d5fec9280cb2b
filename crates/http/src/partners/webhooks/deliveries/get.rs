//! `GET /sources/{source}/webhooks/{webhook}/deliveries/{delivery}`: one delivery.

use super::super::{WebhookId, id_of};
use super::{DeliveryId, DeliveryView, show};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use persistence::access::owned_source;
use persistence::deliveries;

/// Get a delivery
#[utoipa::path(
    get, path = "/sources/{source}/webhooks/{webhook}/deliveries/{delivery}", operation_id = "getWebhookDelivery", tag = "webhooks",
    description = "With what it says, byte for byte as JSON, and what the endpoint answered last.",
    params(crate::params::SourceKey, WebhookId, DeliveryId, crate::params::Lang),
    responses(
        (status = 200, description = "The delivery.", body = DeliveryView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000012", "event": "catalogue.changed", "state": "delivered", "attempts": 1,
            "createdAt": "2026-11-24T04:00:00Z", "lastAttemptAt": "2026-11-24T04:00:01Z", "finishedAt": "2026-11-24T04:00:01Z", "lastStatus": 204,
            "payload": { "type": "catalogue.changed", "timestamp": "2026-11-24T04:00:00Z", "data": { "next": 4711, "changes": [{ "seq": 4711,
                "kind": "offer", "recordId": "019ab1c2-0000-7000-8000-000000000001", "action": "withdrawn", "version": 3,
                "at": "2026-11-24T04:00:00Z", "source": "kvhs-lup" }] } }
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_webhook_delivery(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (webhook, id) = (id_of(&request, "webhook")?, id_of(&request, "delivery")?);
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let (delivery, payload) = state
        .read(move |connection| {
            let source = owned_source::<ManageWebhooks>(connection, &actor, &key, now)?;
            deliveries::get(connection, &source, webhook, id)
        })
        .await?;
    private_json(&request, language, &show(delivery, Some(&payload))?)
}
