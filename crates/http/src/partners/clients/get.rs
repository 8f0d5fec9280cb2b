//! `GET /sources/{source}/clients/{client}`: one client.

use super::{ClientId, ClientView, id_of, view};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageClients;
use persistence::access::owned_source;
use persistence::clients;

/// Show a client
///
/// With what is known of its secrets: never the secrets themselves.
#[utoipa::path(
    get, path = "/sources/{source}/clients/{client}", operation_id = "getClient", tag = "partners",
    params(crate::params::SourceKey, ClientId, crate::params::Lang),
    responses(
        (status = 200, description = "The client.", body = ClientView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "source": "kvhs-lup", "name": "Kursverwaltung", "scopes": ["imports:run"],
            "secrets": [{ "id": "019ab1c2-0000-7000-8000-000000000006", "hint": "x7Qk", "createdAt": "2026-11-24T04:00:00Z" }],
            "createdAt": "2026-11-24T04:00:00Z", "version": 1
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_client(
    access: Access<May<ManageClients>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, id, now) = (access.actor().clone(), source_key(&request), id_of(&request, "client")?, state.now());
    let asked = key.clone();
    let found = state
        .read(move |connection| {
            let source = owned_source::<ManageClients>(connection, &actor, &asked, now)?;
            clients::get(connection, &source, id, now)
        })
        .await?;
    let client = view(&key, found)?;
    versions::json(StatusCode::OK, language, client.version, &client)
}
