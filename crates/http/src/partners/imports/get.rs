//! `GET /sources/{source}/imports/{id}`: one import.

use crate::catalogue::document;
use crate::partners::access::SourceAccess;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::partners::Import;
use persistence::imports;

/// Show an import
///
/// Counts, state and, if it failed as a whole, why.
#[utoipa::path(
    get, path = "/sources/{source}/imports/{id}", operation_id = "getImport", tag = "imports", security(("sourceSecret" = [])),
    params(crate::params::SourceKey, crate::params::ImportId, crate::params::Lang),
    responses(
        (status = 200, description = "The import.", body = Import, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 2, "changed": 0, "unchanged": 211, "withdrawn": 1, "rejected": 1 }, "problemCount": 3,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z"
        })),
        problem::Parameters, problem::OfSources
    )
)]
pub(crate) async fn get_import(state: web::Data<AppState>, access: SourceAccess, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let import = find(&state, &access, &request).await?;
    private_json(&request, language, &import)
}

/// The import of the path, if it is the source's own.
pub(super) async fn find(state: &AppState, access: &SourceAccess, request: &HttpRequest) -> Result<Import, ApiError> {
    let id = document::id_of(request)?;
    let source_id = access.source().id;
    let import = state.read(move |connection| imports::get(connection, source_id, id)).await?;
    import.ok_or_else(|| ApiError::new(ErrorCode::NotFound))
}
