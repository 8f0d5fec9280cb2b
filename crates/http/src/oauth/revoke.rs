//! `POST /oauth/revoke`: give a token back before its time.

use super::client::{Presented, authenticate};
use super::{OfOAuth, own_token, refused};
use crate::body::FormBody;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use persistence::spent_tokens;
use serde::Deserialize;
use utoipa::ToSchema;

/// A token to end.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RevocationRequest {
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

/// End an access token
///
/// RFC 7009. The answer is the same for a token that is not valid, or not this client's: then nothing happens.
#[utoipa::path(
    post, path = "/oauth/revoke", operation_id = "revokeToken", tag = "oauth", security(("clientSecret" = []), ()),
    request_body(content = RevocationRequest, content_type = "application/x-www-form-urlencoded", example = json!({
        "token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln"
    })),
    responses((status = 200, description = "The token does not count (any more)."), OfOAuth)
)]
pub(crate) async fn revoke_token(
    state: web::Data<AppState>,
    request: HttpRequest,
    form: FormBody<RevocationRequest>,
) -> Result<HttpResponse, ApiError> {
    let RevocationRequest { token, client_id, client_secret, client_assertion_type, client_assertion } = form.read().await?;
    let presented = Presented { client_id, client_secret, assertion_type: client_assertion_type, assertion: client_assertion };
    let client = authenticate(&state, &request, presented).await?;
    let token = token.ok_or_else(|| refused("invalid_request", "The parameter token is missing."))?;
    if let Some(claims) = own_token::of(&state, client.id, &token) {
        state.write(move |tx| spent_tokens::spend(tx, &claims.id.to_string(), "access", claims.expires_at)).await?;
    }
    Ok(HttpResponse::Ok().finish())
}
