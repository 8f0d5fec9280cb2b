//! The composition of the Bildungsregion: configuration, commands, embedded data and the example catalogue.

pub mod data;
pub mod demo;
