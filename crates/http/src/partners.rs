//! Partners: sources, the systems that write for them, and what they hand in.

pub mod clients;
pub mod health;
pub mod imports;
pub mod mapping;
pub mod schedule;
pub mod settings;
pub mod sources;
mod spool;
pub mod uploads;
pub mod webhooks;

use actix_web::HttpRequest;

/// The key of the source in the path.
pub(crate) fn source_key(request: &HttpRequest) -> String {
    request.match_info().query("source").to_owned()
}
