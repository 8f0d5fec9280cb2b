//! What the field is: types, rules and error codes of the Bildungsregion.
//!
//! This crate knows nothing of the world: no I/O, no async, no database, no web framework.
//! Every layer above has rooms of the same names ([`accounts`], [`catalogue`], [`partners`], [`areas`]).

pub mod accounts;
pub mod areas;
pub mod catalogue;
pub mod error;
pub mod id;
pub mod partners;
pub mod privacy;
pub mod problem;
pub mod text;
pub mod time;
pub mod vocabularies;

pub use error::ErrorCode;
pub use id::{Rng, SystemRng, new_id};
pub use problem::{Problem, Severity};
pub use time::{Clock, FixedClock, Moment, SystemClock, Timestamp};
pub use uuid::Uuid;
