//! `GET /offers/{id}`: one offer with all it has.

use crate::catalogue::document;
use crate::catalogue::elsewhere::OfferedElsewhere;
use crate::feeds::accept;
use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Offer, RecordKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An offer with all it has.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferDetail {
    /// Language of title, summary and description (BCP 47): that of the request if there is a translation, else German.
    #[schema(examples("de"))]
    pub content_language: String,
    /// The translation was made by a machine and not checked by a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_translated: bool,
    /// The same offer of other sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_offered_by: Vec<OfferedElsewhere>,
    /// The offer.
    #[serde(flatten)]
    pub offer: Offer,
}

/// Show an offer
///
/// With its runs, sessions, places, prices, requirements, accessibility and freshness. Texts come in the language of the request where
/// there is a translation; `translations` has them all. `Accept: application/ld+json` asks for schema.org instead. A withdrawn offer answers 410.
#[utoipa::path(
    get, path = "/offers/{id}", operation_id = "getOffer", tag = "offers", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The offer.", body = OfferDetail, content_type = "application/json", example = json!({
            "contentLanguage": "de", "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-a1", "state": "published", "version": 1, "textVersion": 1,
            "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-20T04:00:00Z",
            "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "27F40600" }, "licence": "cc-by/4.0",
            "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 86, "missing": ["contact"] },
            "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule", "kind": "adult-education-centre" },
            "kind": "course", "title": "Deutsch A1", "topics": ["german-second-language"], "lifePhases": [], "targetGroups": [], "deliveryMode": "onsite", "languages": ["de"],
            "languageLevel": { "from": "A0", "to": "A1" }, "literacyCourse": false, "entryRequirements": [{ "type": "none" }],
            "price": { "type": "paid", "amount": 4700, "currency": "EUR" }, "funding": [], "accessibility": [], "images": [], "keywords": [],
            "runs": [{ "id": "019ab1c2-0000-7000-8000-000000000003", "start": "2027-01-11T17:00:00Z", "timeZone": "Europe/Berlin",
                "sessions": [{ "start": "2027-01-11T17:00:00Z", "end": "2027-01-11T18:30:00Z" }], "rollingStart": false, "status": "bookable" }],
            "example": true,
            "alsoOfferedBy": [{ "id": "019ab1c2-0000-7000-8000-000000000021", "slug": "deutsch-a1", "title": "Deutsch A1",
                "organization": { "id": "019ab1c2-0000-7000-8000-000000000022", "name": "Kursportal" } }]
        })),
        (status = 308, description = "The same offer is shown at another address, that of `Location`: somebody has found that two offers are the same."),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_offer(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let wanted = accept::choose(&request, &["application/json", "application/ld+json"]);
    let mut response = match wanted {
        Some(1) => crate::feeds::offer::get_offer_json_ld(state, request).await?,
        _ => document::show(state, request, RecordKind::Offer).await?,
    };
    response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
    Ok(response)
}
