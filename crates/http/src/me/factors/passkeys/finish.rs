//! `POST /me/factors/passkeys/finish`: the new passkey.

use crate::access::{Access, SignedIn};
use crate::body::JsonBody;
use crate::me::factors::get::PasskeyView;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::text::Title;
use serde::Deserialize;
use utoipa::ToSchema;

/// A new passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    /// The `challenge` of the question.
    #[schema(max_length = 100, examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    challenge: String,
    /// `RegistrationResponseJSON` (WebAuthn Level 3).
    #[schema(value_type = Object)]
    credential: serde_json::Value,
    /// Name for people.
    name: Title,
}

/// Add a passkey
///
/// This session counts as one with two factors from now on; the others end, and the person is told by mail.
#[utoipa::path(
    post, path = "/me/factors/passkeys/finish", operation_id = "addPasskey", tag = "me", params(crate::params::Lang), request_body = NewPasskey,
    responses(
        (status = 200, description = "The passkey.", body = PasskeyView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000012", "name": "Diensttelefon", "createdAt": "2026-11-24T08:00:00Z"
        })),
        problem::Parameters, problem::SecondFactor, problem::Clashing
    )
)]
pub(crate) async fn finish_registration(
    access: Access<SignedIn>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewPasskey>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (NewPasskey { challenge, credential, name }, actor) = (body.read().await?, access.actor().clone());
    let name = String::from(name);
    let passkey = state.flow(move |flows| flows.finish_passkey_registration(&actor, &challenge, credential, &name)).await?;
    Ok(HttpResponse::Ok().json(PasskeyView::from(passkey)))
}
