//! `DELETE /me/factors/passkeys/{id}`: remove a passkey.

use crate::access::{Access, Recently, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::IntoParams;

/// The id of a passkey.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct PasskeyId {
    /// Id of the passkey.
    #[param(example = "019ab1c2-0000-7000-8000-000000000012")]
    id: domain::Uuid,
}

/// Remove a passkey
///
/// The other sessions end. The last factor of an account whose role demands one stays (409 `conflict`).
#[utoipa::path(
    delete, path = "/me/factors/passkeys/{id}", operation_id = "removePasskey", tag = "me", params(PasskeyId, crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Missing, problem::Clashing)
)]
pub(crate) async fn remove_passkey(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, actor) = (crate::me::id_of(&request)?, access.actor().clone());
    state.flow(move |flows| flows.remove_passkey(&actor, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
