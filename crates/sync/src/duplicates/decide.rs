//! What people decide about two offers, and how it is taken back.

use crate::Services;
use crate::import::{self, Recomposed};
use chrono::SubsecRound;
use domain::accounts::Actor;
use domain::accounts::may::ReviewDuplicates;
use domain::catalogue::{Offer, PublicationState, RecordKind};
use domain::partners::{ChangeAction, DuplicateDecision, DuplicatePair, DuplicateState};
use domain::{Problem, Timestamp, Uuid};
use persistence::access::{Allowed, allow};
use persistence::changes::{self, NewChange};
use persistence::{AnyConnection, Error as StoreError, duplicates, imports, records};
use std::sync::{Arc, Mutex, PoisonError};

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The offer that is to be kept is none of the two.
    #[error("the offer to keep is none of the pair")]
    NotOfThePair,
    /// One of the two is not shown at present, so that they can be neither merged nor linked.
    #[error("one of the offers is not published")]
    NotShown,
    /// There is nothing to take back.
    #[error("nothing was decided about the pair")]
    Undecided,
    /// The offer that was hidden cannot be shown again.
    #[error("the hidden offer cannot be shown again")]
    Refused(Vec<Problem>),
    /// The store failed, the actor may not do this, the pair has another version or is decided.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides about a pair that is at `version`, or takes back what was decided. Returns the pair as it is then.
///
/// # Errors
/// [`DecideError`]; nothing is changed then. A pair that was decided has to be reopened first: [`StoreError::AlreadyDecided`].
pub fn decide(services: &Services, actor: &Actor, id: Uuid, version: i64, decision: DuplicateDecision) -> Result<DuplicatePair, DecideError> {
    // The store only knows its own errors: ours is put aside, and the store told to take back everything.
    let refused: Arc<Mutex<Option<DecideError>>> = Arc::default();
    let aside = Arc::clone(&refused);
    let (own, actor, at) = (services.clone(), actor.clone(), services.clock.now().trunc_subsecs(6));
    let result = services.store.write(move |tx| match transact(&own, tx, &actor, (id, version), decision, at) {
        Ok(pair) => Ok(pair),
        Err(DecideError::Store(error)) => Err(error),
        Err(error) => {
            *aside.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            Err(StoreError::Aborted)
        }
    });
    match (result, refused.lock().unwrap_or_else(PoisonError::into_inner).take()) {
        (Err(StoreError::Aborted), Some(error)) => Err(error),
        (result, _) => Ok(result?),
    }
}

fn transact(
    services: &Services,
    tx: &mut AnyConnection,
    actor: &Actor,
    (id, version): (Uuid, i64),
    decision: DuplicateDecision,
    at: Timestamp,
) -> Result<DuplicatePair, DecideError> {
    let reviews: Allowed<ReviewDuplicates> = allow(tx, actor, at)?;
    let before = duplicates::hold(tx, &reviews, id, version)?;
    let mut log = Vec::new();
    let both = [before.first, before.second];
    let settle = |tx: &mut AnyConnection, state, kept| duplicates::settle(tx, &reviews, &before, state, kept, at);
    let after = match (before.state, decision) {
        (DuplicateState::Open, DuplicateDecision::Merge(kept)) => {
            if !both.contains(&kept) {
                return Err(DecideError::NotOfThePair);
            }
            published(tx, &both)?;
            let after = settle(tx, DuplicateState::Merged, Some(kept))?;
            if let Some(hidden) = after.hidden() {
                hide(tx, hidden, at, &mut log)?;
            }
            after
        }
        (DuplicateState::Open, DuplicateDecision::Link) => {
            published(tx, &both)?;
            let after = settle(tx, DuplicateState::Linked, None)?;
            show_again(tx, &both, at, &mut log)?;
            after
        }
        (DuplicateState::Open, DuplicateDecision::Apart) => settle(tx, DuplicateState::Apart, None)?,
        (DuplicateState::Open, DuplicateDecision::Reopen) => return Err(DecideError::Undecided),
        (state, DuplicateDecision::Reopen) => {
            let after = settle(tx, DuplicateState::Open, None)?;
            if state == DuplicateState::Linked {
                show_again(tx, &both, at, &mut log)?;
            }
            if let Some(hidden) = before.hidden() {
                bring_back(services, tx, hidden, at, &mut log)?;
            }
            after
        }
        _ => return Err(StoreError::AlreadyDecided.into()),
    };
    changes::append(tx, &log, at)?;
    duplicates::tell(tx, &reviews, &before, &after, &*services.rng, at)?;
    Ok(after)
}

fn published(tx: &mut AnyConnection, ids: &[Uuid]) -> Result<(), DecideError> {
    let shown = records::get_many(tx, ids)?.iter().filter(|record| record.state == PublicationState::Published).count();
    if shown == ids.len() { Ok(()) } else { Err(DecideError::NotShown) }
}

/// Takes an offer out of the catalogue in favour of another; those that named it as offered elsewhere do so no more.
fn hide(tx: &mut AnyConnection, hidden: Uuid, at: Timestamp, log: &mut Vec<NewChange>) -> Result<(), StoreError> {
    let version = records::get(tx, hidden)?.ok_or(StoreError::NotFound)?.version + 1;
    records::unpublish(tx, &[hidden], PublicationState::Withdrawn, at)?;
    log.push(NewChange { kind: RecordKind::Offer, record_id: hidden, action: ChangeAction::Withdrawn, version });
    let linked = duplicates::linked_to(tx, hidden)?;
    show_again(tx, &linked, at, log)
}

/// Shows an offer again that was hidden, as its feed and the portal have it by now.
fn bring_back(services: &Services, tx: &mut AnyConnection, hidden: Uuid, at: Timestamp, log: &mut Vec<NewChange>) -> Result<(), DecideError> {
    if imports::is_merged(tx, hidden)? {
        return Ok(());
    }
    if let Recomposed::Refused(problems) = import::bring_back(services, tx, hidden, at, log)? {
        return Err(DecideError::Refused(problems));
    }
    let linked = duplicates::linked_to(tx, hidden)?;
    Ok(show_again(tx, &linked, at, log)?)
}

/// Gives offers another version because something is shown with them that is not of their own: tags, index and partners follow.
fn show_again(tx: &mut AnyConnection, ids: &[Uuid], at: Timestamp, log: &mut Vec<NewChange>) -> Result<(), StoreError> {
    for record in records::get_many(tx, ids)? {
        if record.state != PublicationState::Published {
            continue;
        }
        let mut offer: Offer = serde_json::from_str(&record.document).map_err(|error| StoreError::Corrupt(format!("a document: {error}")))?;
        (offer.meta.version, offer.meta.updated_at) = (record.version + 1, at);
        let document = serde_json::to_string(&offer).map_err(|error| StoreError::Corrupt(format!("a record that is no JSON: {error}")))?;
        records::restate(tx, record.id, offer.meta.version, &document, at)?;
        log.push(NewChange { kind: RecordKind::Offer, record_id: record.id, action: ChangeAction::Changed, version: offer.meta.version });
    }
    Ok(())
}

/// Takes back the merges in which this offer, which is not shown any more, stood for another: what others still offer must not vanish with it.
pub(super) fn reopen_for_withdrawn(services: &Services, kept: Uuid) -> Result<(), StoreError> {
    let merged = services.store.read(|connection| duplicates::merged_into(connection, kept))?;
    for pair in merged {
        if services.store.read(|connection| imports::is_merged(connection, kept))? {
            // It is hidden itself, in favour of one that is shown.
            continue;
        }
        match decide(services, &Actor::system(), pair.id, pair.version, DuplicateDecision::Reopen) {
            // Somebody was faster: there is nothing left to take back.
            Ok(_) | Err(DecideError::Store(StoreError::Conflict(_)) | DecideError::Undecided) => {}
            Err(DecideError::Refused(problems)) => {
                tracing::warn!(offer = %kept, ?problems, "an offer that was merged cannot be shown in the place of one that was withdrawn");
            }
            Err(DecideError::Store(error)) => return Err(error),
            Err(error) => tracing::warn!(offer = %kept, %error, "a merge is not taken back"),
        }
    }
    Ok(())
}
