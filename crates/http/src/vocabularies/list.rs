//! `GET /vocabularies`: all controlled vocabularies.

use crate::list::Page;
use crate::problem;
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
pub async fn list_vocabularies() {}
