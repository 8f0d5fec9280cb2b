//! `POST /auth/password-reset/confirm`: choose a new password.

use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

/// The new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// What stands in the link behind `#token=`.
    #[schema(max_length = 100, examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    token: String,
    /// The new password.
    #[schema(max_length = 1000, format = Password, examples("korrekt pferd batterie klammer"))]
    password: String,
}

/// Choose a new password
///
/// Ends every session and signs nobody in: the next sign-in asks for the second factor as always. A password that breaks the rules is refused
/// with every reason, and the link stays usable.
#[utoipa::path(
    post, path = "/auth/password-reset/confirm", operation_id = "confirmPasswordReset", tag = "auth", params(crate::params::Lang),
    request_body = ResetPassword,
    responses((status = 204, description = "The new password counts."), problem::Parameters, problem::Bodies, problem::Links)
)]
pub(crate) async fn confirm_reset(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ResetPassword>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let ResetPassword { token, password } = body.read().await?;
    let origin = access.actor().origin.clone();
    state.hash(move |flows| flows.confirm_reset(&token, &password, &origin)).await?;
    Ok(HttpResponse::NoContent().finish())
}
