//! `DELETE /me/sessions`: sign out everywhere else.

use crate::access::{Access, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use persistence::access::myself;
use persistence::accounts::sessions;
use std::sync::Arc;

/// End all other sessions of the own account
///
/// Their next requests are refused; the session that asks goes on.
#[utoipa::path(
    delete, path = "/me/sessions", operation_id = "endOtherSessions", tag = "me", params(crate::params::Lang),
    responses((status = 204, description = "Only the session that asks goes on."), problem::Parameters)
)]
pub(crate) async fn end_other_sessions(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (actor, now, rng) = (access.actor().clone(), state.now(), Arc::clone(&state.services.rng));
    state
        .write(move |tx| {
            let myself = myself(tx, &actor, now)?;
            sessions::end_others(tx, &myself, "revoked", &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
