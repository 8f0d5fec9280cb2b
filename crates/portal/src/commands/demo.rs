//! `demo`: invented examples, imported as a partner's file would be, or written to a file.

use super::import::report;
use super::{add_source, open, operator, services};
use crate::cli::Demo as Arguments;
use crate::data::Data;
use crate::demo::{Demo, Options};
use crate::output;
use crate::settings::Settings;
use anyhow::{Context, Result};
use domain::catalogue::Licence;
use domain::partners::{Handing, ImportFormat, ImportMode};
use domain::{Clock, SystemClock};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use sync::import::Once;

/// Key and name of the source.
const SOURCE: (&str, &str) = ("beispielkatalog", "Beispielkatalog (erfundene Angebote)");

pub(super) fn run(settings: &Settings, arguments: &Arguments) -> Result<ExitCode> {
    let data = Data::load(settings.region_dir.as_deref())?;
    let today = arguments.today.unwrap_or_else(|| SystemClock.now().with_timezone(&data.region.info().time_zone).date_naive());
    let options = Options { offers: arguments.offers, seed: arguments.seed, today };
    match &arguments.ndjson {
        Some(path) => write(&Demo::new(options, &data.region)?, path),
        None => import(settings, arguments, options, data),
    }
}

fn write(demo: &Demo, path: &Path) -> Result<ExitCode> {
    let bar = output::progress(Some(demo.len()), "records");
    let out: Box<dyn Write> = if path == Path::new("-") {
        Box::new(std::io::stdout().lock())
    } else {
        Box::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?)
    };
    demo.write_ndjson(&mut BufWriter::with_capacity(1 << 20, out), || bar.inc(1))?;
    bar.finish_and_clear();
    if path != Path::new("-") {
        output::line(format_args!("{} records written to {}", demo.len(), path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

fn import(settings: &Settings, arguments: &Arguments, options: Options, data: Data) -> Result<ExitCode> {
    let store = open(settings)?;
    if arguments.if_empty && store.read(persistence::changes::last_seq)? > 0 {
        output::line("The catalogue is not empty; nothing was done.");
        return Ok(ExitCode::SUCCESS);
    }
    // There already, unless the catalogue is new.
    let (key, name) = SOURCE;
    add_source(&store, key, name, Licence::CcZero, None)?;
    let demo = Demo::new(options, &data.region)?;
    let services = services(store, data.vocabularies, data.region);
    let bar = output::progress(Some(demo.len()), "records");
    // The records are made while they are imported: neither memory nor disk holds them all.
    let (reader, writer) = std::io::pipe()?;
    let import = std::thread::scope(|scope| {
        let maker = scope.spawn(|| demo.write_ndjson(&mut BufWriter::with_capacity(1 << 16, writer), || {}));
        let import = sync::import::run(
            &services,
            &operator(),
            key,
            &Handing { confirmed: true, ..Handing::new(ImportFormat::Ndjson, ImportMode::Full) },
            &mut Once(BufReader::with_capacity(1 << 16, reader)),
            &mut |counts| bar.set_position(counts.created + counts.changed + counts.unchanged),
        );
        // A failed import closes the pipe; the import says why, the broken pipe would only hide it.
        let made = maker.join();
        let import = import?;
        made.map_err(|_| anyhow::anyhow!("the catalogue could not be made"))??;
        Ok::<_, anyhow::Error>(import)
    })?;
    bar.finish_and_clear();
    report(&services.store, &import)
}
