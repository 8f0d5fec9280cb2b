//! Accounts: who works with the portal, in which role.

pub mod change;
pub mod create;
pub mod delete;
pub mod factors;
pub mod get;
pub mod invitation;
pub mod list;
pub mod memberships;
pub mod sessions;

use crate::problem::ApiError;
use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use domain::accounts::{AccountStatus, EmailAddress, Membership, MembershipStatus, OrganizationRef, Role};
use domain::{ErrorCode, Uuid};
use persistence::accounts::directory::Listed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An account.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Account)]
pub struct AccountView {
    /// Id.
    pub id: Uuid,
    /// Where mail goes; missing once the account is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Name; empty once the account is deleted.
    #[schema(examples("Redaktion Kreisvolkshochschule"))]
    pub name: String,
    /// Language of mail.
    #[schema(examples("de"))]
    pub language: String,
    /// Status.
    pub status: AccountStatus,
    /// Counts up with every change of the account or its memberships.
    #[schema(minimum = 1, examples(3))]
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Last sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// All memberships, oldest first.
    pub memberships: Vec<MembershipView>,
}

/// A role of an account.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Membership)]
pub struct MembershipView {
    /// Id.
    pub id: Uuid,
    /// The role.
    pub role: Role,
    /// Where it holds; none for the whole region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationRef>,
    /// Status; only active ones count.
    pub status: MembershipStatus,
    /// Counts up with every change.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
    /// When it was granted.
    pub created_at: DateTime<Utc>,
}

impl From<Listed> for AccountView {
    fn from(Listed { account, memberships, second_factor }: Listed) -> Self {
        Self {
            id: account.id,
            email: account.email,
            name: account.name,
            language: account.language,
            status: account.status,
            version: account.version,
            created_at: account.created_at,
            last_sign_in_at: account.last_sign_in_at,
            second_factor,
            memberships: memberships.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Membership> for MembershipView {
    fn from(Membership { id, role, organization, status, version, created_at, .. }: Membership) -> Self {
        Self { id, role, organization, status, version, created_at }
    }
}

/// The id of an account.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a part of the path")]
pub(crate) struct AccountId {
    /// Id of the account.
    #[param(example = "019ab1c2-0000-7000-8000-000000000005")]
    pub(crate) id: Uuid,
}

/// An id in the path. What is no id is the id of nothing.
pub(crate) fn path_id(request: &HttpRequest, name: &str) -> Result<Uuid, ApiError> {
    request.match_info().query(name).parse().map_err(|_| ApiError::new(ErrorCode::NotFound))
}
