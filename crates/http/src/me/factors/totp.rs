//! The own authenticator app.

pub mod begin;
pub mod confirm;
pub mod remove;
