//! `PATCH /accounts/{id}`: change an account, suspend or resume it.

use super::{AccountId, AccountView, path_id};
use crate::access::{Access, May, Recently};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;
use domain::accounts::{AccountStatus, MailLanguage};
use domain::text::Title;
use persistence::accounts::administration::Change;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to change; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountChange {
    /// Name.
    #[serde(default)]
    name: Option<Title>,
    /// Language of mail.
    #[serde(default)]
    language: Option<MailLanguage>,
    /// Status.
    #[serde(default)]
    status: Option<Standing>,
}

/// Whether an account or a membership is to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// It counts.
    Active,
    /// It does not count for the time being.
    Suspended,
}

/// Change an account
///
/// Suspending ends every session at once. The last administrator cannot be suspended. An account whose invitation was not accepted becomes
/// `invited` again, not `active`. The person is told by mail.
#[utoipa::path(
    patch, path = "/accounts/{id}", operation_id = "changeAccount", tag = "accounts",
    params(AccountId, versions::IfMatch, crate::params::Lang),
    request_body(content = AccountChange, content_type = "application/json", example = json!({ "status": "suspended" })),
    responses(
        (status = 200, description = "The account as it is now.", body = AccountView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion", "language": "de",
            "status": "suspended", "version": 4, "createdAt": "2026-11-24T04:00:00Z", "secondFactor": true, "memberships": []
        })),
        problem::Parameters, problem::Bodies, problem::Versioned, problem::Administering
    )
)]
pub(crate) async fn change_account(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<AccountChange>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, version) = (path_id(&request, "id")?, if_match(&request)?);
    let AccountChange { name, language: of_mail, status } = body.read().await?;
    let status = status.map(|status| if status == Standing::Active { AccountStatus::Active } else { AccountStatus::Suspended });
    let (actor, what) = (access.actor().clone(), Change { name, language: of_mail, status });
    let changed = state.flow(move |flows| flows.change_account(&actor, id, version, what)).await?;
    let account = AccountView::from(changed);
    versions::json(StatusCode::OK, language, account.version, &account)
}
