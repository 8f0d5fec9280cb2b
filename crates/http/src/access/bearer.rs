//! The access token of a request.

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use domain::ErrorCode;
use domain::Uuid;
use domain::accounts::Identity;
use identity::tokens::{self, Subject};

/// The identity that the access token of a request speaks of. `None` without a token; an error with one that is not right.
pub(super) fn identity(state: &AppState, request: &HttpRequest) -> Result<Option<(Identity, Uuid)>, ApiError> {
    let Some(given) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let token = given.to_str().ok().and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or_else(|| unauthenticated("Bearer error=\"invalid_request\""))?;
    let claims = tokens::verify(&state.identity.keys, token.trim(), &state.identity.expected(), state.now()).map_err(|refused| {
        tracing::debug!(%refused, "an access token was refused");
        unauthenticated("Bearer error=\"invalid_token\"")
    })?;
    let identity = match claims.subject {
        Subject::Account { id, session, .. } => Identity::Account { id, session },
        Subject::Client { id, scopes } => Identity::Client { id, scopes: scopes.iter().filter_map(|scope| scope.parse().ok()).collect() },
    };
    Ok(Some((identity, claims.id)))
}

/// 401 with a challenge (RFC 6750).
pub(super) fn unauthenticated(challenge: &'static str) -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated).header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
