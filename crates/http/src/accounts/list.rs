//! `GET /accounts`: all accounts.

use super::AccountView;
use crate::access::{Access, May};
use crate::catalogue::found;
use crate::cursor;
use crate::list::Page;
use crate::problem::{self, ApiError};
use crate::query::{Query, uuid};
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::accounts::may::ManageAccounts;
use domain::accounts::{AccountStatus, Role};
use persistence::access::allow;
use persistence::accounts::directory::{self, Filter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of accounts.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AccountList {
    /// The accounts, the newest first.
    pub data: Vec<AccountView>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of accounts.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountParameters {
    /// Part of the name or of the e-mail address.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// Status; all but deleted ones if not given.
    pub status: Option<Vec<AccountStatus>>,
    /// Role.
    pub role: Option<Vec<Role>>,
    /// Members of this organisation.
    pub organization: Option<Uuid>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List the accounts
///
/// The newest first. Deleted accounts are shown only when their status is asked for.
#[utoipa::path(
    get, path = "/accounts", operation_id = "listAccounts", tag = "accounts", params(AccountParameters),
    responses(
        (status = 200, description = "A page of accounts.", body = AccountList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion", "language": "de",
                "status": "active", "version": 3, "createdAt": "2026-11-24T04:00:00Z", "secondFactor": true,
                "memberships": [{ "id": "019ab1c2-0000-7000-8000-000000000006", "role": "editor", "status": "active", "version": 1,
                    "createdAt": "2026-11-24T04:00:00Z" }] }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn list_accounts(
    access: Access<May<ManageAccounts>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let text = parameters.words("q", 200);
    let (status, role) = (parameters.values("status"), parameters.values("role"));
    let organization = parameters.one("organization", uuid);
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint("accounts");
    let language = parameters.finish()?;
    let before = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    let (actor, now, filter) = (access.actor().clone(), state.now(), Filter { text, status, role, organization });
    let (mut found, total) = state
        .read(move |connection| {
            let allowed = allow::<ManageAccounts>(connection, &actor, now)?;
            directory::list(connection, &allowed, &filter, before, i64::from(limit) + 1)
        })
        .await?;
    let next = found::next_page(&mut found, limit, |listed| cursor::encode(list, &listed.account.id.to_string()));
    let data = found.into_iter().map(Into::into).collect();
    private_json(&request, language, &AccountList { data, page: Page { next, limit, total } })
}
