//! Passkeys: what the browser is asked, and its answer.

pub mod begin;
pub mod finish;

use identity::flows::PasskeyQuestion as Asked;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the browser is asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PasskeyQuestion {
    /// Names what was begun, for the second message.
    #[schema(examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    pub challenge: String,
    /// `PublicKeyCredentialRequestOptionsJSON` or, for a new passkey, `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3).
    #[schema(value_type = Object)]
    pub options: serde_json::Value,
}

impl From<Asked> for PasskeyQuestion {
    fn from(asked: Asked) -> Self {
        Self { challenge: asked.id.reveal().to_owned(), options: asked.options }
    }
}

/// The answer of the browser.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyAnswer {
    /// The `challenge` of the question.
    #[schema(max_length = 100, examples("bro_Jm3x2lO6Qd0pW8r5u1sT4vX7yZ9aB2cD3eF6gH8iJ0k"))]
    pub(crate) challenge: String,
    /// `AuthenticationResponseJSON` (WebAuthn Level 3).
    #[schema(value_type = Object)]
    pub(crate) credential: serde_json::Value,
}
