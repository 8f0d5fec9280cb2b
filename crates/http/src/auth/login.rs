//! `POST /auth/login`: with address and password.

use super::answer::{self, SignInAnswer};
use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

/// Address and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// E-mail address of the account.
    #[schema(max_length = 254, examples("redaktion@example.org"))]
    email: String,
    /// Password.
    #[schema(max_length = 1000, format = Password, examples("korrekt pferd batterie klammer"))]
    password: String,
}

/// Sign in with a password
///
/// Gives a session, or asks for the second factor. An unknown address, an account that is not active and a wrong password get the same answer
/// after the same time. Who guesses too often has to wait, and is never locked out.
#[utoipa::path(
    post, path = "/auth/login", operation_id = "login", tag = "auth", params(crate::params::Lang), request_body = Login,
    responses(
        (status = 200, description = "A session, or the question for the second factor.", body = SignInAnswer, content_type = "application/json",
         headers(("Set-Cookie" = String, description = "`__Host-refresh`, where there is a session.")),
         example = json!({ "status": "second-factor", "challenge": "bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k", "methods": ["totp", "recovery-code"], "expiresIn": 300 })),
        problem::Parameters, problem::SignIn
    )
)]
pub(crate) async fn login(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<Login>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let Login { email, password } = body.read().await?;
    let origin = access.actor().origin.clone();
    answer::signed_in(state.hash(move |flows| flows.sign_in(&email, &password, &origin)).await?)
}
