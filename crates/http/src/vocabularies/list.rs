//! `GET /vocabularies`: all controlled vocabularies.

use crate::areas::of_files;
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::vocabularies::Vocabulary;
use serde::Serialize;
use utoipa::ToSchema;

/// Vocabularies.
#[derive(Debug, Serialize, ToSchema)]
pub struct VocabularyList {
    /// The vocabularies with all their concepts, always all on one page.
    pub data: Vec<Vocabulary>,
    /// Where the list stands.
    pub page: Page,
}

/// List the vocabularies
///
/// Every code of the API comes from one of these SKOS concept schemes; the order of the concepts is the order of display.
#[utoipa::path(
    get, path = "/vocabularies", operation_id = "listVocabularies", tag = "vocabularies", params(crate::params::Lang), security(()),
    responses(
        (status = 200, description = "All vocabularies.", body = VocabularyList, content_type = "application/json", example = json!({
            "data": [{ "id": "delivery-modes", "title": { "de": "Durchführung", "en": "Delivery" },
                "concepts": [{ "code": "onsite", "label": { "de": "Vor Ort", "en": "On site" } }] }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_vocabularies(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let representation = of_files(&state, &request, Query::none(&state, &request)?);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let data: Vec<&Vocabulary> = state.services.vocabularies.iter().collect();
    let page = Page::whole(data.len());
    representation.json(&List { data, page })
}
