//! Runs: the calendar.

pub mod list;
