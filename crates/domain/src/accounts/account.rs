//! Accounts and memberships.

use super::{EmailAddress, Role};
use crate::catalogue::code_enum;
use crate::problem::ValueError;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

code_enum! {
    /// Where an account stands.
    AccountStatus {
        /// Invited, and not yet accepted.
        Invited = "invited",
        /// In use.
        Active = "active",
        /// Suspended: nobody can sign in.
        Suspended = "suspended",
        /// Deleted: the row stays for what refers to it, without a person.
        Deleted = "deleted",
    }
}

code_enum! {
    /// Where a membership stands. Only active ones count.
    MembershipStatus {
        /// Granted with an invitation that is not yet accepted.
        Invited = "invited",
        /// Counts.
        Active = "active",
        /// Does not count for the time being.
        Suspended = "suspended",
    }
}

/// A person who works with the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// `UUIDv7`.
    pub id: Uuid,
    /// Where mail is sent; unique. Missing when deleted.
    pub email: Option<EmailAddress>,
    /// Name for people.
    pub name: String,
    /// Language of mail: `de` or `en`.
    pub language: String,
    /// Status.
    pub status: AccountStatus,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Last sign-in that succeeded.
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Counts up with every change of the account or its memberships; the `ETag`.
    pub version: i64,
}

/// A role of an account, in the region or in one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// `UUIDv7`.
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// The role.
    pub role: Role,
    /// The organisation; none for roles of the region.
    pub organization: Option<OrganizationRef>,
    /// Status.
    pub status: MembershipStatus,
    /// When it was granted.
    pub created_at: DateTime<Utc>,
    /// Counts up with every change.
    pub version: i64,
}

/// An organisation by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganizationRef {
    /// Id of the organisation.
    pub id: Uuid,
    /// Its name.
    #[schema(examples("Kreisvolkshochschule"))]
    pub name: String,
}
