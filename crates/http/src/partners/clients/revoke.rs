//! `DELETE /sources/{source}/clients/{client}`: end a client.

use super::{ClientId, id_of};
use crate::access::{Access, May, Recently};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageClients;
use persistence::access::owned_source;
use persistence::clients;
use std::sync::Arc;

/// End a client
///
/// Its secrets and every token it holds end at once.
#[utoipa::path(
    delete, path = "/sources/{source}/clients/{client}", operation_id = "revokeClient", tag = "partners",
    params(crate::params::SourceKey, ClientId, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Ended."), problem::Parameters, problem::Versioned)
)]
pub(crate) async fn revoke_client(
    access: Access<Recently<May<ManageClients>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, version) = (id_of(&request, "client")?, if_match(&request)?);
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let source = owned_source::<ManageClients>(tx, &actor, &key, now)?;
            clients::revoke(tx, &source, id, Some(version), &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
