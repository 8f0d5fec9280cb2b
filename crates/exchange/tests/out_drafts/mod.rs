//! Drafts made into records the way an import does it, without a database.
#![allow(dead_code, unreachable_pub, missing_docs)]

use super::common::context;
use domain::areas::{Region, RegionFiles};
use domain::catalogue::assemble::{self, References};
use domain::catalogue::{
    Completeness, Draft, Freshness, Licence, Offer, Organization, OrganizationSummary, Place, PlaceSummary, PublicationState, RecordMeta, SourceRef,
    Workshop,
};
use domain::text::ExternalId;
use domain::{Clock, FixedClock, Rng, new_id};
use std::collections::BTreeMap;

/// Counts instead of drawing.
struct Counting(std::sync::atomic::AtomicU64);

impl Rng for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_be_bytes();
        for (at, byte) in bytes.iter_mut().rev().enumerate() {
            *byte = next.get(7 - at % 8).copied().unwrap_or_default();
        }
    }
}

#[derive(Default)]
pub struct Records {
    pub organizations: BTreeMap<String, Organization>,
    pub places: BTreeMap<String, Place>,
    pub offers: BTreeMap<String, Offer>,
}

impl References for Records {
    fn organization(&self, external_id: &ExternalId) -> Option<OrganizationSummary> {
        self.organizations.get(external_id.as_str()).map(Organization::summary)
    }

    fn place(&self, external_id: &ExternalId) -> Option<PlaceSummary> {
        self.places.get(external_id.as_str()).map(Place::summary)
    }
}

impl exchange::out::ndjson::ExternalIds for Records {
    fn of(&self, id: domain::Uuid) -> Option<ExternalId> {
        let organizations = self.organizations.values().map(|record| &record.meta);
        let meta = organizations.chain(self.places.values().map(|record| &record.meta)).find(|meta| meta.id == id)?;
        ExternalId::try_from(meta.source.external_id.clone()).ok()
    }
}

/// The records of these drafts.
pub fn records(mut drafts: Vec<Draft>) -> Records {
    let clock = FixedClock::at("2026-11-24T08:00:00Z");
    let rng = Counting(std::sync::atomic::AtomicU64::new(1));
    let vocabularies = context().vocabularies;
    let region = region();
    let workshop = Workshop { clock: &clock, rng: &rng, vocabularies: &vocabularies, region: &region };
    let meta = |external_id: &ExternalId| RecordMeta {
        id: new_id(&clock, &rng),
        slug: "slug".to_owned(),
        state: PublicationState::Published,
        version: 1,
        text_version: 1,
        created_at: clock.now(),
        updated_at: clock.now(),
        source: SourceRef { key: "bildungswerk".to_owned(), name: "Bildungswerk".to_owned(), external_id: external_id.to_string() },
        licence: Licence::CcBy4,
        freshness: Freshness { confirmed_at: clock.now(), confirmed_by: "feed".to_owned() },
        completeness: Completeness { score: 0, missing: vec![] },
    };
    drafts.sort_by_key(|draft| (draft.kind(), draft.external_id().to_string()));
    let mut records = Records::default();
    for draft in drafts {
        let (id, meta) = (draft.external_id().to_string(), meta(draft.external_id()));
        match draft {
            Draft::Organization(draft) => drop(records.organizations.insert(id, assemble::organization(*draft, meta, None, &workshop).unwrap().0)),
            Draft::Place(draft) => drop(records.places.insert(id, assemble::place(*draft, meta, None, &workshop).unwrap().0)),
            Draft::Offer(draft) => {
                let offer = assemble::offer(*draft, meta, None, &records, &workshop).unwrap().0;
                records.offers.insert(id, offer);
            }
        }
    }
    records
}

fn region() -> Region {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/region/13076");
    let read = |name: &str| std::fs::read(format!("{folder}/{name}")).unwrap();
    let (region, areas, boundaries, holidays) = (read("region.json"), read("areas.json"), read("boundaries.topo.json"), read("holidays.json"));
    Region::parse(RegionFiles { region: &region, areas: &areas, boundaries: &boundaries, holidays: &holidays }).unwrap()
}
