//! Records for tests, and an index to put them into.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::areas::{Region, RegionFiles};
use domain::catalogue::{Offer, Organization};
use domain::vocabularies::Vocabularies;
use domain::{Timestamp, Uuid};
use search::{Analysis, SearchIndex};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// The instant tests happen at: a Tuesday morning in Germany.
pub fn now() -> Timestamp {
    at("2026-11-24T08:00:00Z")
}

/// An instant.
pub fn at(rfc3339: &str) -> Timestamp {
    chrono::DateTime::parse_from_rfc3339(rfc3339).unwrap().to_utc()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(data().join(name)).unwrap()
}

/// The word lists of the repository.
pub fn analysis() -> Analysis {
    Analysis::from_data(&text("synonyms.txt"), &text("compounds.txt"), &text("stem-overrides.txt"))
}

/// The vocabularies of the repository.
pub fn vocabularies() -> Arc<Vocabularies> {
    let files: Vec<(String, Vec<u8>)> = std::fs::read_dir(data().join("vocabularies"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()))
        .collect();
    Arc::new(Vocabularies::parse(files.iter().map(|(n, b)| (n.clone(), b.as_slice()))).unwrap())
}

/// The region of the repository.
pub fn region() -> Arc<Region> {
    let read = |name: &str| std::fs::read(data().join("region/13076").join(name)).unwrap();
    let (region, areas, boundaries, holidays) = (read("region.json"), read("areas.json"), read("boundaries.topo.json"), read("holidays.json"));
    Arc::new(Region::parse(RegionFiles { region: &region, areas: &areas, boundaries: &boundaries, holidays: &holidays }).unwrap())
}

/// The vocabularies, read once.
pub fn vocabularies_once() -> &'static Vocabularies {
    static ONCE: LazyLock<Arc<Vocabularies>> = LazyLock::new(vocabularies);
    &ONCE
}

/// The region, read once.
pub fn region_once() -> &'static Region {
    static ONCE: LazyLock<Arc<Region>> = LazyLock::new(region);
    &ONCE
}

/// An index in a directory of its own.
pub struct TestIndex {
    pub index: SearchIndex,
    pub folder: tempfile::TempDir,
}

impl TestIndex {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = SearchIndex::open(folder.path(), analysis(), vocabularies(), region()).unwrap();
        Self { index, folder }
    }

    pub fn with(offers: &[Offer], organizations: &[Organization]) -> Self {
        let index = Self::new();
        index.put(offers, organizations);
        index
    }

    pub fn put(&self, offers: &[Offer], organizations: &[Organization]) {
        self.index
            .write(|w| {
                offers.iter().try_for_each(|o| w.put_offer(o))?;
                organizations.iter().try_for_each(|o| w.put_organization(o))?;
                w.commit(1)
            })
            .unwrap();
    }
}

/// A fixed id.
pub fn id(number: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(number))
}

fn meta(number: u32) -> Value {
    json!({
        "id": id(number), "slug": format!("eintrag-{number}"), "state": "published", "version": 1, "textVersion": 1,
        "createdAt": "2026-11-01T08:00:00Z", "updatedAt": "2026-11-01T08:00:00Z",
        "source": { "key": "test", "name": "Test", "externalId": number.to_string() }, "licence": "cc-zero",
        "freshness": { "confirmedAt": "2026-11-20T08:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 50, "missing": [] }
    })
}

/// Puts the members of `over` into `base`.
pub fn merge(mut base: Value, over: &Value) -> Value {
    let (Some(to), Some(from)) = (base.as_object_mut(), over.as_object()) else { panic!("objects") };
    for (name, value) in from {
        to.insert(name.clone(), value.clone());
    }
    base
}

/// An offer: a plain course with the members of `over`.
pub fn offer(number: u32, over: &Value) -> Offer {
    let base = json!({
        "organization": { "id": id(900_000), "slug": "vhs", "name": "Kreisvolkshochschule", "kind": "adult-education-centre" },
        "kind": "course", "title": format!("Angebot {number}"), "topics": [], "lifePhases": [], "targetGroups": [],
        "deliveryMode": "onsite", "languages": ["de"], "literacyCourse": false, "entryRequirements": [],
        "price": { "type": "unknown" }, "funding": [], "accessibility": [], "images": [], "keywords": [], "runs": []
    });
    serde_json::from_value(merge(merge(meta(number), &base), over)).unwrap()
}

/// A run with the members of `over`.
pub fn run(number: u32, over: &Value) -> Value {
    let base = json!({
        "id": id(1_000_000 + number), "timeZone": "Europe/Berlin", "sessions": [], "rollingStart": false, "status": "bookable"
    });
    merge(base, over)
}

/// A place with the members of `over`.
pub fn place(number: u32, over: &Value) -> Value {
    merge(json!({ "id": id(2_000_000 + number), "name": format!("Ort {number}"), "address": { "country": "DE" } }), over)
}

/// An organisation with the members of `over`.
pub fn organization(number: u32, over: &Value) -> Organization {
    let base = json!({
        "name": format!("Einrichtung {number}"), "kind": "association", "contacts": [], "languages": ["de"], "accessibility": [], "socialLinks": []
    });
    serde_json::from_value(merge(merge(meta(number), &base), over)).unwrap()
}
