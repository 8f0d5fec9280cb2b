//! MOOChub 3: media type, pages, and the official schema.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod samples;

use common::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const COURSES: &str = "/moochub/courses";

fn online(number: usize, example: bool) -> String {
    let mode = ["online", "self-paced", "hybrid"][number % 3];
    json!({ "type": "offer", "externalId": format!("m-{number}"), "organization": "o-1", "kind": "course", "title": format!("Netzkurs {number}"),
        "topics": ["computer-basics"], "deliveryMode": mode, "languages": ["de"], "price": { "type": "free" }, "example": example, "place": "p-1",
        "description": "Ein *Kurs* <im> Netz.", "runs": [{ "externalId": "r", "rollingStart": true, "onlineUrl": "https://raum.example.org/1" }] })
    .to_string()
        + "\n"
}

#[test]
fn pages_are_linked_and_keep_to_the_schema() {
    let node = alone();
    node.import(&(0..7).map(|number| online(number, false)).collect::<String>());
    let schema = samples::sample("moochub/moochub-schema.json");
    let validator = schema.map(|schema| jsonschema::options().should_validate_formats(true).build(&schema).unwrap());
    let (mut seen, mut pages) = (BTreeSet::new(), 0);
    let mut url = node.url(&format!("/api/v1{COURSES}?page[size]=3"));
    loop {
        let response = node.client.get(&url).send().unwrap();
        assert_eq!((response.status().as_u16(), header(response.headers(), "content-type")), (200, "application/vnd.api+json; moochub-version=3"));
        let page: Value = response.json().unwrap();
        if let Some(validator) = &validator {
            let wrong: Vec<String> = validator.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
        pages += 1;
        assert!(page["data"].as_array().unwrap().iter().all(|course| seen.insert(course["id"].as_str().unwrap().to_owned())), "none twice");
        assert!(page["data"].as_array().unwrap().iter().all(|course| course["attributes"]["license"][0]["identifier"].is_string()));
        assert_eq!(page["links"].get("prev").is_some(), pages > 1);
        match page["links"]["next"].as_str() {
            Some(next) => url = next.to_owned(),
            None => {
                assert_eq!(page["links"]["last"].as_str().unwrap(), url);
                break;
            }
        }
    }
    assert_eq!((pages, seen.len()), (3, 7), "the invented one is not handed on");
    assert_eq!(node.json(&format!("{COURSES}?example=true"))["data"].as_array().unwrap().len(), 8);
    let past = node.json(&format!("{COURSES}?page[number]=99"));
    assert_eq!((past["data"].as_array().unwrap().len(), past["links"].get("next")), (0, None));
}

#[test]
fn new_courses_show_and_withdrawn_ones_go() {
    let node = alone();
    let count = || node.json(COURSES)["data"].as_array().unwrap().len();
    assert_eq!(count(), 0);
    node.import(&online(1, false));
    assert_eq!(count(), 1);
    let tag = header(node.get(COURSES).send().unwrap().headers(), "etag").to_owned();
    assert_eq!(node.get(COURSES).header("if-none-match", &tag).send().unwrap().status(), 304);
    node.import("{\"type\":\"delete\",\"kind\":\"offer\",\"externalId\":\"m-1\"}\n");
    assert_eq!(count(), 0);
    assert_eq!(node.get(COURSES).header("if-none-match", &tag).send().unwrap().status(), 200);
}

#[test]
fn only_version_three_is_spoken() {
    let node = alone();
    let accepts = |accept: &str| node.get(COURSES).header("accept", accept).send().unwrap();
    for good in ["application/vnd.api+json; moochub-version=3", "application/vnd.api+json", "*/*", "application/json"] {
        assert_eq!(accepts(good).status(), 200, "{good}");
    }
    for bad in ["application/vnd.api+json; moochub-version=2", "application/vnd.api+json; ext=\"x\"", "text/html"] {
        problem(accepts(bad), 406, "not-acceptable");
    }
    for bad in ["page[number]=0", "page[size]=101", "page[size]=x"] {
        problem(node.get(&format!("{COURSES}?{bad}")).send().unwrap(), 400, "parameter-invalid");
    }
    problem(node.get(&format!("{COURSES}?page=1")).send().unwrap(), 400, "parameter-unknown");
}
