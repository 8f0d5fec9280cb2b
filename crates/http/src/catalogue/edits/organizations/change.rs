//! `PATCH /organizations/{id}`: edit an organisation.

use crate::access::{Access, May};
use crate::body::MergePatch;
use crate::catalogue::edits::{OrganizationPatch, change};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::EditRecords;
use domain::catalogue::RecordKind;

/// Edit an organisation
///
/// A merge patch (RFC 7396) over the organisation as it is shown. Each field it names is kept from the feed from now on; imports go on to change all
/// others. `null` empties a field. `If-Match` names the `version` of the organisation.
#[utoipa::path(
    patch, path = "/organizations/{id}", operation_id = "editOrganization", tag = "edits",
    params(crate::params::RecordId, versions::IfMatch, crate::params::Lang),
    request_body(content = OrganizationPatch, content_type = "application/merge-patch+json", example = json!({ "name": "Kreisvolkshochschule Ludwigslust-Parchim", "openingHours": null })),
    responses(
        (status = 200, description = "The organisation as it is now, in German.", body = crate::catalogue::organizations::get::OrganizationDetail, content_type = "application/json", example = json!({
            "contentLanguage": "de", "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kreisvolkshochschule-ludwigslust-parchim", "state": "published", "version": 4,
            "textVersion": 4, "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-24T09:00:00Z",
            "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "kvhs" }, "licence": "cc-by/4.0",
            "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 60, "missing": ["contact"] },
            "name": "Kreisvolkshochschule Ludwigslust-Parchim", "kind": "adult-education-centre", "contacts": [], "languages": [], "accessibility": [],
            "socialLinks": []
        })),
        problem::Bodies, problem::Parameters, problem::MissingOrGone, problem::Versioned
    )
)]
pub(crate) async fn edit_organization(
    access: Access<May<EditRecords>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: MergePatch,
) -> Result<HttpResponse, ApiError> {
    change(access.actor().clone(), state, request, RecordKind::Organization, body).await
}
