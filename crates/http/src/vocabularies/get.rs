//! `GET /vocabularies/{id}`: one controlled vocabulary.

use crate::problem;
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
pub async fn get_vocabulary() {}
