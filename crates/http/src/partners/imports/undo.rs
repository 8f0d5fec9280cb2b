//! `POST /sources/{source}/imports/{id}/undo`: take an import back.

use super::{answer, not_tried};
use crate::access::{Access, May};
use crate::catalogue::document;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ConfirmImports;
use domain::partners::Import;
use sync::import;

/// Take an import back
///
/// Changed records say again what they said before, created ones are withdrawn, withdrawn ones come back. A record that was changed again since
/// stays as it is; the problems of the new import name it. The undoing is an import of its own, with `undoes`, and can be taken back, too.
/// An import can be taken back once, and for 90 days; one that is running, failed, waits, or was only a dry run cannot.
#[utoipa::path(
    post, path = "/sources/{source}/imports/{id}/undo", operation_id = "undoImport", tag = "imports",
    params(crate::params::SourceKey, crate::params::ImportId, crate::params::Lang),
    responses(
        (status = 201, description = "Taken back. `Location` is the address of the import that did it.", body = Import, content_type = "application/json",
            headers(("Location" = String, description = "Address of the import that took the other one back.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000010", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 0, "changed": 201, "unchanged": 0, "withdrawn": 2, "rejected": 0 }, "problemCount": 0,
            "startedAt": "2026-11-24T09:00:00Z", "finishedAt": "2026-11-24T09:00:00Z", "dryRun": false,
            "undoes": "019ab1c2-0000-7000-8000-000000000009", "actor": { "kind": "account", "name": "Redaktion" }
        })),
        problem::Parameters, problem::Missing, problem::Decisions
    )
)]
pub(crate) async fn undo_import(
    access: Access<May<ConfirmImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, id) = (access.actor().clone(), source_key(&request), document::id_of(&request)?);
    let services = state.services.clone();
    let import = state.importing.run(move || import::undo(&services, &actor, &key, id).map_err(not_tried)).await?;
    answer(&import, language)
}
