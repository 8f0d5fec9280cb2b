//! How it is asked for: the API under `/api/v1`, its documentation, and the hook for the pages.

pub mod areas;
pub mod catalogue;
pub mod changes;
pub mod health;
pub mod list;
mod openapi;
mod params;
pub mod partners;
pub mod problem;
mod routes;
pub mod vocabularies;

pub use openapi::{PREFIX, openapi};
