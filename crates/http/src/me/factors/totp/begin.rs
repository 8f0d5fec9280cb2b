//! `POST /me/factors/totp`: set up an authenticator app.

use crate::access::{Access, Recently, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an authenticator app needs.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct TotpSetup {
    /// The secret for people who type it, in base32 (RFC 6238: SHA-1, 6 digits, 30 seconds).
    #[schema(examples("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))]
    pub secret: String,
    /// `otpauth:` address.
    #[schema(examples("otpauth://totp/Bildungsregion:redaktion%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bildungsregion"))]
    pub uri: String,
    /// The address as a QR code: an SVG without script or style.
    #[schema(examples("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"></svg>"))]
    pub qr: String,
}

/// Begin to set up an authenticator app
///
/// The secret is shown only now. The app counts once one of its codes was entered (`POST /me/factors/totp/confirm`); beginning again replaces a
/// secret that was not confirmed. 409 `conflict` if there is an app already.
#[utoipa::path(
    post, path = "/me/factors/totp", operation_id = "beginTotp", tag = "me", params(crate::params::Lang),
    responses((status = 200, description = "What the app needs.", body = TotpSetup, content_type = "application/json", example = json!({
        "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "uri": "otpauth://totp/Bildungsregion:redaktion%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bildungsregion",
        "qr": "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"></svg>"
    })), problem::Parameters, problem::Clashing)
)]
pub(crate) async fn begin_totp(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let actor = access.actor().clone();
    let setup = state.flow(move |flows| flows.begin_totp(&actor)).await?;
    Ok(HttpResponse::Ok().json(TotpSetup { secret: setup.secret, uri: setup.uri, qr: setup.qr }))
}
