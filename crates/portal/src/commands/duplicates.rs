//! `duplicates`: offers that may be the same.

use super::{open, services};
use crate::cli::DuplicatesCommand;
use crate::data::Data;
use crate::output;
use crate::settings::Settings;
use anyhow::Result;
use std::process::ExitCode;
use std::time::Instant;
use sync::duplicates::{self, Found};

pub(super) fn run(settings: &Settings, command: &DuplicatesCommand) -> Result<ExitCode> {
    match command {
        DuplicatesCommand::Scan => scan(settings),
    }
}

fn scan(settings: &Settings) -> Result<ExitCode> {
    let store = open(settings)?;
    let Data { region, vocabularies, .. } = Data::load(settings.region_dir.as_deref())?;
    let services = services(store, vocabularies, region);
    let began = Instant::now();
    let Found { offers, new, gone } = duplicates::scan(&services)?;
    let seconds = began.elapsed().as_secs_f64();
    output::line(format_args!("Compared {offers} offers in {seconds:.1} s: {new} new pairs, {gone} that are not alike any more."));
    Ok(ExitCode::SUCCESS)
}
