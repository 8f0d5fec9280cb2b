//! `POST /accounts/{id}/memberships`: grant a role.

use crate::access::{Access, May, Recently};
use crate::accounts::create::NewMembership;
use crate::accounts::{AccountId, MembershipView, path_id};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;

/// Grant a role
///
/// It counts with the next request of the account, or once the invitation is accepted. The person is told by mail.
#[utoipa::path(
    post, path = "/accounts/{id}/memberships", operation_id = "grantMembership", tag = "accounts", params(AccountId, crate::params::Lang),
    request_body(content = NewMembership, content_type = "application/json", example = json!({
        "role": "organization-admin", "organization": "019ab1c2-0000-7000-8000-000000000002"
    })),
    responses(
        (status = 201, description = "Granted.", body = MembershipView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the account.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000006", "role": "organization-admin",
            "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule" }, "status": "active", "version": 1,
            "createdAt": "2026-11-24T04:00:00Z"
        })),
        problem::Parameters, problem::Bodies, problem::Missing, problem::Clashing
    )
)]
pub(crate) async fn grant_membership(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewMembership>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let id = path_id(&request, "id")?;
    let NewMembership { role, organization } = body.read().await?;
    let actor = access.actor().clone();
    let granted = state.flow(move |flows| flows.grant(&actor, id, (role, organization))).await?;
    let membership = MembershipView::from(granted);
    versions::created(&format!("/accounts/{id}"), language, membership.version, &membership)
}
