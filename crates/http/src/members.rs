//! Members: who works for an organisation, for whoever works with them.

pub mod change;
pub mod create;
pub mod delete;
pub mod list;

use chrono::{DateTime, Utc};
use domain::Uuid;
use domain::accounts::{EmailAddress, MembershipStatus, Role};
use persistence::accounts::directory::Member;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Somebody who works for an organisation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Member)]
pub struct MemberView {
    /// Id of the membership, by which it is addressed.
    pub membership: Uuid,
    /// The person.
    pub account: MemberAccount,
    /// The role.
    pub role: Role,
    /// Status; only active ones count.
    pub status: MembershipStatus,
    /// Version of the membership.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
    /// Last sign-in, of people who have agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<DateTime<Utc>>,
}

/// What an organisation sees of a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MemberAccount {
    /// Id of the account.
    pub id: Uuid,
    /// Name; until the person has agreed, the one under which they were invited.
    #[schema(examples("Redaktion Kreisvolkshochschule"))]
    pub name: String,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        let Member { membership, account, name, email, role, status, version, last_sign_in_at } = member;
        Self { membership, account: MemberAccount { id: account, name, email }, role, status, version, last_sign_in_at }
    }
}

/// The id of an organisation.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a part of the path")]
pub(crate) struct OrganizationId {
    /// Id of the organisation.
    #[param(example = "019ab1c2-0000-7000-8000-000000000002")]
    pub(crate) id: Uuid,
}

/// The ids of an organisation and a membership there.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parts of the path")]
pub(crate) struct MemberIds {
    /// Id of the organisation.
    #[param(example = "019ab1c2-0000-7000-8000-000000000002")]
    pub(crate) id: Uuid,
    /// Id of the membership.
    #[param(example = "019ab1c2-0000-7000-8000-000000000006")]
    pub(crate) membership: Uuid,
}
