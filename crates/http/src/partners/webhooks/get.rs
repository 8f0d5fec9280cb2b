//! `GET /sources/{source}/webhooks/{webhook}`: one webhook.

use super::{WebhookId, WebhookView, id_of, view};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use persistence::access::owned_source;
use persistence::webhooks;

/// Get a webhook
#[utoipa::path(
    get, path = "/sources/{source}/webhooks/{webhook}", operation_id = "getWebhook", tag = "webhooks",
    description = "With its state: how far it has come, since when it fails, whether and why it is disabled.",
    params(crate::params::SourceKey, WebhookId, crate::params::Lang),
    responses(
        (status = 200, description = "The webhook.", body = WebhookView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000011", "name": "Kalender der Stadt", "url": "https://calendar.example.org/hooks/bildung",
            "filter": { "kinds": ["offer"], "actions": [], "organizations": [], "own": true }, "enabled": false, "disabledBecause": "failing",
            "failingSince": "2026-11-21T03:00:00Z", "position": 4711, "createdAt": "2026-11-20T04:00:00Z", "version": 2
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_webhook(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let id = id_of(&request, "webhook")?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ManageWebhooks>(connection, &actor, &key, now)?;
            webhooks::get(connection, &source, id)
        })
        .await?;
    let webhook = view(found, &state);
    versions::json(StatusCode::OK, language, webhook.version, &webhook)
}
