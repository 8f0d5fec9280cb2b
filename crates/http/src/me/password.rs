//! `POST /me/password`: a new password.

use crate::access::{Access, Recently, SignedIn};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password.
    #[schema(min_length = 12, max_length = 128, format = Password, examples("korrekt pferd batterie klammer"))]
    password: String,
}

/// Change the own password
///
/// The other sessions end, and the person is told by mail. What speaks against a password is told under `/body/password`.
#[utoipa::path(
    post, path = "/me/password", operation_id = "changePassword", tag = "me", params(crate::params::Lang), request_body = NewPassword,
    responses((status = 204, description = "Changed."), problem::Parameters, problem::Bodies)
)]
pub(crate) async fn change_password(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewPassword>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (NewPassword { password }, actor) = (body.read().await?, access.actor().clone());
    state.hash(move |flows| flows.change_password(&actor, &password)).await?;
    Ok(HttpResponse::NoContent().finish())
}
