//! `GET /hsds`: what this interface is.

use crate::feeds::{site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use exchange::out::hsds::VERSION;
use serde_json::json;

/// About the HSDS interface
///
/// Version of Open Referral HSDS, and where the interface is described.
#[utoipa::path(
    get, path = "/hsds", operation_id = "getHsds", tag = "services", params(crate::params::Lang), security(()),
    responses(
        (status = 200, description = "What it is.", body = Object, content_type = "application/json", example = json!({
            "version": "3.0", "profile": "https://docs.openreferral.org/en/v3.0.1/", "openapi_url": "https://bildung.example.org/api/openapi.json"
        })),
        problem::Parameters
    )
)]
pub(crate) async fn get_hsds(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let site = site(&state, &request);
    let representation = Representation::public(language, validator(&state, &request, language, &site));
    match representation.unchanged(&request) {
        Some(unchanged) => Ok(unchanged),
        None => representation.json(&json!({
            "version": VERSION, "profile": "https://docs.openreferral.org/en/v3.0.1/", "openapi_url": site.address("/api/openapi.json")
        })),
    }
}
