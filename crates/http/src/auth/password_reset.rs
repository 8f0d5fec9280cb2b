//! `POST /auth/password-reset`: a link to choose a new password.

use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::language::Language;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::{EmailAddress, MailLanguage};
use serde::Deserialize;
use utoipa::ToSchema;

/// Who has forgotten the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forgotten {
    /// Address of the account.
    email: EmailAddress,
    /// Language of the page that asks.
    #[serde(default)]
    language: Option<MailLanguage>,
}

/// Ask for a new password
///
/// Always 202, after the same work: whether there is an account with this address is told to its owner alone, by mail. The link is valid for an hour.
#[utoipa::path(
    post, path = "/auth/password-reset", operation_id = "requestPasswordReset", tag = "auth", params(crate::params::Lang),
    request_body(content = Forgotten, content_type = "application/json", example = json!({ "email": "redaktion@example.org", "language": "de" })),
    responses((status = 202, description = "If there is such an account, a letter is on its way."), problem::Parameters, problem::Bodies)
)]
pub(crate) async fn request_reset(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<Forgotten>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let Forgotten { email, language: wanted } = body.read().await?;
    let language = wanted.unwrap_or_else(|| of_mail(language));
    let origin = access.actor().origin.clone();
    state.flow(move |flows| flows.request_reset(&email, language, &origin)).await?;
    Ok(HttpResponse::Accepted().finish())
}

fn of_mail(language: Language) -> MailLanguage {
    if language.pick("de", "en") == "de" { MailLanguage::German } else { MailLanguage::English }
}
