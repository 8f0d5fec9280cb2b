//! The binary `bildungsregion`.

use clap::Parser;
use portal::cli::{Cli, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, Command::Serve(_)) {
        portal::memory::few_arenas();
    }
    portal::commands::run(cli)
}
