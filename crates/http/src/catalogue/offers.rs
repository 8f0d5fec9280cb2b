//! Offers.

pub mod calendar;
pub mod get;
pub mod list;
