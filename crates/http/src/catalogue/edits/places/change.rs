//! `PATCH /places/{id}`: edit a place.

use crate::access::{Access, May};
use crate::body::MergePatch;
use crate::catalogue::edits::{PlacePatch, change};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::EditRecords;
use domain::catalogue::RecordKind;

/// Edit a place
///
/// A merge patch (RFC 7396) over the place as it is shown. Each field it names is kept from the feed from now on; imports go on to change all
/// others. `null` empties a field. `If-Match` names the `version` of the place.
#[utoipa::path(
    patch, path = "/places/{id}", operation_id = "editPlace", tag = "edits",
    params(crate::params::RecordId, versions::IfMatch, crate::params::Lang),
    request_body(content = PlacePatch, content_type = "application/merge-patch+json", example = json!({ "name": "Volkshochschule Parchim", "address": { "street": "Ziegendorfer Chaussee 11" } })),
    responses(
        (status = 200, description = "The place as it is now, in German.", body = crate::catalogue::places::get::PlaceDetail, content_type = "application/json", example = json!({
            "contentLanguage": "de", "id": "019ab1c2-0000-7000-8000-000000000004", "slug": "volkshochschule-parchim", "state": "published", "version": 4,
            "textVersion": 4, "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-24T09:00:00Z",
            "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "parchim" }, "licence": "cc-by/4.0",
            "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 100, "missing": [] },
            "name": "Volkshochschule Parchim", "address": { "street": "Ziegendorfer Chaussee 11", "postalCode": "19370", "locality": "Parchim", "country": "DE" },
            "ags": "13076108", "municipality": "Parchim", "accessibility": []
        })),
        problem::Bodies, problem::Parameters, problem::MissingOrGone, problem::Versioned
    )
)]
pub(crate) async fn edit_place(
    access: Access<May<EditRecords>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: MergePatch,
) -> Result<HttpResponse, ApiError> {
    change(access.actor().clone(), state, request, RecordKind::Place, body).await
}
