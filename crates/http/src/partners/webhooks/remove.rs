//! `DELETE /sources/{source}/webhooks/{webhook}`: remove a webhook.

use super::{WebhookId, id_of};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageWebhooks;
use persistence::access::owned_source;
use persistence::webhooks;
use std::sync::Arc;

/// Remove a webhook
///
/// Its deliveries go with it, also those that were still to be sent.
#[utoipa::path(
    delete, path = "/sources/{source}/webhooks/{webhook}", operation_id = "removeWebhook", tag = "webhooks",
    params(crate::params::SourceKey, WebhookId, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Versioned)
)]
pub(crate) async fn remove_webhook(
    access: Access<May<ManageWebhooks>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, version) = (id_of(&request, "webhook")?, if_match(&request)?);
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let source = owned_source::<ManageWebhooks>(tx, &actor, &key, now)?;
            webhooks::remove(tx, &source, id, version, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
