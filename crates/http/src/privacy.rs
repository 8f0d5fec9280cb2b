//! Privacy: what is kept of people, and why.

pub mod list;
