//! The own account.

pub mod delete;
pub mod email;
pub mod export;
pub mod factors;
pub mod get;
pub mod identities;
pub mod password;
pub mod sessions;
pub mod update;

use crate::problem::ApiError;
use actix_web::HttpRequest;
use domain::{ErrorCode, Uuid};

/// The id in the path; what is none belongs to nothing.
fn id_of(request: &HttpRequest) -> Result<Uuid, ApiError> {
    request.match_info().query("id").parse().map_err(|_| ApiError::new(ErrorCode::NotFound))
}
