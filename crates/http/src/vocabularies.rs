//! Controlled vocabularies.

pub mod get;
pub mod list;
