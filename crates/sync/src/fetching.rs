//! Fetching: threads of every node fetch the feeds whose time has come and import them.
//!
//! The database decides which node does what: whoever claims a schedule fetches it. A feed is spooled before it is imported, so that no transaction
//! waits for a slow server, and its content is not imported again while it stays the same, whatever the server says of it.

mod feed;

pub use feed::Feed;

use crate::Services;
use crate::import::{self, ImportError};
use crate::outbound::Outbound;
use chrono::{Duration, SubsecRound};
use domain::accounts::Actor;
use domain::accounts::may::RunImports;
use domain::partners::{Handing, Import, ImportMode, ImportState, LONGEST_ASKED_PAUSE, pause_after_fetch};
use domain::problem::ValueError;
use domain::{Problem, Timestamp, Uuid};
use feed::Refusal;
use persistence::access::owned_source;
use persistence::schedules::{self, Claimed, Outcome, Validators};
use persistence::{Error as StoreError, Rounds, sources};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;

/// How long a node has a fetch for itself. Longer than the way out lets an answer take, and long enough for a large import.
const LEASE: Duration = Duration::minutes(60);

/// How long a fetch waits for another import of its source.
const AFTER_ANOTHER: Duration = Duration::minutes(2);

/// How long it waits when the database could not be asked.
const AFTER_A_FAULT: Duration = Duration::minutes(10);

/// Fetches that a round looks at.
const BATCH: i64 = 20;

/// How often a thread looks for feeds whose time has come.
const POLL: std::time::Duration = std::time::Duration::from_secs(5);

/// What the content of the last fetch is marked with that did not become records, because it was broken.
const BROKEN: &str = "broken:";

/// The same for content that waits for somebody to confirm it.
const HELD: &str = "held:";

/// Everything that fetching needs. Cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    /// Store, clock, generator, and what imports need.
    pub services: Services,
    /// The way out.
    pub outbound: Arc<Outbound>,
    /// Folder where feeds are kept while they arrive. They have no name there, so nothing stays behind.
    pub spool: PathBuf,
}

/// What came of a feed that is there.
enum Taken {
    /// Nothing new.
    Same,
    /// It became records.
    Imported(Validators),
    /// It has to be confirmed first.
    Held(Validators),
    /// It is broken.
    Broken(Problem, Validators),
    /// It cannot be imported just now.
    NotNow(Duration),
}

impl Fetcher {
    /// Fetches what is due, one after another. Returns how many feeds were asked.
    ///
    /// # Errors
    /// What the database says; that a feed cannot be fetched is noted with it.
    pub fn round(&self) -> Result<usize, StoreError> {
        let mut asked = 0;
        let now = self.now();
        for source in self.services.store.read(|connection| schedules::due(connection, now, BATCH))? {
            asked += usize::from(self.fetch_one(source)?);
        }
        Ok(asked)
    }

    fn fetch_one(&self, source: Uuid) -> Result<bool, StoreError> {
        let (now, until) = (self.now(), self.now() + LEASE);
        let Some(claimed) = self.services.store.write(move |tx| schedules::claim(tx, source, now, until))? else { return Ok(false) };
        self.fetch(&claimed)?;
        Ok(true)
    }

    /// The current instant as the database keeps it.
    fn now(&self) -> Timestamp {
        self.services.clock.now().trunc_subsecs(6)
    }

    fn fetch(&self, claimed: &Claimed) -> Result<(), StoreError> {
        let key = claimed.source.key.as_str();
        let (error, new, validators, asked_pause) = match feed::get(&self.outbound, claimed, &self.spool, self.now()) {
            Ok(Feed::Unchanged) => {
                self.confirm(claimed)?;
                (None, false, claimed.validators.clone(), None)
            }
            Ok(Feed::File { file, validators }) => match self.take(claimed, file, validators)? {
                Taken::Same => (None, false, claimed.validators.clone(), None),
                Taken::Imported(validators) | Taken::Held(validators) => (None, true, validators, None),
                Taken::Broken(problem, validators) => (Some(problem), true, validators, None),
                Taken::NotNow(pause) => return self.postpone(claimed, pause),
            },
            Err(Refusal { problem, pause }) => (Some(*problem), false, claimed.validators.clone(), pause),
        };
        let (now, failures) = (self.now(), if error.is_some() { claimed.schedule.failures.saturating_add(1) } else { 0 });
        if let Some(error) = &error {
            tracing::warn!(source = key, code = error.code, failures, "a feed could not be fetched: {}", error.message.en);
        } else {
            tracing::info!(source = key, new, "a feed was fetched");
        }
        let pause = pause_after_fetch(claimed.schedule.draft.every_minutes, failures, self.chance());
        let pause = pause.max(asked_pause.unwrap_or_default().min(LONGEST_ASKED_PAUSE));
        let (claimed, outcome) = (claimed.clone(), Outcome { next_at: now + pause, validators, new, error });
        let noted = self.services.store.write(move |tx| schedules::record(tx, &claimed, &outcome, now))?;
        if !noted {
            tracing::info!(source = key, "a schedule was changed while its feed was fetched");
        }
        Ok(())
    }

    fn chance(&self) -> u8 {
        let mut byte = [0u8; 1];
        self.services.rng.fill(&mut byte);
        u8::from_be_bytes(byte)
    }

    fn postpone(&self, claimed: &Claimed, pause: Duration) -> Result<(), StoreError> {
        let (claimed, until) = (claimed.clone(), self.now() + pause);
        self.services.store.write(move |tx| schedules::postpone(tx, &claimed, until))
    }

    /// A feed without news confirms the records that it was made into, if it holds everything there is.
    fn confirm(&self, claimed: &Claimed) -> Result<(), StoreError> {
        let known = claimed.validators.content_hash.as_deref();
        let applied = known.is_some_and(|hash| !hash.starts_with(BROKEN) && !hash.starts_with(HELD));
        if claimed.schedule.draft.mode != ImportMode::Full || !applied {
            return Ok(());
        }
        let (key, now) = (claimed.source.key.clone(), self.now());
        self.services.store.write(move |tx| {
            let source = owned_source::<RunImports>(tx, &Actor::system(), &key, now)?;
            sources::confirm(tx, &source, now)
        })
    }

    /// Imports a feed unless its content is known.
    fn take(&self, claimed: &Claimed, file: File, validators: Validators) -> Result<Taken, StoreError> {
        let (known, hash) = (claimed.validators.content_hash.as_deref().unwrap_or_default(), validators.content_hash.unwrap_or_default());
        // Of what did not become records, the validators are not kept: they would hide it as unchanged.
        let marked = |mark: &str| Validators { content_hash: Some(format!("{mark}{hash}")), ..Validators::default() };
        if known == hash {
            self.confirm(claimed)?;
            let validators = Validators { content_hash: Some(hash), ..validators };
            return Ok(if validators == claimed.validators { Taken::Same } else { Taken::Imported(validators) });
        }
        if known.strip_prefix(HELD) == Some(&hash) {
            return Ok(Taken::Same);
        }
        if known.strip_prefix(BROKEN) == Some(&hash) {
            return Ok(Taken::Broken(still_broken(), marked(BROKEN)));
        }
        Ok(match self.import(claimed, file) {
            Ok(import) if import.state == ImportState::Failed => Taken::Broken(import.failure.unwrap_or_else(still_broken), marked(BROKEN)),
            Ok(import) if import.state == ImportState::AwaitingConfirmation => Taken::Held(marked(HELD)),
            Ok(_) => Taken::Imported(Validators { content_hash: Some(hash), ..validators }),
            Err(ImportError::InProgress) => Taken::NotNow(AFTER_ANOTHER),
            Err(ImportError::Revoked | ImportError::TooOld) => Taken::NotNow(AFTER_A_FAULT),
            Err(ImportError::Store(error)) => {
                tracing::error!(%error, source = claimed.source.key, "a feed that was fetched could not be imported");
                Taken::NotNow(AFTER_A_FAULT)
            }
        })
    }

    fn import(&self, claimed: &Claimed, file: File) -> Result<Import, ImportError> {
        let draft = &claimed.schedule.draft;
        let mut input = BufReader::with_capacity(256 * 1024, file);
        let handing = Handing::new(draft.format, draft.mode);
        import::run(&self.services, &Actor::system(), &claimed.source.key, &handing, &mut input, &mut |_| {})
    }
}

/// The content is still that of an import that failed.
fn still_broken() -> Problem {
    Problem::error(
        "",
        ValueError::new(
            "feed-still-broken",
            "Der Feed ist noch derselbe, der nicht eingelesen werden konnte; warum, steht beim letzten Import.",
            "The feed is still the one that could not be imported; the last import says why.",
        ),
    )
}

/// Starts so many threads that fetch: one slow feed then does not hold up all others.
///
/// # Errors
/// If there are no threads to be had.
pub fn start(fetcher: Fetcher, threads: usize) -> std::io::Result<Rounds> {
    Rounds::start_many("fetching", threads, POLL, POLL, move || {
        if let Err(error) = fetcher.round() {
            tracing::error!(%error, "feeds cannot be fetched");
        }
    })
}
