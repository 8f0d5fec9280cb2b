//! What a person decides.

use super::{Reviews, pair};
use crate::accounts::administration::everywhere;
use crate::actors;
use crate::audit::{self, Event};
use crate::catalogue::merges;
use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::{Error, Result};
use crate::schema::duplicate_pairs;
use diesel::prelude::*;
use domain::partners::{DuplicatePair, DuplicateState};
use domain::{Rng, Timestamp, Uuid};
use serde_json::json;

/// Takes hold of a pair that is at `version`: nobody else decides about it until this transaction ends. [`Error::Conflict`] if it has another
/// version by now.
pub fn hold(tx: &mut AnyConnection, reviews: &Reviews, id: Uuid, version: i64) -> Result<DuplicatePair> {
    everywhere(reviews)?;
    let row = duplicate_pairs::table.find(id.to_string()).filter(duplicate_pairs::version.eq(version));
    let held = diesel::update(row).set(duplicate_pairs::version.eq(duplicate_pairs::version)).execute(tx)?;
    let found = pair(tx, id)?;
    if held == 1 { Ok(found) } else { Err(Error::Conflict(found.version)) }
}

/// Notes what was decided about a pair that is held, with the offer that is kept of two that are merged. The offers themselves are left to the
/// caller.
pub fn settle(
    tx: &mut AnyConnection,
    reviews: &Reviews,
    before: &DuplicatePair,
    state: DuplicateState,
    kept: Option<Uuid>,
    at: Timestamp,
) -> Result<DuplicatePair> {
    let decided = (state != DuplicateState::Open).then(|| (micros(at), actors::text(reviews.actor())));
    let (decided_at, decided_by) = decided.unzip();
    let changed = diesel::update(duplicate_pairs::table.find(before.id.to_string()).filter(duplicate_pairs::version.eq(before.version)))
        .set((
            duplicate_pairs::state.eq(state.code()),
            duplicate_pairs::kept_id.eq(kept.map(|id| id.to_string())),
            duplicate_pairs::decided_at.eq(decided_at),
            duplicate_pairs::decided_by.eq(decided_by),
            duplicate_pairs::version.eq(duplicate_pairs::version + 1),
        ))
        .execute(tx)?;
    let after = pair(tx, before.id)?;
    if changed == 0 {
        return Err(Error::Conflict(after.version));
    }
    if let Some(hidden) = before.hidden() {
        merges::remove(tx, hidden)?;
    }
    if let (Some(hidden), Some(kept)) = (after.hidden(), kept) {
        merges::put(tx, hidden, kept)?;
    }
    Ok(after)
}

/// Tells the audit log what was decided.
pub fn tell(tx: &mut AnyConnection, reviews: &Reviews, before: &DuplicatePair, after: &DuplicatePair, rng: &dyn Rng, at: Timestamp) -> Result<()> {
    let action = match after.state {
        DuplicateState::Open => "duplicate.reopened",
        DuplicateState::Merged => "duplicate.merged",
        DuplicateState::Linked => "duplicate.linked",
        DuplicateState::Apart => "duplicate.kept-apart",
    };
    let shown = |pair: &DuplicatePair| json!({ "state": pair.state, "kept": pair.kept, "offers": [pair.first, pair.second] });
    let event = Event::new(action, "duplicate", after.id).changed(shown(before), shown(after));
    audit::append(tx, reviews.actor(), &event, rng, at)
}
