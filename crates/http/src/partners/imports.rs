//! Imports of a source.

pub mod create;
pub mod get;
pub mod list;
pub mod problems;
