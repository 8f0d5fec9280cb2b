//! What tests share: real databases, a clock that stands still, a generator with a seed, and the repository's own data.
//!
//! Nothing here imitates a part of the system. Panics are the way to fail a test, so this crate may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cluster;
mod data;
mod database;
mod fixed;
mod sources;

pub use data::{data_folder, read_data, region, vocabularies};
pub use database::TestDatabase;
pub use fixed::{NOW, SeededRng, clock};
pub use sources::{add_source, own, revoke_source, source, sources};

/// Runs each test body on SQLite and on PostgreSQL: `name::sqlite` and `name::postgres`.
///
/// ```ignore
/// testkit::on_both_databases! {
///     fn a_source_is_found_by_its_key(database) { … }
/// }
/// ```
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* fn $name:ident($database:ident) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            fn check($database: &$crate::TestDatabase) $body

            #[test]
            fn sqlite() {
                check(&$crate::TestDatabase::sqlite());
            }

            #[test]
            fn postgres() {
                check(&$crate::TestDatabase::postgres());
            }
        }
    )*};
}
