//! `POST /auth/invitation`: what an invitation is for.

use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::accounts::{EmailAddress, OrganizationRef, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A link from mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    /// What stands in the link behind `#token=`.
    #[schema(max_length = 100, examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    pub(crate) token: String,
}

/// What an invitation is for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Where it was sent.
    pub email: EmailAddress,
    /// Name of the person; they can change it.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// Where they hold, if all of them hold in one organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationRef>,
    /// Whether there is an account in use already: `POST /auth/invitation/join` then takes the place of `accept`.
    pub registered: bool,
    /// Until when it can be accepted.
    pub expires_at: DateTime<Utc>,
}

/// Show an invitation
///
/// To whoever holds its link. 410 if it was accepted, replaced or has expired.
#[utoipa::path(
    post, path = "/auth/invitation", operation_id = "showInvitation", tag = "auth", params(crate::params::Lang), request_body = LinkToken,
    responses(
        (status = 200, description = "What it is for.", body = Invitation, content_type = "application/json", example = json!({
            "email": "kurse@example.org", "name": "Kursleitung", "roles": ["organization-editor"],
            "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule" }, "registered": false,
            "expiresAt": "2026-12-01T04:00:00Z"
        })),
        problem::Parameters, problem::Bodies, problem::Links
    )
)]
pub(crate) async fn show_invitation(
    _access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<LinkToken>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let LinkToken { token } = body.read().await?;
    let (invitation, registered) = state.flow(move |flows| flows.invitation(&token)).await?;
    let persistence::accounts::profile::Invitation { account, memberships, expires_at } = invitation;
    let first = memberships.first().and_then(|membership| membership.organization.clone());
    let organization = first.filter(|first| memberships.iter().all(|membership| membership.organization.as_ref() == Some(first)));
    let shown = Invitation {
        email: account.email.ok_or_else(|| ApiError::new(domain::ErrorCode::LinkInvalid))?,
        name: account.name,
        roles: memberships.into_iter().map(|membership| membership.role).collect(),
        organization,
        registered,
        expires_at,
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(shown))
}
