//! Accounts: who works with the portal, in which role, and what each role may do.

mod account;
mod actor;
mod application;
mod email;
pub mod may;
mod roles;

pub use account::{Account, AccountStatus, Membership, MembershipStatus, OrganizationRef};
pub use actor::{Actor, Identity, Origin};
pub use application::{Application, ApplicationDraft, ApplicationStatus, MailLanguage};
pub use email::EmailAddress;
pub use may::Capability;
pub use roles::{Explained, GrantView, Grants, Held, Reach, Role, RoleRights, RoleScope, Roles, Scope, ScopeRights};
