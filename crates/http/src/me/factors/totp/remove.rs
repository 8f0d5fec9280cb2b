//! `DELETE /me/factors/totp`: remove the authenticator app.

use crate::access::{Access, Recently, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Remove the authenticator app
///
/// The other sessions end. The last factor of an account whose role demands one stays (409 `conflict`); a lost device is reset by an administrator.
#[utoipa::path(
    delete, path = "/me/factors/totp", operation_id = "removeTotp", tag = "me", params(crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Missing, problem::Clashing)
)]
pub(crate) async fn remove_totp(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let actor = access.actor().clone();
    state.flow(move |flows| flows.remove_totp(&actor)).await?;
    Ok(HttpResponse::NoContent().finish())
}
