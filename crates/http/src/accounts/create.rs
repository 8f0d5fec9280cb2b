//! `POST /accounts`: invite somebody.

use super::AccountView;
use crate::access::{Access, May, Recently};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageAccounts;
use domain::accounts::{EmailAddress, MailLanguage, Role};
use domain::problem::ValueError;
use domain::text::Title;
use domain::{ErrorCode, Uuid};
use identity::flows::Invitee;
use serde::Deserialize;
use utoipa::ToSchema;

/// Most roles of one invitation.
const MOST_ROLES: usize = 20;

/// Somebody to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccount {
    /// Where the invitation goes.
    email: EmailAddress,
    /// Name; the person can change it.
    name: Title,
    /// Language of mail.
    language: MailLanguage,
    /// Roles, which count once the person has accepted.
    #[serde(default)]
    #[schema(max_items = 20)]
    memberships: Vec<NewMembership>,
}

/// A role to grant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMembership {
    /// The role.
    pub(crate) role: Role,
    /// Where it is to hold; none for roles of the whole region.
    #[serde(default)]
    pub(crate) organization: Option<Uuid>,
}

/// Invite somebody
///
/// The invitation goes out by mail and can be accepted for seven days; there is no password until then.
#[utoipa::path(
    post, path = "/accounts", operation_id = "inviteAccount", tag = "accounts", params(crate::params::Lang),
    request_body(content = NewAccount, content_type = "application/json", example = json!({
        "email": "redaktion@example.org", "name": "Redaktion", "language": "de", "memberships": [{ "role": "editor" }]
    })),
    responses(
        (status = 201, description = "Invited. `Location` is the address of the account.", body = AccountView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the account.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion", "language": "de",
            "status": "invited", "version": 2, "createdAt": "2026-11-24T04:00:00Z", "secondFactor": false,
            "memberships": [{ "id": "019ab1c2-0000-7000-8000-000000000006", "role": "editor", "status": "invited", "version": 1,
                "createdAt": "2026-11-24T04:00:00Z" }]
        })),
        problem::Parameters, problem::Bodies, problem::Registering
    )
)]
pub(crate) async fn invite_account(
    access: Access<Recently<May<ManageAccounts>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewAccount>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let NewAccount { email, name, language: of_mail, memberships } = body.read().await?;
    if memberships.len() > MOST_ROLES {
        let (de, en) = (format!("Höchstens {MOST_ROLES} Rollen."), format!("At most {MOST_ROLES} roles."));
        return Err(ApiError::new(ErrorCode::Invalid).field("/body/memberships", ValueError::new("too-many-values", de, en)));
    }
    let roles = memberships.into_iter().map(|wanted| (wanted.role, wanted.organization)).collect();
    let actor = access.actor().clone();
    let invited = state.flow(move |flows| flows.invite(&actor, Invitee { email, name, language: of_mail }, roles)).await?;
    let account = AccountView::from(invited);
    versions::created(&format!("/accounts/{}", account.id), language, account.version, &account)
}
