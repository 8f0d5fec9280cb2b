//! `GET /suggest`: type-ahead.

use crate::catalogue::found;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::{AppState, Question};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::problem::ValueError;
use search::catalogue::Suggestion;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Suggestions, the best first.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SuggestionList {
    /// The suggestions.
    pub data: Vec<Suggestion>,
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
            "data": [{ "type": "topic", "text": "Deutsch", "highlight": "<mark>Deut</mark>sch", "code": "german-second-language" }]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn suggest(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let words = parameters.required("q", |text| {
        let length = text.trim().chars().count();
        if (1..=100).contains(&length) {
            return Ok(text.trim().to_owned());
        }
        Err(ValueError::new("text-length", format!("1 bis 100 Zeichen, es sind {length}."), format!("1 to 100 characters, there are {length}.")))
    });
    let limit = found::large(parameters.limit(8, 10));
    let language = parameters.finish()?;
    let representation = found::representation(&state, &request, language);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let words = words.unwrap_or_default();
    let now = state.now();
    let data = state.search(Question::Suggest, move |index| index.suggest(&words, language.tag(), limit, now)).await?;
    representation.json(&SuggestionList { data })
}
