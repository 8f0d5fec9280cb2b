//! The composition of the Bildungsregion: configuration, commands, embedded data and the example catalogue.

pub mod cli;
pub mod commands;
pub mod data;
pub mod demo;
pub mod logging;
pub mod memory;
pub mod output;
pub mod settings;
