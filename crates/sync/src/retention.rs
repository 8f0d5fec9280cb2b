//! The daily job that clears the change log and the deliveries of webhooks of what is past its time.

use chrono::Duration;
use domain::Clock;
use persistence::{Rounds, Store, changes, deliveries};
use std::sync::Arc;

/// How long every entry of the change log is kept; the latest one of a record is kept for good.
pub const CHANGES_KEPT: Duration = Duration::days(400);

/// How long a delivery is kept that was taken.
const DELIVERED_KEPT: Duration = Duration::days(30);

/// How long a delivery is kept that was given up.
const DEAD_KEPT: Duration = Duration::days(90);

/// How often. The first time is soon after the start, so that a server that is started every night clears away, too.
const EVERY: std::time::Duration = std::time::Duration::from_secs(24 * 3600);
const FIRST: std::time::Duration = std::time::Duration::from_secs(90);

/// Name that only one node holds while it clears away.
const CLAIM: &str = "change-log";

/// What was cleared away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Entries of the change log.
    pub changes: usize,
    /// Deliveries.
    pub deliveries: usize,
}

/// Clears away what is past its time, in short transactions. `None` if another node is at it.
///
/// # Errors
/// What the database says.
pub fn clear_away(store: &Store, clock: &dyn Clock) -> persistence::Result<Option<Cleared>> {
    let Some(claim) = store.claim(CLAIM)? else { return Ok(None) };
    let now = clock.now();
    let deliveries = store.write(move |tx| deliveries::clear(tx, now - DELIVERED_KEPT, now - DEAD_KEPT))?;
    let mut cleared = Cleared { deliveries, changes: 0 };
    let mut after = Some(0);
    while let Some(from) = after {
        let (count, next) = store.write(move |tx| changes::clear(tx, from, now - CHANGES_KEPT))?;
        (cleared.changes, after) = (cleared.changes + count, next);
    }
    drop(claim);
    Ok(Some(cleared))
}

/// Starts to clear away once a day. Every node may: they take turns.
///
/// # Errors
/// If there is no thread to be had.
pub fn start(store: Store, clock: Arc<dyn Clock>) -> std::io::Result<Rounds> {
    Rounds::start("change-log", FIRST, EVERY, move || match clear_away(&store, &*clock) {
        Ok(Some(cleared)) => tracing::info!(?cleared, "cleared the change log and the deliveries of what is past its time"),
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "the change log and the deliveries cannot be cleared"),
    })
}
