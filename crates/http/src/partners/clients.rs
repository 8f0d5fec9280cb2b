//! Clients: the systems that write for a source.

pub mod change;
pub mod create;
pub mod get;
pub mod list;
pub mod revoke;
pub mod secrets;

use crate::problem::ApiError;
use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use domain::accounts::Scope;
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::clients::{Managed, Refusal, SecretInfo};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A system that writes for a source. What it may touch follows from this row, never from what it sends.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Client)]
pub struct ClientView {
    /// `client_id`.
    pub id: Uuid,
    /// Key of the one source it writes for.
    #[schema(examples("kvhs-lup"))]
    pub source: String,
    /// Name for people.
    #[schema(examples("Kursverwaltung"))]
    pub name: String,
    /// The most it may ask for.
    pub scopes: Vec<Scope>,
    /// Public keys (RFC 7517) of a client that signs instead of holding a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<serde_json::Value>,
    /// Its secrets that count, at most two, the oldest first.
    pub secrets: Vec<SecretView>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last got a token, give or take a minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<DateTime<Utc>>,
    /// Counts up with every change.
    #[schema(minimum = 1, examples(3))]
    pub version: i64,
}

/// What is known of a secret.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretView {
    /// Id.
    pub id: Uuid,
    /// Its last four characters; empty where they are not known.
    #[schema(examples("x7Qk"))]
    pub hint: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, give or take a minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A secret in the one answer that shows it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretOnce {
    /// Id.
    pub id: Uuid,
    /// The secret. It is shown only now; what is kept is a digest.
    #[schema(examples("brs_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAx7"))]
    pub secret: String,
    /// When it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

/// The name of what clients may be named by in a path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a parameter of the path")]
pub(crate) struct ClientId {
    /// Id of the client.
    #[param(example = "019ab1c2-0000-7000-8000-000000000005")]
    client: Uuid,
}

fn view(source: &str, managed: Managed) -> Result<ClientView, ApiError> {
    let Managed { client, secrets } = managed;
    let jwks = client.jwks.as_deref().map(serde_json::from_str).transpose().map_err(ApiError::internal)?;
    let secret = |SecretInfo { id, hint, created_at, expires_at, last_used_at }| SecretView { id, hint, created_at, expires_at, last_used_at };
    Ok(ClientView {
        id: client.id,
        source: source.to_owned(),
        name: client.name,
        scopes: client.scopes,
        jwks,
        secrets: secrets.into_iter().map(secret).collect(),
        created_at: client.created_at,
        last_used_at: client.last_used_at,
        revoked_at: client.revoked_at,
        version: client.version,
    })
}

/// An id in the path; what is no id belongs to nothing.
fn id_of(request: &HttpRequest, name: &str) -> Result<Uuid, ApiError> {
    request.match_info().query(name).parse().map_err(|_| ApiError::new(ErrorCode::NotFound))
}

/// Why a client cannot be treated like this.
fn refused(refusal: Refusal) -> ApiError {
    let conflict = |de: &str, en: &str| ApiError::new(ErrorCode::Conflict).detail(de, en);
    match refusal {
        Refusal::Revoked => conflict("Dieser Zugang ist beendet.", "This client has been revoked."),
        Refusal::Signs => conflict(
            "Dieser Zugang weist sich mit einem eigenen Schlüssel aus und hat keine Geheimnisse.",
            "This client signs with a key of its own and has no secrets.",
        ),
        Refusal::SecretLimit => ApiError::new(ErrorCode::SecretLimit),
    }
}

/// Refuses no scope at all.
fn check_scopes(scopes: &[Scope]) -> Result<(), ApiError> {
    if !scopes.is_empty() {
        return Ok(());
    }
    let none = ValueError::new("scopes-missing", "Mindestens eine Berechtigung ist nötig.", "At least one scope is needed.");
    Err(ApiError::new(ErrorCode::Invalid).field("/body/scopes", none))
}
