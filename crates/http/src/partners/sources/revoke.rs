//! `DELETE /sources/{source}`: end a source.

use crate::access::{Access, May, Recently};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageSources;
use persistence::access::owned_source;
use persistence::sources;
use std::sync::Arc;

/// End a source
///
/// Its clients get nothing any more, and it takes no import. Its records stay.
#[utoipa::path(
    delete, path = "/sources/{source}", operation_id = "revokeSource", tag = "partners",
    params(crate::params::SourceKey, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Ended."), problem::Parameters, problem::Versioned)
)]
pub(crate) async fn revoke_source(
    access: Access<Recently<May<ManageSources>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let version = if_match(&request)?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let source = owned_source::<ManageSources>(tx, &actor, &key, now)?;
            sources::revoke(tx, &source, Some(version), &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
