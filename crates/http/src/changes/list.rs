//! `GET /changes`: the change feed.

use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::RecordKind;
use domain::partners::Change;
use persistence::changes;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of the change feed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangeList {
    /// The changes in order.
    pub data: Vec<Change>,
    /// Where the feed stands.
    pub page: ChangePage,
}

/// Where the change feed stands.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangePage {
    /// The `after` to go on with, now or later; the same as before if nothing is new.
    #[schema(examples(4711))]
    pub next: i64,
    /// Whether more can be fetched at once.
    pub more: bool,
    /// Most entries per page.
    #[schema(minimum = 1, maximum = 1000, examples(100))]
    pub limit: u32,
}

/// Parameters of the change feed.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangeParameters {
    /// Changes after this position; 0 for all.
    #[param(minimum = 0, example = 0)]
    pub after: Option<i64>,
    /// Kinds of record; all if not given.
    pub kind: Option<Vec<RecordKind>>,
    /// Most changes per page; 100 if not given.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Follow the changes
///
/// Every change of a published record, in order, at least once. Keep `page.next` and ask again with it as `after`. A withdrawn record
/// stays in the feed as a tombstone.
#[utoipa::path(
    get, path = "/changes", operation_id = "listChanges", tag = "changes", params(ChangeParameters), security(()),
    responses(
        (status = 200, description = "Changes.", body = ChangeList, content_type = "application/json", example = json!({
            "data": [{ "seq": 4711, "kind": "offer", "recordId": "019ab1c2-0000-7000-8000-000000000001", "action": "withdrawn", "version": 3,
                "at": "2026-11-24T04:00:00Z" }],
            "page": { "next": 4711, "more": false, "limit": 100 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_changes(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let after = parameters.number("after", 0, i64::MAX).unwrap_or(0);
    let kinds = parameters.values::<RecordKind>("kind");
    let limit = parameters.limit(100, 1000);
    let language = parameters.finish()?;
    let last = state.read(changes::last_seq).await?;
    let representation = Representation::public(language, Validator::new(&request, language).number(last));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let mut data = state.read(move |connection| changes::after(connection, after, i64::from(limit) + 1, &kinds)).await?;
    let limited = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = data.len() > limited;
    data.truncate(limited);
    let next = data.last().map_or(after, |change| change.seq);
    representation.json(&ChangeList { data, page: ChangePage { next, more, limit } })
}
