//! `POST /sources/{source}/schedule/fetch`: fetch a source now.

use super::{ScheduleView, view};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ConfigureSources;
use persistence::access::owned_source;
use persistence::schedules;
use std::sync::Arc;

/// Fetch a source now
///
/// As soon as a node of the portal has a hand free, also where the schedule is disabled, and whole even if the feed says that it has not changed. Look
/// at the schedule and at the imports for what became of it.
#[utoipa::path(
    post, path = "/sources/{source}/schedule/fetch", operation_id = "fetchSource", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 202, description = "It will be fetched.", body = ScheduleView, content_type = "application/json", example = json!({
            "url": "https://vhs.example.org/export/kurse.xml", "format": "openvhs", "mode": "full", "everyMinutes": 1440, "enabled": true,
            "nextAt": "2026-11-24T04:00:00Z", "failures": 0, "stale": false, "version": 1
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn fetch_source(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let asked = state
        .write(move |tx| {
            let source = owned_source::<ConfigureSources>(tx, &actor, &key, now)?;
            schedules::fetch_now(tx, &source, &*rng, now)
        })
        .await?;
    let schedule = view(asked, language, now);
    versions::json(StatusCode::ACCEPTED, language, schedule.version, &schedule)
}
