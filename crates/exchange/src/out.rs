//! Writing formats that somebody downstream reads: pure functions from the domain's records to bytes.
//!
//! Nothing here asks a database, the time or the network: what a format needs to know beside the record comes in a [`Site`].
//! The formats are described in `docs/formats/out/`.

mod addresses;
pub mod atom;
pub mod csv;
mod fields;
pub mod geojson;
pub mod hsds;
pub mod ics;
pub mod jsonld;
mod licences;
pub mod moochub;
pub mod ndjson;
pub mod openqcat;
mod words;

pub use licences::{Licence, licence};

/// What outputs have to know of the portal they come from. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Site {
    /// Public origin without a slash at the end, for example `https://bildung.example.org`.
    pub base: std::sync::Arc<str>,
    /// Name of the portal, for people.
    pub name: std::sync::Arc<str>,
    /// The zone of the region.
    pub zone: chrono_tz::Tz,
}

impl Site {
    /// The host alone, for identifiers such as `UID:…@host`.
    pub fn host(&self) -> &str {
        let rest = self.base.split_once("://").map_or(&*self.base, |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or(rest)
    }

    /// A complete address of a path of the portal (`path` begins with a slash).
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}
