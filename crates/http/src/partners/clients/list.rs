//! `GET /sources/{source}/clients`: the clients of a source.

use super::{ClientView, view};
use crate::access::{Access, May};
use crate::list::{List, Page};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageClients;
use persistence::access::owned_source;
use persistence::clients;
use serde::Serialize;
use utoipa::ToSchema;

/// The clients of a source.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct ClientList {
    data: Vec<ClientView>,
    page: Page,
}

/// List the clients of a source
///
/// The oldest first, revoked ones included. Short, so it always comes whole.
#[utoipa::path(
    get, path = "/sources/{source}/clients", operation_id = "listClients", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The clients.", body = ClientList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000005", "source": "kvhs-lup", "name": "Kursverwaltung", "scopes": ["imports:run"],
                "secrets": [{ "id": "019ab1c2-0000-7000-8000-000000000006", "hint": "x7Qk", "createdAt": "2026-11-24T04:00:00Z" }],
                "createdAt": "2026-11-24T04:00:00Z", "version": 1 }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn list_clients(
    access: Access<May<ManageClients>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let asked = key.clone();
    let found = state
        .read(move |connection| {
            let source = owned_source::<ManageClients>(connection, &actor, &asked, now)?;
            clients::list(connection, &source, now)
        })
        .await?;
    let data = found.into_iter().map(|managed| view(&key, managed)).collect::<Result<Vec<_>, _>>()?;
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
