//! Nightly dumps of the catalogue.

pub mod get;
pub mod list;
