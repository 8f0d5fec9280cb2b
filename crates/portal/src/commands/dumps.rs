//! `dumps make`: the dumps of the whole catalogue, now.

use super::{open, services};
use crate::cli::DumpsCommand;
use crate::data::Data;
use crate::output;
use crate::settings::Settings;
use anyhow::Result;
use domain::areas::Region;
use exchange::out::Site;
use std::process::ExitCode;

pub(super) fn run(settings: &Settings, command: DumpsCommand) -> Result<ExitCode> {
    match command {
        DumpsCommand::Make => make(settings),
    }
}

fn make(settings: &Settings) -> Result<ExitCode> {
    let store = open(settings)?;
    let Data { region, vocabularies, .. } = Data::load(settings.region_dir.as_deref())?;
    let base = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.bind));
    let site = site(&base, &region);
    let services = services(store, vocabularies, region);
    let Some(made) = sync::dumps::make(&services, &site)? else {
        output::line("Another process is making the dumps just now.");
        return Ok(ExitCode::from(1));
    };
    for file in made {
        output::line(format_args!("{}: {} bytes, sha256 {}", file.name, file.size, file.sha256.unwrap_or_default()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The portal as dumps name it.
pub(super) fn site(base: &str, region: &Region) -> Site {
    let info = region.info();
    Site { base: base.trim_end_matches('/').into(), name: format!("Bildungsregion {}", info.name).into(), zone: info.time_zone }
}
