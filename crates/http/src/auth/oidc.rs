//! Signing in at another provider: away and back.

pub mod callback;
pub mod start;

use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use domain::ErrorCode;
use identity::oidc::{PROVIDER, Provider};
use utoipa::IntoParams;

/// The id of a provider.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct ProviderId {
    /// Id of the provider, from `GET /auth/providers`.
    #[param(example = "sso")]
    id: String,
}

/// The provider of the path.
pub(crate) fn provider<'a>(state: &'a AppState, request: &HttpRequest) -> Result<&'a Provider, ApiError> {
    let named = request.match_info().query("id") == PROVIDER;
    state.identity.provider.as_ref().filter(|_| named).ok_or_else(|| ApiError::new(ErrorCode::NotFound))
}
