//! Roles of an account.

pub mod change;
pub mod create;
pub mod delete;

use domain::Uuid;
use utoipa::IntoParams;

/// The ids of an account and one of its memberships.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parts of the path")]
pub(crate) struct MembershipIds {
    /// Id of the account.
    #[param(example = "019ab1c2-0000-7000-8000-000000000005")]
    pub(crate) id: Uuid,
    /// Id of the membership.
    #[param(example = "019ab1c2-0000-7000-8000-000000000006")]
    pub(crate) membership: Uuid,
}
