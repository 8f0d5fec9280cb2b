//! `POST /me/email`: another e-mail address.

use crate::access::{Access, Recently, SignedIn};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::EmailAddress;
use serde::Deserialize;
use utoipa::ToSchema;

/// The new address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEmail {
    /// The new address.
    email: EmailAddress,
}

/// Change the e-mail address
///
/// Sends a link to the new address, valid for a day; the old one counts until it is confirmed. The answer is the same if the address belongs to
/// somebody else.
#[utoipa::path(
    post, path = "/me/email", operation_id = "requestEmailChange", tag = "me", params(crate::params::Lang),
    request_body(content = NewEmail, content_type = "application/json", example = json!({ "email": "neu@example.org" })),
    responses((status = 202, description = "A letter is on its way."), problem::Parameters, problem::Bodies)
)]
pub(crate) async fn request_email_change(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewEmail>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let NewEmail { email } = body.read().await?;
    let actor = access.actor().clone();
    state.flow(move |flows| flows.request_email_change(&actor, &email)).await?;
    Ok(HttpResponse::Accepted().finish())
}
