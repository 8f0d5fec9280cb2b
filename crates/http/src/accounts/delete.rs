//! `DELETE /accounts/{id}`: delete an account.

use super::{AccountId, path_id};
use crate::access::{Access, May, Recently};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;

/// Delete an account
///
/// Name, address, credentials, sessions and roles are erased, in the audit log too; what the person did for an institution stays. The last
/// administrator cannot be deleted.
#[utoipa::path(
    delete, path = "/accounts/{id}", operation_id = "deleteAccount", tag = "accounts",
    params(AccountId, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Deleted."), problem::Parameters, problem::Versioned, problem::Administering)
)]
pub(crate) async fn delete_account(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, version, actor) = (path_id(&request, "id")?, if_match(&request)?, access.actor().clone());
    state.flow(move |flows| flows.delete_account(&actor, id, version)).await?;
    Ok(HttpResponse::NoContent().finish())
}
