//! `GET /places/{id}/edits`: what was edited of a place.

use crate::access::{Access, May};
use crate::catalogue::edits::{RecordEdits, list};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::EditRecords;
use domain::catalogue::RecordKind;

/// List the edited fields of a place
///
/// With what was written here, what the feed says, who edited it and when. The `ETag` is what a change has to name in `If-Match`.
#[utoipa::path(
    get, path = "/places/{id}/edits", operation_id = "listPlaceEdits", tag = "edits", params(crate::params::RecordId, crate::params::Lang),
    responses(
        (status = 200, description = "The edited fields in order of their names.", body = RecordEdits, content_type = "application/json", example = json!({
            "data": [{ "field": "name", "value": "Volkshochschule Parchim", "feedValue": "VHS PCH", "editedAt": "2026-11-24T09:00:00Z",
                "editedBy": { "name": "Redaktion" } }],
            "version": 4
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn list_place_edits(
    access: Access<May<EditRecords>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    list(access.actor().clone(), state, request, RecordKind::Place).await
}
