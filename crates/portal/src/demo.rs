//! The example catalogue: made from hand-written templates, the region and a seed; the same on every machine for the same day.
//!
//! Institutions are real public ones or plainly generic; every offer is invented and says so (`example: true`). Contacts are roles with
//! numbers that the Federal Network Agency keeps free for fiction, and mailboxes under `example.org`.

mod blueprints;
mod files;
mod network;
mod offers;
mod schedule;
mod variants;

#[cfg(test)]
mod tests;

use anyhow::Result;
use blueprints::Blueprint;
use chrono::NaiveDate;
use domain::areas::Region;
use domain::catalogue::Draft;
use network::Network;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use schedule::Calendar;
use std::io::Write;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Number of offers; organisations and places come on top.
    pub offers: u64,
    /// Seed of the generator.
    pub seed: u64,
    /// The day around which the dates lie.
    pub today: NaiveDate,
}

/// A catalogue that is made record by record, so that a million offers need no more memory than a hundred.
pub struct Demo {
    options: Options,
    network: Network,
    blueprints: Vec<Blueprint>,
    calendar: Calendar,
}

impl Demo {
    /// Reads the embedded templates and spreads the institutions over the region.
    pub fn new(options: Options, region: &Region) -> Result<Self> {
        let network = Network::build(region, &mut generator(options.seed, 0))?;
        let blueprints = blueprints::load(&network, &mut generator(options.seed, 1))?;
        Ok(Self { options, network, blueprints, calendar: Calendar::new(region, options.today) })
    }

    /// Number of records: organisations, places and offers.
    pub fn len(&self) -> u64 {
        let fixed = self.network.organizations.len() + self.network.places.len();
        u64::try_from(fixed).unwrap_or(u64::MAX).saturating_add(self.options.offers)
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All records: organisations, places, then offers.
    pub fn records(&self) -> impl Iterator<Item = Draft> + '_ {
        let organizations = self.network.organizations.iter().map(|host| Draft::Organization(Box::new(host.draft.clone())));
        let places = self.network.places.iter().map(|place| Draft::Place(Box::new(place.clone())));
        // Streams 0 and 1 made network and blueprints; each offer has its own, so that it does not depend on the ones before it.
        let offers = (0..self.options.offers).filter_map(|i| {
            let mut rng = generator(self.options.seed, i + 2);
            offers::make(i, &self.blueprints, &self.network, &self.calendar, &mut rng).map(|draft| Draft::Offer(Box::new(draft)))
        });
        organizations.chain(places).chain(offers)
    }

    /// Writes the records as NDJSON and tells `progress` after each.
    pub fn write_ndjson(&self, out: &mut impl Write, mut progress: impl FnMut()) -> Result<()> {
        for draft in self.records() {
            serde_json::to_writer(&mut *out, &draft)?;
            out.write_all(b"\n")?;
            progress();
        }
        Ok(out.flush()?)
    }
}

fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    rng
}
