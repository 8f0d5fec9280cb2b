//! `PATCH /organizations/{id}/members/{membership}`: another role, or none for the time being.

use super::{MemberIds, MemberView};
use crate::access::{Access, May, Recently};
use crate::accounts::change::Standing;
use crate::accounts::path_id;
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::accounts::may::ManageMembers;
use domain::accounts::{MembershipStatus, Role, RoleScope};
use domain::problem::ValueError;
use persistence::Error;
use persistence::access::owned_organization;
use persistence::accounts::directory;
use persistence::accounts::memberships::{self, Change};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What is to become of a membership; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberChange {
    /// A role within an organisation.
    #[serde(default)]
    role: Option<Role>,
    /// Status.
    #[serde(default)]
    status: Option<Standing>,
}

/// Change a member
///
/// Acts on the next request of the person. Somebody who has not agreed yet stays `invited`. `If-Match` names the version of the membership.
#[utoipa::path(
    patch, path = "/organizations/{id}/members/{membership}", operation_id = "changeMember", tag = "accounts",
    params(MemberIds, versions::IfMatch, crate::params::Lang),
    request_body(content = MemberChange, content_type = "application/json", example = json!({ "role": "organization-admin" })),
    responses(
        (status = 200, description = "The member as it is now.", body = MemberView, content_type = "application/json", example = json!({
            "membership": "019ab1c2-0000-7000-8000-000000000006",
            "account": { "id": "019ab1c2-0000-7000-8000-000000000005", "name": "Kursleitung", "email": "kurse@example.org" },
            "role": "organization-admin", "status": "active", "version": 2
        })),
        problem::Parameters, problem::Bodies, problem::Versioned, problem::Clashing
    )
)]
pub(crate) async fn change_member(
    access: Access<Recently<May<ManageMembers>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<MemberChange>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, membership, version) = (path_id(&request, "id")?, path_id(&request, "membership")?, if_match(&request)?);
    let MemberChange { role, status } = body.read().await?;
    if role.is_some_and(|role| role.scope() != RoleScope::Organization) {
        let (de, en) = ("Diese Rolle gilt nicht in einer Einrichtung.", "This role does not hold in an organisation.");
        return Err(ApiError::new(ErrorCode::Invalid).field("/body/role", ValueError::new("role-without-organization", de, en)));
    }
    let status = status.map(|status| if status == Standing::Active { MembershipStatus::Active } else { MembershipStatus::Suspended });
    let (actor, rng, now) = (access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    let changed = state
        .write(move |tx| {
            let owned = owned_organization::<ManageMembers>(tx, &actor, id, now)?;
            memberships::change_member(tx, &owned, membership, version, Change { role, status }, &*rng, now)?;
            directory::members(tx, &owned)?.into_iter().find(|member| member.membership == membership).ok_or(Error::NotFound)
        })
        .await?;
    let member = MemberView::from(changed);
    versions::json(StatusCode::OK, language, member.version, &member)
}
