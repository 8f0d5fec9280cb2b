//! `GET /places/{id}`: one place.

use crate::catalogue::document;
use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Place, RecordKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A place with all it has.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceDetail {
    /// Language of the name (BCP 47): that of the request if there is a translation, else German.
    #[schema(examples("de"))]
    pub content_language: String,
    /// The translation was made by a machine and not checked by a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_translated: bool,
    /// The place.
    #[serde(flatten)]
    pub place: Place,
}

/// Show a place
///
/// With address, position, municipality, accessibility and how to get there. A withdrawn place answers 410.
#[utoipa::path(
    get, path = "/places/{id}", operation_id = "getPlace", tag = "places", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The place.", body = PlaceDetail, content_type = "application/json", example = json!({
            "contentLanguage": "de", "id": "019ab1c2-0000-7000-8000-000000000004", "slug": "volkshochschule-parchim", "state": "published", "version": 1,
            "textVersion": 1, "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-20T04:00:00Z",
            "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "parchim" }, "licence": "cc-by/4.0",
            "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 100, "missing": [] },
            "name": "Volkshochschule Parchim", "address": { "postalCode": "19370", "locality": "Parchim", "country": "DE" },
            "geo": { "lat": 53.42, "lon": 11.84 }, "ags": "13076108", "municipality": "Parchim",
            "accessibility": [{ "criterion": "step-free-entrance", "value": "yes", "provenance": "self-declared" }]
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_place(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    document::show(state, request, RecordKind::Place).await
}
