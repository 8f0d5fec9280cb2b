//! `POST /auth/login/second-factor`: a code after the password.

use super::answer;
use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use identity::flows::Method;
use serde::Deserialize;
use utoipa::ToSchema;

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorCode {
    /// The `challenge` of the first answer.
    #[schema(max_length = 100, examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    challenge: String,
    /// What kind of code it is.
    method: CodeMethod,
    /// The code.
    #[schema(max_length = 40, examples("287082"))]
    code: String,
}

/// What kind of code it is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CodeMethod {
    /// Of an authenticator app.
    Totp,
    /// A recovery code.
    RecoveryCode,
}

/// Give a code as second factor
///
/// Within five minutes of the password, and at most five times; then the sign-in begins anew (410 `link-invalid`). Every code is good for one use.
#[utoipa::path(
    post, path = "/auth/login/second-factor", operation_id = "giveSecondFactor", tag = "auth", params(crate::params::Lang), request_body = SecondFactorCode,
    responses(
        answer::WithCookie,
        problem::Parameters, problem::SecondFactor
    )
)]
pub(crate) async fn second_factor(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<SecondFactorCode>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let SecondFactorCode { challenge, method, code } = body.read().await?;
    let origin = access.actor().origin.clone();
    let opened = match method {
        CodeMethod::Totp => state.flow(move |flows| flows.second_factor(&challenge, Method::Totp, &code, &origin)).await?,
        CodeMethod::RecoveryCode => state.hash(move |flows| flows.second_factor(&challenge, Method::RecoveryCode, &code, &origin)).await?,
    };
    answer::session(opened)
}
