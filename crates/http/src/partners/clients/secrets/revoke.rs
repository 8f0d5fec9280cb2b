//! `DELETE /sources/{source}/clients/{client}/secrets/{secret}`: end a secret.

use super::super::{ClientId, id_of};
use crate::access::{Access, May, Recently};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageClients;
use persistence::access::owned_source;
use persistence::clients;
use std::sync::Arc;

/// End a secret
///
/// No token is given for it any more; tokens that were given live for at most ten minutes.
#[utoipa::path(
    delete, path = "/sources/{source}/clients/{client}/secrets/{secret}", operation_id = "revokeSecret", tag = "partners",
    params(
        crate::params::SourceKey, ClientId,
        ("secret" = domain::Uuid, Path, description = "Id of the secret.", example = "019ab1c2-0000-7000-8000-000000000006"),
        crate::params::Lang
    ),
    responses((status = 204, description = "Ended."), problem::Parameters, problem::Missing)
)]
pub(crate) async fn revoke_secret(
    access: Access<Recently<May<ManageClients>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (client, secret) = (id_of(&request, "client")?, id_of(&request, "secret")?);
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let source = owned_source::<ManageClients>(tx, &actor, &key, now)?;
            clients::revoke_secret(tx, &source, client, secret, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
