//! The region and its areas.

pub mod boundaries;
pub mod holidays;
pub mod list;
pub mod region;
