//! `PATCH /sources/{source}/webhooks/{webhook}`: change a webhook.

use super::{WebhookId, WebhookView, check, id_of, view};
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use domain::partners::WebhookFilter;
use domain::text::{Title, WebUrl};
use persistence::access::owned_source;
use persistence::webhooks::{self, Change};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What to change of a webhook; what is not named stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookChange {
    /// Name for people.
    #[serde(default)]
    name: Option<Title>,
    /// Where deliveries are sent: `https`, by name.
    #[serde(default)]
    url: Option<WebUrl>,
    /// What it is told of from now on.
    #[serde(default)]
    filter: Option<WebhookFilter>,
    /// Whether it is told anything. One that is enabled again goes on where it stopped.
    #[serde(default)]
    enabled: Option<bool>,
}

/// Change a webhook
///
/// Deliveries that wait are sent to the new address. One that is enabled again goes on where it stopped.
#[utoipa::path(
    patch, path = "/sources/{source}/webhooks/{webhook}", operation_id = "changeWebhook", tag = "webhooks",
    params(crate::params::SourceKey, WebhookId, versions::IfMatch, crate::params::Lang),
    request_body(content = WebhookChange, content_type = "application/json", example = json!({ "enabled": false })),
    responses(
        (status = 200, description = "The webhook as it is now.", body = WebhookView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000011", "name": "Kalender der Stadt", "url": "https://calendar.example.org/hooks/bildung",
            "filter": { "kinds": ["offer"], "actions": [], "organizations": [], "own": true }, "enabled": false, "position": 4711,
            "createdAt": "2026-11-24T04:00:00Z", "version": 2
        })),
        problem::Bodies, problem::Parameters, problem::Versioned
    )
)]
pub(crate) async fn change_webhook(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<WebhookChange>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, version) = (id_of(&request, "webhook")?, if_match(&request)?);
    let input = body.read().await?;
    check(&state, input.url.as_ref(), input.filter.as_ref())?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let changed = state
        .write(move |tx| {
            let source = owned_source::<ManageWebhooks>(tx, &actor, &key, now)?;
            let mut change = Change::from(&webhooks::get(tx, &source, id)?);
            let WebhookChange { name, url, filter, enabled } = input.clone();
            name.into_iter().for_each(|name| change.name = name.into());
            url.into_iter().for_each(|url| change.url = url.into());
            filter.into_iter().for_each(|filter| change.filter = filter);
            enabled.into_iter().for_each(|enabled| change.enabled = enabled);
            webhooks::change(tx, &source, id, version, &change, &*rng, now)
        })
        .await?;
    let webhook = view(changed, &state);
    versions::json(StatusCode::OK, language, webhook.version, &webhook)
}
