//! `GET /duplicates`: offers that may be the same.

use super::{DuplicateSummary, summary};
use crate::access::{Access, May};
use crate::catalogue::found;
use crate::cursor;
use crate::list::Page;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReviewDuplicates;
use domain::partners::DuplicateState;
use persistence::access::allow;
use persistence::{duplicates, records};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of pairs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DuplicateList {
    /// The pairs, the most alike first.
    pub data: Vec<DuplicateSummary>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of pairs.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DuplicateParameters {
    /// What was decided; repeatable. All if not given.
    pub state: Option<Vec<DuplicateState>>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List offers that may be the same
///
/// The most alike first. New offers are compared by themselves; what was decided is remembered, and a pair that was decided never comes back as open.
#[utoipa::path(
    get, path = "/duplicates", operation_id = "listDuplicates", tag = "duplicates", params(DuplicateParameters),
    responses(
        (status = 200, description = "A page of pairs.", body = DuplicateList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000031", "score": 97, "reasons": ["same-title", "same-place", "same-dates"], "state": "open",
                "first": { "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-a1", "title": "Deutsch A1",
                    "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule" },
                    "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule" }, "shown": true },
                "second": { "id": "019ab1c2-0000-7000-8000-000000000021", "slug": "deutsch-a1", "title": "Deutsch A 1",
                    "organization": { "id": "019ab1c2-0000-7000-8000-000000000022", "name": "KVHS" },
                    "source": { "key": "kursportal", "name": "Kursportal" }, "shown": true },
                "foundAt": "2026-11-24T04:00:00Z", "version": 1 }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn list_duplicates(
    access: Access<May<ReviewDuplicates>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let states = parameters.values("state");
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint("duplicates");
    let language = parameters.finish()?;
    let position = |text: &str| text.split_once(':').and_then(|(score, id)| Some((score.parse().ok()?, id.parse().ok()?)));
    let after = cursor.map(|cursor| cursor::decode(list, &cursor, position)).transpose()?;
    let (actor, now) = (access.actor().clone(), state.now());
    let (mut pairs, total, offers) = state
        .read(move |connection| {
            let reviews = allow::<ReviewDuplicates>(connection, &actor, now)?;
            let (pairs, total) = duplicates::list(connection, &reviews, &states, after, i64::from(limit) + 1)?;
            let ids: Vec<_> = pairs.iter().flat_map(|pair| [pair.first, pair.second]).collect();
            let offers = records::get_many(connection, &ids)?;
            Ok((pairs, total, offers))
        })
        .await?;
    let next = found::next_page(&mut pairs, limit, |pair| cursor::encode(list, &format!("{}:{}", pair.score, pair.id)));
    let data = pairs.into_iter().map(|pair| summary(pair, &offers)).collect::<Result<_, _>>()?;
    private_json(&request, language, &DuplicateList { data, page: Page { next, limit, total } })
}
