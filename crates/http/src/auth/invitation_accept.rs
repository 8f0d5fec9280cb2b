//! `POST /auth/invitation/accept`: begin with an account.

use super::answer::{self, Session};
use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::MailLanguage;
use domain::text::Title;
use serde::Deserialize;
use utoipa::ToSchema;

/// Who accepts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Accepting {
    /// What stands in the link behind `#token=`.
    #[schema(max_length = 100, examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    token: String,
    /// Name.
    name: Title,
    /// The password to sign in with from now on.
    #[schema(max_length = 1000, format = Password, examples("korrekt pferd batterie klammer"))]
    password: String,
    /// Language of mail.
    language: MailLanguage,
}

/// Accept an invitation
///
/// The account and its roles count from now on, and a session begins. A password that breaks the rules is refused with every reason, and the
/// link stays usable. Roles that demand a second factor may do nothing until it is set up.
#[utoipa::path(
    post, path = "/auth/invitation/accept", operation_id = "acceptInvitation", tag = "auth", params(crate::params::Lang), request_body = Accepting,
    responses(
        (status = 200, description = "The session.", body = Session, content_type = "application/json",
         headers(("Set-Cookie" = String, description = "`__Host-refresh`.")), example = json!({
            "status": "signed-in", "accessToken": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln", "tokenType": "Bearer",
            "expiresIn": 600, "authTime": "2026-11-24T08:00:00Z", "account": {
                "id": "019ab1c2-0000-7000-8000-000000000005", "email": "kurse@example.org", "name": "Kursleitung", "language": "de",
                "status": "active", "version": 4, "createdAt": "2026-11-24T04:00:00Z",
                "roles": [{ "membership": "019ab1c2-0000-7000-8000-000000000006", "role": "organization-editor",
                    "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule" } }],
                "capabilities": [], "secondFactor": { "required": false, "totp": false, "passkeys": 0, "recoveryCodes": 0 }, "methods": ["pwd"]
            }
        })),
        problem::Parameters, problem::Bodies, problem::Accepting
    )
)]
pub(crate) async fn accept_invitation(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<Accepting>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let Accepting { token, name, password, language } = body.read().await?;
    let origin = access.actor().origin.clone();
    answer::session(state.hash(move |flows| flows.accept(&token, name, &password, language, &origin)).await?)
}
