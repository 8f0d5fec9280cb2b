//! Imports: a file of a source becomes records, as one transaction or not at all.
//!
//! The reading thread compares each record's hash with what is kept. Unchanged records end there. New and changed ones are decoded and
//! assembled in batches and handed to a writing thread, which begins its transaction with the first batch: an import without news never
//! takes the database's one writer. Offers that come before their organisation or place wait until the end of the file.
//!
//! A dry run goes the same way to the last statement and is then rolled back; so is a full import that would withdraw too much, whose file waits
//! for somebody to confirm it. What was there before is kept with the import, so that it can be taken back.

mod applying;
mod assembly;
mod brake;
mod deciding;
mod ending;
mod errand;
mod known;
mod progress;
mod recomposing;
mod record;
mod references;
mod report;
mod undoing;
mod writing;

pub use deciding::decide;
pub use progress::progress;
pub use recomposing::{Recomposed, bring_back, recompose};
pub use undoing::undo;

use crate::Services;
use applying::{Cause, Interruption, apply};
use chrono::Days;
use domain::accounts::Actor;
use domain::accounts::may::RunImports;
use domain::partners::{Handing, Import, ImportCounts, Source};
use domain::{Clock, Timestamp, new_id};
use ending::{now, stale_failure};
use errand::{Errand, Right, prove};
use persistence::access::owned_source;
use persistence::imports::{self, NewImport};
use persistence::{AnyConnection, Claim, Error as StoreError, Store, files, mapping};
use std::io::{self, BufRead, Read, Seek};
use std::sync::Arc;
use writing::Outcome;

/// How long an import can be taken back, and is reported record by record.
const REMEMBERED: Days = Days::new(90);

/// How often an import is tried in which somebody else changed a record that it changes, too.
const ATTEMPTS: u32 = 3;

/// Why an import could not even be tried, or was not finished for a reason that is not in its file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another import of this source is running, here or on another node.
    #[error("an import of this source is already in progress")]
    InProgress,
    /// The source is revoked.
    #[error("the source is revoked")]
    Revoked,
    /// It was so long ago that nobody remembers what was there before.
    #[error("the import is too old to be taken back")]
    TooOld,
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

/// Imports a file of the source with this key, on behalf of the actor.
///
/// A broken record is reported and left out. A broken file changes nothing: the returned import then has failed and says why. A full import that
/// would withdraw too much changes nothing either and waits. The import and the problems of its records are kept in any case, and told to the
/// audit log. `progress` is told the counts so far from time to time.
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
    // Before the claim: nobody may hold up a source that is not theirs.
    let now = services.clock.now();
    services.store.read(|connection| prove::<RunImports>(connection, actor, key, now).map(|_| ()))?;
    let _claim = claim(&services.store, key)?;
    let errand = begin(services, actor, key, handing)?;
    carry_out(services, &errand, handing, input, progress)?;
    shown(services, &errand)
}

/// Does all of an import that has begun, and notes how it ended.
fn carry_out(
    services: &Services,
    errand: &Errand,
    handing: &Handing,
    input: &mut dyn Input,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<(), StoreError> {
    let mut attempt = 1;
    loop {
        match apply(services, errand, *handing, input, progress) {
            Ok(Outcome::Applied) => return Ok(()),
            Ok(Outcome::TakenBack(trial)) if handing.dry_run => return ending::tried(services, errand, *trial),
            Ok(Outcome::TakenBack(trial)) => return ending::hold(services, errand, *trial, input),
            // Somebody edited a record in between. Nothing was changed, so all of it can be done again.
            Err(interruption) if is_conflict(&interruption) && attempt < ATTEMPTS && input.rewind().is_ok() => attempt += 1,
            Err(interruption) => return ending::fail(services, errand, *interruption),
        }
    }
}

fn is_conflict(interruption: &Interruption) -> bool {
    matches!(interruption.cause, Cause::Store(StoreError::Conflict(_)))
}

/// Cleans up after a process that is no longer there, and clears away what waited too long. To be called at the start of a server. Returns how
/// many imports claimed to run.
pub fn recover(store: &Store, clock: &dyn Clock) -> Result<usize, StoreError> {
    let mut recovered = 0;
    for (source_id, key) in store.read(imports::running_sources)? {
        let Some(claim) = store.claim(&claim_name(&key))? else { continue };
        let at = clock.now();
        recovered += store.write(move |tx| imports::fail_stale(tx, source_id, &stale_failure(), at))?;
        drop(claim);
    }
    expire(store, clock.now())?;
    Ok(recovered)
}

/// Discards imports nobody decided about, and clears away files whose time has come.
fn expire(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.write(move |tx| {
        imports::expire(tx, now)?;
        files::expire(tx, now)
    })?;
    Ok(())
}

fn claim_name(key: &str) -> String {
    format!("import-{key}")
}

/// The right of being the only one who imports for a source.
fn claim(store: &Store, key: &str) -> Result<Claim, ImportError> {
    store.claim(&claim_name(key))?.ok_or(ImportError::InProgress)
}

fn begin(services: &Services, actor: &Actor, key: &str, handing: &Handing) -> Result<Errand, StoreError> {
    let id = new_id(&*services.clock, &*services.rng);
    let (at, actor, key, handing) = (now(services), actor.clone(), key.to_owned(), *handing);
    expire(&services.store, at)?;
    services.store.write(move |tx| {
        let source = prove::<RunImports>(tx, &actor, &key, at)?;
        let source_id = source.value().id;
        imports::fail_stale(tx, source_id, &stale_failure(), at)?;
        if let Some(before) = at.checked_sub_days(REMEMBERED) {
            imports::forget_snapshots(tx, source_id, before)?;
        }
        let Handing { format, mode, dry_run, .. } = handing;
        imports::start(tx, &source, &NewImport { dry_run, ..NewImport::new(id, format, mode, at) })?;
        Ok(Errand { actor: actor.clone(), source: source.value().clone(), id, at, dry_run, right: Right::HandIn, held: None })
    })
}

/// The import as it is now. It may have cost the actor the right to see it, so it is the program that looks.
fn shown(services: &Services, errand: &Errand) -> Result<Import, ImportError> {
    let Errand { source, id, at, .. } = errand;
    let import = services.store.read(|connection| {
        let source = owned_source::<RunImports>(connection, &Actor::system(), &source.key, *at)?;
        imports::get(connection, &source, *id)?.ok_or(StoreError::NotFound)
    })?;
    Ok(import)
}

/// What a reader has to know to read files of a source.
pub(crate) fn context(services: &Services, connection: &mut AnyConnection, source: &Source) -> Result<exchange::ReadContext, StoreError> {
    let mapping = mapping::of_source(connection, source)?.map(Arc::new);
    Ok(exchange::ReadContext { provider: Some(source.name.as_str().into()), mapping, ..services.read_context() })
}
