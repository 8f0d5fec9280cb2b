#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use crate::data::Data;
use domain::catalogue::assemble::{self, References};
use domain::catalogue::{Completeness, Freshness, Licence, OrganizationSummary, PlaceSummary, PublicationState, RecordMeta, SourceRef, Workshop};
use domain::text::ExternalId;
use domain::{FixedClock, Uuid};
use std::collections::{BTreeMap, HashMap, HashSet};

const TODAY: &str = "2026-11-24";

fn demo(offers: u64, seed: u64) -> (Demo, Data) {
    let data = Data::load(None).unwrap();
    let demo = Demo::new(Options { offers, seed, today: TODAY.parse().unwrap() }, &data.region).unwrap();
    (demo, data)
}

fn lines(offers: u64, seed: u64) -> Vec<u8> {
    let mut out = Vec::new();
    demo(offers, seed).0.write_ndjson(&mut out, || {}).unwrap();
    out
}

struct Zero;
impl domain::Rng for Zero {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

#[derive(Default)]
struct Known {
    organizations: HashMap<ExternalId, OrganizationSummary>,
    places: HashMap<ExternalId, PlaceSummary>,
}

impl References for Known {
    fn organization(&self, id: &ExternalId) -> Option<OrganizationSummary> {
        self.organizations.get(id).cloned()
    }
    fn place(&self, id: &ExternalId) -> Option<PlaceSummary> {
        self.places.get(id).cloned()
    }
}

fn meta() -> RecordMeta {
    let at = FixedClock::at("2026-11-24T08:00:00Z");
    let at = domain::Clock::now(&at);
    RecordMeta {
        id: Uuid::nil(),
        slug: "x".into(),
        state: PublicationState::Published,
        version: 1,
        text_version: 1,
        created_at: at,
        updated_at: at,
        source: SourceRef { key: "example".into(), name: "Example".into(), external_id: "1".into() },
        licence: Licence::CcZero,
        freshness: Freshness { confirmed_at: at, confirmed_by: "feed".into() },
        completeness: Completeness { score: 0, missing: vec![] },
    }
}

#[test]
fn the_same_seed_and_day_make_the_same_bytes() {
    assert_eq!(lines(300, 7), lines(300, 7));
    assert_ne!(lines(300, 7), lines(300, 8));
    // An offer does not depend on how many are asked for.
    let (few, many) = (lines(100, 7), lines(300, 7));
    assert!(many.starts_with(&few));
}

#[test]
fn every_record_is_assembled_without_problems() {
    let (demo, data) = demo(2_000, 13_076);
    let clock = FixedClock::at("2026-11-24T08:00:00Z");
    let workshop = Workshop { clock: &clock, rng: &Zero, vocabularies: &data.vocabularies, region: &data.region };
    let mut known = Known::default();
    let (mut offers, mut past, mut runs) = (0u32, 0u32, BTreeMap::<usize, u32>::new());
    for draft in demo.records() {
        let id = draft.external_id().clone();
        match draft {
            Draft::Organization(draft) => {
                let (organization, warnings) = assemble::organization(*draft, meta(), None, &workshop).unwrap();
                assert!(warnings.is_empty(), "{id}: {warnings:?}");
                let summary = OrganizationSummary { id: Uuid::nil(), slug: "x".into(), name: organization.name.to_string(), kind: organization.kind };
                assert!(known.organizations.insert(id, summary).is_none());
            }
            Draft::Place(draft) => {
                let (place, warnings) = assemble::place(*draft, meta(), None, &workshop).unwrap();
                assert!(warnings.is_empty(), "{id}: {warnings:?}");
                assert!(place.ags.is_some(), "{id} lies in no municipality");
                assert!(known.places.insert(id, place.summary()).is_none());
            }
            Draft::Offer(draft) => {
                assert!(draft.example, "{id} does not say that it is invented");
                let (offer, warnings) = assemble::offer(*draft, meta(), None, &known, &workshop).unwrap_or_else(|p| panic!("{id}: {p:?}"));
                assert!(warnings.is_empty(), "{id}: {warnings:?}");
                offers += 1;
                past += u32::from(offer.ends_at().is_some_and(|end| end < domain::Clock::now(&clock)));
                *runs.entry(offer.runs.len()).or_default() += 1;
            }
        }
    }
    assert_eq!(offers, 2_000);
    assert!((140..340).contains(&past), "{past} of 2000 are over");
    assert!(runs.len() >= 6 && runs.keys().max() <= Some(&6), "{runs:?}");
}

#[test]
fn templates_cover_every_topic_life_phase_and_kind() {
    let (demo, data) = demo(200, 1);
    let mut seen: HashMap<&str, HashSet<String>> = HashMap::new();
    for blueprint in &demo.blueprints {
        let base = &blueprint.base;
        seen.entry("offer-kinds").or_default().insert(base.kind.clone());
        seen.entry("topics").or_default().extend(base.topics.iter().flat_map(|topic| data.vocabularies.with_broader("topics", topic)));
        seen.entry("life-phases").or_default().extend(base.life_phases.iter().cloned());
    }
    for (vocabulary, codes) in seen {
        let missing: Vec<_> =
            data.vocabularies.get(vocabulary).unwrap().concepts.iter().filter(|c| !codes.contains(&c.code)).map(|c| c.code.as_str()).collect();
        assert!(missing.is_empty(), "{vocabulary}: nothing for {missing:?}");
    }
    assert!(demo.blueprints.len() >= 150);
}

#[test]
fn titles_never_repeat() {
    let (demo, _) = demo(60_000, 3);
    let mut titles = HashSet::new();
    for draft in demo.records() {
        if let Draft::Offer(offer) = draft {
            assert!(titles.insert(offer.title.to_string()), "{} stands twice", offer.title);
        }
    }
}

#[test]
fn lessons_skip_holidays_and_times_are_local() {
    let (demo, data) = demo(400, 5);
    let zone = data.region.info().time_zone;
    let free: HashSet<_> =
        data.region.holidays().iter().flat_map(|h| h.start.iter_days().take_while(|day| *day <= h.end).collect::<Vec<_>>()).collect();
    let mut checked = 0;
    for draft in demo.records() {
        let Draft::Offer(offer) = draft else { continue };
        for run in offer.runs.iter().filter(|run| run.units.is_some()) {
            for session in &run.sessions {
                let start = session.start.earliest(zone).with_timezone(&zone);
                assert!(!free.contains(&start.date_naive()), "{} meets on {}", offer.title, start);
                assert!((8..21).contains(&chrono::Timelike::hour(&start)), "{} at {}", offer.title, start);
                checked += 1;
            }
        }
    }
    assert!(checked > 500, "{checked}");
}

#[test]
fn nobody_is_named_and_no_number_rings() {
    let text = String::from_utf8(lines(500, 2)).unwrap();
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        for key in ["contact", "registration"] {
            if let Some(phone) = record[key]["phone"].as_str() {
                assert!(phone.starts_with("030 23125-"), "{phone}");
            }
            if let Some(email) = record[key]["email"].as_str() {
                assert!(email.ends_with("@example.org"), "{email}");
            }
        }
    }
}
