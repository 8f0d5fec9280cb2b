//! `POST /auth/logout`: the end of a session.

use super::cookie;
use crate::access::{Access, Cookie};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse, web};

/// Sign out
///
/// Ends the session of the refresh token and takes its cookie away. Access tokens of the session are refused from now on. Without a session
/// nothing happens.
#[utoipa::path(
    post, path = "/auth/logout", operation_id = "logout", tag = "auth", params(crate::params::Lang),
    responses((status = 204, description = "There is no session any more.", headers(("Set-Cookie" = String, description = "Clears `__Host-refresh`."))), problem::Parameters)
)]
pub(crate) async fn logout(access: Access<Cookie>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    if let Some(token) = cookie::presented(&request).map(ToOwned::to_owned) {
        let origin = access.actor().origin.clone();
        state.flow(move |flows| flows.sign_out(&token, &origin)).await?;
    }
    Ok(HttpResponse::NoContent().insert_header((SET_COOKIE, cookie::clear())).finish())
}
