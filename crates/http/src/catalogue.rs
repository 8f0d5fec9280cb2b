//! The catalogue for readers: offers, runs, organisations, places.

mod items;
pub mod offers;
pub mod organizations;
pub mod places;
pub mod runs;
pub mod suggest;

pub use items::*;
