//! The audit log: who did what. Reading it is itself noted in it.

pub mod export;
mod filter;
pub mod list;
mod table;
