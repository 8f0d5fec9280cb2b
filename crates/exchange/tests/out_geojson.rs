//! Places and organisations as GeoJSON.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod out_records;

use exchange::out::geojson::{organization as written_organization, place as written_place};
use out_records::*;
use serde_json::{Value, json};

#[test]
fn a_place_is_a_feature_with_longitude_first() {
    let feature = written_place(&site(), &place());
    assert_eq!((&feature["type"], &feature["id"]), (&json!("Feature"), &json!("019ab1c2-0000-7000-8000-000000000004")));
    assert_eq!(feature["geometry"], json!({ "type": "Point", "coordinates": [11.8481, 53.4258] }));
    let properties = &feature["properties"];
    assert_eq!((&properties["licence"], &properties["licenceUrl"]), (&json!("cc-by/4.0"), &json!("https://creativecommons.org/licenses/by/4.0/")));
    assert_eq!(properties["accessibility"], json!({ "step-free-entrance": "yes", "lift": "no" }), "what is not stated is left out");
    assert_eq!(properties["publicTransport"], "Bus 712 bis Markt");
}

#[test]
fn without_a_position_there_is_no_geometry() {
    let mut told = organization();
    told.geo = None;
    let feature = written_organization(&site(), &told, "de");
    assert_eq!(feature["geometry"], Value::Null);
    assert_eq!((&feature["properties"]["phone"], &feature["properties"]["street"]), (&json!("03871 1"), &json!("Schulstraße 1")));
    assert_eq!(feature["properties"]["page"], "https://bildung.example.org/de/einrichtungen/019ab1c2-0000-7000-8000-000000000002/vhs");
}
