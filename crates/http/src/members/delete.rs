//! `DELETE /organizations/{id}/members/{membership}`: somebody leaves.

use super::MemberIds;
use crate::access::{Access, May, Recently};
use crate::accounts::path_id;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageMembers;
use persistence::access::owned_organization;
use persistence::accounts::memberships;
use std::sync::Arc;

/// Remove a member
///
/// The role ends with the next request of the person; the account stays. `If-Match` names the version of the membership.
#[utoipa::path(
    delete, path = "/organizations/{id}/members/{membership}", operation_id = "removeMember", tag = "accounts",
    params(MemberIds, versions::IfMatch, crate::params::Lang),
    responses((status = 204, description = "Removed."), problem::Parameters, problem::Versioned)
)]
pub(crate) async fn remove_member(
    access: Access<Recently<May<ManageMembers>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (id, membership, version) = (path_id(&request, "id")?, path_id(&request, "membership")?, if_match(&request)?);
    let (actor, rng, now) = (access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    state
        .write(move |tx| {
            let owned = owned_organization::<ManageMembers>(tx, &actor, id, now)?;
            memberships::remove_member(tx, &owned, membership, version, &*rng, now)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
