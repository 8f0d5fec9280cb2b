//! `POST /me/factors/passkeys/begin`: a new passkey, please.

use crate::access::{Access, Recently, SignedIn};
use crate::auth::passkey::PasskeyQuestion;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Begin to add a passkey
///
/// The question for a new passkey, for `navigator.credentials.create`. 409 `conflict` where there are twenty already.
#[utoipa::path(
    post, path = "/me/factors/passkeys/begin", operation_id = "beginPasskeyRegistration", tag = "me", params(crate::params::Lang),
    responses(
        (status = 200, description = "The question.", body = PasskeyQuestion, content_type = "application/json", example = json!({
            "challenge": "bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k",
            "options": { "challenge": "c2Vydmljaw", "rp": { "id": "bildung.example.org", "name": "Bildungsregion" },
                "user": { "id": "AZqxwg", "name": "redaktion@example.org", "displayName": "Redaktion" }, "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }] }
        })),
        problem::Parameters, problem::Missing, problem::Clashing
    )
)]
pub(crate) async fn begin_registration(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let actor = access.actor().clone();
    let asked = state.flow(move |flows| flows.begin_passkey_registration(&actor)).await?;
    Ok(HttpResponse::Ok().json(PasskeyQuestion::from(asked)))
}
