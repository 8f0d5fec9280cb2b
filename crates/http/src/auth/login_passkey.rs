//! `POST /auth/login/passkey`: a passkey after the password.

use super::answer;
use super::passkey::PasskeyAnswer;
use crate::access::{Access, Public};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Give a passkey as second factor
///
/// `credential` answers the `passkey` of the first answer; `challenge` is that of the first answer.
#[utoipa::path(
    post, path = "/auth/login/passkey", operation_id = "givePasskey", tag = "auth", params(crate::params::Lang), request_body = PasskeyAnswer,
    responses(
        answer::WithCookie,
        problem::Parameters, problem::SecondFactor
    )
)]
pub(crate) async fn login_passkey(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<PasskeyAnswer>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let PasskeyAnswer { challenge, credential } = body.read().await?;
    let origin = access.actor().origin.clone();
    answer::session(state.flow(move |flows| flows.second_factor_passkey(&challenge, credential, &origin)).await?)
}
