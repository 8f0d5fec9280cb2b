//! `POST /sources/{source}/imports/{id}/confirmation`: decide about an import that waits.

use super::not_tried;
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::catalogue::document;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ConfirmImports;
use domain::partners::{Import, ImportDecision};
use serde::Deserialize;
use sync::import;
use utoipa::ToSchema;

/// What is to become of an import that waits.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportConfirmationDecision {
    /// `confirm` applies it with all its withdrawals, `discard` drops it.
    decision: ImportDecision,
}

/// Decide about an import that waits
///
/// A full import that would withdraw too many records waits 14 days. Confirmed, its file is applied like any other, against the catalogue as it is
/// then, and does not stop again. Discarded, nothing happens and the file is deleted. A later import of the source discards it, too.
#[utoipa::path(
    post, path = "/sources/{source}/imports/{id}/confirmation", operation_id = "decideImport", tag = "imports",
    params(crate::params::SourceKey, crate::params::ImportId, crate::params::Lang),
    request_body(content = ImportConfirmationDecision, content_type = "application/json", example = json!({ "decision": "confirm" })),
    responses(
        (status = 200, description = "The import as it is now.", body = Import, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 0, "changed": 0, "unchanged": 12, "withdrawn": 200, "rejected": 0 }, "problemCount": 0,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T08:00:01Z", "dryRun": false,
            "confirmation": { "reason": "shrinks", "withdrawals": 200, "published": 212 },
            "actor": { "kind": "client", "id": "019ab1c2-0000-7000-8000-000000000005", "name": "Kursverwaltung" }
        })),
        problem::Bodies, problem::Parameters, problem::Missing, problem::Decisions
    )
)]
pub(crate) async fn decide_import(
    access: Access<May<ConfirmImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ImportConfirmationDecision>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, id) = (access.actor().clone(), source_key(&request), document::id_of(&request)?);
    let ImportConfirmationDecision { decision } = body.read().await?;
    let services = state.services.clone();
    let import = state.importing.run(move || import::decide(&services, &actor, &key, id, decision, &mut |_| {}).map_err(not_tried)).await?;
    private_json(&request, language, &import)
}
