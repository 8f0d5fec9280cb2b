//! `DELETE /sources/{source}/schedule`: fetch a source no more.

use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ConfigureSources;
use persistence::access::owned_source;
use persistence::schedules;
use std::sync::Arc;

/// Fetch a source no more
///
/// What was fetched before stays. To pause, disable the schedule instead.
#[utoipa::path(
    delete, path = "/sources/{source}/schedule", operation_id = "removeSchedule", tag = "partners",
    params(crate::params::SourceKey, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Versioned)
)]
pub(crate) async fn remove_schedule(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let version = if_match(&request)?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let source = owned_source::<ConfigureSources>(tx, &actor, &key, now)?;
            schedules::remove(tx, &source, version, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
