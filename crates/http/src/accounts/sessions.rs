//! `DELETE /accounts/{id}/sessions`: sign somebody out everywhere.

use super::{AccountId, path_id};
use crate::access::{Access, May, Recently};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;
use persistence::access::allow;
use persistence::accounts::administration;
use std::sync::Arc;

/// End the sessions of an account
///
/// At once, on every device.
#[utoipa::path(
    delete, path = "/accounts/{id}/sessions", operation_id = "endAccountSessions", tag = "accounts", params(AccountId, crate::params::Lang),
    responses((status = 204, description = "Ended."), problem::Parameters, problem::Missing)
)]
pub(crate) async fn end_sessions(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, actor, rng, now) = (path_id(&request, "id")?, access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            administration::end_sessions(tx, &allowed, id, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
