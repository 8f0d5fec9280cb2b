//! The catalogue: organisations, places and offers with their runs.
//!
//! Each aggregate has two shapes. A *draft* is what somebody hands in: texts and codes are bounded and typed, references are
//! external ids of the same source. A *record* ([`Organization`], [`Place`], [`Offer`]) is what the catalogue keeps and shows:
//! references are resolved and carry what a reader needs. [`assemble`] turns the one into the other.

pub mod assemble;
mod common;
mod draft;
pub mod edits;
mod offer;
mod organization;
mod place;
mod price;
mod recurrence;
mod run;

pub use common::*;
pub use draft::*;
pub use offer::*;
pub use organization::*;
pub use place::*;
pub use price::*;
pub use recurrence::{HORIZON_DAYS, MAX_SESSIONS, PAST_DAYS, Recurrence, expand};
pub use run::*;
