//! Open Referral HSDS 3.0: services, organisations, pages, and the official schemas.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod samples;

use common::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn standing(number: usize, kind: &str) -> String {
    json!({ "type": "offer", "externalId": format!("h-{number}"), "organization": "o-1", "kind": kind, "title": format!("Rat {number}"), "place": "p-1",
        "topics": ["everyday-skills"], "price": { "type": "free" }, "contact": { "phone": "03871 1", "email": "rat@example.org" } })
    .to_string()
        + "\n"
}

/// Checks a service, or a part of the schema of one.
fn check(part: Option<&str>, document: &Value) {
    let Some(mut schema) = samples::sample("hsds/compiled-service_with_definitions.schema.json") else { return };
    if let Some(part) = part {
        let mut only = schema["definitions"][part].clone();
        only["definitions"] = schema["definitions"].take();
        schema = only;
    }
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7).should_validate_formats(true);
    let validator = options.build(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{document}", wrong.join("\n"));
}

#[test]
fn standing_services_come_in_pages() {
    let node = alone();
    let kinds = ["counselling", "service", "open-group", "course"];
    node.import(&(0..12).map(|number| standing(number, kinds[number % 4])).collect::<String>());
    let mut seen = BTreeSet::new();
    for number in 1..=4 {
        let page = node.json(&format!("/hsds/services?per_page=3&page={number}&full={}", number % 2 == 0));
        assert_eq!((&page["total_items"], &page["total_pages"], &page["page_number"]), (&json!(10), &json!(4), &json!(number)));
        assert_eq!((&page["first_page"], &page["last_page"], &page["empty"]), (&json!(number == 1), &json!(number == 4), &json!(false)));
        for service in page["contents"].as_array().unwrap() {
            check(None, service);
            assert!(seen.insert(service["id"].as_str().unwrap().to_owned()), "none twice");
        }
    }
    assert_eq!(seen.len(), 10, "nine and the one of the catalogue; courses are none");
    let past = node.json("/hsds/services?page=9");
    assert_eq!((&past["empty"], &past["last_page"], &past["size"]), (&json!(true), &json!(true), &json!(0)));
    let found = node.json("/hsds/services?search=bildungsberatung");
    assert!(found["contents"].as_array().unwrap().iter().any(|service| service["name"] == "Bildungsberatung"), "{found}");
    assert!(found["total_items"].as_u64().unwrap() < 10, "{found}");
    assert_eq!(node.json("/hsds/services?search=gibtesnichtxyz")["total_items"], 0);
    let organization = node.json("/organizations")["data"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(node.json(&format!("/hsds/services?organization_id={organization}"))["total_items"], 10);
    assert_eq!(node.json("/hsds/services?organization_id=019ab1c2-0000-7000-8000-00000000dead")["total_items"], 0);
}

#[test]
fn a_service_has_everything_around_it() {
    let node = alone();
    let id = node.offer("Bildungsberatung");
    let path = format!("/hsds/services/{id}");
    let response = node.get(&path).send().unwrap();
    let tag = header(response.headers(), "etag").to_owned();
    let service: Value = response.json().unwrap();
    check(None, &service);
    assert_eq!((&service["name"], &service["organization"]["name"]), (&json!("Bildungsberatung"), &json!("Volkshochschule Teststadt")));
    assert_eq!(service["service_at_locations"][0]["location"]["name"], "Haus der Bildung");
    assert!(service["attributes"].as_array().unwrap().iter().any(|attribute| attribute["link_type"] == "record_licence"));
    assert_eq!(node.get(&path).header("if-none-match", tag).send().unwrap().status(), 304);
    problem(node.get(&format!("/hsds/services/{}", node.offer("Töpfern am Abend"))).send().unwrap(), 404, "not-found");
    node.import("{\"type\":\"delete\",\"kind\":\"offer\",\"externalId\":\"a-5\"}\n");
    problem(node.get(&path).send().unwrap(), 410, "gone");
    assert_eq!(node.json("/hsds/services")["total_items"], 0);
}

#[test]
fn organisations_and_what_the_interface_says_of_itself() {
    let node = alone();
    assert_eq!(node.json("/hsds")["version"], "3.0");
    for full in [false, true] {
        let page = node.json(&format!("/hsds/organizations?full={full}"));
        assert_eq!((&page["total_items"], page["contents"].as_array().unwrap().len()), (&json!(1), 1));
        check(Some("organization"), &page["contents"][0]);
        assert_eq!(page["contents"][0].get("locations").is_some(), full);
    }
    let id = node.json("/hsds/organizations")["contents"][0]["id"].as_str().unwrap().to_owned();
    let one = node.json(&format!("/hsds/organizations/{id}"));
    check(Some("organization"), &one);
    assert_eq!(one["services"], json!([{ "id": node.offer("Bildungsberatung") }]));
    for bad in ["/hsds/services?page=0", "/hsds/services?per_page=101", "/hsds/services?organization_id=x", "/hsds/organizations?full=maybe"] {
        problem(node.get(bad).send().unwrap(), 400, "parameter-invalid");
    }
    problem(node.get("/hsds/organizations?colour=red").send().unwrap(), 400, "parameter-unknown");
}
