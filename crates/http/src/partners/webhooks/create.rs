//! `POST /sources/{source}/webhooks`: have an address told of changes.

use super::{WebhookWithSecret, check, view};
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use domain::partners::WebhookFilter;
use domain::text::{Title, WebUrl};
use domain::{ErrorCode, new_id};
use persistence::access::owned_source;
use persistence::webhooks::{self, Change, NewWebhook};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A webhook to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewWebhook)]
pub(crate) struct WebhookDraft {
    /// Name for people.
    name: Title,
    /// Where deliveries are sent: `https`, by name.
    url: WebUrl,
    /// What it is told of; everything if not given.
    #[serde(default)]
    filter: WebhookFilter,
    /// Whether it is told anything yet.
    #[serde(default = "enabled")]
    #[schema(default = true)]
    enabled: bool,
}

fn enabled() -> bool {
    true
}

/// Add a webhook
///
/// It is told of what changes from now on; for what is there already, read the change feed from the beginning. The answer is the only one
/// that shows the secret.
#[utoipa::path(
    post, path = "/sources/{source}/webhooks", operation_id = "createWebhook", tag = "webhooks",
    params(crate::params::SourceKey, crate::params::Lang),
    request_body(content = WebhookDraft, content_type = "application/json", example = json!({
        "name": "Kalender der Stadt", "url": "https://calendar.example.org/hooks/bildung", "filter": { "kinds": ["offer"], "own": true }
    })),
    responses(
        (status = 201, description = "Added. `Location` is the address of the webhook.", body = WebhookWithSecret, content_type = "application/json",
            headers(("Location" = String, description = "Address of the webhook.")), example = json!({
            "webhook": { "id": "019ab1c2-0000-7000-8000-000000000011", "name": "Kalender der Stadt",
                "url": "https://calendar.example.org/hooks/bildung",
                "filter": { "kinds": ["offer"], "actions": [], "organizations": [], "own": true }, "enabled": true, "position": 4711,
                "createdAt": "2026-11-24T04:00:00Z", "version": 1 },
            "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAAAAAAAAA="
        })),
        problem::Bodies, problem::Parameters, problem::Missing, problem::Clashing
    )
)]
pub(crate) async fn create_webhook(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<WebhookDraft>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let WebhookDraft { name, url, filter, enabled } = body.read().await?;
    check(&state, Some(&url), Some(&filter))?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let id = new_id(&*state.services.clock, &*rng);
    let (shown, secret) = identity::webhooks::new_secret(state.identity.keys.seal_key(), id, &*rng).map_err(ApiError::internal)?;
    let new = NewWebhook { id, given: Change { name: name.into(), url: url.into(), filter, enabled }, secret };
    let asked = key.clone();
    let conflict = |de: &str, en: &str| ApiError::new(ErrorCode::Conflict).detail(de, en);
    let created = state
        .write(move |tx| {
            let source = owned_source::<ManageWebhooks>(tx, &actor, &asked, now)?;
            if source.value().revoked_at.is_some() {
                return Ok(None);
            }
            webhooks::create(tx, &source, &new, &*rng, now).map(Some)
        })
        .await?
        .ok_or_else(|| conflict("Diese Quelle ist beendet.", "This source has been ended."))?
        .ok_or_else(|| {
            let most = webhooks::MOST;
            conflict(&format!("Eine Quelle hat höchstens {most} Webhooks."), &format!("A source has at most {most} webhooks."))
        })?;
    let answer = WebhookWithSecret { webhook: view(created, &state), secret: shown };
    versions::created(&format!("/sources/{key}/webhooks/{id}"), language, answer.webhook.version, &answer)
}
