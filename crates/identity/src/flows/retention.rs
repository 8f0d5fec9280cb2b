//! The daily job that clears away what is past its period (`data/privacy.toml`).

use super::{FlowError, Flows};
use persistence::Rounds;
use persistence::accounts::retention::{self, Cleared};
use std::time::Duration;

/// How often. The first time is soon after the start, so that a server that is started every night clears away, too.
const EVERY: Duration = Duration::from_secs(24 * 3600);
const FIRST: Duration = Duration::from_secs(60);

/// Name that only one node holds while it clears away.
const CLAIM: &str = "retention";

impl Flows {
    /// Clears away what is past its period. `None` if another node is at it.
    ///
    /// # Errors
    /// What the database says.
    pub fn clear_away(&self) -> Result<Option<Cleared>, FlowError> {
        let Some(claim) = self.store.claim(CLAIM)? else { return Ok(None) };
        let flows = self.clone();
        let cleared = self.store.write_alone(move |tx| retention::run(tx, &*flows.rng, flows.now()))?;
        drop(claim);
        Ok(Some(cleared))
    }
}

/// Starts to clear away once a day. Every node may: they take turns.
///
/// # Errors
/// If there is no thread to be had.
pub fn start(flows: Flows) -> std::io::Result<Rounds> {
    Rounds::start("retention", FIRST, EVERY, move || match flows.clear_away() {
        Ok(Some(cleared)) => tracing::info!(?cleared, "cleared away what is past its period"),
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "what is past its period could not be cleared away"),
    })
}
