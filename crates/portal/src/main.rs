//! The binary `bildungsregion`.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    portal::commands::run(portal::cli::Cli::parse())
}
