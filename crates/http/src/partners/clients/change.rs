//! `PATCH /sources/{source}/clients/{client}`: change a client.

use super::{ClientId, ClientView, check_scopes, id_of, refused, view};
use crate::access::{Access, May, Recently};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::Scope;
use domain::accounts::may::ManageClients;
use domain::text::Title;
use persistence::access::owned_source;
use persistence::clients::{self, Change};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What to change of a client; what is not named stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClientChange {
    /// Name for people.
    #[serde(default)]
    name: Option<Title>,
    /// The most it may ask for. Tokens that were given out before lose what is taken away at once.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 4)]
    scopes: Option<Vec<Scope>>,
}

/// Change a client
///
/// Its source, its keys and its id stay for good.
#[utoipa::path(
    patch, path = "/sources/{source}/clients/{client}", operation_id = "changeClient", tag = "partners",
    params(crate::params::SourceKey, ClientId, versions::IfMatch, crate::params::Lang),
    request_body(content = ClientChange, content_type = "application/json", example = json!({ "scopes": ["imports:run", "stats:read"] })),
    responses(
        (status = 200, description = "The client as it is now.", body = ClientView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "source": "kvhs-lup", "name": "Kursverwaltung", "scopes": ["imports:run", "stats:read"],
            "secrets": [], "createdAt": "2026-11-24T04:00:00Z", "version": 2
        })),
        problem::Bodies, problem::Parameters, problem::Versioned, problem::Clashing
    )
)]
pub(crate) async fn change_client(
    access: Access<Recently<May<ManageClients>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ClientChange>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, version) = (id_of(&request, "client")?, if_match(&request)?);
    let input = body.read().await?;
    input.scopes.as_deref().map_or(Ok(()), check_scopes)?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let asked = key.clone();
    let changed = state
        .write(move |tx| {
            let source = owned_source::<ManageClients>(tx, &actor, &asked, now)?;
            let mut change = Change::from(&clients::get(tx, &source, id, now)?.client);
            let ClientChange { name, scopes } = input.clone();
            name.into_iter().for_each(|name| change.name = name.into());
            scopes.into_iter().for_each(|scopes| change.scopes = scopes);
            clients::change(tx, &source, id, version, &change, &*rng, now)
        })
        .await?
        .map_err(refused)?;
    let client = view(&key, changed)?;
    versions::json(StatusCode::OK, language, client.version, &client)
}
