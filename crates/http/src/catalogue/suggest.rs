//! `GET /suggest`: type-ahead.

use crate::problem;
use domain::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Suggestions, the best first.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SuggestionList {
    /// The suggestions.
    pub data: Vec<Suggestion>,
}

/// What a suggestion leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionKind {
    /// A search with these words.
    Query,
    /// A topic, by `code`.
    Topic,
    /// An organisation, by `id`.
    Organization,
    /// A municipality, by `code` (key of the area).
    Place,
    /// An offer, by `id`.
    Offer,
}

/// A suggestion.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Suggestion {
    /// What it leads to.
    #[serde(rename = "type")]
    pub kind: SuggestionKind,
    /// The text.
    #[schema(examples("Deutsch"))]
    pub text: String,
    /// The text, HTML-escaped, with `<mark>` around what was typed.
    #[schema(examples("<mark>Deut</mark>sch"))]
    pub highlight: String,
    /// Id of the organisation or offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Readable last part of its page address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Code of the topic or key of the area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// Parameters of the type-ahead.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestParameters {
    /// What was typed so far.
    #[param(min_length = 1, max_length = 100, example = "deut")]
    pub q: String,
    /// Most suggestions; 8 if not given.
    #[param(minimum = 1, maximum = 10)]
    pub limit: Option<u32>,
    /// Language of titles, labels and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Type-ahead
///
/// Suggests searches, topics, organisations, municipalities and offers for the beginning of a word.
#[utoipa::path(
    get, path = "/suggest", operation_id = "suggest", tag = "offers", params(SuggestParameters), security(()),
    responses(
        (status = 200, description = "Suggestions.", body = SuggestionList, content_type = "application/json", example = json!({
            "data": [{ "type": "topic", "text": "Deutsch", "highlight": "<mark>Deut</mark>sch", "code": "german" }]
        })),
        problem::Parameters
    )
)]
pub async fn suggest() {}
