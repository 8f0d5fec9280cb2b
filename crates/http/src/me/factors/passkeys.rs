//! The own passkeys.

pub mod begin;
pub mod finish;
pub mod remove;
