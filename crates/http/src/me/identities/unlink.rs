//! `DELETE /me/identities/{id}`: the own account is no longer linked.

use crate::access::{Access, Recently, SignedIn};
use crate::auth::oidc::{self, ProviderId};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Remove a linked identity
///
/// The other sessions end. Signing in with the password goes on.
#[utoipa::path(
    delete, path = "/me/identities/{id}", operation_id = "unlinkIdentity", tag = "me", params(ProviderId, crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Missing)
)]
pub(crate) async fn unlink_identity(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    oidc::provider(&state, &request)?;
    let actor = access.actor().clone();
    state.flow(move |flows| flows.unlink_identity(&actor)).await?;
    Ok(HttpResponse::NoContent().finish())
}
