//! Sources, their imports and the keys that make a repeated request harmless.

pub mod clients;
pub mod deliveries;
pub mod files;
pub mod idempotency;
pub mod imports;
pub mod sources;
pub mod spent_tokens;
pub mod webhooks;
