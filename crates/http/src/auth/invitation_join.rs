//! `POST /auth/invitation/join`: another role for an account in use.

use super::invitation::LinkToken;
use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Accept another role
///
/// For an invitation that says `registered`. Signs nobody in: the role counts wherever the owner of the account is, or will be, signed in.
#[utoipa::path(
    post, path = "/auth/invitation/join", operation_id = "joinByInvitation", tag = "auth", params(crate::params::Lang), request_body = LinkToken,
    responses((status = 204, description = "It counts from now on."), problem::Parameters, problem::Bodies, problem::Links)
)]
pub(crate) async fn join_by_invitation(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<LinkToken>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let LinkToken { token } = body.read().await?;
    let origin = access.actor().origin.clone();
    state.flow(move |flows| flows.join(&token, &origin)).await?;
    Ok(HttpResponse::NoContent().finish())
}
