//! Schedules, settings and health of sources through the API; letters about their troubles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::people::Person;
use common::{Node, SOURCE, header, problem};
use domain::Clock;
use domain::accounts::Role;
use http::Limits;
use http::partners::webhooks::Keeper;
use reqwest::blocking::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use sync::digest::Teller;
use testkit::{TestDatabase, on_both_databases};

struct Scene {
    node: Node,
    admin: Person,
}

impl Scene {
    fn on(database: &TestDatabase, limits: Limits) -> Self {
        let node = Node::start(database, limits);
        node.add_sources();
        let admin = node.person("leitung", &[(Role::Administrator, None)]);
        Self { node, admin }
    }

    fn path(&self, rest: &str) -> String {
        self.node.url(&format!("/api/v1/sources/{SOURCE}{rest}"))
    }

    fn put(&self, rest: &str, version: Option<i64>, body: &Value) -> Response {
        let mut request = self.node.client.put(self.path(rest)).json(body);
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        self.admin.asks(request).send().unwrap()
    }

    fn get(&self, rest: &str) -> Value {
        let response = self.admin.asks(self.node.client.get(self.path(rest))).send().unwrap();
        assert_eq!(response.status(), 200, "{rest}");
        response.json().unwrap()
    }
}

fn draft() -> Value {
    json!({ "url": "https://vhs.example.org/kurse.xml", "format": "openvhs", "mode": "full", "everyMinutes": 1440, "enabled": true })
}

on_both_databases! {
    fn a_source_gets_a_schedule(database) {
        let scene = Scene::on(database, Limits::default());
        let none = scene.admin.asks(scene.node.client.get(scene.path("/schedule"))).send().unwrap();
        assert_eq!(none.status(), 404);
        let made = scene.put("/schedule", None, &draft());
        assert_eq!((made.status().as_u16(), header(made.headers(), "etag")), (201, "\"1\""));
        assert_eq!(header(made.headers(), "location"), format!("/api/v1/sources/{SOURCE}/schedule").as_str());
        let schedule: Value = made.json().unwrap();
        assert_eq!((&schedule["everyMinutes"], &schedule["failures"], &schedule["stale"]), (&json!(1440), &json!(0), &json!(false)));
        assert_eq!(schedule["nextAt"], json!("2026-11-24T08:00:00Z"));

        problem(scene.put("/schedule", None, &draft()), 428, "precondition-required");
        problem(scene.put("/schedule", Some(9), &draft()), 412, "precondition-failed");
        let mut other = draft();
        other["everyMinutes"] = json!(60);
        let changed: Value = scene.put("/schedule", Some(1), &other).json().unwrap();
        assert_eq!((&changed["version"], &changed["everyMinutes"]), (&json!(2), &json!(60)));
        assert_eq!(scene.get("/schedule")["everyMinutes"], 60);
        let asked = scene.admin.asks(scene.node.client.post(scene.path("/schedule/fetch"))).send().unwrap();
        assert_eq!(asked.status(), 202);
        assert_eq!(scene.get("/health")["schedule"]["everyMinutes"], 60);

        let delete = |version: i64| {
            scene.admin.asks(scene.node.client.delete(scene.path("/schedule")).header("if-match", format!("\"{version}\""))).send().unwrap().status()
        };
        assert_eq!((delete(1).as_u16(), delete(2).as_u16()), (412, 204));
        assert!(scene.get("/health").get("schedule").is_none());
    }

    fn people_are_told_by_mail_once_a_day(database) {
        let scene = Scene::on(database, Limits::default());
        let version = scene.get("/settings")["version"].as_i64().unwrap();
        let settings = json!({ "brakePercent": 10, "brakeRecords": 0, "contactEmail": "edv@example.org" });
        let changed: Value = scene.put("/settings", Some(version), &settings).json().unwrap();
        assert_eq!((&changed["brakePercent"], &changed["version"]), (&json!(10), &json!(version + 1)));
        problem(scene.put("/settings", Some(version), &settings), 412, "precondition-failed");

        let broken = scene.node.client.post(scene.path("/imports?format=openqcat")).header("content-type", "application/xml").body("<OPENQCAT>");
        assert_eq!(scene.admin.asks(broken).send().unwrap().status(), 422);
        let teller = Teller {
            store: scene.node.store.clone(),
            clock: Arc::clone(&scene.node.clock) as Arc<dyn Clock>,
            postman: Arc::new(Keeper(scene.node.flows())),
        };
        assert_eq!((teller.round().unwrap(), teller.round().unwrap()), (1, 0));
        let mails = scene.node.mails("edv@example.org");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.contains("braucht Aufmerksamkeit") && mails[0].text.contains("Ein Import ist fehlgeschlagen"), "{}", mails[0].text);
        assert!(mails[0].text.contains(&format!("/de/verwaltung/quellen/{SOURCE}")), "{}", mails[0].text);
        let health = scene.get("/health");
        assert_eq!((&health["lastImport"]["state"], &health["stale"], &health["records"]["published"]), (&json!("failed"), &json!(false), &json!(0)));
        let all: Value = scene.admin.asks(scene.node.get("/sources/health")).send().unwrap().json().unwrap();
        assert_eq!((&all["page"]["total"], all["data"][1]["source"].as_str()), (&json!(2), Some(SOURCE)));
    }
}

#[test]
fn an_address_that_would_never_be_fetched_is_refused_at_once() {
    let database = TestDatabase::sqlite();
    let scene = Scene::on(&database, Limits::default());
    let field = |body: &Value| {
        let answer = problem(scene.put("/schedule", None, body), 422, "invalid");
        (answer["errors"][0]["pointer"].clone(), answer["errors"][0]["code"].clone())
    };
    for (url, code) in [
        ("http://vhs.example.org/", "url-invalid"),
        ("https://user:pw@vhs.example.org/", "url-invalid"),
        ("https://vhs.example.org:22/", "url-invalid"),
        ("https://localhost/", "url-private"),
        ("https://0x7f.1/", "url-private"),
        ("https://[::ffff:10.0.0.1]/", "url-private"),
        ("https://169.254.169.254/latest/meta-data", "url-private"),
    ] {
        let mut body = draft();
        body["url"] = json!(url);
        assert_eq!(field(&body), (json!("/body/url"), json!(code)), "{url}");
    }
    let mut often = draft();
    often["everyMinutes"] = json!(14);
    assert_eq!(field(&often).1, "interval-out-of-range");
    let settings = json!({ "brakePercent": 0, "brakeRecords": 5 });
    assert_eq!(problem(scene.put("/settings", Some(1), &settings), 422, "invalid")["errors"][0]["code"], "number-out-of-range");

    let local = Scene::on(&TestDatabase::sqlite(), Limits { loopback_allowed: true, ..Limits::default() });
    let mut body = draft();
    body["url"] = json!("http://127.0.0.1:8081/kurse.xml");
    assert_eq!(local.put("/schedule", None, &body).status(), 201, "in development");
}
