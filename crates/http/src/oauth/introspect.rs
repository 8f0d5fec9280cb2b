//! `POST /oauth/introspect`: what a token is worth.

use super::client::{Presented, authenticate};
use super::{OfOAuth, own_token, refused};
use crate::body::FormBody;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::accounts::Scope;
use identity::tokens::{Claims, Subject};
use persistence::spent_tokens;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token to look at.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct IntrospectionRequest {
    /// The access token.
    #[schema(value_type = String)]
    token: Option<String>,
    /// Id of the client; only needed where nothing else says it.
    client_id: Option<String>,
    /// Refused: a secret belongs into the header.
    #[schema(ignore)]
    client_secret: Option<String>,
    /// See `POST /oauth/token`.
    client_assertion_type: Option<String>,
    /// See `POST /oauth/token`.
    client_assertion: Option<String>,
}

/// What a token is worth. Only `active` if it is worth nothing.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Introspection {
    /// Whether it counts.
    pub active: bool,
    /// What it allows, separated by spaces: no more than the client may have by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Uuid>,
    /// `Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
    /// When it expires, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    /// When it was issued, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    /// The client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<Uuid>,
    /// Who it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// Its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<Uuid>,
}

/// Look at an access token
///
/// RFC 7662. A client may ask only about its own tokens; every other one is worth nothing to it.
#[utoipa::path(
    post, path = "/oauth/introspect", operation_id = "introspectToken", tag = "oauth", security(("clientSecret" = []), ()),
    request_body(content = IntrospectionRequest, content_type = "application/x-www-form-urlencoded", example = json!({
        "token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln"
    })),
    responses(
        (status = 200, description = "What the token is worth.", body = Introspection, content_type = "application/json", example = json!({
            "active": true, "scope": "imports:run", "client_id": "019ab1c2-0000-7000-8000-000000000005", "token_type": "Bearer",
            "exp": 1795507800, "iat": 1795507200, "sub": "019ab1c2-0000-7000-8000-000000000005", "aud": "https://bildung.example.org/api",
            "iss": "https://bildung.example.org", "jti": "019ab1c2-0000-7000-8000-000000000008"
        })),
        OfOAuth
    )
)]
pub(crate) async fn introspect_token(
    state: web::Data<AppState>,
    request: HttpRequest,
    form: FormBody<IntrospectionRequest>,
) -> Result<HttpResponse, ApiError> {
    let IntrospectionRequest { token, client_id, client_secret, client_assertion_type, client_assertion } = form.read().await?;
    let presented = Presented { client_id, client_secret, assertion_type: client_assertion_type, assertion: client_assertion };
    let client = authenticate(&state, &request, presented).await?;
    let token = token.ok_or_else(|| refused("invalid_request", "The parameter token is missing."))?;
    let answer = match own_token::of(&state, client.id, &token) {
        None => Introspection::default(),
        Some(claims) => {
            let jti = claims.id.to_string();
            let spent = state.look_up(move |connection| spent_tokens::is_spent(connection, &jti)).await?;
            if spent { Introspection::default() } else { worth(claims, &client.scopes) }
        }
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer))
}

fn worth(claims: Claims, allowed: &[Scope]) -> Introspection {
    let Subject::Client { id, scopes } = claims.subject else { return Introspection::default() };
    let still = |scope: &String| allowed.iter().any(|allowed| allowed.code() == scope);
    Introspection {
        active: true,
        scope: Some(scopes.into_iter().filter(still).collect::<Vec<_>>().join(" ")),
        client_id: Some(id),
        token_type: Some("Bearer".to_owned()),
        exp: Some(claims.expires_at.timestamp()),
        iat: Some(claims.issued_at.timestamp()),
        sub: Some(id),
        aud: Some(claims.audience),
        iss: Some(claims.issuer),
        jti: Some(claims.id),
    }
}
