//! Reading a file and applying it, up to the commit or the rollback.

use super::assembly::Assembly;
use super::brake::Braking;
use super::errand::Errand;
use super::progress::Running;
use super::report::Report;
use super::writing::{Finish, Outcome, Writing};
use super::{Input, context};
use crate::Services;
use domain::Problem;
use domain::partners::{Handing, ImportCounts, ImportMode};
use domain::problem::ValueError;
use exchange::{FileError, FileSummary, Stop};
use persistence::{Error, imports};

/// How often progress is told, in records.
const PROGRESS_EVERY: u64 = 1000;

/// What a reader says of a file without a record.
const EMPTY: &str = "file-empty";

/// Why reading and writing ended early, and what had been found until then.
pub(super) struct Interruption {
    pub(super) report: Report,
    pub(super) cause: Cause,
}

impl Interruption {
    pub(super) fn new(report: Report, cause: Cause) -> Box<Self> {
        Box::new(Self { report, cause })
    }

    /// Nothing could even be read.
    pub(super) fn lost(error: Error) -> Self {
        Self { report: Report::default(), cause: Cause::Store(error) }
    }
}

/// What ended it.
pub(super) enum Cause {
    /// The file.
    File(FileError),
    /// Anything else.
    Store(Error),
}

/// Reads a file and applies it, or takes it back at the end.
pub(super) fn apply(
    services: &Services,
    errand: &Errand,
    handing: Handing,
    input: &mut dyn Input,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<Outcome, Box<Interruption>> {
    let (source, Handing { format, mode, .. }) = (&errand.source, handing);
    let writing = Writing::new(services, errand.clone());
    let mut assembly = Assembly::begin(services, source, format, errand.at, writing).map_err(|error| Box::new(Interruption::lost(error)))?;
    let surroundings = services.store.read(|connection| Ok((context(services, connection, source)?, imports::brake(connection, source.id)?)));
    let (context, brake) = surroundings.map_err(|error| Box::new(Interruption::lost(error)))?;
    let published = assembly.published();
    let mut running = Running::begin(services, errand.id);
    let mut count = 0;
    let mut failed = None;
    let read = exchange::read(format, input, &context, &mut |item| {
        count += 1;
        if count % PROGRESS_EVERY == 0 {
            progress(&assembly.report.counts);
            running.note(count);
        }
        assembly.take(item).map_err(|error| {
            failed = Some(error);
            Stop
        })
    });
    let summary = match (failed, read) {
        (Some(error), _) => return Err(assembly.interrupted(Cause::Store(error))),
        // All there is, and it is nothing: not a broken file, but a question.
        (None, Err(error)) if error.problem.code == EMPTY && mode == ImportMode::Full && published > 0 => FileSummary::default(),
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
    let braking = (mode == ImportMode::Full && !handing.confirmed).then_some(Braking { brake, published, empty: count == 0 });
    let Assembly { report, references, writing, .. } = assembly;
    let result = report.clone();
    let finish = Finish { report, withdrawals, confirms: mode == ImportMode::Full, touched: references.into_touched(), braking };
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
