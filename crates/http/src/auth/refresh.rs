//! `POST /auth/refresh`: a new access token, and the next refresh token.

use super::answer;
use super::cookie;
use crate::access::{Access, Cookie};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;

/// Renew the session
///
/// Takes the refresh token from its cookie and replaces it. The answer to a token may be asked for again within 30 seconds, as long as the next
/// one was not used: a lost answer ends no session. Any other second use ends the session for whoever holds it.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    operation_id = "refreshSession",
    tag = "auth",
    params(crate::params::Lang),
    responses(answer::WithCookie, problem::Parameters)
)]
pub(crate) async fn refresh(access: Access<Cookie>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let token = cookie::presented(&request).ok_or_else(|| ApiError::new(ErrorCode::SessionEnded))?.to_owned();
    let origin = access.actor().origin.clone();
    match state.flow(move |flows| flows.refresh(&token, &origin)).await {
        Ok(opened) => answer::session(opened),
        Err(error) if error.code() == ErrorCode::SessionEnded => Err(error.header(SET_COOKIE, cookie::clear())),
        Err(error) => Err(error),
    }
}
