//! `GET /sources/{source}/webhooks`: the webhooks of a source.

use super::{WebhookView, view};
use crate::access::{Access, May};
use crate::list::{List, Page};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use persistence::access::owned_source;
use persistence::webhooks;
use serde::Serialize;
use utoipa::ToSchema;

/// The webhooks of a source.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct WebhookList {
    data: Vec<WebhookView>,
    page: Page,
}

/// List the webhooks of a source
///
/// The oldest first. A source has at most 20, so they always come whole.
#[utoipa::path(
    get, path = "/sources/{source}/webhooks", operation_id = "listWebhooks", tag = "webhooks",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The webhooks.", body = WebhookList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000011", "name": "Kalender der Stadt", "url": "https://calendar.example.org/hooks/bildung",
                "filter": { "kinds": ["offer"], "actions": [], "organizations": [], "own": true }, "enabled": true, "position": 4711,
                "createdAt": "2026-11-24T04:00:00Z", "version": 1 }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn list_webhooks(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ManageWebhooks>(connection, &actor, &key, now)?;
            webhooks::list(connection, &source)
        })
        .await?;
    let data: Vec<WebhookView> = found.into_iter().map(|webhook| view(webhook, &state)).collect();
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
