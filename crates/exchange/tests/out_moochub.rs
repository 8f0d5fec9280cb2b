//! MOOChub 3 against its JSON Schema.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod out_records;

use exchange::out::moochub::{Links, course as written, page};
use out_records::*;
use serde_json::{Value, json};

fn links() -> Links {
    let at = |page: &str| format!("https://bildung.example.org/api/v1/moochub/courses?page%5Bnumber%5D={page}");
    Links { own: at("2"), first: at("1"), last: at("3"), next: Some(at("3")), prev: Some(at("1")) }
}

fn validator() -> Option<jsonschema::Validator> {
    let schema = sample("moochub/moochub-schema.json")?;
    Some(jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
}

#[track_caller]
fn assert_valid(validator: &jsonschema::Validator, document: &Value) {
    let wrong: Vec<String> = validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{document}", wrong.join("\n"));
}

#[test]
fn pages_keep_to_the_schema() {
    let Some(validator) = validator() else { return };
    for language in ["de", "en"] {
        assert_valid(&validator, &page(&site(), &[course(), online(), hybrid(), bare()], links(), language));
    }
    assert_valid(&validator, &page(&site(), &[], Links { next: None, prev: None, ..links() }, "de"));
    assert!(!validator.is_valid(&json!({ "data": [{ "id": "x", "type": "Course" }] })), "the schema does refuse what is wrong");
}

#[test]
fn a_course_at_ones_own_pace() {
    let course = written(&site(), &online(), "de");
    let told = &course["attributes"];
    assert_eq!(told["courseMode"], json!(["online", "asynchronous"]));
    assert_eq!(told["license"], json!([{ "identifier": "proprietary", "url": null, "contentUrl": null }]));
    assert_eq!((&told["access"], &told["offer"][0]["price"]), (&json!(["paid"]), &json!(47.0)));
    assert_eq!(told["description"], "Zehn Finger &lt; zwei Hände.", "HTML");
    assert_eq!(told["keywords"], json!(["Tippen"]), "each once");
    assert_eq!((&told["startDate"], &told["endDate"]), (&json!(["2027-04-30T22:00:00Z"]), &json!(["2027-05-31T21:59:59Z"])));
    assert_eq!((&told["url"], &told["contentLocation"]["url"]), (&json!("https://vhs.example.org/tippen"), &json!("https://vhs.example.org/raum")));
    assert_eq!(told["duration"], "PT360M");
    assert_eq!(told["applicationDeadline"], "2027-12-31T22:59:59Z");
}

#[test]
fn open_licences_are_named_by_spdx() {
    let course = written(&site(), &hybrid(), "de");
    assert_eq!(
        course["attributes"]["license"][0],
        json!({ "identifier": "CC-BY-4.0", "url": "https://spdx.org/licenses/CC-BY-4.0.html", "contentUrl": null })
    );
    assert_eq!((&course["attributes"]["courseMode"], &course["attributes"]["access"]), (&json!(["blended"]), &json!(["free"])));
    assert_eq!(course["attributes"]["contentLocation"]["name"], "Haus der Bildung");
}
