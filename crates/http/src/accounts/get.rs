//! `GET /accounts/{id}`: one account.

use super::{AccountId, AccountView, path_id};
use crate::access::{Access, May};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;
use persistence::access::allow;
use persistence::accounts::directory;

/// Show an account
///
/// The `ETag` is what a change has to name in `If-Match`.
#[utoipa::path(
    get, path = "/accounts/{id}", operation_id = "getAccount", tag = "accounts", params(AccountId, crate::params::Lang),
    responses(
        (status = 200, description = "The account.", body = AccountView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion", "language": "de",
            "status": "active", "version": 3, "createdAt": "2026-11-24T04:00:00Z", "lastSignInAt": "2026-11-24T06:00:00Z", "secondFactor": true,
            "memberships": []
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_account(
    access: Access<May<ManageAccounts>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, id, now) = (access.actor().clone(), path_id(&request, "id")?, state.now());
    let found = state
        .read(move |connection| {
            let allowed = allow::<ManageAccounts>(connection, &actor, now)?;
            directory::get(connection, &allowed, id)
        })
        .await?;
    let account = AccountView::from(found);
    versions::json(StatusCode::OK, language, account.version, &account)
}
