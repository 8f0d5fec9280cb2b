//! Imports that end without having changed anything: broken, tried only, or held.

use super::Input;
use super::applying::{Cause, Interruption};
use super::errand::Errand;
use super::report::Report;
use super::writing::Trial;
use crate::Services;
use chrono::{Days, SubsecRound};
use domain::partners::{FilePurpose, ImportCounts, ImportState};
use domain::problem::ValueError;
use domain::{Problem, Timestamp, new_id};
use exchange::FileError;
use persistence::files::{self, StoredFile};
use persistence::imports::{self, Ending};
use persistence::{Error, Result};
use std::sync::Arc;

/// How long the file of an import waits for somebody to decide.
const WAITS: Days = Days::new(14);

/// The current instant as the database keeps it.
pub(super) fn now(services: &Services) -> Timestamp {
    services.clock.now().trunc_subsecs(6)
}

/// Keeps why an import was interrupted. The error, if it was not the file.
pub(super) fn fail(services: &Services, errand: &Errand, interruption: Interruption) -> Result<()> {
    let Interruption { report, cause } = interruption;
    match cause {
        Cause::File(error) => record_failure(services, errand, report.failed(file_failure(error))),
        // Confirmed is confirmed: it is not the file's fault, and can be tried again.
        Cause::Store(error) if errand.held.is_some() => {
            let id = errand.id;
            services.store.write(move |tx| imports::wait_again(tx, id))?;
            Err(error)
        }
        Cause::Store(error) => {
            let kept = record_failure(services, errand, report.failed(internal_failure(&error)));
            kept.and(Err(error))
        }
    }
}

fn file_failure(error: FileError) -> Problem {
    match error.line {
        Some(line) => Problem { pointer: format!("line {line}"), ..error.problem },
        None => error.problem,
    }
}

fn internal_failure(error: &Error) -> Problem {
    let (de, en) = match error {
        Error::Aborted | Error::Unknown | Error::Denied(_) | Error::NotFound => (
            "Die Berechtigung zum Import endete, bevor er fertig war; es wurde nichts geändert.",
            "The right to import ended before the import did; nothing was changed.",
        ),
        _ => {
            ("Der Import wurde durch eine Störung abgebrochen; es wurde nichts geändert.", "The import was stopped by a fault; nothing was changed.")
        }
    };
    Problem::error("", ValueError::new("import-interrupted", de, en))
}

/// Why an import failed whose process is no longer there.
pub(super) fn stale_failure() -> Problem {
    let (de, en) = (
        "Der Import wurde abgebrochen, weil das Programm endete; es wurde nichts geändert.",
        "The import ended with the program that ran it; nothing was changed.",
    );
    Problem::error("", ValueError::new("import-interrupted", de, en))
}

/// Keeps why an import failed and what was found until then. Nothing happened to any record, so the counts are those of refusals only.
fn record_failure(services: &Services, errand: &Errand, report: Report) -> Result<()> {
    let counts = ImportCounts { rejected: report.counts.rejected, ..ImportCounts::default() };
    let mut ending = Ending::new(ImportState::Failed, counts, report.problem_count, now(services));
    ending.failure = report.failure;
    let (problems, errand, rng) = (report.problems, errand.clone(), Arc::clone(&services.rng));
    services.store.write(move |tx| {
        imports::add_problems(tx, errand.id, 0, &problems)?;
        imports::finish(tx, errand.id, &ending)?;
        if let Some(file) = errand.held {
            files::remove(tx, file)?;
        }
        imports::tell(tx, &errand.actor, &errand.source, errand.id, &ending, &*rng)
    })
}

/// Keeps what a dry run found.
pub(super) fn tried(services: &Services, errand: &Errand, trial: Trial) -> Result<()> {
    keep_trial(services, errand, trial, ImportState::Succeeded, None)
}

/// Keeps the file of an import that has to be confirmed, and what it would do.
pub(super) fn hold(services: &Services, errand: &Errand, trial: Trial, input: &mut dyn Input) -> Result<()> {
    let at = now(services);
    let file = StoredFile {
        id: new_id(&*services.clock, &*services.rng),
        purpose: FilePurpose::Held,
        source_id: Some(errand.source.id),
        owner: None,
        name: errand.id.to_string(),
        media_type: "application/octet-stream".to_owned(),
        size: 0,
        received: 0,
        sha256: None,
        change_seq: None,
        created_at: at,
        expires_at: at.checked_add_days(WAITS),
    };
    let kept = input
        .rewind()
        .map_err(|error| Error::Unavailable(format!("the file cannot be read again: {error}")))
        .and_then(|()| files::keep(&services.store, &file, input))
        .and_then(|file| keep_trial(services, errand, trial, ImportState::AwaitingConfirmation, Some(file)));
    kept.or_else(|error| fail(services, errand, Interruption::lost(error)))
}

fn keep_trial(services: &Services, errand: &Errand, trial: Trial, state: ImportState, file: Option<StoredFile>) -> Result<()> {
    let Trial { report, records, asked } = trial;
    let mut ending = Ending::new(state, report.counts, report.problem_count, now(services));
    (ending.confirmation, ending.file) = (asked, file.map(|file| file.id));
    let (errand, rng) = (errand.clone(), Arc::clone(&services.rng));
    services.store.write(move |tx| {
        errand.settle(tx, false)?;
        imports::add_problems(tx, errand.id, 0, &report.problems)?;
        imports::replace_report(tx, errand.id, &records)?;
        imports::finish(tx, errand.id, &ending)?;
        imports::tell(tx, &errand.actor, &errand.source, errand.id, &ending, &*rng)
    })
}
