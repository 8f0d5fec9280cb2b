//! `DELETE /me/sessions/{id}`: sign out another device.

use crate::access::{Access, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use persistence::access::myself;
use persistence::accounts::sessions;
use std::sync::Arc;
use utoipa::IntoParams;

/// The id of a session.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct SessionId {
    /// Id of the session.
    #[param(example = "019ab1c2-0000-7000-8000-000000000011")]
    id: domain::Uuid,
}

/// End a session of the own account
///
/// Its next request is refused.
#[utoipa::path(
    delete, path = "/me/sessions/{id}", operation_id = "endOwnSession", tag = "me", params(SessionId, crate::params::Lang),
    responses((status = 204, description = "Ended."), problem::Parameters, problem::Missing)
)]
pub(crate) async fn end_own_session(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let id = crate::me::id_of(&request)?;
    let (actor, now, rng) = (access.actor().clone(), state.now(), Arc::clone(&state.services.rng));
    state
        .write(move |tx| {
            let myself = myself(tx, &actor, now)?;
            sessions::end_own(tx, &myself, id, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
