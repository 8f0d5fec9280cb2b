//! `GET /sources/{source}`: one source.

use super::{SourceView, view};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadSources;
use persistence::access::owned_source;
use persistence::sources;

/// Show a source
///
/// The `ETag` is what a change has to name in `If-Match`.
#[utoipa::path(
    get, path = "/sources/{source}", operation_id = "getSource", tag = "partners", params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The source.", body = SourceView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000004", "key": "kvhs-lup", "name": "Kreisvolkshochschule", "licence": "cc-by/4.0",
            "createdAt": "2026-11-24T04:00:00Z", "version": 1
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_source(access: Access<May<ReadSources>>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ReadSources>(connection, &actor, &key, now)?;
            let organization = sources::organization(connection, source.value())?;
            Ok(view(source.value().clone(), organization))
        })
        .await?;
    versions::json(StatusCode::OK, language, found.version, &found)
}
