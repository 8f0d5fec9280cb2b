//! GeoJSON: schools become organisations, everything else a place.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::inconsistent_digit_grouping, reason = "metres and parts of a metre")]

mod common;

use common::*;
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityValue, Draft, RecordKind, Sponsor};
use domain::partners::ImportFormat::GeoJson;

/// Distance in metres.
fn metres(point: GeoPoint, lat: f64, lon: f64) -> f64 {
    point.distance_km(GeoPoint { lat, lon }) * 1000.0
}

#[test]
fn a_register_of_schools() {
    let items = items(GeoJson, &fixture("geojson/schools.geojson"));
    let told: Vec<_> = items.iter().map(|i| (i.line.unwrap(), i.kind, i.external_id.as_deref())).collect();
    use RecordKind::{Organization, Place};
    assert_eq!(
        told,
        [
            (4, Some(Organization), Some("75130001")),
            (9, Some(Organization), Some("75130002")),
            (12, Some(Place), Some("3")),
            (15, Some(Place), Some("4")),
            (16, Some(Organization), Some("75130001")),
            (17, Some(Place), Some("5")),
            (18, None, None),
        ]
    );
    let school = organization(&items);
    assert_eq!((school.name.as_str(), school.kind.as_str(), school.sponsor), ("Schule am Park", "primary-school", Some(Sponsor::Public)));
    assert_eq!(school.address.as_ref().unwrap().street.as_ref().unwrap().as_str(), "Lange Straße 7a");
    assert_eq!(school.summary.unwrap().as_str(), "Träger: Stadt Parchim");
    assert_eq!(school.url.unwrap().as_str(), "https://www.schule-am-park.example/");
    assert!(metres(school.geo.unwrap(), 53.4258, 11.8481) < 1.0, "{:?}", school.geo);
    assert_eq!(problems(&items[0]), [("/properties".to_owned(), "not-mapped".to_owned())]);
    let Draft::Organization(grammar) = decoded(&items[1]).0 else { panic!() };
    assert_eq!(grammar.kind, "grammar-school");
    assert_eq!(problems(&items[1]).len(), 2, "a postcode of four digits and a status that is none");
    let place = &places(&items[2..3])[0];
    assert!(metres(place.geo.unwrap(), 53.4258, 11.8481) < 1.0, "the middle of its outline: {:?}", place.geo);
    assert_eq!(place.accessibility[0].value, AccessibilityValue::Partly);
    let broken: Vec<_> = items[3..].iter().map(|i| problems(i)[0].1.clone()).collect();
    assert_eq!(broken, ["field-missing", "record-duplicate", "position-invalid", "type-wrong"]);
    assert!(items.iter().all(|i| !String::from_utf8_lossy(&i.payload).contains("Geheim")), "heads of schools are persons");
}

#[test]
fn axes_that_are_swapped_are_told() {
    let feature = |x: f64, y: f64| {
        format!(r#"{{"type":"Feature","id":"a","properties":{{"name":"Stadtbibliothek"}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#)
    };
    let read = |x, y| {
        let items = items(GeoJson, feature(x, y).as_bytes());
        (organization(&items).geo.unwrap(), problems(&items[0]))
    };
    assert_eq!(read(11.8481, 53.4258).0, GeoPoint { lat: 53.4258, lon: 11.8481 });
    let (point, warnings) = read(53.4258, 11.8481);
    assert_eq!((point, warnings[0].1.as_str()), (GeoPoint { lat: 53.4258, lon: 11.8481 }, "axes-swapped"));
}

/// Positions by another program (PROJ).
#[test]
fn metres_become_degrees_to_less_than_a_metre() {
    let points = [(53.4258, 11.8481), (53.374_248, 10.722_631), (52.5163, 13.3777), (54.0, 15.0), (47.6, 9.2)];
    let systems: [(&str, [(f64, f64); 5]); 4] = [
        (
            "urn:ogc:def:crs:EPSG::25833",
            [
                (290_592.2842, 5_924_266.6414),
                (215_508.6827, 5_922_433.1109),
                (389_917.8326, 5_819_701.9189),
                (500_000.0, 5_983_521.6619),
                (64_079.8890, 5_288_163.3902),
            ],
        ),
        (
            "EPSG:25832",
            [
                (689_228.7567, 5_923_417.3470),
                (614_599.3142, 5_915_286.6174),
                (796_986.8342, 5_827_475.8520),
                (893_074.4963, 6_000_198.1610),
                (515_034.0583, 5_271_862.8186),
            ],
        ),
        (
            "urn:ogc:def:crs:EPSG::5650",
            [
                (33_290_592.2842, 5_924_266.6414),
                (33_215_508.6827, 5_922_433.1109),
                (33_389_917.8326, 5_819_701.9189),
                (33_500_000.0, 5_983_521.6619),
                (33_064_079.8890, 5_288_163.3902),
            ],
        ),
        (
            "EPSG:3857",
            [
                (1_318_924.4589, 7_062_151.0785),
                (1_193_637.8229, 7_052_525.9408),
                (1_489_198.7520, 6_894_022.9315),
                (1_669_792.3619, 7_170_156.2940),
                (1_024_139.3153, 6_040_565.2088),
            ],
        ),
    ];
    for (name, metres_of) in systems {
        for ((lat, lon), (east, north)) in points.into_iter().zip(metres_of) {
            let text = format!(
                r#"{{"type":"FeatureCollection","crs":{{"properties":{{"name":"{name}"}}}},"features":[{{"type":"Feature","id":1,"properties":{{"name":"Museum"}},"geometry":{{"type":"Point","coordinates":[{east},{north}]}}}}]}}"#
            );
            let point = organization(&items(GeoJson, text.as_bytes())).geo.unwrap();
            // Rounded to a millionth of a degree, which is eleven centimetres.
            assert!(metres(point, lat, lon) < 0.15, "{name} {point:?}");
        }
    }
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(GeoJson, b"").0, "file-empty");
    assert_eq!(refused(GeoJson, br#"{"type":"FeatureCollection","features":[]}"#).0, "file-empty");
    assert_eq!(refused(GeoJson, br#"{"type":"Topology","objects":{}}"#).0, "file-format-wrong");
    assert_eq!(refused(GeoJson, br#"{"a":1}"#).0, "file-format-wrong");
    assert_eq!(refused(GeoJson, b"<xml/>").0, "file-format-wrong");
    let whole = fixture("geojson/schools.geojson");
    for cut in [whole.len() - 3, whole.len() / 2, 30] {
        assert_eq!(refused(GeoJson, &whole[..cut]).0, "file-truncated", "{cut}");
    }
}
