//! Edits of places.

pub mod change;
pub mod list;
pub mod release;
