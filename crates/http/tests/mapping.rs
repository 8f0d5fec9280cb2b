//! Columns of tables: previewed, remembered with a version, and what an import reads by.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::people::Person;
use common::{Node, SOURCE, complaints, header, problem};
use domain::accounts::Role;
use http::Limits;
use reqwest::blocking::Response;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_databases};

const TABLE: &str = "Kurs;Wann;Bereich;Kosten\nChor für alle;05.02.2027;Musik;frei\nSchach;bald;Spiele;10,50 €\n";

struct Scene {
    node: Node,
    admin: Person,
}

impl Scene {
    fn on(database: &TestDatabase) -> Self {
        let node = Node::start(database, Limits::default());
        node.add_sources();
        let admin = node.person("leitung", &[(Role::Administrator, None)]);
        Self { node, admin }
    }

    fn preview(&self, query: &str, kind: &str, body: &str) -> Response {
        let url = self.node.url(&format!("/api/v1/sources/{SOURCE}/mapping/preview{query}"));
        self.admin.asks(self.node.client.post(url)).header("content-type", kind).body(body.to_owned()).send().unwrap()
    }

    fn get(&self) -> Response {
        self.admin.asks(self.node.get(&format!("/sources/{SOURCE}/mapping"))).send().unwrap()
    }

    fn put(&self, tag: Option<&str>, mapping: &Value) -> Response {
        let url = self.node.url(&format!("/api/v1/sources/{SOURCE}/mapping"));
        let request = self.admin.asks(self.node.client.put(url)).json(mapping);
        tag.map_or(request.try_clone().unwrap(), |tag| request.header("if-match", tag)).send().unwrap()
    }
}

fn mapping() -> Value {
    json!({
        "columns": [
            { "column": "Kurs", "field": "title" },
            { "column": "Wann", "field": "start" },
            { "column": "Kosten", "field": "price" }
        ],
        "fixed": { "locality": "Parchim" }
    })
}

#[test]
fn a_table_is_looked_at_before_it_is_imported() {
    let database = TestDatabase::sqlite();
    let scene = Scene::on(&database);
    let answer = scene.preview("", "text/csv; charset=utf-8", TABLE);
    assert_eq!(answer.status(), 200);
    let seen: Value = answer.json().unwrap();
    assert_eq!((seen["rows"].as_u64(), &seen["encoding"], &seen["delimiter"]), (Some(2), &json!("utf-8"), &json!(";")));
    assert_eq!(seen["columns"][1], json!({ "name": "Wann", "index": 1, "samples": ["05.02.2027", "bald"] }));
    assert_eq!(seen["columns"][3]["suggestion"], "price");
    let title = seen["fields"].as_array().unwrap().iter().find(|field| field["field"] == "title").unwrap();
    assert_eq!((&title["label"]["de"], &title["required"]), (&json!("Titel"), &json!(true)));
    assert_eq!(seen["records"][0]["title"], "Chor für alle");

    let query = format!("?format=csv&mapping={}", url::form_urlencoded::byte_serialize(mapping().to_string().as_bytes()).collect::<String>());
    let seen: Value = scene.preview(&query, "text/csv", TABLE).json().unwrap();
    assert_eq!(seen["records"][0]["runs"][0]["start"], "2027-02-05");
    let wrong = &seen["problems"][0];
    assert_eq!((&wrong["row"], &wrong["column"], &wrong["code"]), (&json!(3), &json!("B"), &json!("date-invalid")));
    assert!(wrong["messages"]["de"].as_str().unwrap().starts_with("Zeile 3, Spalte B „Wann“:"));

    assert_eq!(scene.get().status(), 404, "looking stores nothing");
}

#[test]
fn a_preview_says_what_it_cannot_read() {
    let database = TestDatabase::sqlite();
    let scene = Scene::on(&database);
    problem(scene.preview("", "text/csv", "a;b\n\"offen"), 422, "file-invalid");
    problem(scene.preview("", "image/png", "x"), 415, "unsupported-media-type");
    problem(scene.preview("?format=xlsx", "text/csv", TABLE), 400, "parameter-invalid");
    let told = problem(scene.preview("?mapping=%7B%22columns%22%3A%5B%5D%7D", "text/csv", TABLE), 400, "parameter-invalid");
    assert_eq!(complaints(&told), [("/query/mapping/columns".to_owned(), "field-missing".to_owned())]);
    problem(scene.preview("?mapping=x", "text/csv", TABLE), 400, "parameter-invalid");
}

on_both_databases! {
    fn a_mapping_is_remembered(database) {
        let scene = Scene::on(database);
        problem(scene.get(), 404, "not-found");
        let told = problem(scene.put(None, &json!({ "columns": [{ "column": "A", "field": "start" }] })), 422, "invalid");
        assert_eq!(complaints(&told), [("/body/columns".to_owned(), "field-missing".to_owned())]);

        let made = scene.put(None, &mapping());
        assert_eq!((made.status().as_u16(), header(made.headers(), "etag")), (201, "\"1\""));
        assert!(header(made.headers(), "location").ends_with(&format!("/sources/{SOURCE}/mapping")));
        problem(scene.put(None, &mapping()), 428, "precondition-required");
        problem(scene.put(Some("\"7\""), &mapping()), 412, "precondition-failed");
        let changed = scene.put(Some("\"1\""), &mapping());
        assert_eq!((changed.status().as_u16(), header(changed.headers(), "etag")), (200, "\"2\""));
        let got = scene.get();
        assert_eq!((got.status().as_u16(), header(got.headers(), "etag")), (200, "\"2\""));
        assert_eq!(got.json::<Value>().unwrap(), mapping());

        // An import reads by it, whoever hands it in.
        let url = scene.node.url(&format!("/api/v1/sources/{SOURCE}/imports?mode=delta"));
        let answer = scene.admin.asks(scene.node.client.post(url)).header("content-type", "text/csv").body(TABLE).send().unwrap();
        let import: Value = answer.json().unwrap();
        assert_eq!((&import["state"], &import["format"]), (&json!("succeeded"), &json!("csv")), "{import}");
        // One organisation, one place, two offers.
        assert_eq!((&import["counts"]["created"], &import["counts"]["rejected"]), (&json!(4), &json!(0)), "{import}");
        let problems = scene.admin.asks(scene.node.get(&format!("/sources/{SOURCE}/imports/{}/problems", import["id"].as_str().unwrap())));
        let problems: Value = problems.send().unwrap().json().unwrap();
        assert_eq!((&problems["data"][0]["pointer"], &problems["data"][0]["line"]), (&json!("/3/B"), &json!(3)), "{problems}");
    }
}
