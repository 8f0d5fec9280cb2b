//! Letters to the people of a source when its imports fail or wait, or its feed is no longer there: at most one a day and source, from any node.

use chrono::SubsecRound;
use domain::Clock;
use persistence::troubles::{self, Trouble};
use persistence::{AnyConnection, Error, Rounds, Store};
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked for something to tell.
const POLL: Duration = Duration::from_secs(60);

/// Whoever knows the people of a source and writes to them.
pub trait Postman: Send + Sync {
    /// Tells the people of a source what is wrong, in the transaction that notes that they were told.
    ///
    /// # Errors
    /// What the database says.
    fn tell(&self, tx: &mut AnyConnection, trouble: &Trouble) -> Result<(), Error>;
}

/// Everything that telling needs. Cheap to clone.
#[derive(Clone)]
pub struct Teller {
    /// Where imports are kept.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Whoever writes.
    pub postman: Arc<dyn Postman>,
}

impl Teller {
    /// Tells what is to be told. Returns of how many sources.
    ///
    /// # Errors
    /// What the database says.
    pub fn round(&self) -> Result<usize, Error> {
        let mut told = 0;
        let now = self.clock.now().trunc_subsecs(6);
        for source in self.store.read(|connection| troubles::untold(connection, now))? {
            // Most of what is untold is not yet worth a letter: the one writer of SQLite is not taken for it.
            if self.store.read(|connection| troubles::look(connection, source, now))?.is_none() {
                continue;
            }
            let postman = Arc::clone(&self.postman);
            let taken = self.store.write(move |tx| {
                let Some(trouble) = troubles::take(tx, source, now)? else { return Ok(false) };
                postman.tell(tx, &trouble)?;
                Ok(true)
            })?;
            told += usize::from(taken);
        }
        Ok(told)
    }
}

/// Starts to tell. Every node may.
///
/// # Errors
/// If there is no thread to be had.
pub fn start(teller: Teller) -> std::io::Result<Rounds> {
    Rounds::start("telling", POLL, POLL, move || {
        if let Err(error) = teller.round() {
            tracing::error!(%error, "people cannot be told what is wrong with their sources");
        }
    })
}
