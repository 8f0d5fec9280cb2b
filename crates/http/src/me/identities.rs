//! Identities at other providers that are linked with the own account.

pub mod link;
pub mod list;
pub mod unlink;
