//! `GET /sources/{source}/schedule`: how a source is fetched.

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
use persistence::{Error, schedules};

/// Show how a source is fetched
///
/// What is fetched and how often, when it was last there, and why it is not. 404 for a source that is not fetched.
#[utoipa::path(
    get, path = "/sources/{source}/schedule", operation_id = "getSchedule", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The schedule.", body = ScheduleView, content_type = "application/json", example = json!({
            "url": "https://vhs.example.org/export/kurse.xml", "format": "openvhs", "mode": "full", "everyMinutes": 1440, "enabled": true,
            "nextAt": "2026-11-25T04:03:00Z", "lastAttemptAt": "2026-11-24T04:00:00Z", "lastSuccessAt": "2026-11-24T04:00:00Z",
            "lastNewAt": "2026-11-23T04:00:00Z", "failures": 0, "stale": false, "version": 1
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_schedule(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ConfigureSources>(connection, &actor, &key, now)?;
            schedules::get(connection, &source)?.ok_or(Error::NotFound)
        })
        .await?;
    let schedule = view(found, language, now);
    versions::json(StatusCode::OK, language, schedule.version, &schedule)
}
