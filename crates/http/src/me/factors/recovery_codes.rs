//! `POST /me/factors/recovery-codes`: new recovery codes.

use crate::access::{Access, Recently, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use identity::recovery::RecoveryCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Recovery codes, shown only once.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodes {
    /// Each is good for one use, in place of the authenticator app or passkey.
    #[schema(examples(json!(["7Q2F-M0XA-93TK"])))]
    pub recovery_codes: Vec<String>,
}

impl From<Vec<RecoveryCode>> for RecoveryCodes {
    fn from(codes: Vec<RecoveryCode>) -> Self {
        Self { recovery_codes: codes.iter().map(RecoveryCode::reveal).collect() }
    }
}

/// Replace the recovery codes
///
/// The earlier ones end, and so do the other sessions.
#[utoipa::path(
    post, path = "/me/factors/recovery-codes", operation_id = "renewRecoveryCodes", tag = "me", params(crate::params::Lang),
    responses((status = 200, description = "Ten new codes.", body = RecoveryCodes, content_type = "application/json", example = json!({
            "recoveryCodes": ["7Q2F-M0XA-93TK", "0D4W-8YPE-K1RV"]
        })), problem::Parameters)
)]
pub(crate) async fn renew_recovery_codes(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let actor = access.actor().clone();
    let codes = state.hash(move |flows| flows.renew_recovery_codes(&actor)).await?;
    Ok(HttpResponse::Ok().json(RecoveryCodes::from(codes)))
}
