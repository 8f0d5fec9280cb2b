//! Accounts, their memberships and sessions, and everything that proves who somebody is.

pub mod account;
pub mod administration;
pub mod applications;
pub mod ceremonies;
pub mod contacts;
pub mod credentials;
pub mod directory;
pub mod erasure;
pub mod factors;
pub mod identity_links;
pub mod mails;
pub mod memberships;
pub mod one_time_tokens;
pub mod privacy;
pub mod profile;
pub mod refresh_tokens;
pub mod retention;
pub mod sessions;
