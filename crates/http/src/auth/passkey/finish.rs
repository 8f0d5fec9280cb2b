//! `POST /auth/passkey/finish`: signing in with a passkey alone.

use super::PasskeyAnswer;
use crate::access::{Access, Public};
use crate::auth::answer;
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Sign in with a passkey
///
/// Without address and password. It counts as two factors: the device has verified the person.
#[utoipa::path(
    post, path = "/auth/passkey/finish", operation_id = "signInWithPasskey", tag = "auth", params(crate::params::Lang), request_body = PasskeyAnswer,
    responses(
        answer::WithCookie,
        problem::Parameters, problem::SecondFactor
    )
)]
pub(crate) async fn finish(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<PasskeyAnswer>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let PasskeyAnswer { challenge, credential } = body.read().await?;
    let origin = access.actor().origin.clone();
    answer::session(state.flow(move |flows| flows.finish_passkey(&challenge, credential, &origin)).await?)
}
