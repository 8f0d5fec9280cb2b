//! The catalogue for readers: offers, runs, organisations, places.

pub(crate) mod document;
pub mod edits;
pub(crate) mod elsewhere;
pub(crate) mod found;
pub mod offers;
pub mod organizations;
pub mod places;
pub mod runs;
pub mod suggest;
