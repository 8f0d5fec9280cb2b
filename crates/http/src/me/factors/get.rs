//! `GET /me/factors`: which second factors the own account has.

use crate::access::{Access, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::Uuid;
use persistence::access::myself;
use persistence::accounts::factors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The own second factors.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnFactors {
    /// The authenticator app.
    pub totp: Option<TotpFactor>,
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Recovery codes.
    pub recovery_codes: RecoveryCodesLeft,
}

/// An authenticator app.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TotpFactor {
    /// Since when it counts.
    pub confirmed_at: DateTime<Utc>,
}

/// A passkey.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyView {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    #[schema(examples("Diensttelefon"))]
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Last sign-in with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
}

impl From<factors::Passkey> for PasskeyView {
    fn from(passkey: factors::Passkey) -> Self {
        Self { id: passkey.id, name: passkey.name, created_at: passkey.created_at, last_used_at: passkey.last_used_at }
    }
}

/// Recovery codes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RecoveryCodesLeft {
    /// How many are left.
    #[schema(examples(10))]
    pub left: u32,
}

/// Show the own second factors
///
/// The authenticator app, passkeys, and how many recovery codes are left. No secret is ever shown again.
#[utoipa::path(
    get, path = "/me/factors", operation_id = "getOwnFactors", tag = "me", params(crate::params::Lang),
    responses((status = 200, description = "The own second factors.", body = OwnFactors, content_type = "application/json", example = json!({
        "totp": { "confirmedAt": "2026-11-20T09:00:00Z" },
        "passkeys": [{ "id": "019ab1c2-0000-7000-8000-000000000012", "name": "Diensttelefon", "createdAt": "2026-11-20T09:05:00Z" }],
        "recoveryCodes": { "left": 10 }
    })), problem::Parameters)
)]
pub(crate) async fn get_own_factors(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, now) = (access.actor().clone(), state.now());
    let own = state
        .read(move |connection| {
            let myself = myself(connection, &actor, now)?;
            factors::own(connection, &myself)
        })
        .await?;
    let view = OwnFactors {
        totp: own.totp.map(|confirmed_at| TotpFactor { confirmed_at }),
        passkeys: own.passkeys.into_iter().map(Into::into).collect(),
        recovery_codes: RecoveryCodesLeft { left: own.recovery_codes },
    };
    private_json(&request, language, &view)
}
