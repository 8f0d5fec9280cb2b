//! `GET /sources/{source}/imports/{id}`: one import.

use crate::problem;
use domain::partners::Import;

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
pub async fn get_import() {}
