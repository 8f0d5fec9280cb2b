//! `POST /oauth/token`: an access token for a partner system.

use super::client::{Presented, authenticate};
use super::{OfOAuth, refused};
use crate::body::FormBody;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::Scope;
use domain::new_id;
use identity::tokens::{ACCESS_SECONDS, Claims, Subject, issue};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A request for a token. Parameters that are not known are ignored, as the standard demands.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TokenRequest {
    /// `client_credentials`.
    #[schema(value_type = String, examples("client_credentials"))]
    grant_type: Option<String>,
    /// What to be allowed, separated by spaces; everything the client may have if it is left out.
    #[schema(examples("imports:run"))]
    scope: Option<String>,
    /// Id of the client; only needed where nothing else says it.
    client_id: Option<String>,
    /// Refused: a secret belongs into the header.
    #[schema(ignore)]
    client_secret: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`, with `client_assertion`.
    client_assertion_type: Option<String>,
    /// A JWT signed with the client's own key (RFC 7523): `iss` and `sub` the client, `aud` the token endpoint, `jti` used once, `exp` within an hour.
    client_assertion: Option<String>,
}

/// An access token.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TokenResponse {
    /// The token (RFC 9068).
    pub access_token: String,
    /// `Bearer`.
    #[schema(examples("Bearer"))]
    pub token_type: String,
    /// Seconds until it expires.
    #[schema(examples(600))]
    pub expires_in: i64,
    /// What it allows, separated by spaces.
    #[schema(examples("imports:run"))]
    pub scope: String,
}

/// Get an access token
///
/// Client credentials (RFC 6749, section 4.4). What the client may touch follows from its registration, never from this request.
#[utoipa::path(
    post, path = "/oauth/token", operation_id = "issueToken", tag = "oauth", security(("clientSecret" = []), ()),
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded", example = json!({
        "grant_type": "client_credentials", "scope": "imports:run"
    })),
    responses(
        (status = 200, description = "The token. Never to be cached.", body = TokenResponse, content_type = "application/json", example = json!({
            "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln", "token_type": "Bearer", "expires_in": 600, "scope": "imports:run"
        })),
        OfOAuth
    )
)]
pub(crate) async fn issue_token(state: web::Data<AppState>, request: HttpRequest, form: FormBody<TokenRequest>) -> Result<HttpResponse, ApiError> {
    let TokenRequest { grant_type, scope, client_id, client_secret, client_assertion_type, client_assertion } = form.read().await?;
    match grant_type.as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Err(refused("unsupported_grant_type", "Only client_credentials is supported.")),
        None => return Err(refused("invalid_request", "The parameter grant_type is missing.")),
    }
    let presented = Presented { client_id, client_secret, assertion_type: client_assertion_type, assertion: client_assertion };
    let client = authenticate(&state, &request, presented).await?;
    let granted =
        granted(scope.as_deref(), &client.scopes).ok_or_else(|| refused("invalid_scope", "This scope is unknown, or the client may not have it."))?;
    let scopes: Vec<String> = granted.iter().map(|scope| scope.code().to_owned()).collect();
    let scope = scopes.join(" ");
    let services = &state.services;
    let subject = Subject::Client { id: client.id, scopes };
    let claims = Claims::new(&state.identity.expected(), subject, new_id(&*services.clock, &*services.rng), state.now());
    let access_token = issue(&state.identity.keys, &claims).map_err(ApiError::internal)?;
    let token = TokenResponse { access_token, token_type: "Bearer".to_owned(), expires_in: ACCESS_SECONDS, scope };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::PRAGMA, "no-cache")).json(token))
}

/// The scopes to grant: all that are asked for, or all there are. `None` if something else is asked for.
fn granted(asked: Option<&str>, allowed: &[Scope]) -> Option<Vec<Scope>> {
    let Some(asked) = asked else { return Some(allowed.to_vec()) };
    let mut granted = Vec::new();
    for code in asked.split(' ').filter(|code| !code.is_empty()) {
        let scope = code.parse().ok().filter(|scope| allowed.contains(scope))?;
        if !granted.contains(&scope) {
            granted.push(scope);
        }
    }
    (!granted.is_empty()).then_some(granted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_at_most_what_the_client_may_have() {
        let may = [Scope::RunImports, Scope::ReadStats];
        assert_eq!(granted(None, &may), Some(may.to_vec()));
        assert_eq!(granted(Some("stats:read stats:read"), &may), Some(vec![Scope::ReadStats]));
        for other in ["webhooks:manage", "imports:run webhooks:manage", "imports:run,stats:read", "IMPORTS:RUN", " ", "x"] {
            assert_eq!(granted(Some(other), &may), None, "{other}");
        }
    }
}
