//! Records of the catalogue and the runs lifted from offers.

pub mod duplicates;
pub mod edits;
pub mod merges;
pub mod records;
pub mod runs;
