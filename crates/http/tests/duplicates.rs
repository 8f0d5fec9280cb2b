//! Offers that may be the same: the review list, decisions, and what readers see of them. The same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::people::Person;
use common::*;
use domain::accounts::Role;
use domain::{Clock, SystemRng};
use http::Limits;
use reqwest::Method;
use reqwest::blocking::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use sync::Services;
use testkit::{TestDatabase, on_both_databases, region, vocabularies};

/// The first offer of the catalogue as another source writes it, and one of its own.
const ELSEWHERE: &str = r#"{"type":"organization","externalId":"o","name":"Volkshochschule Teststadt e.V.","kind":"adult-education-centre"}
{"type":"offer","externalId":"k-1","organization":"o","kind":"course","title":"Deutsch im Beruf","runs":[{"start":"2027-01-11T17:00:00Z"}]}
{"type":"offer","externalId":"k-2","organization":"o","kind":"counselling","title":"Bildungs-Beratung"}
"#;

struct Scene {
    node: Node,
    reviewer: Person,
}

fn scene(database: &TestDatabase) -> Scene {
    let node = Node::start(database, Limits::default());
    node.add_sources();
    node.import(CATALOGUE);
    let scene = Scene { reviewer: node.person("redaktion", &[(Role::Editor, None)]), node };
    // Ids are in order of time: in each pair the offer of the catalogue comes first.
    scene.node.clock.advance(chrono::Duration::seconds(1));
    scene.elsewhere(ELSEWHERE);
    scene.scan();
    scene
}

impl Scene {
    fn elsewhere(&self, records: &str) {
        let url = self.node.url(&format!("/api/v1/sources/{OTHER_SOURCE}/imports?mode=delta"));
        let request = self.node.client.post(url).bearer_auth(self.node.token(OTHER_SOURCE)).header("content-type", "application/x-ndjson");
        let answer = request.body(records.to_owned()).send().unwrap();
        assert_eq!(answer.status(), 201, "{}", answer.text().unwrap());
        self.node.settle();
    }

    fn scan(&self) {
        let services = Services {
            store: self.node.store.clone(),
            clock: Arc::clone(&self.node.clock) as Arc<dyn Clock>,
            rng: Arc::new(SystemRng),
            vocabularies: vocabularies(),
            region: region(),
            limits: exchange::Limits::default(),
        };
        sync::duplicates::scan(&services).unwrap();
    }

    fn list(&self, query: &str) -> Value {
        let answer = self.reviewer.asks(self.node.get(&format!("/duplicates{query}"))).send().unwrap();
        let (status, list) = (answer.status(), answer.json::<Value>().unwrap());
        assert_eq!(status, 200, "{list}");
        list
    }

    /// The pair of the German courses.
    fn pair(&self) -> Value {
        self.list("")["data"].as_array().unwrap().iter().find(|pair| pair["first"]["title"].as_str().unwrap().starts_with("Deutsch")).unwrap().clone()
    }

    fn decide(&self, pair: &Value, body: Value) -> Response {
        let url = self.node.url(&format!("/api/v1/duplicates/{}/decision", pair["id"].as_str().unwrap()));
        let request = self.node.client.request(Method::POST, url).header("if-match", format!("\"{}\"", pair["version"]));
        self.reviewer.asks(request).json(&body).send().unwrap()
    }

    fn decided(&self, pair: &Value, body: Value) -> Value {
        let answer = self.decide(pair, body);
        let (status, tag) = (answer.status(), header(answer.headers(), "etag").to_owned());
        let pair: Value = answer.json().unwrap();
        assert_eq!((status.as_u16(), tag), (200, format!("\"{}\"", pair["version"])), "{pair}");
        pair
    }
}

fn id(pair: &Value, side: &str) -> String {
    pair[side]["id"].as_str().unwrap().to_owned()
}

on_both_databases! {
    fn pairs_are_listed_the_most_alike_first_and_shown_in_full(database) {
        let scene = scene(database);
        let list = scene.list("");
        assert_eq!(list["page"]["total"], 2, "{list}");
        let scores: Vec<i64> = list["data"].as_array().unwrap().iter().map(|pair| pair["score"].as_i64().unwrap()).collect();
        assert!(scores[0] >= scores[1], "{scores:?}");
        let first = scene.list("?limit=1");
        assert_eq!(first["data"][0], list["data"][0]);
        let second = scene.list(&format!("?limit=1&cursor={}", first["page"]["next"].as_str().unwrap()));
        assert_eq!((&second["data"][0], &second["page"]["next"]), (&list["data"][1], &Value::Null));
        let pair = scene.pair();
        assert_eq!(pair["reasons"], json!(["same-title", "same-organization", "same-dates"]));
        assert_eq!((&pair["first"]["source"]["key"], &pair["second"]["source"]["key"]), (&json!(SOURCE), &json!(OTHER_SOURCE)));
        let answer = scene.reviewer.asks(scene.node.get(&format!("/duplicates/{}", pair["id"].as_str().unwrap()))).send().unwrap();
        assert_eq!(header(answer.headers(), "etag"), "\"1\"");
        let detail: Value = answer.json().unwrap();
        assert_eq!((&detail["first"]["summary"], &detail["second"]["title"]), (&json!("Sprechen am Arbeitsplatz; für Menschen mit B1."), &json!("Deutsch im Beruf")));
        assert_eq!(scene.list("?state=open&state=apart")["page"]["total"], 2);
        assert_eq!(scene.list("?state=merged")["page"]["total"], 0);
    }

    fn only_reviewers_see_and_decide(database) {
        let scene = scene(database);
        let (pair, organization) = (scene.pair(), scene.node.json("/organizations")["data"][0]["id"].as_str().unwrap().parse().unwrap());
        let one = format!("/duplicates/{}", pair["id"].as_str().unwrap());
        let editor = scene.node.person("verein", &[(Role::OrganizationAdmin, Some(organization))]);
        for path in ["/duplicates", one.as_str()] {
            problem(scene.node.get(path).send().unwrap(), 401, "unauthenticated");
            problem(editor.asks(scene.node.get(path)).send().unwrap(), 403, "forbidden");
        }
        let url = scene.node.url(&format!("/api/v1{one}/decision"));
        let decide = || scene.node.client.post(&url).json(&json!({ "decision": "apart" }));
        problem(editor.asks(decide().header("if-match", "\"1\"")).send().unwrap(), 403, "forbidden");
        problem(scene.reviewer.asks(decide()).send().unwrap(), 428, "precondition-required");
        problem(scene.reviewer.asks(decide().header("if-match", "\"2\"")).send().unwrap(), 412, "precondition-failed");
        problem(scene.reviewer.asks(scene.node.get("/duplicates/019ab1c2-0000-7000-8000-00000000dead")).send().unwrap(), 404, "not-found");
        for (body, pointer) in [
            (json!({ "decision": "merge" }), "/body/keep"),
            (json!({ "decision": "merge", "keep": "019ab1c2-0000-7000-8000-00000000dead" }), "/body/keep"),
            (json!({ "decision": "link", "keep": id(&pair, "first") }), "/body/keep"),
            (json!({ "decision": "drop" }), "/body/decision"),
            (json!({ "decision": "apart", "why": "x" }), "/body/why"),
        ] {
            let refused = problem(scene.decide(&pair, body.clone()), 422, "invalid");
            assert_eq!(complaints(&refused)[0].0, pointer, "{body}: {refused}");
        }
        problem(scene.decide(&pair, json!({ "decision": "reopen" })), 409, "conflict");
    }

    fn a_merged_offer_leads_to_the_one_that_is_kept(database) {
        let scene = scene(database);
        let (node, pair) = (&scene.node, scene.pair());
        let (kept, hidden) = (id(&pair, "first"), id(&pair, "second"));
        let merged = scene.decided(&pair, json!({ "decision": "merge", "keep": kept }));
        assert_eq!((&merged["state"], &merged["kept"], &merged["second"]["shown"]), (&json!("merged"), &json!(kept), &json!(false)));
        node.settle();
        assert_eq!(node.json("/offers?q=Deutsch")["page"]["total"], 1);
        let moved = node.get(&format!("/offers/{hidden}?lang=en")).send().unwrap();
        assert_eq!((moved.status().as_u16(), header(moved.headers(), "location")), (308, format!("/api/v1/offers/{kept}?lang=en").as_str()));
        let page = node.client.get(node.url(&format!("/de/angebote/{hidden}/deutsch-im-beruf"))).send().unwrap();
        assert_eq!((page.status().as_u16(), header(page.headers(), "location")), (301, format!("/de/angebote/{kept}/deutsch-fuer-den-beruf").as_str()));
        let last = node.json("/changes?limit=1000")["data"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["recordId"], &last["action"]), (&json!(hidden), &json!("withdrawn")));
        // Its feed goes on; nothing of it is seen until the decision is taken back.
        scene.elsewhere(&ELSEWHERE.replace("Deutsch im Beruf", "Deutsch im Beruf am Abend"));
        scene.scan();
        assert_eq!(node.get(&format!("/offers/{hidden}")).send().unwrap().status(), 308);
        problem(scene.decide(&merged, json!({ "decision": "link" })), 409, "already-decided");
        let open = scene.decided(&merged, json!({ "decision": "reopen" }));
        assert_eq!((&open["state"], open.get("kept"), &open["version"]), (&json!("open"), None, &json!(3)));
        assert_eq!(node.json(&format!("/offers/{hidden}"))["title"], "Deutsch im Beruf am Abend");
        node.settle();
        assert_eq!(node.json("/offers?q=Deutsch")["page"]["total"], 2);
    }

    fn linked_offers_name_each_other(database) {
        let scene = scene(database);
        let (node, pair) = (&scene.node, scene.pair());
        let (one, other) = (id(&pair, "first"), id(&pair, "second"));
        let tag = |id: &str| header(node.get(&format!("/offers/{id}")).send().unwrap().headers(), "etag").to_owned();
        let before = (tag(&one), tag(&other));
        let linked = scene.decided(&pair, json!({ "decision": "link" }));
        assert!(before.0 != tag(&one) && before.1 != tag(&other));
        let shown = node.json(&format!("/offers/{one}"));
        assert_eq!(shown["alsoOfferedBy"], json!([{ "id": other, "slug": "deutsch-im-beruf", "title": "Deutsch im Beruf",
            "organization": { "id": pair["second"]["organization"]["id"], "name": "Volkshochschule Teststadt e.V." } }]));
        assert_eq!(node.json(&format!("/offers/{other}"))["alsoOfferedBy"][0]["id"], json!(one));
        assert_eq!(node.json(&format!("/offers/{one}?lang=en"))["alsoOfferedBy"][0]["id"], json!(other), "in every language");
        // The other one changes: so does what is shown with this one.
        let before = tag(&one);
        scene.elsewhere(&ELSEWHERE.replace("Deutsch im Beruf", "Deutsch am Arbeitsplatz"));
        assert_ne!(tag(&one), before);
        assert_eq!(node.json(&format!("/offers/{one}"))["alsoOfferedBy"][0]["title"], "Deutsch am Arbeitsplatz");
        scene.elsewhere(r#"{"type":"delete","kind":"offer","externalId":"k-1"}"#);
        assert_eq!(node.json(&format!("/offers/{one}")).get("alsoOfferedBy"), None);
        let open = scene.decided(&linked, json!({ "decision": "reopen" }));
        let apart = scene.decided(&open, json!({ "decision": "apart" }));
        scene.elsewhere(ELSEWHERE);
        scene.scan();
        assert_eq!(scene.pair()["state"], "apart", "{apart}");
    }
}
