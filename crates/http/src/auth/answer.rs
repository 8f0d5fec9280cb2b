//! What comes of signing in.

use super::cookie;
use crate::me::get::{self, Me};
use crate::problem::ApiError;
use actix_web::HttpResponse;
use actix_web::http::header;
use chrono::{DateTime, SubsecRound as _, Utc};
use identity::flows::{Challenge as Asked, Method, Opened, SignedIn};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, PartialSchema as _, ToSchema};

/// A session.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SignedInSession)]
pub struct Session {
    /// `signed-in`.
    pub status: SignedInStatus,
    /// The access token, to be sent as `Authorization: Bearer …`. Pages keep it in memory only.
    #[schema(examples("eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln"))]
    pub access_token: String,
    /// `Bearer`.
    pub token_type: TokenType,
    /// How long the access token is valid, in seconds.
    #[schema(examples(600))]
    pub expires_in: i64,
    /// When the person last proved who they are.
    pub auth_time: DateTime<Utc>,
    /// The own account.
    pub account: Me,
}

/// The status of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignedInStatus {
    /// There is a session.
    SignedIn,
}

/// The type of an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum TokenType {
    /// RFC 6750.
    Bearer,
}

/// The question for the second factor.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Challenge {
    /// `second-factor`.
    pub status: ChallengeStatus,
    /// Names what was begun, for the second message.
    #[schema(examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    pub challenge: String,
    /// What would do.
    pub methods: Vec<FactorMethod>,
    /// `PublicKeyCredentialRequestOptions` as JSON (WebAuthn), where there is a passkey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey: Option<serde_json::Value>,
    /// How long the second message may take, in seconds.
    #[schema(examples(300))]
    pub expires_in: i64,
}

/// The status of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChallengeStatus {
    /// The second factor is missing.
    SecondFactor,
}

/// A way to give the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactorMethod {
    /// A code of an authenticator app.
    Totp,
    /// A recovery code.
    RecoveryCode,
    /// A passkey.
    Passkey,
}

impl From<Method> for FactorMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Totp => Self::Totp,
            Method::RecoveryCode => Self::RecoveryCode,
            Method::Passkey => Self::Passkey,
        }
    }
}

/// What comes of a right password: a session, or the question for the second factor.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum SignInAnswer {
    /// There is no second factor.
    Session(Box<Session>),
    /// There is one.
    Challenge(Challenge),
}

/// Documents a session with its cookie.
pub(crate) struct WithCookie;

impl IntoResponses for WithCookie {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let cookie = HeaderBuilder::new().schema(Some(String::schema())).description(Some("`__Host-refresh`.")).build();
        [("200".to_owned(), RefOr::T(documented().header("Set-Cookie", cookie).build()))].into()
    }
}

/// Documents a session whose cookie stays as it is.
pub(crate) struct WithoutCookie;

impl IntoResponses for WithoutCookie {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        [("200".to_owned(), RefOr::T(documented().build()))].into()
    }
}

fn documented() -> ResponseBuilder {
    let mut content = Content::new(Some(Ref::from_schema_name("SignedInSession")));
    content.example = Some(serde_json::json!({
        "status": "signed-in", "accessToken": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln", "tokenType": "Bearer", "expiresIn": 600,
        "authTime": "2026-11-24T08:00:00Z",
        "account": {
            "id": "019ab1c2-0000-7000-8000-000000000010", "email": "redaktion@example.org", "name": "Redaktion Kreisvolkshochschule", "language": "de",
            "status": "active", "version": 3, "createdAt": "2026-11-20T08:00:00Z", "lastSignInAt": "2026-11-24T08:00:00Z",
            "roles": [{ "membership": "019ab1c2-0000-7000-8000-000000000013", "role": "organization-admin",
                        "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule" } }],
            "capabilities": [{ "capability": "imports.run", "reach": "own", "organizations": ["019ab1c2-0000-7000-8000-000000000002"] }],
            "secondFactor": { "required": true, "totp": true, "passkeys": 0, "recoveryCodes": 10 }, "methods": ["pwd", "otp"]
        }
    }));
    ResponseBuilder::new().description("The session.").content("application/json", content)
}

/// 200 with a session; the refresh token goes into its cookie.
pub(crate) fn session(opened: Opened) -> Result<HttpResponse, ApiError> {
    let Opened { own, grants, access_token, refresh, lasts } = opened;
    let mut response = HttpResponse::Ok();
    if let Some(token) = &refresh {
        response.insert_header((header::SET_COOKIE, cookie::keep(token, lasts)?));
    }
    let session = Session {
        status: SignedInStatus::SignedIn,
        access_token,
        token_type: TokenType::Bearer,
        expires_in: identity::tokens::ACCESS_SECONDS,
        auth_time: own.session.authenticated_at.trunc_subsecs(0),
        account: get::view(own, &grants)?,
    };
    Ok(response.insert_header((header::CACHE_CONTROL, "no-store")).json(session))
}

/// 200 with a session or a question.
pub(super) fn signed_in(answer: SignedIn) -> Result<HttpResponse, ApiError> {
    let Asked { id, methods, passkey, expires_in } = match answer {
        SignedIn::Opened(opened) => return session(*opened),
        SignedIn::Challenge(challenge) => challenge,
    };
    let challenge = Challenge {
        status: ChallengeStatus::SecondFactor,
        challenge: id.reveal().to_owned(),
        methods: methods.into_iter().map(Into::into).collect(),
        passkey,
        expires_in,
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(challenge))
}
