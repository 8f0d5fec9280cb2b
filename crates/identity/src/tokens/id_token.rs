//! ID tokens of another provider (OpenID Connect Core 1.0, section 3.1.3.7).

use super::assertion::Audience;
use super::{SKEW, TokenError, header_within, signed};
use chrono::{DateTime, Duration};
use domain::Timestamp;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;

/// Longer texts are not looked at; providers put names and groups into theirs.
const MAX_LENGTH: usize = 16 << 10;
/// Longest subject (Core, section 2).
const MAX_SUBJECT: usize = 255;
/// Oldest token, from issuing to redeeming.
const MAX_AGE: Duration = Duration::minutes(10);
/// How long ago the person may have proved who they are, in seconds: as long as this portal takes a proof for a recent one.
pub const MAX_AUTH_AGE: i64 = 600;

/// `acr` that stand for several factors: the OpenID PAPE policy and the profile of REFEDS.
const MULTI_FACTOR: [&str; 2] = ["http://schemas.openid.net/pape/policies/2007/06/multi-factor", "https://refeds.org/profile/mfa"];

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub struct ExpectedId<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `aud`, and `azp` where there is one.
    pub client_id: &'a str,
    /// `nonce`.
    pub nonce: &'a str,
}

/// Whom the provider saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// `sub`.
    pub subject: String,
    /// Whether it says that there were several factors: `mfa` in `amr` (RFC 8176), or an `acr` that means it.
    pub multi_factor: bool,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Wire {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    auth_time: i64,
    nonce: String,
    #[serde(default)]
    amr: Vec<String>,
    acr: Option<String>,
}

/// Checks a token with the provider's keys.
///
/// # Errors
/// See [`TokenError`]; [`TokenError::UnknownKey`] if new keys may help.
pub fn verify_id_token(keys: &[Jwk], token: &str, expected: &ExpectedId<'_>, now: Timestamp) -> Result<Identified, TokenError> {
    let header: Header = header_within(token, MAX_LENGTH)?;
    let algorithm = match header.alg.as_str() {
        "RS256" => Algorithm::RS256,
        "ES256" => Algorithm::ES256,
        "EdDSA" => Algorithm::EdDSA,
        _ => return Err(TokenError::Header),
    };
    if header.crit.is_some() {
        return Err(TokenError::Header);
    }
    let key = find(keys, header.kid.as_deref(), algorithm).ok_or(TokenError::UnknownKey)?;
    let wire: Wire = signed(token, algorithm, &key)?;
    let for_us = match &wire.aud {
        Audience::One(audience) => audience == expected.client_id,
        Audience::Many(many) => many.iter().any(|audience| audience == expected.client_id) && (many.len() == 1 || wire.azp.is_some()),
    };
    let authorised = wire.azp.as_deref().is_none_or(|party| party == expected.client_id);
    if wire.iss != expected.issuer || !for_us || !authorised || wire.nonce != expected.nonce {
        return Err(TokenError::NotForUs);
    }
    if wire.sub.is_empty() || wire.sub.len() > MAX_SUBJECT {
        return Err(TokenError::Malformed);
    }
    let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Malformed);
    if at(wire.exp)? <= now {
        return Err(TokenError::Expired);
    }
    let (issued, proved) = (at(wire.iat)?, at(wire.auth_time)?);
    let early = wire.nbf.map(at).transpose()?.is_some_and(|begin| begin > now + SKEW);
    let old = issued + MAX_AGE + SKEW < now || proved + Duration::seconds(MAX_AUTH_AGE) + SKEW < now;
    if early || old || issued > now + SKEW || proved > now + SKEW {
        return Err(TokenError::Times);
    }
    let multi_factor = wire.amr.iter().any(|method| method == "mfa") || wire.acr.is_some_and(|class| MULTI_FACTOR.contains(&class.as_str()));
    Ok(Identified { subject: wire.sub, multi_factor })
}

/// The one key that is meant. Without a `kid` there must be only one that fits.
fn find(keys: &[Jwk], kid: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
    let mut fitting = keys.iter().filter(|key| usable(key) == Some(algorithm) && (kid.is_none() || key.common.key_id.as_deref() == kid));
    match (fitting.next(), fitting.next()) {
        (Some(key), None) => DecodingKey::from_jwk(key).ok(),
        _ => None,
    }
}

/// The algorithm a key is good for.
fn usable(key: &Jwk) -> Option<Algorithm> {
    let algorithm = match &key.algorithm {
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(p) if p.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::OctetKeyPair(p) if p.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
        _ => return None,
    };
    let signs = key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    let stated = key.common.key_algorithm.is_none_or(|stated| stated.to_string() == format!("{algorithm:?}"));
    (signs && stated).then_some(algorithm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
    use aws_lc_rs::rsa::{KeyPair, KeySize};
    use aws_lc_rs::signature::KeyPair as _;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jsonwebtoken::{EncodingKey, Header};
    use serde_json::json;

    const EXPECTED: ExpectedId<'_> = ExpectedId { issuer: "https://login.example.org", client_id: "portal", nonce: "n" };

    /// A pair of RSA keys, as most providers have them.
    fn rsa(kid: &str) -> (EncodingKey, Jwk) {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        // PKCS #1 lies within PKCS #8 after 26 bytes of wrapping.
        let key = EncodingKey::from_rsa_der(&private.as_ref()[26..]);
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let public = pair.public_key();
        let (n, e) = (part(public.modulus().big_endian_without_leading_zero()), part(public.exponent().big_endian_without_leading_zero()));
        (key, serde_json::from_value(json!({ "kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": n, "e": e })).unwrap())
    }

    #[test]
    fn rs256_is_understood_and_only_by_the_key_that_is_meant() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let at = now.timestamp();
        let claims = json!({ "iss": EXPECTED.issuer, "sub": "s", "aud": ["portal"], "iat": at, "exp": at + 60, "auth_time": at - 30, "nonce": "n", "acr": "https://refeds.org/profile/mfa" });
        let ((key, public), (_, other)) = (rsa("a"), rsa("b"));
        let token = |algorithm, kid: Option<&str>| {
            jsonwebtoken::encode(&Header { kid: kid.map(str::to_owned), ..Header::new(algorithm) }, &claims, &key).unwrap()
        };
        let verify = |keys: &[Jwk], token: &str| verify_id_token(keys, token, &EXPECTED, now);
        let both = [public.clone(), other.clone()];
        let expected = Identified { subject: "s".to_owned(), multi_factor: true };
        assert_eq!(verify(&both, &token(Algorithm::RS256, Some("a"))), Ok(expected.clone()));
        assert_eq!(verify(&both, &token(Algorithm::RS256, Some("b"))), Err(TokenError::Signature));
        assert_eq!(verify(&both, &token(Algorithm::RS256, None)), Err(TokenError::UnknownKey), "which one?");
        assert_eq!(verify(&[public], &token(Algorithm::RS256, None)), Ok(expected));
        assert_eq!(verify(&both, &token(Algorithm::RS512, Some("a"))), Err(TokenError::Header));
        assert_eq!(verify_id_token(&both, &token(Algorithm::RS256, Some("a")), &EXPECTED, now + Duration::seconds(60)), Err(TokenError::Expired));
    }
}
