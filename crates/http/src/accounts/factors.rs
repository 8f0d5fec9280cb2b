//! `DELETE /accounts/{id}/factors`: somebody has lost the device.

use super::{AccountId, path_id};
use crate::access::{Access, May, Recently};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;

/// Remove the second factors of an account
///
/// For somebody who has lost the device and the recovery codes. Ends every session; roles that demand a second factor may do nothing until a new
/// one is set up. The person is told by mail. Make sure beforehand that it really is them who asks.
#[utoipa::path(
    delete, path = "/accounts/{id}/factors", operation_id = "removeAccountFactors", tag = "accounts", params(AccountId, crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Missing)
)]
pub(crate) async fn remove_factors(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, actor) = (path_id(&request, "id")?, access.actor().clone());
    state.flow(move |flows| flows.remove_factors(&actor, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
