//! `GET /organizations/{id}/members`: who works for an organisation.

use super::{MemberView, OrganizationId};
use crate::access::{Access, May};
use crate::accounts::path_id;
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadMembers;
use persistence::access::owned_organization;
use persistence::accounts::directory;
use serde::Serialize;
use utoipa::ToSchema;

/// The members of an organisation.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "documents the envelope that `List` writes")]
pub(crate) struct MemberList {
    data: Vec<MemberView>,
    page: Page,
}

/// List the members of an organisation
///
/// All of them, those invited first come first.
#[utoipa::path(
    get, path = "/organizations/{id}/members", operation_id = "listMembers", tag = "accounts", params(OrganizationId, crate::params::Lang),
    responses(
        (status = 200, description = "Every member.", body = MemberList, content_type = "application/json", example = json!({
            "data": [{ "membership": "019ab1c2-0000-7000-8000-000000000006",
                "account": { "id": "019ab1c2-0000-7000-8000-000000000005", "name": "Kursleitung", "email": "kurse@example.org" },
                "role": "organization-editor", "status": "active", "version": 1 }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn list_members(
    access: Access<May<ReadMembers>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, id, now) = (access.actor().clone(), path_id(&request, "id")?, state.now());
    let found = state
        .read(move |connection| {
            let owned = owned_organization::<ReadMembers>(connection, &actor, id, now)?;
            directory::members(connection, &owned)
        })
        .await?;
    let data: Vec<MemberView> = found.into_iter().map(Into::into).collect();
    private_json(&request, language, &List { page: Page::whole(data.len()), data })
}
