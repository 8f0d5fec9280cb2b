//! OGC API – Features: what Part 1 (Core, GeoJSON, OpenAPI 3.0) demands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PLACES: &str = "/ogc/collections/places/items";

fn get(node: &Node, path: &str) -> Value {
    let response = node.get(path).send().unwrap();
    let status = response.status();
    let body: Value = response.json().unwrap();
    assert_eq!(status, 200, "{path}: {body}");
    body
}

fn link(body: &Value, relation: &str) -> Option<String> {
    body["links"].as_array().unwrap().iter().find(|link| link["rel"] == relation).map(|link| link["href"].as_str().unwrap().to_owned())
}

#[test]
fn one_finds_the_way_from_the_landing_page() {
    let node = alone();
    let landing = get(&node, "/ogc");
    for relation in ["self", "service-desc", "service-doc", "conformance", "data"] {
        let address = link(&landing, relation).unwrap_or_else(|| panic!("{relation}: {landing}"));
        assert_eq!(node.client.get(&address).send().unwrap().status(), 200, "{address}");
    }
    let conformance: Value = node.client.get(link(&landing, "conformance").unwrap()).send().unwrap().json().unwrap();
    let classes: BTreeSet<&str> = conformance["conformsTo"].as_array().unwrap().iter().map(|class| class.as_str().unwrap()).collect();
    let class = |name: &str| format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}");
    assert_eq!(classes, [class("core"), class("geojson"), class("oas30")].iter().map(String::as_str).collect());

    let collections: Value = node.client.get(link(&landing, "data").unwrap()).send().unwrap().json().unwrap();
    assert!(link(&collections, "self").is_some());
    let ids: Vec<&str> = collections["collections"].as_array().unwrap().iter().map(|collection| collection["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["places", "organizations"]);
    for collection in collections["collections"].as_array().unwrap() {
        let own: Value = node.client.get(link(collection, "self").unwrap()).send().unwrap().json().unwrap();
        assert_eq!(own, *collection, "alone and in the list it is the same");
        let items = node.client.get(link(collection, "items").unwrap()).send().unwrap();
        assert_eq!((items.status().as_u16(), header(items.headers(), "content-type")), (200, "application/geo+json"));
    }
    assert_eq!(collections["collections"][0]["extent"]["spatial"]["bbox"], json!([[11.4959, 53.3246, 11.8481, 53.4258]]));
}

#[test]
fn the_definition_is_openapi_3_0_and_true() {
    let node = alone();
    let response = node.get("/ogc/api").send().unwrap();
    assert_eq!(header(response.headers(), "content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let definition: Value = response.json().unwrap();
    assert_eq!(definition["openapi"], "3.0.3");
    let server = definition["servers"][0]["url"].as_str().unwrap();
    let id = get(&node, PLACES)["features"][0]["id"].as_str().unwrap().to_owned();
    for (path, item) in definition["paths"].as_object().unwrap() {
        let address = format!("{server}{}", path.replace("{collectionId}", "places").replace("{featureId}", &id));
        let answer = node.client.get(&address).send().unwrap();
        let kind = header(answer.headers(), "content-type").to_owned();
        assert_eq!(answer.status(), 200, "{address}");
        assert!(item["get"]["responses"]["200"]["content"].get(&kind).is_some(), "{path}: {kind}");
    }
    // Every reference leads somewhere.
    let text = definition.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(definition.pointer(reference).is_some(), "{reference}");
    }
}

#[test]
fn features_come_in_boxes() {
    let node = alone();
    let all = get(&node, PLACES);
    assert_eq!((&all["type"], &all["numberMatched"], &all["numberReturned"]), (&json!("FeatureCollection"), &json!(2), &json!(2)));
    let place = &all["features"][0];
    assert_eq!((&place["type"], place["geometry"]["type"].as_str()), (&json!("Feature"), Some("Point")));
    assert!(place["properties"]["licence"].is_string());
    let names = |query: &str| -> Vec<String> {
        let found = get(&node, &format!("{PLACES}?{query}"));
        assert_eq!(found["numberMatched"].as_u64().unwrap(), found["features"].as_array().unwrap().len() as u64);
        found["features"].as_array().unwrap().iter().map(|feature| feature["properties"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("bbox=11.8,53.4,11.9,53.5"), ["Haus der Bildung"]);
    assert_eq!(names("bbox=11.8481,53.4258,11.8481,53.4258"), ["Haus der Bildung"], "edges belong to it");
    assert_eq!(names("bbox=11.8,53.4,0,11.9,53.5,100"), ["Haus der Bildung"], "heights have no meaning");
    assert_eq!(names("bbox=11.8,-90,-170,90"), ["Haus der Bildung"], "across the antimeridian");
    assert!(names("bbox=-10,-10,0,0").is_empty());
    assert_eq!(names("datetime=2026-01-01T00:00:00Z/..").len(), 2, "what has no time is part of every time");
    for bad in ["bbox=1,2,3", "bbox=11,54,12,53", "bbox=a,b,c,d", "bbox=-200,0,0,0", "limit=0", "limit=x", "datetime=gestern", "f=xml", "cursor=x"] {
        assert_eq!(node.get(&format!("{PLACES}?{bad}")).send().unwrap().status(), 400, "{bad}");
    }
    problem(node.get(&format!("{PLACES}?colour=red")).send().unwrap(), 400, "parameter-unknown");
    assert_eq!(get(&node, &format!("{PLACES}?limit=999999"))["numberReturned"], 2, "too much is as much as there is");
}

#[test]
fn pages_lose_nothing_and_repeat_nothing_whatever_happens() {
    let node = alone();
    let many: String = (0..25)
        .map(|n| format!("{{\"type\":\"place\",\"externalId\":\"x-{n}\",\"name\":\"Ort {n}\",\"address\":{{\"postalCode\":\"19370\",\"locality\":\"Parchim\"}},\"geo\":{{\"lat\":53.4,\"lon\":{}}}}}\n", 11.0 + f64::from(n) / 100.0))
        .collect();
    node.import(&many);
    let mut seen = Vec::new();
    let mut url = node.url(&format!("/api/v1{PLACES}?limit=7&bbox=11,53,12,54"));
    let mut pages = 0;
    loop {
        let page: Value = node.client.get(&url).send().unwrap().json().unwrap();
        seen.extend(page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
        pages += 1;
        if pages == 1 {
            assert_eq!(page["numberMatched"], 27);
            // One that was seen already goes while somebody leafs through.
            let gone = page["features"][0]["properties"]["name"].as_str().unwrap();
            let id = if gone.starts_with("Ort") { format!("x-{}", &gone[4..]) } else { "p-2".to_owned() };
            node.import(&format!("{{\"type\":\"delete\",\"kind\":\"place\",\"externalId\":\"{id}\"}}\n"));
        }
        match link(&page, "next") {
            Some(next) => url = next,
            None => break,
        }
    }
    assert_eq!((pages, seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (4, 27, 27));
    assert_eq!(get(&node, PLACES)["numberMatched"], 26, "the withdrawn one is gone");
}

#[test]
fn one_feature_and_the_short_addresses() {
    let node = alone();
    let organizations = get(&node, "/organizations.geojson");
    assert_eq!(
        (&organizations["numberMatched"], &organizations["features"][0]["properties"]["name"]),
        (&json!(1), &json!("Volkshochschule Teststadt"))
    );
    assert_eq!(organizations["features"], get(&node, "/ogc/collections/organizations/items")["features"]);
    assert_eq!(get(&node, "/places.geojson?bbox=11.8,53.4,11.9,53.5")["numberMatched"], 1);
    let id = organizations["features"][0]["id"].as_str().unwrap();
    let one = node.get(&format!("/ogc/collections/organizations/items/{id}")).send().unwrap();
    assert_eq!(header(one.headers(), "content-type"), "application/geo+json");
    let tag = header(one.headers(), "etag").to_owned();
    let one: Value = one.json().unwrap();
    assert!(link(&one, "self").is_some() && link(&one, "collection").is_some(), "{one}");
    assert_eq!(one["properties"], organizations["features"][0]["properties"]);
    let known = node.get(&format!("/ogc/collections/organizations/items/{id}")).header("if-none-match", tag).send().unwrap();
    assert_eq!(known.status(), 304);
    problem(node.get(&format!("/ogc/collections/places/items/{id}")).send().unwrap(), 404, "not-found");
    problem(node.get("/ogc/collections/streets/items").send().unwrap(), 404, "not-found");
    problem(node.get("/ogc/collections/streets").send().unwrap(), 404, "not-found");
    let changed = header(node.get(PLACES).send().unwrap().headers(), "etag").to_owned();
    assert_eq!(node.get(PLACES).header("if-none-match", changed).send().unwrap().status(), 304);
}

#[test]
fn formats_are_agreed_upon() {
    let node = alone();
    for good in ["application/geo+json", "application/json", "*/*", "text/html, application/json;q=0.5"] {
        assert_eq!(node.get(PLACES).header("accept", good).send().unwrap().status(), 200, "{good}");
    }
    problem(node.get(PLACES).header("accept", "application/gml+xml").send().unwrap(), 406, "not-acceptable");
    assert_eq!(node.get(&format!("{PLACES}?f=json")).header("accept", "text/html").send().unwrap().status(), 200, "the address has said it");
    problem(node.get("/ogc").header("accept", "text/html").send().unwrap(), 406, "not-acceptable");
}
