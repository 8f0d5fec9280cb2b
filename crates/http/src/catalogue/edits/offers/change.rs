//! `PATCH /offers/{id}`: edit an offer.

use crate::access::{Access, May};
use crate::body::MergePatch;
use crate::catalogue::edits::{OfferPatch, change};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::EditRecords;
use domain::catalogue::RecordKind;

/// Edit an offer
///
/// A merge patch (RFC 7396) over the offer as it is shown. Each field it names is kept from the feed from now on; imports go on to change all
/// others. `null` empties a field. `If-Match` names the `version` of the offer.
#[utoipa::path(
    patch, path = "/offers/{id}", operation_id = "editOffer", tag = "edits",
    params(crate::params::RecordId, versions::IfMatch, crate::params::Lang),
    request_body(content = OfferPatch, content_type = "application/merge-patch+json", example = json!({ "title": "Deutsch für den Beruf", "price": { "type": "free" }, "summary": null })),
    responses(
        (status = 200, description = "The offer as it is now, in German.", body = crate::catalogue::offers::get::OfferDetail, content_type = "application/json", example = json!({
            "contentLanguage": "de", "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-fuer-den-beruf", "state": "published", "version": 4, "textVersion": 4,
            "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-24T09:00:00Z",
            "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "27F40600" }, "licence": "cc-by/4.0",
            "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 86, "missing": ["contact"] },
            "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule", "kind": "adult-education-centre" },
            "kind": "course", "title": "Deutsch für den Beruf", "topics": ["german-second-language"], "lifePhases": [], "targetGroups": [], "deliveryMode": "onsite",
            "languages": ["de"], "literacyCourse": false, "entryRequirements": [], "price": { "type": "free" }, "funding": [], "accessibility": [],
            "images": [], "keywords": [], "runs": [], "example": false
        })),
        problem::Bodies, problem::Parameters, problem::MissingOrGone, problem::Versioned
    )
)]
pub(crate) async fn edit_offer(
    access: Access<May<EditRecords>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: MergePatch,
) -> Result<HttpResponse, ApiError> {
    change(access.actor().clone(), state, request, RecordKind::Offer, body).await
}
