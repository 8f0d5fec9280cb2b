//! `GET /organizations/{id}`: one organisation.

use crate::catalogue::document;
use crate::feeds::accept;
use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Organization, RecordKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An organisation with all it has.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationDetail {
    /// Language of name, summary and description (BCP 47): that of the request if there is a translation, else German.
    #[schema(examples("de"))]
    pub content_language: String,
    /// The translation was made by a machine and not checked by a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_translated: bool,
    /// The organisation.
    #[serde(flatten)]
    pub organization: Organization,
}

/// Show an organisation
///
/// Its offers are found with `GET /offers?organization={id}`. `Accept: application/ld+json` asks for schema.org instead. A withdrawn organisation
/// answers 410.
#[utoipa::path(
    get, path = "/organizations/{id}", operation_id = "getOrganization", tag = "organizations", security(()),
    params(crate::params::RecordId, crate::params::Lang),
    responses(
        (status = 200, description = "The organisation.", body = OrganizationDetail, content_type = "application/json", example = json!({
            "contentLanguage": "de", "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "state": "published", "version": 1, "textVersion": 1,
            "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-20T04:00:00Z",
            "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "kvhs" }, "licence": "cc-by/4.0",
            "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 70, "missing": ["description"] },
            "name": "Kreisvolkshochschule", "kind": "adult-education-centre", "sponsor": "public",
            "address": { "postalCode": "19370", "locality": "Parchim", "country": "DE" }, "ags": "13076108", "municipality": "Parchim",
            "contacts": [{ "name": "Anmeldung", "phone": "+49 3871 0" }], "languages": ["de"], "accessibility": [], "socialLinks": []
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_organization(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let wanted = accept::choose(&request, &["application/json", "application/ld+json"]);
    let mut response = match wanted {
        Some(1) => crate::feeds::organization::get_organization_json_ld(state, request).await?,
        _ => document::show(state, request, RecordKind::Organization).await?,
    };
    response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
    Ok(response)
}
