//! The own account.

pub mod get;
