//! How the catalogue is kept: Diesel over SQLite and PostgreSQL, one schema for both. The only crate that knows a table.
//!
//! Everything is blocking; asynchronous callers wrap it in `spawn_blocking`. Functions take a [`AnyConnection`] that comes from
//! [`Store::read`] (a pooled reader) or [`Store::write`] (a transaction), so that one transaction can span several of them.

pub mod access;
pub mod accounts;
mod actors;
pub mod audit;
mod catalogue;
pub mod changes;
mod claim;
mod connection;
mod convert;
pub mod dumps;
mod error;
mod migrations;
mod partners;
mod pool;
mod rounds;
mod schema;
mod signal;
mod store;
mod url;
mod writer;

pub use catalogue::{duplicates, edits, merges, records, runs};
pub use claim::Claim;
pub use connection::AnyConnection;
pub use error::{Error, Result};
pub use partners::{
    clients, deliveries, files, health, idempotency, imports, mapping, schedules, settings, sources, spent_tokens, troubles, webhooks,
};
pub use rounds::Rounds;
pub use signal::ChangeSignal;
pub use store::{Health, Store, StoreOptions};
pub use url::DatabaseUrl;
