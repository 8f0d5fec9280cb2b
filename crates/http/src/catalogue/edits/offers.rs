//! Edits of offers.

pub mod change;
pub mod list;
pub mod release;
