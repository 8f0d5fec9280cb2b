//! Who does an import, by which right, and for which source.

use domain::accounts::Actor;
use domain::accounts::may::{ConfirmImports, RunImports};
use domain::partners::Source;
use domain::{Timestamp, Uuid};
use persistence::access::{Owned, owned_source};
use persistence::imports::{self, AppliesImports};
use persistence::{AnyConnection, Error, Result, sources};

/// By which right a file is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    /// It is handed in.
    HandIn,
    /// It was held, and is confirmed.
    Confirm,
}

/// An import and whoever does it.
#[derive(Clone)]
pub(super) struct Errand {
    pub(super) actor: Actor,
    pub(super) source: Source,
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    pub(super) dry_run: bool,
    pub(super) right: Right,
    /// The file of an import that was held; it goes when the import is applied.
    pub(super) held: Option<Uuid>,
}

impl Errand {
    /// The last act: proves once more that the actor may do this; what waited is superseded, and the source is confirmed.
    pub(super) fn settle(&self, tx: &mut AnyConnection, confirms: bool) -> Result<()> {
        match self.right {
            Right::HandIn => self.settle_by::<RunImports>(tx, confirms),
            Right::Confirm => self.settle_by::<ConfirmImports>(tx, confirms),
        }
    }

    fn settle_by<C: AppliesImports>(&self, tx: &mut AnyConnection, confirms: bool) -> Result<()> {
        let source = prove::<C>(tx, &self.actor, &self.source.key, self.at)?;
        if self.dry_run {
            return Ok(());
        }
        imports::supersede(tx, &source, self.at)?;
        if confirms { sources::confirm(tx, &source, self.at) } else { Ok(()) }
    }
}

/// The proof that the actor may apply files of a source that goes on. [`Error::Aborted`] if the source is revoked.
pub(super) fn prove<C: AppliesImports>(connection: &mut AnyConnection, actor: &Actor, key: &str, now: Timestamp) -> Result<Owned<Source, C>> {
    let source: Owned<Source, C> = owned_source(connection, actor, key, now)?;
    if source.value().revoked_at.is_some() { Err(Error::Aborted) } else { Ok(source) }
}
