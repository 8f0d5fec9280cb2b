//! Access tokens: JWTs after RFC 9068, signed with Ed25519, ten minutes long. They say who, never what one may do.

pub mod assertion;
pub mod id_token;

use crate::keys::{KeyError, KeyRing};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration};
use domain::{Timestamp, Uuid};
use jsonwebtoken::{Algorithm, Validation};
use serde::{Deserialize, Serialize};

/// How long an access token lives, in seconds.
pub const ACCESS_SECONDS: i64 = 600;
/// The `typ` of an access token (RFC 9068).
const ACCESS_TYPE: &str = "at+jwt";
/// How far the clocks of two nodes, or of a partner, may differ.
const SKEW: Duration = Duration::seconds(60);
/// Longer texts are not looked at; ours have about 700 characters.
const MAX_LENGTH: usize = 4096;

/// Why a token is refused. For the log: whoever sent it only learns that it is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a JWT with exactly the claims that are expected.
    #[error("not a readable token")]
    Malformed,
    /// The header asks for another algorithm or type, or carries a parameter that may not decide anything here (`jku`, `jwk`, `crit`, …).
    #[error("a header that is not accepted")]
    Header,
    /// The key is not known (any more).
    #[error("signed with an unknown key")]
    UnknownKey,
    /// The signature does not fit.
    #[error("a wrong signature")]
    Signature,
    /// Issued by someone else, or for someone else.
    #[error("a wrong issuer, subject or audience")]
    NotForUs,
    /// No longer valid.
    #[error("expired")]
    Expired,
    /// Issued in the future, or valid for longer than allowed.
    #[error("implausible times")]
    Times,
}

/// Why a token cannot be issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Signing failed.
    #[error("signing failed: {0}")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

/// Who a token speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A person in a session.
    Account {
        /// The account (`sub`).
        id: Uuid,
        /// The session (`sid`).
        session: Uuid,
        /// When the person last proved who they are (`auth_time`), in whole seconds.
        auth_time: Timestamp,
        /// How (`amr`, RFC 8176): `pwd`, `otp`, `hwk`, `mfa`.
        methods: Vec<String>,
    },
    /// A partner system.
    Client {
        /// The client (`sub` and `client_id`).
        id: Uuid,
        /// The scopes that were granted (`scope`).
        scopes: Vec<String>,
    },
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// `iss`: the public address of this installation.
    pub issuer: String,
    /// `aud`: the API.
    pub audience: String,
    /// `sub` and what belongs to it.
    pub subject: Subject,
    /// `jti`.
    pub id: Uuid,
    /// `iat`, in whole seconds.
    pub issued_at: Timestamp,
    /// `exp`, in whole seconds; at most [`ACCESS_SECONDS`] after `issued_at`.
    pub expires_at: Timestamp,
}

impl Claims {
    /// Claims that are valid from `now` for [`ACCESS_SECONDS`].
    pub fn new(expected: &Expected<'_>, subject: Subject, id: Uuid, now: Timestamp) -> Self {
        let issued_at = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
        let expires_at = issued_at + Duration::seconds(ACCESS_SECONDS);
        Self { issuer: expected.issuer.to_owned(), audience: expected.audience.to_owned(), subject, id, issued_at, expires_at }
    }
}

/// What a token must say to be for us.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `aud`.
    pub audience: &'a str,
}

/// The header of our tokens, and nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    iss: String,
    aud: String,
    sub: Uuid,
    jti: Uuid,
    iat: i64,
    exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amr: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// Signs a token with the newest key.
///
/// # Errors
/// If signing fails.
pub fn issue(keys: &KeyRing, claims: &Claims) -> Result<String, IssueError> {
    let key = keys.signing(claims.issued_at)?;
    let mut header = jsonwebtoken::Header::new(Algorithm::EdDSA);
    header.typ = Some(ACCESS_TYPE.to_owned());
    header.kid = Some(key.kid().to_owned());
    let mut wire = Wire {
        iss: claims.issuer.clone(),
        aud: claims.audience.clone(),
        sub: Uuid::nil(),
        jti: claims.id,
        iat: claims.issued_at.timestamp(),
        exp: claims.expires_at.timestamp(),
        sid: None,
        auth_time: None,
        amr: None,
        client_id: None,
        scope: None,
    };
    match &claims.subject {
        Subject::Account { id, session, auth_time, methods } => {
            (wire.sub, wire.sid, wire.auth_time, wire.amr) = (*id, Some(*session), Some(auth_time.timestamp()), Some(methods.clone()));
        }
        Subject::Client { id, scopes } => (wire.sub, wire.client_id, wire.scope) = (*id, Some(*id), Some(scopes.join(" "))),
    }
    Ok(jsonwebtoken::encode(&header, &wire, key.encoding())?)
}

/// Checks a token and gives what it says. `now` is the injected time; the library's own clock is not asked.
///
/// # Errors
/// See [`TokenError`].
pub fn verify(keys: &KeyRing, token: &str, expected: &Expected<'_>, now: Timestamp) -> Result<Claims, TokenError> {
    let header: Header = header(token)?;
    if header.alg != "EdDSA" || header.typ != ACCESS_TYPE {
        return Err(TokenError::Header);
    }
    let key = keys.verifying(&header.kid, now).ok_or(TokenError::UnknownKey)?;
    let wire: Wire = signed(token, Algorithm::EdDSA, key.decoding())?;
    if wire.iss != expected.issuer || wire.aud != expected.audience {
        return Err(TokenError::NotForUs);
    }
    let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Malformed);
    let (issued_at, expires_at) = (at(wire.iat)?, at(wire.exp)?);
    if expires_at <= now {
        return Err(TokenError::Expired);
    }
    if issued_at > now + SKEW || !(1..=ACCESS_SECONDS).contains(&(wire.exp - wire.iat)) {
        return Err(TokenError::Times);
    }
    let subject = match (wire.sid, wire.auth_time, wire.amr, wire.client_id, wire.scope) {
        (Some(session), Some(auth_time), Some(methods), None, None) => Subject::Account { id: wire.sub, session, auth_time: at(auth_time)?, methods },
        (None, None, None, Some(client), Some(scope)) if client == wire.sub => {
            Subject::Client { id: client, scopes: scope.split_ascii_whitespace().map(str::to_owned).collect() }
        }
        _ => return Err(TokenError::Malformed),
    };
    Ok(Claims { issuer: wire.iss, audience: wire.aud, subject, id: wire.jti, issued_at, expires_at })
}

/// The header of a token of three parts. Nothing is known about its truth yet.
fn header<T: serde::de::DeserializeOwned>(token: &str) -> Result<T, TokenError> {
    header_within(token, MAX_LENGTH)
}

fn header_within<T: serde::de::DeserializeOwned>(token: &str, length: usize) -> Result<T, TokenError> {
    if token.len() > length {
        return Err(TokenError::Malformed);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(_), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(TokenError::Malformed);
    };
    let bytes = URL_SAFE_NO_PAD.decode(header).map_err(|_| TokenError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenError::Header)
}

/// The claims of a token whose signature fits. No claim is checked here: the library takes a missing `aud` for a good one and reads the
/// machine's clock, so the callers check every claim themselves.
fn signed<T: serde::de::DeserializeOwned>(token: &str, algorithm: Algorithm, key: &jsonwebtoken::DecodingKey) -> Result<T, TokenError> {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    jsonwebtoken::decode::<T>(token, key, &validation).map(|data| data.claims).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenError::Signature,
        jsonwebtoken::errors::ErrorKind::InvalidAlgorithm => TokenError::Header,
        _ => TokenError::Malformed,
    })
}

#[cfg(test)]
mod tests;
