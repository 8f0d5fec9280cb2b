//! `GET /changes`: the change feed.

use crate::problem::{self, ApiError};
use crate::query::{self, Query};
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::RecordKind;
use domain::partners::{ChangeAction, ChangeEntry, check_source_key};
use domain::{ErrorCode, Uuid};
use persistence::changes::{self, FeedFilter, FeedPage};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use utoipa::{IntoParams, ToSchema};

/// A page of the change feed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangeList {
    /// The changes in order.
    pub data: Vec<ChangeEntry>,
    /// Where the feed stands.
    pub page: ChangePage,
}

/// Where the change feed stands.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangePage {
    /// The `after` to go on with, now or later. With a filter it moves on even if nothing was found.
    #[schema(examples(4711))]
    pub next: i64,
    /// Whether more can be fetched at once. A page with a filter can be empty and yet not the last one.
    pub more: bool,
    /// The oldest entry that is kept; 0 for an empty feed. Who has read less far than the entry before it begins anew (410 `feed-gap`).
    #[serde(default)]
    #[schema(examples(1))]
    pub oldest: i64,
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
    /// What happened; everything if not given.
    pub action: Option<Vec<ChangeAction>>,
    /// Keys of sources; records of all sources if not given.
    pub source: Option<Vec<String>>,
    /// Ids of organisations: they themselves and their offers; all if not given.
    pub organization: Option<Vec<Uuid>>,
    /// How many seconds to wait for a change if there is none yet.
    #[param(minimum = 0, maximum = 30, example = 0)]
    pub wait: Option<u64>,
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
/// stays in the feed as a tombstone. Every entry is kept for at least 400 days, the latest entry of each record for good; who comes back later
/// than that is told so (410 `feed-gap`) and begins anew with `after=0`. With `wait` the answer comes as soon as there is a change, and
/// is not cached.
#[utoipa::path(
    get, path = "/changes", operation_id = "listChanges", tag = "changes", params(ChangeParameters), security(()),
    responses(
        (status = 200, description = "Changes.", body = ChangeList, content_type = "application/json", example = json!({
            "data": [{ "seq": 4711, "kind": "offer", "recordId": "019ab1c2-0000-7000-8000-000000000001", "action": "withdrawn", "version": 3,
                "at": "2026-11-24T04:00:00Z", "source": "kvhs-lup" }],
            "page": { "next": 4711, "more": false, "oldest": 1, "limit": 100 }
        })),
        problem::Parameters, problem::Feeds
    )
)]
pub(crate) async fn list_changes(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let after = parameters.number("after", 0, i64::MAX).unwrap_or(0);
    let filter = FeedFilter {
        kinds: parameters.values("kind"),
        actions: parameters.values("action"),
        sources: parameters.many("source", |_, key| check_source_key(key).map(|()| key.to_owned())),
        organizations: parameters.many("organization", |_, id| query::uuid(id)),
    };
    let wait = Duration::from_secs(parameters.number("wait", 0, 30).unwrap_or(0));
    let limit = parameters.limit(100, 1000);
    let language = parameters.finish()?;
    let (newest, oldest) = state.read(|connection| Ok((changes::last_seq(connection)?, changes::oldest_seq(connection)?))).await?;
    let representation = Representation::public(language, Validator::new(&request, language).number(newest).number(oldest));
    if wait.is_zero()
        && let Some(unchanged) = representation.unchanged(&request)
    {
        return Ok(unchanged);
    }
    let page = follow(&state, after, limit, Arc::new(filter), wait).await?;
    let shown = ChangePage { next: page.next, more: page.more, oldest: page.oldest, limit };
    let mut answer = representation.json(&ChangeList { data: page.entries, page: shown })?;
    if !wait.is_zero() {
        // It says what the feed was like after the waiting, not what it is like for whoever asks next.
        answer.headers_mut().remove(header::ETAG);
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

/// The page after `after`; if it is empty, the one that is not, or what there is after `wait`.
async fn follow(state: &AppState, after: i64, limit: u32, filter: Arc<FeedFilter>, wait: Duration) -> Result<FeedPage, ApiError> {
    let until = Instant::now() + wait;
    let waiter = if wait.is_zero() { None } else { Some(state.waiters.enter(&state.services.store)?) };
    let mut page = read(state, after, limit, &filter).await?;
    let Some(mut waiter) = waiter else { return Ok(page) };
    while page.entries.is_empty() && !page.more && waiter.beyond(page.newest, until).await {
        let turn = state.waiters.turn().await?;
        page = read(state, page.next, limit, &filter).await?;
        drop(turn);
    }
    Ok(page)
}

async fn read(state: &AppState, after: i64, limit: u32, filter: &Arc<FeedFilter>) -> Result<FeedPage, ApiError> {
    let filter = Arc::clone(filter);
    let page = state.read(move |connection| changes::feed(connection, after, i64::from(limit), &filter)).await?;
    if page.has_gap(after) {
        let (oldest, newest) = (page.oldest, page.newest);
        return Err(ApiError::new(ErrorCode::FeedGap).detail(
            format!("Aufbewahrt ist {oldest} bis {newest}. Beginnen Sie mit after=0; jeder Eintrag kommt dann mit seinem letzten Stand."),
            format!("What is kept is {oldest} to {newest}. Begin with after=0; every record then comes with its latest state."),
        ));
    }
    Ok(page)
}
