//! `GET /sources/{source}/imports/{id}`: one import.

use super::is_at;
use crate::access::{Access, May};
use crate::catalogue::document;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadImports;
use domain::partners::Import;
use persistence::access::owned_source;
use persistence::{Error, imports};

/// Show an import
///
/// Counts, state and, if it failed as a whole, why. While it is running, `progress` says how many records have been read.
#[utoipa::path(
    get, path = "/sources/{source}/imports/{id}", operation_id = "getImport", tag = "imports",
    params(crate::params::SourceKey, crate::params::ImportId, crate::params::Lang),
    responses(
        (status = 200, description = "The import.", body = Import, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 2, "changed": 0, "unchanged": 211, "withdrawn": 1, "rejected": 1 }, "problemCount": 3,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z", "dryRun": false
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_import(access: Access<May<ReadImports>>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, id, now) = (access.actor().clone(), source_key(&request), document::id_of(&request)?, state.now());
    let mut import = state
        .read(move |connection| {
            let source = owned_source::<ReadImports>(connection, &actor, &key, now)?;
            imports::get(connection, &source, id)?.ok_or(Error::NotFound)
        })
        .await?;
    is_at(&mut import);
    private_json(&request, language, &import)
}
