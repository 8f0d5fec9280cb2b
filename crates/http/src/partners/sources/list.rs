//! `GET /sources`: the sources one may see.

use super::{SourceView, view};
use crate::access::{Access, May};
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadSources;
use persistence::{access, sources};
use serde::Serialize;
use utoipa::ToSchema;

/// Every source one may see.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct SourceList {
    data: Vec<SourceView>,
    page: Page,
}

/// List sources
///
/// Those within one's reach, in order of their keys, ended ones included. Short, so it always comes whole.
#[utoipa::path(
    get, path = "/sources", operation_id = "listSources", tag = "partners", params(crate::params::Lang),
    responses(
        (status = 200, description = "Every source within reach.", body = SourceList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000004", "key": "kvhs-lup", "name": "Kreisvolkshochschule", "licence": "cc-by/4.0",
                "organization": { "id": "019ab1c2-0000-7000-8000-000000000001", "name": "Kreisvolkshochschule Ludwigslust-Parchim" },
                "createdAt": "2026-11-24T04:00:00Z", "confirmedAt": "2026-11-24T04:00:00Z", "version": 3 }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_sources(
    access: Access<May<ReadSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, now) = (access.actor().clone(), state.now());
    let found = state
        .read(move |connection| {
            let allowed = access::allow::<ReadSources>(connection, &actor, now)?;
            sources::list(connection, &allowed)
        })
        .await?;
    let data: Vec<SourceView> = found.into_iter().map(|(source, organization)| view(source, organization)).collect();
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
