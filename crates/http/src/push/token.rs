//! Tokens of forms: a client's id and secret in one, or an access token.

use crate::oauth::with_secret;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::accounts::may::RunImports;
use domain::accounts::{Actor, Identity, Origin};
use domain::{ErrorCode, Uuid};
use identity::tokens::{self, Subject};
use persistence::access::own_source;
use persistence::{Error, spent_tokens};

/// Whoever a token speaks of, and the source that is theirs.
pub(super) struct Holder {
    pub(super) actor: Actor,
    pub(super) source: String,
}

/// 401, the same whatever is wrong with the token.
pub(super) fn unauthenticated() -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated).header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\"")).detail(
        "Das Feld „access_token“ fehlt, kommt nach einer großen Datei oder ist falsch: nötig ist <Kennung>.<Geheimnis> eines Partnersystems oder ein Zugangstoken.",
        "The field “access_token” is missing, comes after a large file, or is wrong: it has to be <client id>.<secret> of a partner system, or an access token.",
    )
}

/// The token in the header of a request, if there is one: a bearer token, or id and secret in the Basic scheme.
pub(super) fn of_header(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let Some(given) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let read = || {
        let (scheme, value) = given.to_str().ok()?.split_once(' ')?;
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(value.trim().to_owned()),
            "basic" => {
                let decoded = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
                decoded.split_once(':').map(|(id, secret)| format!("{id}.{secret}"))
            }
            _ => None,
        }
    };
    read().map(Some).ok_or_else(unauthenticated)
}

/// Who holds a token, and may hand in for the source that is theirs.
pub(super) async fn holder(state: &AppState, token: &str, origin: &Origin) -> Result<Holder, ApiError> {
    let identity = match token.split_once('.').and_then(|(id, secret)| Some((id.parse::<Uuid>().ok()?, secret))) {
        Some((id, secret)) => with_secret(state, id, secret).await.map(|client| Identity::Client { id, scopes: client.scopes }),
        None => bearer(state, token).await,
    };
    let identity = identity.map_err(|error| if error.code() == ErrorCode::Unauthenticated { unauthenticated() } else { error })?;
    let actor = Actor { identity, origin: origin.clone() };
    let (asking, now) = (actor.clone(), state.now());
    let source = state
        .look_up(move |connection| {
            let source = own_source::<RunImports>(connection, &asking, now)?;
            if source.value().revoked_at.is_some() { Err(Error::Unknown) } else { Ok(source.value().key.clone()) }
        })
        .await?;
    Ok(Holder { actor, source })
}

/// The partner system that an access token speaks of. People have no source that is theirs alone.
async fn bearer(state: &AppState, token: &str) -> Result<Identity, ApiError> {
    let claims = tokens::verify(&state.identity.keys, token, &state.identity.expected(), state.now()).map_err(|refused| {
        tracing::debug!(%refused, "a pushed access token was refused");
        unauthenticated()
    })?;
    let Subject::Client { id, scopes } = claims.subject else { return Err(ApiError::new(ErrorCode::Forbidden)) };
    let jti = claims.id.to_string();
    if state.look_up(move |connection| spent_tokens::is_spent(connection, &jti)).await? {
        return Err(unauthenticated());
    }
    Ok(Identity::Client { id, scopes: scopes.iter().filter_map(|scope| scope.parse().ok()).collect() })
}
