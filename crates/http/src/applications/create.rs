//! `POST /applications`: ask for access.

use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::accounts::{ApplicationDraft, EmailAddress, MailLanguage};
use domain::text::{Note, Title, WebUrl};
use domain::vocabularies::ids::ORGANIZATION_KINDS;
use serde::Deserialize;
use utoipa::ToSchema;

/// An organisation asks for access.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewApplication {
    /// Name of the organisation.
    organization_name: Title,
    /// Code of the vocabulary `organization-kinds`.
    #[schema(max_length = 60, examples("music-school"))]
    organization_kind: String,
    /// Its web page.
    #[serde(default)]
    website: Option<WebUrl>,
    /// Who asks.
    contact_name: Title,
    /// Where mail goes.
    email: EmailAddress,
    /// Words to the editors.
    #[serde(default)]
    message: Option<Note>,
    /// Language of mail.
    language: MailLanguage,
}

/// Ask for access
///
/// Sends a link to the address, valid for 48 hours; editors see the application once it is confirmed. The answer is always the same.
#[utoipa::path(
    post, path = "/applications", operation_id = "apply", tag = "applications", params(crate::params::Lang),
    request_body(content = NewApplication, content_type = "application/json", example = json!({
        "organizationName": "Musikschule Beispiel", "organizationKind": "music-school", "contactName": "Leitung", "email": "kontakt@example.org",
        "language": "de"
    })),
    responses((status = 202, description = "A letter is on its way."), problem::Parameters, problem::Bodies)
)]
pub(crate) async fn apply(
    _access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewApplication>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let input = body.read().await?;
    state
        .services
        .vocabularies
        .check(ORGANIZATION_KINDS, &input.organization_kind)
        .map_err(|error| ApiError::new(ErrorCode::Invalid).field("/body/organizationKind", error))?;
    let draft = ApplicationDraft {
        organization_name: input.organization_name.into(),
        organization_kind: input.organization_kind,
        website: input.website.map(Into::into),
        contact_name: input.contact_name.into(),
        email: input.email,
        message: input.message.map(Into::into),
        language: input.language,
    };
    state.flow(move |flows| flows.apply(draft)).await?;
    Ok(HttpResponse::Accepted().finish())
}
