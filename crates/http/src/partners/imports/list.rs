//! `GET /sources/{source}/imports`: the imports of a source.

use super::is_at;
use crate::access::{Access, May};
use crate::catalogue::found;
use crate::cursor;
use crate::list::Page;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadImports;
use domain::partners::Import;
use persistence::access::owned_source;
use persistence::imports;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of imports.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ImportList {
    /// The imports, the latest first.
    pub data: Vec<Import>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of imports, and of the list of an import's problems.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParameters {
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of messages and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List the imports of a source
///
/// The latest first.
#[utoipa::path(
    get, path = "/sources/{source}/imports", operation_id = "listImports", tag = "imports",
    params(crate::params::SourceKey, PageParameters),
    responses(
        (status = 200, description = "A page of imports.", body = ImportList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
                "counts": { "created": 2, "changed": 0, "unchanged": 211, "withdrawn": 1, "rejected": 1 }, "problemCount": 3,
                "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z", "dryRun": false }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors, problem::Missing
    )
)]
pub(crate) async fn list_imports(
    access: Access<May<ReadImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let list = parameters.fingerprint(&format!("imports {key}"));
    let language = parameters.finish()?;
    let before = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    let (mut data, total) = state
        .read(move |connection| {
            let source = owned_source::<ReadImports>(connection, &actor, &key, now)?;
            Ok((imports::list(connection, &source, before, i64::from(limit) + 1)?, imports::total(connection, &source)?))
        })
        .await?;
    data.iter_mut().for_each(is_at);
    let next = found::next_page(&mut data, limit, |import| cursor::encode(list, &import.id.to_string()));
    private_json(&request, language, &ImportList { data, page: Page { next, limit, total: u64::try_from(total).unwrap_or(0) } })
}
