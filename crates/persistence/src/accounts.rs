//! Accounts, their memberships and sessions, and everything that proves who somebody is.

pub mod account;
pub mod sessions;
