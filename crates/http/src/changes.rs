//! The change feed.

pub mod list;
