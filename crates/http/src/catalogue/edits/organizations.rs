//! Edits of organisations.

pub mod change;
pub mod list;
pub mod release;
