//! `POST /auth/email-change/confirm`: a new e-mail address counts.

use super::invitation::LinkToken;
use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Confirm a new e-mail address
///
/// It takes the place of the old one, whose owner is told.
#[utoipa::path(
    post, path = "/auth/email-change/confirm", operation_id = "confirmEmailChange", tag = "auth", params(crate::params::Lang),
    request_body = LinkToken,
    responses((status = 204, description = "The new address counts."), problem::Parameters, problem::Bodies, problem::Links)
)]
pub(crate) async fn confirm_email(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<LinkToken>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let LinkToken { token } = body.read().await?;
    let origin = access.actor().origin.clone();
    state.flow(move |flows| flows.confirm_email(&token, &origin)).await?;
    Ok(HttpResponse::NoContent().finish())
}
