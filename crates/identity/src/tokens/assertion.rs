//! Client assertions (`private_key_jwt`, RFC 7523): a partner system proves who it is with its own key.

use super::{SKEW, TokenError, header, signed};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration};
use domain::Timestamp;
use domain::problem::ValueError;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;

/// Longest life of an assertion: its id has to be remembered until then.
const MAX_LIFE: Duration = Duration::hours(1);
/// Most keys a client may have.
const MAX_KEYS: usize = 8;

/// The public keys of a client: Ed25519 and P-256, at least one, told apart by `kid` if there are more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKeys(Vec<Jwk>);

impl ClientKeys {
    /// Reads a JWK set (RFC 7517).
    ///
    /// # Errors
    /// If it is not one, holds private or other keys, or its keys cannot be told apart.
    pub fn parse(jwks: &serde_json::Value) -> Result<Self, ValueError> {
        let private = |key: &serde_json::Value| ["d", "p", "q", "k"].iter().any(|part| key.get(part).is_some());
        if jwks.get("keys").and_then(|keys| keys.as_array()).is_some_and(|keys| keys.iter().any(private)) {
            return Err(ValueError::new(
                "jwks-private",
                "Hier steht ein privater Schlüssel. Geben Sie nur den öffentlichen Teil an und ersetzen Sie diesen Schlüssel.",
                "This contains a private key. Give the public part only, and replace this key.",
            ));
        }
        let keys = JwkSet::deserialize(jwks).map(|set| set.keys).unwrap_or_default();
        let kids: std::collections::HashSet<_> = keys.iter().map(|key| &key.common.key_id).collect();
        let told_apart = keys.len() == 1 || (kids.len() == keys.len() && !kids.contains(&None));
        if keys.is_empty() || keys.len() > MAX_KEYS || !told_apart || keys.iter().any(|key| usable(key).is_none()) {
            return Err(ValueError::new(
                "jwks-invalid",
                format!(
                    "Das ist kein JWK-Set (RFC 7517) mit 1 bis {MAX_KEYS} Schlüsseln: Ed25519 (EdDSA) oder P-256 (ES256), jeder mit eigener „kid“."
                ),
                format!("This is not a JWK set (RFC 7517) of 1 to {MAX_KEYS} keys: Ed25519 (EdDSA) or P-256 (ES256), each with its own “kid”."),
            ));
        }
        Ok(Self(keys))
    }

    fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
        let fits = |key: &&Jwk| usable(key) == Some(algorithm) && (kid.is_none() || key.common.key_id.as_deref() == kid);
        let mut keys = self.0.iter().filter(fits);
        match (keys.next(), keys.next()) {
            (Some(key), None) => DecodingKey::from_jwk(key).ok(),
            _ => None,
        }
    }
}

/// The algorithm a key is good for.
fn usable(key: &Jwk) -> Option<Algorithm> {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32);
    let (algorithm, name) = match &key.algorithm {
        AlgorithmParameters::OctetKeyPair(p) if p.curve == EllipticCurve::Ed25519 && bytes(&p.x) => (Algorithm::EdDSA, KeyAlgorithm::EdDSA),
        AlgorithmParameters::EllipticCurve(p) if p.curve == EllipticCurve::P256 && bytes(&p.x) && bytes(&p.y) => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        _ => return None,
    };
    let signs = key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    (signs && key.common.key_algorithm.is_none_or(|stated| stated == name)).then_some(algorithm)
}

/// What is left to do with an assertion that is valid: refuse its id until it has expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertionClaims {
    /// `jti`, unique per client, at most 255 bytes.
    pub jti: String,
    /// `exp`.
    pub expires_at: Timestamp,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    jku: Option<serde_json::Value>,
    jwk: Option<serde_json::Value>,
    x5u: Option<serde_json::Value>,
    x5c: Option<serde_json::Value>,
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Wire {
    iss: String,
    sub: String,
    aud: Audience,
    jti: String,
    exp: i64,
    iat: Option<i64>,
    nbf: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The client an assertion claims to come from, before anything is checked: to look its keys up.
pub fn claimed_client(assertion: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claim {
        sub: String,
    }
    header::<serde::de::IgnoredAny>(assertion).ok()?;
    let payload = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1)?).ok()?;
    serde_json::from_slice::<Claim>(&payload).ok().map(|claim| claim.sub)
}

/// Checks an assertion of `client_id` against its keys. `audiences` are the names of this server: its issuer and its token endpoint.
///
/// # Errors
/// See [`TokenError`].
pub fn verify_assertion(
    keys: &ClientKeys,
    assertion: &str,
    client_id: &str,
    audiences: &[&str],
    now: Timestamp,
) -> Result<AssertionClaims, TokenError> {
    let header: Header = header(assertion)?;
    let algorithm = match header.alg.as_str() {
        "EdDSA" => Algorithm::EdDSA,
        "ES256" => Algorithm::ES256,
        _ => return Err(TokenError::Header),
    };
    let foreign = [&header.jku, &header.jwk, &header.x5u, &header.x5c, &header.crit].iter().any(|parameter| parameter.is_some());
    // An access token, signed for another purpose, must not pass for an assertion.
    let typed = header.typ.as_deref().is_none_or(|typ| ["JWT", "client-authentication+jwt"].iter().any(|known| known.eq_ignore_ascii_case(typ)));
    if foreign || !typed {
        return Err(TokenError::Header);
    }
    let key = keys.find(header.kid.as_deref(), algorithm).ok_or(TokenError::UnknownKey)?;
    let wire: Wire = signed(assertion, algorithm, &key)?;
    let for_us = match &wire.aud {
        Audience::One(audience) => audiences.contains(&audience.as_str()),
        Audience::Many(many) => many.iter().any(|audience| audiences.contains(&audience.as_str())),
    };
    if wire.iss != client_id || wire.sub != client_id || !for_us {
        return Err(TokenError::NotForUs);
    }
    if wire.jti.is_empty() || wire.jti.len() > 255 {
        return Err(TokenError::Malformed);
    }
    let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Malformed);
    let expires_at = at(wire.exp)?;
    if expires_at <= now {
        return Err(TokenError::Expired);
    }
    for not_before in [wire.iat, wire.nbf].into_iter().flatten() {
        if at(not_before)? > now + SKEW {
            return Err(TokenError::Times);
        }
    }
    if expires_at > now + MAX_LIFE + SKEW {
        return Err(TokenError::Times);
    }
    Ok(AssertionClaims { jti: wire.jti, expires_at })
}

#[cfg(test)]
mod tests;
