//! `DELETE /me`: delete the own account.

use crate::access::{Access, Recently, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};

/// Delete the own account
///
/// Name, address, credentials, sessions and roles are erased, in the audit log too; what was done for an institution stays. The last administrator
/// has to name another one first.
#[utoipa::path(
    delete, path = "/me", operation_id = "deleteMe", tag = "me", params(versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Deleted."), problem::Parameters, problem::Changed, problem::Administering)
)]
pub(crate) async fn delete_me(
    access: Access<Recently<SignedIn>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (version, actor) = (if_match(&request)?, access.actor().clone());
    state.flow(move |flows| flows.delete_own(&actor, version)).await?;
    Ok(HttpResponse::NoContent().finish())
}
