//! How a partner system proves who it is: a secret in the Basic scheme, or an assertion signed with its own key. Nothing else.

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{ErrorCode, Uuid};
use identity::secrets;
use identity::tokens::assertion::{ClientKeys, claimed_client, verify_assertion};
use persistence::Error;
use persistence::clients::{self, Client, Proof};

/// The one kind of assertion (RFC 7523).
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Longest secret that is looked at; ours have 47 characters, those of the first version 64.
const LONGEST_SECRET: usize = 200;

/// What the form says about the client.
#[derive(Debug, Default)]
pub(super) struct Presented {
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) assertion_type: Option<String>,
    pub(super) assertion: Option<String>,
}

/// 401: deliberately the same for an unknown client, a wrong secret and a revoked source.
fn invalid_client() -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated)
        .oauth("invalid_client", "The client is unknown, or what it presents does not prove that it is this client.")
        .header(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"oauth\", charset=\"UTF-8\""))
}

fn invalid_request(description: &'static str) -> ApiError {
    super::refused("invalid_request", description)
}

/// The client that a request proves. Assertions are spent by it.
pub(super) async fn authenticate(state: &AppState, request: &HttpRequest, presented: Presented) -> Result<Client, ApiError> {
    let Presented { client_id, client_secret, assertion_type, assertion } = presented;
    if client_secret.is_some() {
        return Err(invalid_request("A secret belongs into the Authorization header (client_secret_basic), not into the body."));
    }
    let (id, proof) = match (request.headers().get(AUTHORIZATION), assertion, assertion_type.as_deref()) {
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => return Err(invalid_request("A client may prove who it is in one way only.")),
        (Some(header), None, None) => basic(header).ok_or_else(invalid_client)?,
        (None, Some(assertion), Some(ASSERTION)) => signed(state, &assertion).await?,
        (None, Some(_), _) => return Err(invalid_request("The client_assertion_type has to be that of RFC 7523.")),
        (None, None, _) => return Err(invalid_client()),
    };
    if client_id.is_some_and(|named| named.parse() != Ok(id)) {
        return Err(invalid_client());
    }
    proven(state, id, proof).await
}

/// Id and secret of the Basic scheme: both encoded as in a form (RFC 6749, section 2.3.1).
fn basic(header: &HeaderValue) -> Option<(Uuid, Proof)> {
    let (scheme, encoded) = header.to_str().ok()?.split_once(' ')?;
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let (id, secret) = (form_decoded(id)?, form_decoded(secret)?);
    let plausible = scheme.eq_ignore_ascii_case("basic") && secret.len() <= LONGEST_SECRET;
    plausible.then_some((id.parse().ok()?, Proof::Secret(secrets::digest(&secret))))
}

fn form_decoded(part: &str) -> Option<String> {
    // A name without `=` and `&` is one pair with an empty value.
    if part.contains(['=', '&']) {
        return None;
    }
    url::form_urlencoded::parse(part.as_bytes()).next().map_or(Some(String::new()), |(text, _)| Some(text.into_owned()))
}

/// The client of an assertion whose signature and claims are right.
async fn signed(state: &AppState, assertion: &str) -> Result<(Uuid, Proof), ApiError> {
    let id: Uuid = claimed_client(assertion).and_then(|id| id.parse().ok()).ok_or_else(invalid_client)?;
    let client = state.look_up(move |connection| clients::of_token(connection, id)).await?;
    let jwks = client.and_then(|client| client.jwks).ok_or_else(invalid_client)?;
    let jwks = serde_json::from_str(&jwks).map_err(ApiError::internal)?;
    let keys = ClientKeys::parse(&jwks).map_err(|error| ApiError::internal(error.en))?;
    let (issuer, endpoint) = (state.identity.issuer.as_str(), format!("{}/oauth/token", state.identity.issuer));
    let claims = verify_assertion(&keys, assertion, &id.to_string(), &[&endpoint, issuer], state.now()).map_err(|refused| {
        tracing::info!(client = %id, %refused, "a client assertion was refused");
        invalid_client()
    })?;
    Ok((id, Proof::Assertion { jti: claims.jti, expires_at: claims.expires_at }))
}

/// The client with this id and this secret.
pub(crate) async fn with_secret(state: &AppState, id: Uuid, secret: &str) -> Result<Client, ApiError> {
    if secret.len() > LONGEST_SECRET {
        return Err(invalid_client());
    }
    proven(state, id, Proof::Secret(secrets::digest(secret))).await
}

/// Looks the proof up; writes only where an assertion is spent or the last use is due.
async fn proven(state: &AppState, id: Uuid, proof: Proof) -> Result<Client, ApiError> {
    let (now, looked_at) = (state.now(), proof.clone());
    let read = state
        .look_up(move |connection| {
            let writes = clients::writes(connection, id, &looked_at, now)?;
            if writes { Ok(None) } else { nobody(clients::authenticate(connection, id, &looked_at, now)).map(Some) }
        })
        .await?;
    let client = match read {
        Some(client) => client,
        None => state.write(move |tx| nobody(clients::authenticate(tx, id, &proof, now))).await?,
    };
    client.ok_or_else(|| {
        tracing::info!(client = %id, "a client was refused");
        invalid_client()
    })
}

/// A client that does not prove who it is, is nobody; everything else is a failure of ours.
fn nobody(found: persistence::Result<Client>) -> persistence::Result<Option<Client>> {
    match found {
        Ok(client) => Ok(Some(client)),
        Err(Error::Unknown) => Ok(None),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<(Uuid, Proof)> {
        basic(&HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(text))).unwrap())
    }

    #[test]
    fn id_and_secret_are_decoded_as_in_a_form() {
        let id = Uuid::from_u128(7);
        let secret = |text: &str| Some((id, Proof::Secret(secrets::digest(text))));
        assert_eq!(decoded(&format!("{id}:brs_a-b_c")), secret("brs_a-b_c"));
        assert_eq!(decoded(&format!("{id}:a%3Ab+c%25")), secret("a:b c%"));
        assert_eq!(decoded(&format!("{id}:a:b")), secret("a:b"));
        for wrong in ["", ":", "x:y", &format!("{id}"), &format!("{id}:a=b"), &format!("{id}:{}", "x".repeat(201))] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
        assert_eq!(basic(&HeaderValue::from_static("Bearer eDp5")), None);
    }
}
