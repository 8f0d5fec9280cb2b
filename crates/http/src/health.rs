//! `/healthz` and `/readyz`: for whoever keeps the server running.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// `ok`
    #[schema(examples("ok"))]
    pub status: String,
}

/// Is the process alive?
///
/// Answers as long as the process can answer at all; says nothing about its database.
#[utoipa::path(
    get, path = "/healthz", operation_id = "getHealth", tag = "operation", security(()),
    responses((status = 200, description = "Alive.", body = Health, content_type = "application/json", example = json!({ "status": "ok" })))
)]
pub async fn healthz() {}

/// Can it serve?
///
/// 200 once the database answers and the search index has caught up with it after the start; else 503.
#[utoipa::path(
    get, path = "/readyz", operation_id = "getReadiness", tag = "operation", security(()),
    responses((status = 200, description = "Ready to serve.", body = Health, content_type = "application/json", example = json!({ "status": "ok" })))
)]
pub async fn readyz() {}
