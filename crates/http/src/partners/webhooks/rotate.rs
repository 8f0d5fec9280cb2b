//! `POST /sources/{source}/webhooks/{webhook}/secret`: another secret.

use super::{WebhookId, WebhookWithSecret, id_of, view};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::Duration;
use domain::accounts::may::ManageWebhooks;
use persistence::access::owned_source;
use persistence::webhooks;
use std::sync::Arc;

/// How long the secret before signs as well.
const OVERLAP: Duration = Duration::hours(24);

/// Replace the secret of a webhook
///
/// For 24 hours deliveries bear two signatures, of the new secret and of the one before, so that the receiver can be moved over without a gap.
/// The answer is the only one that shows the new secret.
#[utoipa::path(
    post, path = "/sources/{source}/webhooks/{webhook}/secret", operation_id = "rotateWebhookSecret", tag = "webhooks",
    params(crate::params::SourceKey, WebhookId, crate::params::Lang),
    responses(
        (status = 200, description = "The webhook and its new secret.", body = WebhookWithSecret, content_type = "application/json", example = json!({
            "webhook": { "id": "019ab1c2-0000-7000-8000-000000000011", "name": "Kalender der Stadt",
                "url": "https://calendar.example.org/hooks/bildung",
                "filter": { "kinds": ["offer"], "actions": [], "organizations": [], "own": true }, "enabled": true, "position": 4711,
                "previousSecretUntil": "2026-11-25T04:00:00Z", "createdAt": "2026-11-24T04:00:00Z", "version": 2 },
            "secret": "whsec_C2FVsBQIhrscChlQIMV1b2wexRDpKlUvAAAAAAAAAAA="
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn rotate_webhook_secret(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let id = id_of(&request, "webhook")?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let (shown, secret) = identity::webhooks::new_secret(state.identity.keys.seal_key(), id, &*rng).map_err(ApiError::internal)?;
    let rotated = state
        .write(move |tx| {
            let source = owned_source::<ManageWebhooks>(tx, &actor, &key, now)?;
            webhooks::rotate(tx, &source, id, &secret, now + OVERLAP, &*rng, now)
        })
        .await?;
    let answer = WebhookWithSecret { webhook: view(rotated, &state), secret: shown };
    versions::json(StatusCode::OK, language, answer.webhook.version, &answer)
}
