//! Roles and what they may do.

pub mod list;
