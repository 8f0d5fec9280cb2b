//! Somebody decides about an import that was held.

use super::applying::Interruption;
use super::ending::fail;
use super::errand::{Errand, Right, prove};
use super::{ImportError, carry_out, claim, now, shown};
use crate::Services;
use domain::Uuid;
use domain::accounts::Actor;
use domain::accounts::may::ConfirmImports;
use domain::partners::{Handing, Import, ImportCounts, ImportDecision};
use persistence::files;
use persistence::imports::{self, Waiting};
use std::sync::Arc;

/// Confirms or discards an import that waits, on behalf of the actor. A confirmed one is applied by the same way as any other, from the file that
/// was kept, and no longer stops to ask.
///
/// [`persistence::Error::NotFound`] if the source has no such import, [`persistence::Error::AlreadyDecided`] if it does not wait.
pub fn decide(
    services: &Services,
    actor: &Actor,
    key: &str,
    id: Uuid,
    decision: ImportDecision,
    progress: &mut dyn FnMut(&ImportCounts),
) -> Result<Import, ImportError> {
    let at = now(services);
    services.store.read(|connection| prove::<ConfirmImports>(connection, actor, key, at).map(|_| ()))?;
    let _claim = claim(&services.store, key)?;
    let (decided_by, source_key, rng) = (actor.clone(), key.to_owned(), Arc::clone(&services.rng));
    let (source, Waiting { file, format, mode }) = services.store.write(move |tx| {
        let source = prove::<ConfirmImports>(tx, &decided_by, &source_key, at)?;
        let waiting = imports::decide(tx, &source, id, decision, &*rng, at)?;
        if decision == ImportDecision::Confirm {
            imports::remove_problems(tx, id)?;
            imports::replace_report(tx, id, &[])?;
        }
        Ok((source.value().clone(), waiting))
    })?;
    let errand = Errand { actor: actor.clone(), source, id, at, dry_run: false, right: Right::Confirm, held: Some(file) };
    if decision == ImportDecision::Confirm {
        let handing = Handing { confirmed: true, ..Handing::new(format, mode) };
        match files::read(&services.store, file) {
            Ok(mut input) => carry_out(services, &errand, &handing, &mut input, progress)?,
            Err(error) => fail(services, &errand, Interruption::lost(error))?,
        }
    }
    shown(services, &errand)
}
