//! `/healthz` and `/readyz`: for whoever keeps the server running.

use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::{HttpResponse, web};
use domain::ErrorCode;
use persistence::changes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// `ok`
    #[schema(examples("ok"))]
    pub status: String,
}

fn ok() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok".to_owned() })
}

/// Is the process alive?
///
/// Answers as long as the process can answer at all; says nothing about its database.
#[utoipa::path(
    get, path = "/healthz", operation_id = "getHealth", tag = "operation", security(()),
    responses(
        (status = 200, description = "Alive.", body = Health, content_type = "application/json", example = json!({ "status": "ok" }))
    )
)]
pub(crate) async fn healthz() -> HttpResponse {
    ok()
}

/// Can it serve?
///
/// 200 once the database answers with the right schema and the search index has caught up with it after the start; else 503.
#[utoipa::path(
    get, path = "/readyz", operation_id = "getReadiness", tag = "operation", security(()),
    responses(
        (status = 200, description = "Ready to serve.", body = Health, content_type = "application/json", example = json!({ "status": "ok" })),
        problem::NotReady
    )
)]
pub(crate) async fn readyz(state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    let store = state.services.store.clone();
    let unavailable = |error: persistence::Error| {
        tracing::warn!(%error, "not ready");
        ApiError::new(ErrorCode::Unavailable).retry_after(1)
    };
    let last = state.reading.run(move || store.check().and_then(|_| store.read(changes::last_seq)).map_err(unavailable)).await?;
    if state.caught_up(last) {
        return Ok(ok());
    }
    let (de, en) = ("Der Suchindex wird noch aufgebaut.", "The search index is still being built.");
    Err(ApiError::new(ErrorCode::Unavailable).detail(de, en).retry_after(1))
}
