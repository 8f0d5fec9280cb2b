//! `PATCH /accounts/{id}/memberships/{membership}`: let a role count, or not for the time being.

use super::MembershipIds;
use crate::access::{Access, May, Recently};
use crate::accounts::change::Standing;
use crate::accounts::{MembershipView, path_id};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::MembershipStatus;
use domain::accounts::may::ManageAccounts;
use persistence::access::allow;
use persistence::accounts::memberships;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What is to become of a role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MembershipChange {
    /// Status.
    status: Standing,
}

/// Suspend or resume a role
///
/// Acts on the next request of the account. `If-Match` names the version of the membership. The last administrator stays one.
#[utoipa::path(
    patch, path = "/accounts/{id}/memberships/{membership}", operation_id = "changeMembership", tag = "accounts",
    params(MembershipIds, versions::IfMatch, crate::params::Lang),
    request_body(content = MembershipChange, content_type = "application/json", example = json!({ "status": "suspended" })),
    responses(
        (status = 200, description = "The membership as it is now.", body = MembershipView, content_type = "application/json",
            example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000006", "role": "editor", "status": "suspended", "version": 2, "createdAt": "2026-11-24T04:00:00Z"
        })),
        problem::Parameters, problem::Bodies, problem::Versioned, problem::Administering
    )
)]
pub(crate) async fn change_membership(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<MembershipChange>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (key, version) = ((path_id(&request, "id")?, path_id(&request, "membership")?), if_match(&request)?);
    let MembershipChange { status } = body.read().await?;
    let status = if status == Standing::Active { MembershipStatus::Active } else { MembershipStatus::Suspended };
    let (actor, rng, now) = (access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    let changed = state
        .write(move |tx| {
            let allowed = allow::<ManageAccounts>(tx, &actor, now)?;
            memberships::set_status(tx, &allowed, key, version, status, &*rng, now)
        })
        .await?;
    let membership = MembershipView::from(changed);
    versions::json(StatusCode::OK, language, membership.version, &membership)
}
