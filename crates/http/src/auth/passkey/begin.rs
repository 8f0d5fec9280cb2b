//! `POST /auth/passkey/begin`: which passkey?

use super::PasskeyQuestion;
use crate::access::{Access, Public};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Ask for a passkey
///
/// The question for any passkey of this portal that the device has: to sign in without an address, or to prove once more who one is.
#[utoipa::path(
    post, path = "/auth/passkey/begin", operation_id = "beginPasskey", tag = "auth", params(crate::params::Lang),
    responses(
        (status = 200, description = "The question.", body = PasskeyQuestion, content_type = "application/json", example = json!({
            "challenge": "bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k",
            "options": { "challenge": "c2Vydmljaw", "rpId": "bildung.example.org", "timeout": 300000, "userVerification": "required", "allowCredentials": [] }
        })),
        problem::Parameters, problem::Throttled, problem::Missing
    )
)]
pub(crate) async fn begin(_: Access<Public>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let asked = state.flow(|flows| flows.begin_passkey()).await?;
    Ok(HttpResponse::Ok().json(PasskeyQuestion::from(asked)))
}
