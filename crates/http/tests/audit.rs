//! Reading the audit log over the API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Alone, complaints, empty, header, problem};
use domain::accounts::{Actor, Identity, Origin, Role};
use domain::{Clock, SystemRng};
use http::Limits;
use persistence::audit::{self, Event};
use serde_json::{Value, json};

fn add(node: &Alone, actor: &Actor, event: Event) {
    let (actor, now) = (actor.clone(), node.clock.now());
    node.store.write(move |tx| audit::append(tx, &actor, &event, &SystemRng, now)).unwrap();
}

fn somebody(person: &common::people::Person) -> Actor {
    let identity = Identity::Account { id: person.id, session: person.session };
    Actor { identity, origin: Origin { address: "192.0.2.7".parse().ok(), user_agent: Some("Browser/1.0".to_owned()) } }
}

fn entries(node: &Alone) -> u64 {
    node.store.read(audit::verify).unwrap().unwrap().entries
}

// ASVS 5.0 V16.2.1
#[test]
fn entries_say_who_what_when_from_where_and_what_changed() {
    let node = empty(Limits::default());
    let reader = node.person("verwaltung", &[(Role::Administrator, None)]);
    let event = Event::new("test-account.suspended", "account", "a-1")
        .named("Redaktion")
        .changed(json!({"status": "active"}), json!({"status": "suspended"}));
    add(&node, &somebody(&reader), event);
    add(&node, &Actor::system(), Event::new("test.done", "test", "s-1"));
    let answer = reader.asks(node.get("/audit?action=test-account.")).send().unwrap();
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "cache-control")), (200, "no-store"));
    let list: Value = answer.json().unwrap();
    assert_eq!(list["page"], json!({"next": null, "limit": 20, "total": 1}));
    let entry = &list["data"][0];
    assert_eq!(entry["actor"], json!({"kind": "account", "id": reader.id, "name": "verwaltung"}));
    assert_eq!(entry["target"], json!({"kind": "account", "id": "a-1", "name": "Redaktion"}));
    assert_eq!(entry["changes"], json!([{"field": "status", "before": "active", "after": "suspended"}]));
    assert_eq!((&entry["at"], &entry["address"], &entry["userAgent"]), (&json!("2026-11-24T08:00:00Z"), &json!("192.0.2.7"), &json!("Browser/1.0")));
    let of_day = |query: &str| {
        reader.asks(node.get(&format!("/audit?action=test.&{query}"))).send().unwrap().json::<Value>().unwrap()["page"]["total"].clone()
    };
    assert_eq!(of_day("from=2026-11-24&to=2026-11-24"), 1);
    assert_eq!(of_day("to=2026-11-23"), 0);
    assert_eq!(of_day("from=2026-11-24T08:00:00Z"), 1);
    assert_eq!(of_day("to=2026-11-24T09:00:00%2B01:00"), 0, "an instant is the first that is not wanted any more");
    assert_eq!(of_day("target=s-1"), 1);
    assert_eq!(of_day(&format!("actor={}", reader.id)), 0);
}

#[test]
fn reading_is_noted_once_however_many_pages_it_takes() {
    let node = empty(Limits::default());
    let reader = node.person("verwaltung", &[(Role::Administrator, None)]);
    for number in 0..5 {
        add(&node, &Actor::system(), Event::new("test.done", "test", number));
    }
    let mut seen = Vec::new();
    let mut path = "/audit?action=test.&limit=2".to_owned();
    loop {
        let list: Value = reader.asks(node.get(&path)).send().unwrap().json().unwrap();
        assert_eq!(list["page"]["total"], 5);
        seen.extend(list["data"].as_array().unwrap().iter().map(|entry| entry["target"]["id"].as_str().unwrap().to_owned()));
        let Some(next) = list["page"]["next"].as_str() else { break };
        path = format!("/audit?action=test.&limit=2&cursor={next}");
    }
    assert_eq!(seen, ["4", "3", "2", "1", "0"]);
    let notes: Value = reader.asks(node.get("/audit?action=audit.read")).send().unwrap().json().unwrap();
    assert_eq!(notes["page"]["total"], 2, "the first reading and this one");
    assert_eq!(notes["data"][1]["changes"], json!([{"field": "action", "before": null, "after": "test."}]));
    assert_eq!(notes["data"][1]["target"], json!({"kind": "audit", "id": "list"}));
}

#[test]
fn what_is_not_understood_is_refused_and_not_noted() {
    let node = empty(Limits::default());
    let reader = node.person("verwaltung", &[(Role::Administrator, None)]);
    let before = entries(&node);
    let refused = problem(reader.asks(node.get("/audit?actor=x&action=%25&from=gestern&to=2026-02-30")).send().unwrap(), 400, "parameter-invalid");
    let expected =
        [("/query/actor", "id-invalid"), ("/query/action", "code-invalid"), ("/query/from", "date-invalid"), ("/query/to", "date-invalid")];
    assert_eq!(complaints(&refused), expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    problem(reader.asks(node.get("/audit?cursor=x")).send().unwrap(), 400, "cursor-invalid");
    problem(reader.asks(node.get("/audit.csv?limit=1")).send().unwrap(), 400, "parameter-unknown");
    let foreign = node.person("fremd", &[(Role::Editor, None)]);
    problem(foreign.asks(node.get("/audit")).send().unwrap(), 403, "forbidden");
    problem(foreign.asks(node.get("/audit.csv")).send().unwrap(), 403, "forbidden");
    assert_eq!(entries(&node), before);
}

// ASVS 5.0 V1.2.10
#[test]
fn the_file_holds_every_entry_and_no_formula() {
    let node = empty(Limits::default());
    let reader = node.person("=1+1", &[(Role::Administrator, None)]);
    let before = entries(&node) as usize;
    for number in 0..1203 {
        add(&node, &Actor::system(), Event::new("test.done", "test", number).named("Müritz, „Ost“"));
    }
    add(&node, &somebody(&reader), Event::new("test-account.changed", "account", "a-1").named("+49 3871"));
    let answer = reader.asks(node.get("/audit.csv")).send().unwrap();
    let headers = answer.headers().clone();
    assert_eq!(header(&headers, "content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(header(&headers, "content-disposition"), "attachment; filename=\"audit-2026-11-24.csv\"");
    assert_eq!(header(&headers, "cache-control"), "no-store");
    let bytes = answer.bytes().unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfseq,at,"), "Excel needs the mark");
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let rows: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(rows.len(), 1 + before + 1203 + 2 + 1, "head, entries, the note of this reading, and nothing after the last line end");
    assert!(rows[2].contains(",'=1+1,"), "{}", rows[2]);
    assert!(rows[2].contains(",'+49 3871,"), "{}", rows[2]);
    assert!(rows[3].contains(",\"Müritz, „Ost“\","), "{}", rows[3]);
    let filtered = reader.asks(node.get("/audit.csv?action=test-account.")).send().unwrap().text().unwrap();
    assert_eq!(filtered.split("\r\n").count(), 3);
}
