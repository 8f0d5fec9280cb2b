//! Records of the catalogue and the runs lifted from offers.

pub mod records;
pub mod runs;
