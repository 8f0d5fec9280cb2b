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
use chrono::SubsecRound;
use domain::accounts::Actor;
use domain::accounts::may::RunImports;
use domain::partners::{Handing, Import, ImportCounts, ImportFormat, ImportMode, ImportState, Source};
use domain::problem::ValueError;
use domain::{Clock, Problem, Timestamp, Uuid, new_id};
use exchange::{FileError, FileSummary, Stop};
use known::Known;
use persistence::access::{Owned, owned_source};
use persistence::imports::{self, Ending};
use persistence::{AnyConnection, Error as StoreError, Store};
use report::Report;
use std::io::{self, BufRead, Read, Seek};
use std::sync::Arc;
use writing::{Finish, Writing};

/// The proof that the actor may hand in records of a source that goes on. [`StoreError::Aborted`] if the source is revoked.
fn prove(connection: &mut AnyConnection, actor: &Actor, key: &str, now: Timestamp) -> Result<Owned<Source, RunImports>, StoreError> {
    let source: Owned<Source, RunImports> = owned_source(connection, actor, key, now)?;
    if source.value().revoked_at.is_some() { Err(StoreError::Aborted) } else { Ok(source) }
}

/// Why an import could not even be tried, or was not finished for a reason that is not in its file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another import of this source is running, here or on another node.
    #[error("an import of this source is already in progress")]
    InProgress,
    /// The source is revoked.
    #[error("the source is revoked")]
    Revoked,
    /// The store failed, or the actor may not do this (any more). Nothing was changed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Aborted => Self::Revoked,
            other => Self::Store(other),
        }
    }
}

/// How often progress is told, in records.
const PROGRESS_EVERY: u64 = 1000;

/// A file that can be read again from its beginning: one that stops to ask is kept until somebody has answered.
pub trait Input: BufRead {
    /// Goes back to the beginning.
    fn rewind(&mut self) -> io::Result<()>;
}

impl<T: BufRead + Seek> Input for T {
    fn rewind(&mut self) -> io::Result<()> {
        Seek::rewind(self)
    }
}

/// Input that comes once only. Good for a [`Handing`] that is confirmed or a dry run, which never stop to ask.
pub struct Once<R>(pub R);

impl<R: Read> Read for Once<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: BufRead> BufRead for Once<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl<R: BufRead> Input for Once<R> {
    fn rewind(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Whoever hands in, and for which source.
#[derive(Clone)]
struct Errand {
    actor: Actor,
    source: Source,
    id: Uuid,
    at: Timestamp,
}

/// Imports a file of the source with this key, on behalf of the actor.
///
/// A broken record is reported and left out. A broken file changes nothing: the returned import then has failed and says why. The import and
/// the problems of its records are kept in either case, and told to the audit log. `progress` is told the counts so far from time to time.
///
/// Whether the actor may do this is looked up when the import begins, and again in the transaction that applies it, before it is committed.
/// The transaction is open from the first new or changed record to the end of the file: a body from a slow network is best spooled first.
pub fn run(
    services: &Services,
    actor: &Actor,
    key: &str,
    handing: &Handing,
    input: &mut dyn Input,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<Import, ImportError> {
    let Handing { format, mode, .. } = *handing;
    // Before the claim: nobody may hold up a source that is not theirs.
    let now = services.clock.now();
    services.store.read(|connection| prove(connection, actor, key, now).map(|_| ()))?;
    let _claim = services.store.claim(&claim_name(key))?.ok_or(ImportError::InProgress)?;
    let errand = begin(services, actor, key, format, mode)?;
    let ending = match apply(services, &errand, format, mode, input, progress) {
        Ok(ending) => ending,
        Err(interruption) => {
            let (failure, error) = match interruption.cause {
                Cause::File(error) => (file_failure(error), None),
                Cause::Store(error) => (internal_failure(&error), Some(error)),
            };
            let kept = record_failure(services, &errand, interruption.report.failed(failure));
            error.map_or(Ok(()), Err)?;
            kept?
        }
    };
    Ok(Import {
        id: errand.id,
        source: errand.source.key,
        format,
        mode,
        state: ending.state,
        counts: ending.counts,
        problem_count: ending.problem_count,
        started_at: errand.at,
        finished_at: Some(ending.finished_at),
        failure: ending.failure,
        dry_run: false,
        confirmation: None,
        undoes: None,
        undone_by: None,
        actor: None,
        progress: None,
    })
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

/// The current instant as the database keeps it.
fn now(services: &Services) -> Timestamp {
    services.clock.now().trunc_subsecs(6)
}

fn begin(services: &Services, actor: &Actor, key: &str, format: ImportFormat, mode: ImportMode) -> Result<Errand, StoreError> {
    let id = new_id(&*services.clock, &*services.rng);
    let (at, actor, key) = (now(services), actor.clone(), key.to_owned());
    services.store.write(move |tx| {
        let source = prove(tx, &actor, &key, at)?;
        imports::fail_stale(tx, source.value().id, &stale_failure(), at)?;
        imports::start(tx, &source, &imports::NewImport::new(id, format, mode, at))?;
        Ok(Errand { actor: actor.clone(), source: source.value().clone(), id, at })
    })
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
    errand: &Errand,
    format: ImportFormat,
    mode: ImportMode,
    input: &mut dyn BufRead,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<Ending, Box<Interruption>> {
    let source = &errand.source;
    let known = match Known::load(&services.store, source.id) {
        Ok(known) => known,
        Err(error) => return Err(Interruption::new(Report::default(), Cause::Store(error))),
    };
    let mut assembly = Assembly::new(services, source, format, errand.at, known, Writing::new(services, errand.clone()));
    let mut count = 0;
    let mut failed = None;
    let context = exchange::ReadContext { provider: Some(source.name.as_str().into()), ..services.read_context() };
    let read = exchange::read(format, input, &context, &mut |item| {
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
    let Assembly { report, references, writing, .. } = assembly;
    let result = report.clone();
    let finish = Finish { report, withdrawals, confirms: mode == ImportMode::Full, touched: references.into_touched() };
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

fn internal_failure(error: &StoreError) -> Problem {
    let (de, en) = match error {
        StoreError::Aborted | StoreError::Unknown | StoreError::Denied(_) | StoreError::NotFound => (
            "Die Berechtigung zum Import endete, bevor er fertig war; es wurde nichts geändert.",
            "The right to import ended before the import did; nothing was changed.",
        ),
        _ => {
            ("Der Import wurde durch eine Störung abgebrochen; es wurde nichts geändert.", "The import was stopped by a fault; nothing was changed.")
        }
    };
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
fn record_failure(services: &Services, errand: &Errand, report: Report) -> Result<Ending, StoreError> {
    let ending = Ending {
        state: ImportState::Failed,
        counts: ImportCounts { rejected: report.counts.rejected, ..ImportCounts::default() },
        problem_count: report.problem_count,
        finished_at: now(services),
        failure: report.failure,
        confirmation: None,
        file: None,
    };
    let (problems, Errand { actor, source, id, .. }, rng) = (report.problems, errand.clone(), Arc::clone(&services.rng));
    services.store.write(move |tx| {
        imports::add_problems(tx, id, 0, &problems)?;
        imports::finish(tx, id, &ending)?;
        imports::tell(tx, &actor, &source, id, &ending, &*rng)?;
        Ok(ending.clone())
    })
}
