//! Organisations.

pub mod get;
pub mod list;
