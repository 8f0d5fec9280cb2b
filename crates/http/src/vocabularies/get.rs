//! `GET /vocabularies/{id}`: one controlled vocabulary.

use crate::areas::of_files;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::vocabularies::Vocabulary;

/// Show a vocabulary
///
/// A SKOS concept scheme with all its concepts in order of display.
#[utoipa::path(
    get, path = "/vocabularies/{id}", operation_id = "getVocabulary", tag = "vocabularies", security(()),
    params(("id" = String, Path, description = "Id of the vocabulary.", example = "topics"), crate::params::Lang),
    responses(
        (status = 200, description = "The vocabulary.", body = Vocabulary, content_type = "application/json", example = json!({
            "id": "delivery-modes", "title": { "de": "Durchführung", "en": "Delivery" },
            "concepts": [{ "code": "onsite", "label": { "de": "Vor Ort", "en": "On site" } }]
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_vocabulary(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let found = state.services.vocabularies.get(request.match_info().query("id"));
    let vocabulary = found.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    let representation = of_files(&state, &request, language);
    match representation.unchanged(&request) {
        Some(unchanged) => Ok(unchanged),
        None => representation.json(vocabulary),
    }
}
