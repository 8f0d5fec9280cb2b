//! Sources, their imports and the keys that make a repeated request harmless.

pub mod clients;
pub mod deliveries;
pub mod files;
pub mod health;
pub mod idempotency;
pub mod imports;
pub mod mapping;
pub mod schedules;
pub mod settings;
pub mod sources;
pub mod spent_tokens;
pub mod troubles;
pub mod webhooks;
