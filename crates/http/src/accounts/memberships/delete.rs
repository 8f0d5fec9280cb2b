//! `DELETE /accounts/{id}/memberships/{membership}`: take a role away.

use super::MembershipIds;
use crate::access::{Access, May, Recently};
use crate::accounts::path_id;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;
use persistence::access::allow;
use persistence::accounts::memberships;
use std::sync::Arc;

/// Take a role away
///
/// Acts on the next request of the account. `If-Match` names the version of the membership. The last administrator stays one.
#[utoipa::path(
    delete, path = "/accounts/{id}/memberships/{membership}", operation_id = "removeMembership", tag = "accounts",
    params(MembershipIds, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Taken away."), problem::Parameters, problem::Versioned, problem::Administering)
)]
pub(crate) async fn remove_membership(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (key, version) = ((path_id(&request, "id")?, path_id(&request, "membership")?), if_match(&request)?);
    let (actor, rng, now) = (access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            memberships::remove(tx, &allowed, key, version, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
