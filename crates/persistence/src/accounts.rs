//! Accounts, their memberships and sessions, and everything that proves who somebody is.

pub mod account;
pub mod ceremonies;
pub mod credentials;
pub mod factors;
pub mod refresh_tokens;
pub mod sessions;
