//! Open Referral HSDS 3 against its JSON Schemas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod out_records;

use common::context;
use exchange::out::hsds::{Hsds, Provider, organization as simple, organization_in_full, page, service as short, service_in_full};
use out_records::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn writing<T>(work: impl FnOnce(&Hsds<'_>) -> T) -> T {
    let (site, context) = (site(), context());
    work(&Hsds { site: &site, vocabularies: &context.vocabularies, language: "de" })
}

/// The schema of a whole service, or one of its parts.
fn validator(part: Option<&str>) -> Option<jsonschema::Validator> {
    let mut schema = sample("hsds/compiled-service_with_definitions.schema.json")?;
    if let Some(part) = part {
        let mut only = schema["definitions"][part].clone();
        only["definitions"] = schema["definitions"].take();
        schema = only;
    }
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7).should_validate_formats(true);
    Some(options.build(&schema).unwrap())
}

#[track_caller]
fn assert_valid(validator: &jsonschema::Validator, document: &Value) {
    let wrong: Vec<String> = validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{document}", wrong.join("\n"));
}

#[test]
fn services_keep_to_the_schema() {
    let Some(validator) = validator(None) else { return };
    let organization = organization();
    for offer in [service(), bare(), course(), event()] {
        assert_valid(&validator, &writing(|writer| short(writer, &offer)));
        assert_valid(&validator, &writing(|writer| service_in_full(writer, &offer, Provider::Known(&organization))));
        assert_valid(&validator, &writing(|writer| service_in_full(writer, &offer, Provider::Summary)));
    }
    assert_valid(&validator, &sample("hsds/service_full.json").unwrap());
    assert!(!validator.is_valid(&json!({ "id": "x", "name": "y", "status": "vielleicht" })), "the schema does refuse what is wrong");
}

#[test]
fn organisations_keep_to_the_schema() {
    let Some(validator) = validator(Some("organization")) else { return };
    assert_valid(&validator, &writing(|writer| simple(writer, &organization())));
    assert_valid(&validator, &writing(|writer| organization_in_full(writer, &organization())));
    let mut bare = organization();
    (bare.address, bare.geo, bare.description, bare.description_html, bare.summary) = (None, None, None, None, None);
    let bare = writing(|writer| organization_in_full(writer, &bare));
    assert_valid(&validator, &bare);
    assert_eq!((&bare["description"], bare.get("locations")), (&bare["name"], None), "mandatory, so it is the name");
}

/// Every `id` of a document.
fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| ids(value, found)),
        Value::Object(fields) => {
            found.extend(fields.get("id").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| ids(value, found));
        }
        _ => {}
    }
}

#[test]
fn a_service_with_everything() {
    let organization = organization();
    let write = || writing(|writer| service_in_full(writer, &service(), Provider::Known(&organization)));
    let told = write();
    assert_eq!((&told["name"], &told["status"], &told["minimum_age"]), (&json!("Bildungsberatung"), &json!("active"), &json!(16)));
    assert_eq!(told["organization"]["name"], "Volkshochschule Teststadt");
    let hours: Vec<_> = told["schedules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|schedule| (schedule["byday"].as_str().unwrap(), schedule["opens_at"].as_str().unwrap()))
        .collect();
    assert_eq!(hours, [("MO,TU,WE,TH", "09:00"), ("MO,TU,WE,TH", "13:00"), ("FR", "09:00")], "those of the organisation");
    let costs: Vec<_> = told["cost_options"].as_array().unwrap().iter().map(|cost| cost["amount"].as_f64().unwrap()).collect();
    assert_eq!((costs, &told["cost_options"][2]["option"]), (vec![5.0, 10.0, 2.5], &json!("Schüler")));
    assert_eq!(told["fees_description"], "5,00–10,00 EUR; bar");
    let location = &told["service_at_locations"][0]["location"];
    assert_eq!((&location["addresses"][0]["address_1"], &location["accessibility"][0]["details"]), (&json!("Schulstraße 1"), &json!("yes")));
    let licence = told["attributes"].as_array().unwrap().iter().find(|attribute| attribute["link_type"] == "record_licence").unwrap();
    assert_eq!(licence["value"], "https://creativecommons.org/licenses/by/4.0/");

    assert_eq!(told, write(), "identifiers of parts stay the same");
    let mut found = Vec::new();
    ids(&told, &mut found);
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "and are their own: {found:?}");
}

#[test]
fn a_rule_becomes_a_schedule() {
    let told = writing(|writer| service_in_full(writer, &course(), Provider::Summary));
    let weekly = &told["schedules"][0];
    assert_eq!((&weekly["freq"], &weekly["byday"], &weekly["count"]), (&json!("WEEKLY"), &json!("TU"), &json!(3)));
    assert_eq!((&weekly["opens_at"], &weekly["closes_at"], &weekly["dtstart"]), (&json!("18:00"), &json!("19:30"), &json!("2027-02-02")));
    assert_eq!((&told["schedules"][1]["dtstart"], &told["schedules"][1]["until"]), (&json!("2027-04-01"), &json!("2027-04-08")));
}

#[test]
fn pages_count() {
    let of = |contents: usize, number, total| page(vec![json!({}); contents], number, 20, total);
    assert_eq!(
        of(20, 1, 45),
        json!({ "total_items": 45, "total_pages": 3, "page_number": 1, "size": 20, "first_page": true, "last_page": false, "empty": false, "contents": vec![json!({}); 20] })
    );
    assert_eq!((&of(5, 3, 45)["last_page"], &of(5, 3, 45)["first_page"]), (&json!(true), &json!(false)));
    let nothing = of(0, 1, 0);
    assert_eq!((&nothing["empty"], &nothing["last_page"], &nothing["total_pages"]), (&json!(true), &json!(true), &json!(0)));
}
