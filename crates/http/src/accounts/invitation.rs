//! `POST /accounts/{id}/invitation`: send the invitation once more.

use super::{AccountId, path_id};
use crate::access::{Access, May, Recently};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;

/// Send an invitation once more
///
/// With a new link; the earlier one ends. 409 if the account is in use.
#[utoipa::path(
    post, path = "/accounts/{id}/invitation", operation_id = "inviteAccountAgain", tag = "accounts", params(AccountId, crate::params::Lang),
    responses((status = 202, description = "It is being sent."), problem::Parameters, problem::Missing, problem::Clashing)
)]
pub(crate) async fn invite_again(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, actor) = (path_id(&request, "id")?, access.actor().clone());
    state.flow(move |flows| flows.invite_again(&actor, id)).await?;
    Ok(HttpResponse::Accepted().finish())
}
