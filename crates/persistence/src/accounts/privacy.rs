//! What the portal holds about a person.

pub mod export;
