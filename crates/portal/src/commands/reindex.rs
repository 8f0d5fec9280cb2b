//! `reindex`: the search index anew, from the records.

use super::{open, open_index, services};
use crate::data::Data;
use crate::output;
use crate::settings::Settings;
use anyhow::Result;
use std::process::ExitCode;
use std::time::Instant;

pub(super) fn run(settings: &Settings) -> Result<ExitCode> {
    let store = open(settings)?;
    let Data { region, vocabularies, words, .. } = Data::load(settings.region_dir.as_deref())?;
    let services = services(store, vocabularies, region);
    let index = open_index(settings, &words, &services)?;
    let began = Instant::now();
    let records = sync::indexer::rebuild(&services.store, &index)?;
    output::line(format_args!(
        "Built the search index of {records} records in {:.1} s in {}.",
        began.elapsed().as_secs_f64(),
        settings.index_dir().display()
    ));
    Ok(ExitCode::SUCCESS)
}
