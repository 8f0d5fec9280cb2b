//! `POST /auth/step-up`: who is it, once more?

use super::answer;
use crate::access::{Access, SignedIn};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::problem::ValueError;
use identity::flows::StepUp as Proof;
use serde::Deserialize;
use utoipa::ToSchema;

/// A proof: `password`, or `code`, or `challenge` with `credential`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "287082" }))]
pub struct StepUp {
    /// The password; does only for accounts without a second factor.
    #[serde(default)]
    #[schema(max_length = 1000, format = Password)]
    password: Option<String>,
    /// A code of the authenticator app, or a recovery code.
    #[serde(default)]
    #[schema(max_length = 40)]
    code: Option<String>,
    /// The `challenge` of `POST /auth/passkey/begin`.
    #[serde(default)]
    #[schema(max_length = 100)]
    challenge: Option<String>,
    /// `AuthenticationResponseJSON` (WebAuthn Level 3).
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    credential: Option<serde_json::Value>,
}

/// Prove once more who one is
///
/// What changes credentials, roles and secrets asks for a proof that is at most ten minutes old (401 `step-up-required`). Gives a new access token
/// of the same session; its refresh token stays. Whoever has a second factor proves with it.
#[utoipa::path(
    post, path = "/auth/step-up", operation_id = "stepUp", tag = "auth", params(crate::params::Lang), request_body = StepUp,
    responses(
        answer::WithoutCookie,
        problem::Parameters, problem::StepUp
    )
)]
pub(crate) async fn step_up(
    access: Access<SignedIn>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<StepUp>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let proof = match body.read().await? {
        StepUp { password: Some(password), code: None, challenge: None, credential: None } => Proof::Password(password),
        StepUp { password: None, code: Some(code), challenge: None, credential: None } => Proof::Code(code),
        StepUp { password: None, code: None, challenge: Some(challenge), credential: Some(credential) } => Proof::Passkey { challenge, credential },
        _ => return Err(ApiError::new(ErrorCode::Invalid).field("/body", one_of())),
    };
    let actor = access.actor().clone();
    answer::session(state.hash(move |flows| flows.step_up(&actor, proof)).await?)
}

fn one_of() -> ValueError {
    ValueError::new(
        "proof-ambiguous",
        "Geben Sie genau eines an: password, code, oder challenge mit credential.",
        "Give exactly one: password, code, or challenge with credential.",
    )
}
