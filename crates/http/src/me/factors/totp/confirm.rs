//! `POST /me/factors/totp/confirm`: the first code of an authenticator app.

use crate::access::{Access, SignedIn};
use crate::body::JsonBody;
use crate::me::factors::recovery_codes::RecoveryCodes;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

/// A code of an authenticator app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    /// The code.
    #[schema(max_length = 40, examples("287082"))]
    code: String,
}

/// Confirm an authenticator app
///
/// The app counts from now on, and so does this session as one with two factors; the others end. The recovery codes are shown only now.
#[utoipa::path(
    post, path = "/me/factors/totp/confirm", operation_id = "confirmTotp", tag = "me", params(crate::params::Lang), request_body = TotpCode,
    responses(
        (status = 200, description = "Recovery codes.", body = RecoveryCodes, content_type = "application/json", example = json!({
            "recoveryCodes": ["7Q2F-M0XA-93TK", "0D4W-8YPE-K1RV"]
        })),
        problem::Parameters, problem::Missing, problem::OfCodes
    )
)]
pub(crate) async fn confirm_totp(
    access: Access<SignedIn>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<TotpCode>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (TotpCode { code }, actor) = (body.read().await?, access.actor().clone());
    let codes = state.hash(move |flows| flows.confirm_totp(&actor, &code)).await?;
    Ok(HttpResponse::Ok().json(RecoveryCodes::from(codes)))
}
