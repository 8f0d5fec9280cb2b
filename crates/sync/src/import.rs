//! Imports: a file of a source becomes records, as one transaction or not at all.
//!
//! The reading thread compares each record's hash with what is kept. Unchanged records end there. New and changed ones are decoded and
//! assembled in batches and handed to a writing thread, which begins its transaction with the first batch: an import without news never
//! takes the database's one writer. Offers that come before their organisation or place wait until the end of the file.

mod assembly;
mod known;
mod references;
mod report;
mod writing;

use crate::Services;
use assembly::Assembly;
use domain::partners::{Import, ImportCounts, ImportFormat, ImportMode, ImportState, Source};
use domain::problem::ValueError;
use domain::{Clock, Problem, Uuid, new_id};
use exchange::{FileError, FileSummary, Stop};
use known::Known;
use persistence::imports::{self, Ending};
use persistence::{Error as StoreError, Store};
use report::Report;
use std::io::BufRead;
use writing::{Finish, Writing};

/// Why an import could not even be tried, or was not finished for a reason that is not in its file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another import of this source is running, here or on another node.
    #[error("an import of this source is already in progress")]
    InProgress,
    /// The source is revoked.
    #[error("the source is revoked")]
    Revoked,
    /// The store failed. Nothing was changed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How often progress is told, in records.
const PROGRESS_EVERY: u64 = 1000;

/// Imports a file of a source.
///
/// A broken record is reported and left out. A broken file changes nothing: the returned import then has failed and says why. The import and
/// the problems of its records are kept in either case. `progress` is told the counts so far from time to time.
///
/// The transaction is open from the first new or changed record to the end of the file: a body from a slow network is best spooled first.
pub fn run(
    services: &Services,
    source: &Source,
    format: ImportFormat,
    mode: ImportMode,
    input: &mut dyn BufRead,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<Import, ImportError> {
    if source.revoked_at.is_some() {
        return Err(ImportError::Revoked);
    }
    let _claim = services.store.claim(&claim_name(&source.key))?.ok_or(ImportError::InProgress)?;
    let id = begin(services, source, format, mode)?;
    let (report, ended) = match apply(services, source, format, mode, id, input, progress) {
        Ok(report) => (report, Ok(())),
        Err(interruption) => match interruption.cause {
            Cause::File(error) => (interruption.report.failed(file_failure(error)), Ok(())),
            Cause::Store(error) => (interruption.report.failed(internal_failure()), Err(error)),
        },
    };
    if report.failure.is_some() {
        let kept = record_failure(services, id, report);
        ended?;
        kept?;
    }
    let source_id = source.id;
    Ok(services.store.read(|connection| imports::get(connection, source_id, id))?.ok_or(StoreError::NotFound)?)
}

/// Marks imports as failed that a process which is no longer there has left running. Returns how many. To be called at the start of a server.
pub fn recover(store: &Store, clock: &dyn Clock) -> Result<usize, StoreError> {
    let mut recovered = 0;
    for (source_id, key) in store.read(imports::running_sources)? {
        let Some(claim) = store.claim(&claim_name(&key))? else { continue };
        let at = clock.now();
        recovered += store.write(move |tx| imports::fail_stale(tx, source_id, &stale_failure(), at))?;
        drop(claim);
    }
    Ok(recovered)
}

fn claim_name(key: &str) -> String {
    format!("import-{key}")
}

fn begin(services: &Services, source: &Source, format: ImportFormat, mode: ImportMode) -> Result<Uuid, StoreError> {
    let id = new_id(&*services.clock, &*services.rng);
    let (at, source_id) = (services.clock.now(), source.id);
    services.store.write(move |tx| {
        imports::fail_stale(tx, source_id, &stale_failure(), at)?;
        imports::start(tx, id, source_id, format, mode, at)
    })?;
    Ok(id)
}

/// Why reading and writing ended early, and what had been found until then.
struct Interruption {
    report: Report,
    cause: Cause,
}

impl Interruption {
    fn new(report: Report, cause: Cause) -> Box<Self> {
        Box::new(Self { report, cause })
    }
}

enum Cause {
    File(FileError),
    Store(StoreError),
}

fn apply(
    services: &Services,
    source: &Source,
    format: ImportFormat,
    mode: ImportMode,
    import_id: Uuid,
    input: &mut dyn BufRead,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<Report, Box<Interruption>> {
    let at = services.clock.now();
    let known = match Known::load(&services.store, source.id) {
        Ok(known) => known,
        Err(error) => return Err(Interruption::new(Report::default(), Cause::Store(error))),
    };
    let mut assembly = Assembly::new(services, source, at, known, Writing::new(services.store.clone(), at));
    let mut count = 0;
    let mut failed = None;
    let read = exchange::read(format, input, &services.read_context(), &mut |item| {
        count += 1;
        if count % PROGRESS_EVERY == 0 {
            progress(&assembly.report.counts);
        }
        assembly.take(item).map_err(|error| {
            failed = Some(error);
            Stop
        })
    });
    let summary = match (failed, read) {
        (Some(error), _) => return Err(assembly.interrupted(Cause::Store(error))),
        (None, Err(error)) => return Err(assembly.interrupted(Cause::File(error))),
        (None, Ok(summary)) => summary,
    };
    if let Some(error) = mode_contradiction(mode, summary) {
        return Err(assembly.interrupted(Cause::File(error)));
    }
    if let Err(error) = assembly.settle() {
        return Err(assembly.interrupted(Cause::Store(error)));
    }
    let withdrawals = assembly.withdrawals(mode);
    let confirms = (mode == ImportMode::Full).then_some(source.id);
    let Assembly { report, references, writing, .. } = assembly;
    let result = report.clone();
    let finish = Finish { import_id, report, withdrawals, confirms, touched: references.into_touched() };
    writing.finish(finish).map_err(|error| Interruption::new(result, Cause::Store(error)))
}

/// A file that says it holds only what changed cannot be taken as all there is: everything else would be withdrawn.
fn mode_contradiction(mode: ImportMode, summary: FileSummary) -> Option<FileError> {
    (mode == ImportMode::Full && summary.mode_hint == Some(ImportMode::Delta)).then(|| FileError {
        line: None,
        problem: Problem::error(
            "",
            ValueError::new(
                "mode-contradicts-file",
                "Die Datei enthält nach eigener Angabe nur Änderungen und kann nicht als vollständiger Bestand eingelesen werden.",
                "By its own account the file holds changes only and cannot be imported as everything there is.",
            ),
        ),
    })
}

fn file_failure(error: FileError) -> Problem {
    match error.line {
        Some(line) => Problem { pointer: format!("line {line}"), ..error.problem },
        None => error.problem,
    }
}

fn internal_failure() -> Problem {
    let (de, en) =
        ("Der Import wurde durch eine Störung abgebrochen; es wurde nichts geändert.", "The import was stopped by a fault; nothing was changed.");
    Problem::error("", ValueError::new("import-interrupted", de, en))
}

fn stale_failure() -> Problem {
    let (de, en) = (
        "Der Import wurde abgebrochen, weil das Programm endete; es wurde nichts geändert.",
        "The import ended with the program that ran it; nothing was changed.",
    );
    Problem::error("", ValueError::new("import-interrupted", de, en))
}

/// Keeps why an import failed and what was found until then. Nothing happened to any record, so the counts are those of refusals only.
fn record_failure(services: &Services, id: Uuid, report: Report) -> Result<(), StoreError> {
    let ending = Ending {
        state: ImportState::Failed,
        counts: ImportCounts { rejected: report.counts.rejected, ..ImportCounts::default() },
        problem_count: report.problem_count,
        finished_at: services.clock.now(),
        failure: report.failure,
    };
    let problems = report.problems;
    services.store.write(move |tx| {
        imports::add_problems(tx, id, 0, &problems)?;
        imports::finish(tx, id, &ending)
    })
}
