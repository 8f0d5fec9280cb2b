//! `GET /sources/health`: how all sources are doing.

use super::{SourceHealthView, view};
use crate::access::{Access, May};
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadSources;
use persistence::access::{allow, owned_source};
use persistence::{health, sources};
use serde::Serialize;
use utoipa::ToSchema;

/// The health of every source one may see.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct SourceHealthList {
    data: Vec<SourceHealthView>,
    page: Page,
}

/// List how sources are doing
///
/// All within one's reach that have not ended, in order of their keys. Short, so it always comes whole.
#[utoipa::path(
    get, path = "/sources/health", operation_id = "listSourceHealth", tag = "partners", params(crate::params::Lang),
    responses(
        (status = 200, description = "Every source within reach.", body = SourceHealthList, content_type = "application/json", example = json!({
            "data": [{ "source": "kvhs-lup", "records": { "published": 412, "withdrawn": 38 }, "lastSuccessAt": "2026-11-24T04:00:00Z",
                "feedAgeSeconds": 3600, "stale": false, "errorRate": 0.004, "awaitingConfirmation": 0, "protectedFields": 2 }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_source_health(
    access: Access<May<ReadSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, now) = (access.actor().clone(), state.now());
    let found = state
        .read(move |connection| {
            let allowed = allow::<ReadSources>(connection, &actor, now)?;
            let going_on = sources::list(connection, &allowed)?.into_iter().filter(|(source, _)| source.revoked_at.is_none());
            going_on
                .map(|(source, _)| {
                    let source = owned_source::<ReadSources>(connection, &actor, &source.key, now)?;
                    health::of(connection, &source, now)
                })
                .collect::<persistence::Result<Vec<_>>>()
        })
        .await?;
    let data: Vec<SourceHealthView> = found.into_iter().map(|health| view(health, language, now)).collect();
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
