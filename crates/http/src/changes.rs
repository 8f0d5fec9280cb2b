//! The change feed.

pub mod list;
pub(crate) mod waiting;
