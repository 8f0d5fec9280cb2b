//! How it is asked for: the API under `/api/v1`, its documentation under `/api/docs`, and the pages.
//!
//! [`server`] puts everything together; [`openapi()`] is the document that `openapi/openapi.json` holds.

mod access;
pub mod accounts;
pub mod applications;
pub mod areas;
pub mod audit;
pub mod auth;
mod body;
pub mod catalogue;
pub mod changes;
mod client_address;
mod cross_origin;
mod cursor;
mod docs;
pub mod dumps;
pub mod duplicates;
mod edge;
pub mod exports;
pub mod feeds;
mod flows;
mod guard;
pub mod health;
pub mod hsds;
mod lanes;
pub mod language;
pub mod list;
pub mod me;
pub mod members;
mod metering;
pub mod moochub;
pub mod oauth;
pub mod ogc;
mod openapi;
// An answer that ends a page early is made once per request; boxing it would only hide it.
#[allow(clippy::result_large_err)]
pub mod pages;
mod params;
pub mod partners;
pub mod privacy;
pub mod problem;
pub mod push;
mod query;
mod rate_limit;
mod respond;
pub mod roles;
mod routes;
mod server;
mod state;
mod tracing_span;
mod versions;
pub mod vocabularies;

pub use edge::{Edge, EdgeError};
pub use openapi::{PREFIX, openapi, openapi_json};
pub use rate_limit::{Rate, RateError, Rates};
pub use server::server;
pub use state::{AppState, Limits};
