//! `import`: hand in a file at the command line, by the same path as the API.

use super::{no_source, open, operator, services};
use crate::cli::Import as Arguments;
use crate::data::Data;
use crate::output;
use crate::settings::Settings;
use anyhow::{Context, Result};
use domain::accounts::may::ReadImports;
use domain::partners::{Handing, Import, ImportState};
use domain::{Clock, SystemClock};
use persistence::{Store, access};
use std::fs::File;
use std::io::{BufReader, Seek};
use std::path::Path;
use std::process::ExitCode;
use sync::import::{ImportError, Input};

/// Problems and records printed at most; the rest is in the database.
const SHOWN: i64 = 50;

pub(super) fn run(settings: &Settings, arguments: &Arguments) -> Result<ExitCode> {
    let store = open(settings)?;
    let data = Data::load(settings.region_dir.as_deref())?;
    let services = services(store, data.vocabularies, data.region);
    let mut input = input(&arguments.file)?;
    let Arguments { format, mode, dry_run, confirmed, .. } = *arguments;
    let handing = Handing { format, mode, dry_run, confirmed };
    let bar = output::progress(None, "records");
    let import = sync::import::run(&services, &operator(), &arguments.source, &handing, &mut *input, &mut |counts| {
        bar.set_position(counts.created + counts.changed + counts.unchanged + counts.withdrawn + counts.rejected);
    });
    let import = import.map_err(|error| match error {
        ImportError::Store(error) => no_source(&arguments.source)(error),
        other => other.into(),
    })?;
    bar.finish_and_clear();
    report(&services.store, &import)
}

/// The file. Standard input is spooled: what stops to ask has to be kept.
fn input(path: &Path) -> Result<Box<dyn Input>> {
    if path == Path::new("-") {
        let mut spooled = tempfile::tempfile().context("cannot keep standard input")?;
        std::io::copy(&mut std::io::stdin().lock(), &mut spooled).context("cannot read standard input")?;
        spooled.rewind()?;
        return Ok(Box::new(BufReader::with_capacity(1 << 20, spooled)));
    }
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Box::new(BufReader::with_capacity(1 << 20, file)))
}

/// Prints what happened. 0: all well, 1: some records were refused, 2: the file was refused, or its import waits to be confirmed.
pub(super) fn report(store: &Store, import: &Import) -> Result<ExitCode> {
    let counts = import.counts;
    let outcome = if import.dry_run { "tried, nothing was changed" } else { import.state.code() };
    output::line(format_args!(
        "{}: {} created, {} changed, {} unchanged, {} withdrawn, {} rejected, {} problems (import {})",
        outcome, counts.created, counts.changed, counts.unchanged, counts.withdrawn, counts.rejected, import.problem_count, import.id
    ));
    let problems = store.read(|connection| {
        let source = access::owned_source(connection, &operator(), &import.source, SystemClock.now())?;
        persistence::imports::problems(connection, &source, import.id, -1, SHOWN)
    })?;
    for (_, problem) in &problems {
        let line = problem.line.map(|line| format!("line {line}, ")).unwrap_or_default();
        let kind = problem.record_kind.map_or("record", |kind| kind.code());
        let id = problem.record_id.as_deref().unwrap_or("without id");
        let (severity, pointer) = (format!("{:?}", problem.problem.severity).to_lowercase(), &problem.problem.pointer);
        output::line(format_args!("  {severity}: {line}{kind} {id} {pointer}: {} [{}]", problem.problem.message.en, problem.problem.code));
    }
    if import.problem_count > problems.len() as u64 {
        output::line(format_args!("  … and {} more", import.problem_count - problems.len() as u64));
    }
    if import.dry_run {
        records(store, import)?;
    }
    if let Some(failure) = &import.failure {
        output::complain(format_args!("the file was refused, nothing was changed: {} {} [{}]", failure.pointer, failure.message.en, failure.code));
    }
    if let Some(asked) = &import.confirmation {
        let (withdrawals, published) = (asked.withdrawals, asked.published);
        output::complain(format_args!(
            "this would withdraw {withdrawals} of {published} records: confirm it in the portal, or import with --confirmed if that is meant"
        ));
    }
    Ok(match (import.state, counts.rejected) {
        (ImportState::Succeeded, 0) => ExitCode::SUCCESS,
        (ImportState::Succeeded, _) => ExitCode::from(1),
        _ => ExitCode::from(2),
    })
}

/// Prints what would happen to which record.
fn records(store: &Store, import: &Import) -> Result<()> {
    let (records, total) = store.read(|connection| {
        let source = access::owned_source::<ReadImports>(connection, &operator(), &import.source, SystemClock.now())?;
        persistence::imports::reported(connection, &source, import.id, None, None, SHOWN)
    })?;
    for (_, record) in &records {
        let name = record.name.as_deref().unwrap_or_default();
        output::line(format_args!("  {}: {} {} {name}", record.action.code(), record.kind.code(), record.external_id));
    }
    let rest = total - i64::try_from(records.len()).unwrap_or(total);
    if rest > 0 {
        output::line(format_args!("  … and {rest} more records"));
    }
    Ok(())
}
