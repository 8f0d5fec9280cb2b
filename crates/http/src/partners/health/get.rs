//! `GET /sources/{source}/health`: how a source is doing.

use super::{SourceHealthView, view};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadSources;
use persistence::access::owned_source;
use persistence::health;

/// Show how a source is doing
///
/// Its records, its last import, how old its feed is, how much of it is refused, and what waits for a person.
#[utoipa::path(
    get, path = "/sources/{source}/health", operation_id = "getSourceHealth", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "Its health.", body = SourceHealthView, content_type = "application/json", example = json!({
            "source": "kvhs-lup", "records": { "published": 412, "withdrawn": 38 }, "lastSuccessAt": "2026-11-24T04:00:00Z", "feedAgeSeconds": 3600,
            "stale": false, "errorRate": 0.004, "awaitingConfirmation": 0, "protectedFields": 2
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_source_health(
    access: Access<May<ReadSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ReadSources>(connection, &actor, &key, now)?;
            health::of(connection, &source, now)
        })
        .await?;
    private_json(&request, language, &view(found, language, now))
}
