//! Places.

pub mod get;
