//! How records travel: imports from sources into the database, and from its change log into the search index.

pub mod digest;
pub mod dumps;
pub mod duplicates;
pub mod edits;
pub mod fetching;
pub mod import;
pub mod indexer;
pub mod outbound;
pub mod retention;
pub mod webhooks;

use domain::areas::Region;
use domain::catalogue::Workshop;
use domain::vocabularies::Vocabularies;
use domain::{Clock, Rng};
use persistence::Store;
use std::sync::Arc;

/// What an import needs of its surroundings. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Where records are kept.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The generator.
    pub rng: Arc<dyn Rng>,
    /// The vocabularies.
    pub vocabularies: Arc<Vocabularies>,
    /// The region.
    pub region: Arc<Region>,
    /// How much of a file is read before it is refused.
    pub limits: exchange::Limits,
}

impl Services {
    fn workshop(&self) -> Workshop<'_> {
        Workshop { clock: &*self.clock, rng: &*self.rng, vocabularies: &self.vocabularies, region: &self.region }
    }

    fn read_context(&self) -> exchange::ReadContext {
        exchange::ReadContext {
            vocabularies: Arc::clone(&self.vocabularies),
            zone: self.region.info().time_zone,
            provider: None,
            mapping: None,
            limits: self.limits,
        }
    }
}
