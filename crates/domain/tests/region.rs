//! The committed region and vocabularies are whole, and places find their area.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

use domain::areas::{AreaKind, GeoPoint, HolidayKind, Region, RegionFiles};
use domain::catalogue::{DeliveryMode, LanguageLevel, PriceType};
use domain::vocabularies::{Vocabularies, ids};

fn data(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn region() -> Region {
    let [region, areas, boundaries, holidays] =
        ["region.json", "areas.json", "boundaries.topo.json", "holidays.json"].map(|f| data(&format!("region/13076/{f}")));
    Region::parse(RegionFiles { region: &region, areas: &areas, boundaries: &boundaries, holidays: &holidays }).unwrap()
}

fn vocabularies() -> Vocabularies {
    let folder = format!("{}/../../data/vocabularies", env!("CARGO_MANIFEST_DIR"));
    let files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).map(|p| (p.display().to_string(), std::fs::read(p).unwrap())).collect();
    Vocabularies::parse(files.iter().map(|(name, json)| (name.clone(), json.as_slice()))).unwrap()
}

#[test]
fn the_county_is_whole() {
    let region = region();
    let count = |kind| region.areas().iter().filter(|a| a.kind == kind).count();
    assert_eq!((count(AreaKind::County), count(AreaKind::Amt), count(AreaKind::Municipality)), (1, 15, 142));
    let free_towns = region.areas().iter().filter(|a| a.kind == AreaKind::Municipality && a.parent.as_deref() == Some("13076")).count();
    assert_eq!(free_towns, 5);
    for area in region.areas() {
        assert!(!area.postcodes.is_empty(), "{} has no postcode", area.name);
        assert_eq!(region.with_ancestors(&area.key).last().unwrap(), "13076");
        if area.kind == AreaKind::Municipality {
            let centre = GeoPoint { lat: area.centre[1], lon: area.centre[0] };
            assert_eq!(region.by_point(centre).map(|a| &a.key), Some(&area.key), "centre of {}", area.name);
        }
    }
}

#[test]
fn a_place_finds_its_municipality_and_never_by_name_alone() {
    let region = region();
    let key = |point, postcode, name| region.municipality_of(point, postcode, name).map(|a| a.name.clone());
    assert_eq!(key(Some(GeoPoint { lat: 53.4258, lon: 11.8481 }), None, None).as_deref(), Some("Parchim"));
    assert_eq!(key(None, Some("19370"), Some("Parchim")).as_deref(), Some("Parchim"));
    assert_eq!(key(None, Some("10115"), Some("Parchim")), None, "the postcode of another county");
    assert_eq!(key(None, None, Some("Parchim")), None, "a name alone says nothing");
    assert_eq!(key(Some(GeoPoint { lat: 52.52, lon: 13.4 }), None, None), None);
    let shared = region.areas().iter().flat_map(|a| &a.postcodes).find(|p| region.by_postcode(p).len() > 3).unwrap();
    assert_eq!(key(None, Some(shared), None), None, "a postcode of several municipalities stays open");
    assert!(region.postcode_centre(shared).unwrap().plausible());
}

#[test]
fn holidays_are_in_order_and_ahead() {
    let region = region();
    assert!(region.holidays().iter().all(|h| h.start <= h.end && h.name.contains_key("de") && h.name.contains_key("en")));
    for kind in [HolidayKind::School, HolidayKind::Public] {
        assert!(region.holidays().iter().any(|h| h.kind == kind && h.start > "2027-06-01".parse().unwrap()));
    }
}

#[test]
fn codes_with_logic_are_in_their_vocabularies() {
    let vocabularies = vocabularies();
    let codes = |id: &str| vocabularies.get(id).unwrap().concepts.iter().map(|c| c.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(ids::DELIVERY_MODES), DeliveryMode::ALL.iter().map(|v| v.code()).collect::<Vec<_>>());
    assert_eq!(codes(ids::PRICE_TYPES), PriceType::ALL.iter().map(|v| v.code()).collect::<Vec<_>>());
    assert_eq!(codes(ids::LANGUAGE_LEVELS), LanguageLevel::ALL.iter().map(|v| v.code()).collect::<Vec<_>>());
    for vocabulary in vocabularies.iter() {
        for concept in &vocabulary.concepts {
            assert!(concept.label.contains_key("de") && concept.label.contains_key("en"), "{}/{}", vocabulary.id, concept.code);
        }
    }
    assert_eq!(vocabularies.with_broader(ids::TOPICS, "german-for-work"), ["german-for-work", "languages"]);
    assert!(vocabularies.check(ids::TOPICS, "nonsense").unwrap_err().en.contains("languages"));
}
