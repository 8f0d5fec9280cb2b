//! Page addresses.

use super::messages::Language;
use domain::Uuid;

/// The path of a record's page after the language.
pub(super) fn record(segment: &str, id: Uuid, slug: &str) -> String {
    format!("/{segment}/{id}/{slug}")
}

/// The whole address of a path.
pub(super) fn absolute(origin: &str, language: Language, path: &str) -> String {
    format!("{origin}/{}{path}", language.tag())
}
