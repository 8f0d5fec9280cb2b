//! Webhooks: managed through the API, told by real requests to receivers on loopback that behave well and badly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Duration;
use common::people::Person;
use common::receiver::{Manner, Message, Receiver};
use common::{Node, OTHER_SOURCE, SOURCE, complaints, header, problem};
use domain::accounts::may::ManageClients;
use domain::accounts::{Actor, Role, Scope};
use domain::{Clock, SystemRng, Uuid, new_id};
use http::Limits;
use http::partners::webhooks::Keeper;
use persistence::access::owned_source;
use persistence::clients::{self, Client, NewSecret};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use sync::outbound::{Addresses, Outbound, Policy};
use sync::webhooks::{Courier, Dispatcher, Memory};
use testkit::{TestDatabase, on_both_databases};

const PARTNER_SECRET: &str = "brs_0000000000000000000000000000000000000000000";

/// A node whose webhooks may be on loopback, and somebody who administers it.
struct Scene {
    node: Node,
    admin: Person,
}

impl Scene {
    fn on(database: &TestDatabase) -> Self {
        let node = Node::start(database, Limits { loopback_allowed: true, ..Limits::default() });
        node.add_sources();
        let admin = node.person("leitung", &[(Role::Administrator, None)]);
        let (id, now) = (Uuid::from_u128(0xc13e), node.clock.now());
        let client = Client {
            id,
            source_id: Uuid::nil(),
            name: "Kalender".to_owned(),
            scopes: vec![Scope::ManageWebhooks],
            jwks: None,
            created_at: now,
            last_used_at: None,
            revoked_at: None,
            version: 1,
        };
        let digest = identity::secrets::digest(PARTNER_SECRET);
        let secret = NewSecret { id: new_id(&*node.clock, &SystemRng), digest, hint: String::new(), expires_at: None };
        node.store
            .write(move |tx| {
                let owned = owned_source::<ManageClients>(tx, &Actor::system(), SOURCE, now)?;
                clients::create(tx, &owned, &client, Some(&secret), &SystemRng)
            })
            .unwrap();
        Self { node, admin }
    }

    /// A token of a partner system that may manage webhooks; the clock of a test leaps.
    fn token(&self) -> String {
        let id = Uuid::from_u128(0xc13e).to_string();
        let answer = self.node.ask_for_token(&id, PARTNER_SECRET, &[("grant_type", "client_credentials")]);
        answer.json::<Value>().unwrap()["access_token"].as_str().unwrap().to_owned()
    }

    fn courier(&self, addresses: Addresses) -> Courier {
        let seconds = std::time::Duration::from_secs;
        let policy = Policy { addresses, max_bytes: 64 << 10, total: seconds(2), idle: seconds(1), redirects: 0 };
        Courier {
            store: self.node.store.clone(),
            clock: Arc::clone(&self.node.clock) as Arc<dyn Clock>,
            rng: Arc::new(SystemRng),
            outbound: Arc::new(Outbound::new(policy).unwrap()),
            surroundings: Arc::new(Keeper(self.node.flows())),
        }
    }

    /// The thread that a server has.
    fn dispatcher(&self) -> Dispatcher {
        Dispatcher::start(self.courier(Addresses::LoopbackToo)).unwrap()
    }

    /// Makes what is to be made and sends what is due, once, by hand.
    fn go(&self) -> usize {
        let courier = self.courier(Addresses::LoopbackToo);
        courier.make(&mut Memory::default()).unwrap();
        let now = self.node.clock.now();
        let due = self.node.store.read(|c| persistence::deliveries::due(c, now, 100)).unwrap();
        due.iter().filter(|due| courier.send_one(due.id).unwrap().is_some()).count()
    }

    fn call(&self, method: &str, path: &str, tag: Option<i64>, body: Option<Value>) -> (u16, Value) {
        let url = self.node.url(&format!("/api/v1/sources/{SOURCE}/webhooks{path}"));
        let mut request = self.node.client.request(method.parse().unwrap(), url).bearer_auth(self.token());
        if let Some(version) = tag {
            request = request.header("if-match", format!("\"{version}\""));
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().unwrap_or(Value::Null))
    }

    /// Adds a webhook; its id and secret.
    fn webhook(&self, url: &str, filter: Value) -> (String, String) {
        let (status, made) = self.call("POST", "", None, Some(json!({ "name": "Kalender", "url": url, "filter": filter })));
        assert_eq!(status, 201, "{made}");
        (made["webhook"]["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
    }

    fn get(&self, id: &str) -> Value {
        self.call("GET", &format!("/{id}"), None, None).1
    }

    fn deliveries(&self, id: &str, query: &str) -> Vec<Value> {
        let (status, list) = self.call("GET", &format!("/{id}/deliveries{query}"), None, None);
        assert_eq!(status, 200, "{list}");
        list["data"].as_array().unwrap().clone()
    }

    /// Hands in these organisations, each a change.
    fn hand_in(&self, numbers: std::ops::Range<u32>) {
        let line = |n| format!("{{\"type\":\"organization\",\"externalId\":\"w-{n}\",\"name\":\"Chor {n}\",\"kind\":\"association\"}}\n");
        self.node.import(&numbers.map(line).collect::<String>());
    }

    #[track_caller]
    fn eventually(&self, what: &str, holds: impl Fn() -> bool) {
        let until = Instant::now() + std::time::Duration::from_secs(30);
        while !holds() {
            assert!(Instant::now() < until, "{what}");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

fn on_sqlite() -> (Scene, TestDatabase) {
    let database = TestDatabase::sqlite();
    (Scene::on(&database), database)
}

/// How many of the signatures of a message are made with this secret.
fn signed(message: &Message, secret: &str) -> usize {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap());
    let content = format!("{}.{}.{}", message.header("webhook-id"), message.header("webhook-timestamp"), message.body);
    let expected = format!("v1,{}", STANDARD.encode(hmac::sign(&key, content.as_bytes())));
    message.header("webhook-signature").split(' ').filter(|signature| *signature == expected).count()
}

#[test]
fn a_webhook_is_made_changed_and_removed_and_shows_its_secret_once() {
    let (scene, _database) = on_sqlite();
    let url = "https://calendar.example.org/hook";
    let (id, secret) = scene.webhook(url, json!({ "kinds": ["offer"] }));
    let shown = scene.get(&id);
    assert_eq!((&shown["url"], &shown["enabled"], &shown["version"]), (&json!(url), &json!(true), &json!(1)));
    assert!(!scene.call("GET", "", None, None).1.to_string().contains(&secret) && !shown.to_string().contains("secret"));

    let (status, changed) = scene.call("PATCH", &format!("/{id}"), Some(1), Some(json!({ "enabled": false, "name": "Anders" })));
    assert_eq!((status, &changed["name"], &changed["url"], &changed["version"]), (200, &json!("Anders"), &json!(url), &json!(2)));
    assert_eq!(scene.call("PATCH", &format!("/{id}"), Some(1), Some(json!({ "enabled": true }))).0, 412);
    assert_eq!(scene.call("PATCH", &format!("/{id}"), None, Some(json!({ "enabled": true }))).0, 428);
    assert_eq!(scene.call("DELETE", &format!("/{id}"), Some(1), None).0, 412);
    assert_eq!(scene.call("DELETE", &format!("/{id}"), Some(2), None).0, 204);
    assert_eq!(scene.call("GET", &format!("/{id}"), None, None).0, 404);

    // What was done is in the log, the secret is not.
    let log = scene.admin.asks(scene.node.get("/audit?limit=100")).send().unwrap().text().unwrap();
    for action in ["webhook.created", "webhook.changed", "webhook.removed"] {
        assert!(log.contains(action), "{action}: {log}");
    }
    assert!(!log.contains("whsec_") && !log.contains(secret.trim_start_matches("whsec_")));
}

#[test]
fn what_cannot_be_a_webhook_is_refused_with_everything_that_is_wrong() {
    let (scene, database) = on_sqlite();
    let strict = Node::start(&database, Limits::default());
    let refused = |body: Value| {
        let request = strict.client.post(strict.url(&format!("/api/v1/sources/{SOURCE}/webhooks"))).json(&body);
        complaints(&problem(scene.admin.asks(request).send().unwrap(), 422, "invalid"))
    };
    let about = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    for (url, code) in [
        ("http://example.org/hook", "url-insecure"),
        ("https://127.0.0.1/hook", "url-not-public"),
        ("https://localhost/", "url-not-public"),
        ("https://169.254.169.254/latest/meta-data", "url-not-public"),
        ("https://user:pw@example.org/", "url-invalid"),
    ] {
        assert_eq!(refused(json!({ "name": "x", "url": url })), [about("/body/url", code)], "{url}");
    }
    let many: Vec<Uuid> = (0..51).map(Uuid::from_u128).collect();
    let both = refused(json!({ "name": "x", "url": "http://example.org", "filter": { "organizations": many } }));
    assert_eq!(both, [about("/body/url", "url-insecure"), about("/body/filter/organizations", "too-many-values")]);
    assert_eq!(refused(json!({ "name": "x", "url": "https://example.org", "filter": { "kinds": ["run"] } }))[0].0, "/body/filter/kinds/0");

    for number in 0..20 {
        scene.webhook(&format!("https://example.org/{number}"), json!({}));
    }
    assert_eq!(scene.call("POST", "", None, Some(json!({ "name": "x", "url": "https://example.org" }))).0, 409);

    // A webhook of another source does not exist here.
    let id = scene.call("GET", "", None, None).1["data"][0]["id"].as_str().unwrap().to_owned();
    let url = scene.node.url(&format!("/api/v1/sources/{OTHER_SOURCE}/webhooks/{id}/test"));
    problem(scene.admin.asks(scene.node.client.post(url)).send().unwrap(), 404, "not-found");
}

#[test]
fn changes_arrive_signed_in_batches_and_as_the_filter_says() {
    let (scene, _database) = on_sqlite();
    let (all, offers) = (Receiver::start(Manner::Sleeps(std::time::Duration::from_millis(300))), Receiver::start(Manner::Answers(200, "")));
    let (id, secret) = scene.webhook(&all.url, json!({}));
    scene.webhook(&offers.url, json!({ "kinds": ["offer"] }));
    let _dispatcher = scene.dispatcher();
    scene.hand_in(0..250);
    let messages = all.wait_for(3);
    let sizes: Vec<usize> = messages.iter().map(|message| message.json()["data"]["changes"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [100, 100, 50]);
    let told: Vec<Value> = messages.iter().flat_map(|message| message.json()["data"]["changes"].as_array().unwrap().clone()).collect();
    assert_eq!(Value::from(told), scene.node.json("/changes?limit=1000")["data"], "what is told is what the feed says, in order");
    for message in &messages {
        assert_eq!((signed(message, &secret), message.header("content-type")), (1, "application/json"));
        assert_eq!(message.json()["type"], "catalogue.changed");
        assert_eq!(message.path, "/hook");
    }
    assert_eq!(messages[2].json()["data"]["next"], scene.node.json("/changes?limit=1000")["page"]["next"]);
    scene.eventually("all are noted as delivered", || scene.deliveries(&id, "?state=delivered").len() == 3);
    assert_eq!(all.most_open(), 1, "one message at a time");
    let one = messages[2].header("webhook-id");
    let whole = scene.call("GET", &format!("/{id}/deliveries/{one}"), None, None).1;
    assert_eq!((&whole["payload"], &whole["lastStatus"], &whole["attempts"]), (&messages[2].json(), &json!(204), &json!(1)));
    assert!(offers.messages().is_empty());
}

#[test]
fn after_a_new_secret_both_sign_for_a_day() {
    let (scene, _database) = on_sqlite();
    let receiver = Receiver::start(Manner::Answers(204, ""));
    let (id, first) = scene.webhook(&receiver.url, json!({}));
    let (status, rotated) = scene.call("POST", &format!("/{id}/secret"), None, None);
    let second = rotated["secret"].as_str().unwrap().to_owned();
    assert_eq!((status, first == second, rotated["webhook"]["previousSecretUntil"].is_string()), (200, false, true), "{rotated}");
    scene.hand_in(0..1);
    assert_eq!(scene.go(), 1);
    scene.node.clock.advance(Duration::hours(25));
    scene.hand_in(1..2);
    assert_eq!(scene.go(), 1);
    let messages = receiver.messages();
    let both = |message: &Message| (signed(message, &first), signed(message, &second));
    assert_eq!((both(&messages[0]), both(&messages[1])), ((1, 1), (0, 1)));
    // The secrets rest sealed, and one does not open in another row.
    let sealed: Vec<Vec<u8>> = vec![STANDARD.decode(first.trim_start_matches("whsec_")).unwrap()];
    assert!(identity::webhooks::sign(scene.node.identity.keys.seal_key(), Uuid::nil(), &sealed, "a", 1, "b").is_err());
}

#[test]
fn what_fails_is_tried_for_three_days_then_the_webhook_ends_and_its_people_are_told() {
    let (scene, _database) = on_sqlite();
    let receiver = Receiver::start(Manner::Answers(500, ""));
    let (id, _) = scene.webhook(&receiver.url, json!({}));
    let began = scene.node.clock.now();
    scene.hand_in(0..1);
    let mut pauses = Vec::new();
    for attempt in 1..=11 {
        assert_eq!(scene.go(), 1, "attempt {attempt}");
        let delivery = scene.deliveries(&id, "")[0].clone();
        assert_eq!((&delivery["attempts"], &delivery["lastStatus"]), (&json!(attempt), &json!(500)), "{delivery}");
        let Some(next) = delivery["nextAttemptAt"].as_str() else { break };
        let pause = next.parse::<domain::Timestamp>().unwrap() - scene.node.clock.now();
        pauses.push(pause);
        scene.node.clock.advance(pause - Duration::seconds(1));
        assert_eq!(scene.go(), 0, "not before its time");
        scene.node.clock.advance(Duration::seconds(1));
    }
    assert_eq!(pauses.len(), 10);
    assert!(pauses[0] >= Duration::seconds(5) && pauses[0] < Duration::seconds(6), "{pauses:?}");
    assert!(pauses.windows(2).all(|pair| pair[0] < pair[1] * 2), "{pauses:?}");
    assert!(scene.node.clock.now() - began >= Duration::days(3));
    let dead = scene.deliveries(&id, "?state=dead");
    assert_eq!((dead.len(), dead[0]["lastError"].as_str().unwrap()), (1, "the endpoint answered 500"));
    let webhook = scene.get(&id);
    assert_eq!((&webhook["enabled"], &webhook["disabledBecause"]), (&json!(false), &json!("failing")), "{webhook}");

    let to = scene.node.store.read(|c| persistence::accounts::account::get(c, scene.admin.id)).unwrap().unwrap().email.unwrap();
    let mails = scene.node.mails(to.as_str());
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("Kalender") && mails[0].text.contains(&format!("/de/verwaltung/quellen/{SOURCE}/webhooks")), "{}", mails[0].text);

    // It is well again: what was given up can be replayed, and what has changed meanwhile follows.
    scene.hand_in(1..3);
    assert_eq!(scene.go(), 0, "a disabled webhook is told nothing");
    receiver.behave(Manner::Answers(200, ""));
    let version = scene.get(&id)["version"].as_i64().unwrap();
    let (status, revived) = scene.call("PATCH", &format!("/{id}"), Some(version), Some(json!({ "enabled": true })));
    assert_eq!((status, revived.get("disabledBecause"), revived.get("failingSince")), (200, None, None), "{revived}");
    let one = dead[0]["id"].as_str().unwrap();
    assert_eq!(scene.call("POST", &format!("/{id}/deliveries/{one}/replay"), None, None).0, 202);
    assert_eq!(scene.go(), 2);
    let messages = receiver.messages();
    let replayed = messages.iter().filter(|message| message.header("webhook-id") == one).count();
    assert_eq!((replayed, messages.len()), (12, 13), "eleven attempts and a replay under one id, and what came meanwhile");
    assert_eq!(messages.iter().map(|message| message.json()["data"]["changes"].as_array().unwrap().len()).max(), Some(2));
}

#[test]
fn an_address_that_is_gone_is_told_nothing_more() {
    let (scene, _database) = on_sqlite();
    let receiver = Receiver::start(Manner::Answers(410, ""));
    let (id, _) = scene.webhook(&receiver.url, json!({}));
    scene.hand_in(0..1);
    assert_eq!(scene.go(), 1);
    let webhook = scene.get(&id);
    assert_eq!((&webhook["enabled"], &webhook["disabledBecause"]), (&json!(false), &json!("gone")), "{webhook}");
    assert_eq!(scene.deliveries(&id, "?state=dead").len(), 1);
    scene.hand_in(1..2);
    scene.node.clock.advance(Duration::days(1));
    assert_eq!((scene.go(), receiver.messages().len()), (0, 1));
}

#[test]
fn retry_after_is_respected() {
    let (scene, _database) = on_sqlite();
    let receiver = Receiver::start(Manner::Answers(429, "retry-after: 3600\r\n"));
    let (id, _) = scene.webhook(&receiver.url, json!({}));
    scene.hand_in(0..1);
    assert_eq!(scene.go(), 1);
    scene.node.clock.advance(Duration::seconds(3590));
    assert_eq!(scene.go(), 0);
    scene.node.clock.advance(Duration::seconds(10));
    receiver.behave(Manner::Answers(503, "retry-after: 99999999\r\n"));
    assert_eq!(scene.go(), 1);
    scene.node.clock.advance(Duration::hours(24));
    receiver.behave(Manner::Answers(200, ""));
    assert_eq!(scene.go(), 1, "nobody may ask for more than a day");
    assert_eq!(scene.get(&id).get("failingSince"), None);
}

// ASVS 5.0 V1.3.6
// ASVS 5.0 V13.2.4
// ASVS 5.0 V15.3.2
#[test]
fn bad_receivers_do_no_harm() {
    let (scene, _database) = on_sqlite();
    let good = Receiver::start(Manner::Answers(204, ""));
    let location: &'static str = Box::leak(format!("location: {}\r\n", good.url.replace("/hook", "/stolen")).into_boxed_str());
    let minute = std::time::Duration::from_secs(60);
    let bad: Vec<(&str, Receiver)> = [
        ("slow", Manner::Sleeps(minute)),
        ("slow", Manner::Sleeps(minute)),
        ("slow", Manner::Sleeps(minute)),
        ("redirecting", Manner::Answers(307, location)),
        ("boasting", Manner::Boasts),
        ("babbling", Manner::Babbles),
        ("murmuring", Manner::Murmurs),
        ("hanging up", Manner::HangsUp),
    ]
    .into_iter()
    .map(|(name, manner)| (name, Receiver::start(manner)))
    .collect();
    let ids: Vec<(&str, String)> = bad.iter().map(|(name, receiver)| (*name, scene.webhook(&receiver.url, json!({})).0)).collect();
    // Nobody listens here any more.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let dead = scene.webhook(&format!("http://{closed}/"), json!({})).0;
    scene.webhook(&good.url, json!({}));

    let dispatcher = scene.dispatcher();
    let began = Instant::now();
    for round in 0..3 {
        scene.hand_in(round..round + 1);
        good.wait_for(usize::try_from(round).unwrap() + 1);
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "the others wait for nobody: {:?}", began.elapsed());
    for (name, id) in &ids {
        let taken = *name == "babbling";
        scene.eventually(name, || {
            let first = scene.deliveries(id, "").pop();
            first.is_some_and(|delivery| if taken { delivery["state"] == "delivered" } else { delivery["lastError"].is_string() })
        });
    }
    scene.eventually("dead", || scene.deliveries(&dead, "").iter().any(|delivery| delivery["lastError"].is_string()));
    assert!(good.messages().iter().all(|message| message.path == "/hook"), "no redirect was followed");
    assert!(bad[5].1.sent() < 64 << 20, "what comes without end is not read: {}", bad[5].1.sent());
    let began = Instant::now();
    drop(dispatcher);
    assert!(began.elapsed() < std::time::Duration::from_secs(10), "a server stops in time");
}

#[test]
fn an_endpoint_that_is_down_has_few_open_deliveries_and_misses_nothing() {
    let (scene, _database) = on_sqlite();
    let receiver = Receiver::start(Manner::Answers(500, ""));
    let (id, _) = scene.webhook(&receiver.url, json!({}));
    for round in 0..9 {
        scene.hand_in(round..round + 1);
        scene.go();
    }
    assert_eq!(scene.deliveries(&id, "").len(), 5);
    receiver.behave(Manner::Answers(200, ""));
    scene.node.clock.advance(Duration::minutes(10));
    let _dispatcher = scene.dispatcher();
    let told = || {
        let mut told: Vec<i64> = Vec::new();
        for delivery in scene.deliveries(&id, "?state=delivered&limit=100") {
            let one = scene.call("GET", &format!("/{id}/deliveries/{}", delivery["id"].as_str().unwrap()), None, None).1;
            told.extend(one["payload"]["data"]["changes"].as_array().unwrap().iter().map(|change| change["seq"].as_i64().unwrap()));
        }
        told.sort_unstable();
        told
    };
    scene.eventually("all nine arrive", || told().len() == 9);
    let feed = scene.node.json("/changes");
    assert_eq!(told(), feed["data"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect::<Vec<_>>());
}

#[test]
fn a_test_is_sent_once_also_to_a_disabled_webhook_and_never_to_loopback_where_that_is_not_allowed() {
    let (scene, _database) = on_sqlite();
    let receiver = Receiver::start(Manner::Answers(500, ""));
    let (id, secret) = scene.webhook(&receiver.url, json!({}));
    scene.call("PATCH", &format!("/{id}"), Some(1), Some(json!({ "enabled": false })));
    let url = scene.node.url(&format!("/api/v1/sources/{SOURCE}/webhooks/{id}/test"));
    let answer = scene.admin.asks(scene.node.client.post(url)).send().unwrap();
    let location = header(answer.headers(), "location").to_owned();
    assert_eq!((answer.status().as_u16(), answer.json::<Value>().unwrap()["state"].clone()), (202, json!("pending")));
    assert_eq!(scene.go(), 1);
    let message = &receiver.messages()[0];
    assert_eq!((signed(message, &secret), &message.json()["type"], &message.json()["data"]["webhook"]), (1, &json!("webhook.test"), &json!(id)));
    let delivery: Value = scene.admin.asks(scene.node.client.get(scene.node.url(&location))).send().unwrap().json().unwrap();
    assert_eq!((&delivery["state"], &delivery["lastStatus"]), (&json!("dead"), &json!(500)));
    assert_eq!(scene.get(&id).get("failingSince"), None, "trying out does not count against it");

    // The way out of a real server goes to the public internet alone, whatever stands in the database.
    scene.call("POST", &format!("/{id}/test"), None, None);
    let now = scene.node.clock.now();
    let due = scene.node.store.read(|c| persistence::deliveries::due(c, now, 10)).unwrap();
    scene.courier(Addresses::GlobalOnly).send_one(due[0].id).unwrap().unwrap();
    assert_eq!(receiver.messages().len(), 1);
    let refused = scene.call("GET", &format!("/{id}/deliveries/{}", due[0].id), None, None).1;
    assert!(refused["lastError"].as_str().unwrap().contains("https://"), "{refused}");
}

on_both_databases! {
    fn several_nodes_send_each_delivery_once(database) {
        let scene = Scene::on(database);
        let receivers: Vec<Receiver> = (0..4).map(|_| Receiver::start(Manner::Answers(204, ""))).collect();
        for receiver in &receivers {
            scene.webhook(&receiver.url, json!({}));
        }
        // Each with connections of its own.
        let other = Node::start(database, Limits::default());
        let courier = Courier { store: other.store.clone(), ..scene.courier(Addresses::LoopbackToo) };
        let _dispatchers = (scene.dispatcher(), Dispatcher::start(courier).unwrap());
        for round in 0..12 {
            scene.hand_in(round * 30..round * 30 + 30);
        }
        for receiver in &receivers {
            let told = || -> Vec<i64> {
                let of = |message: &Message| message.json()["data"]["changes"].as_array().unwrap().iter().map(|c| c["seq"].as_i64().unwrap()).collect::<Vec<_>>();
                receiver.messages().iter().flat_map(of).collect()
            };
            scene.eventually("all 360 arrive", || told().len() >= 360);
            std::thread::sleep(std::time::Duration::from_millis(300));
            let mut seqs = told();
            seqs.sort_unstable();
            let unique = seqs.iter().collect::<std::collections::HashSet<_>>().len();
            assert_eq!((seqs.len(), unique), (360, 360), "each once");
            let ids: Vec<String> = receiver.messages().iter().map(|message| message.header("webhook-id").to_owned()).collect();
            assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len(), "no message twice");
        }
    }

    fn a_claimed_delivery_is_nobody_elses_until_its_time_is_over(database) {
        let scene = Scene::on(database);
        let receiver = Receiver::start(Manner::Answers(204, ""));
        scene.webhook(&receiver.url, json!({}));
        scene.hand_in(0..1);
        scene.courier(Addresses::LoopbackToo).make(&mut Memory::default()).unwrap();
        let now = scene.node.clock.now();
        let due = scene.node.store.read(|c| persistence::deliveries::due(c, now, 10)).unwrap();
        let id = due[0].id;
        // A node takes it and dies.
        let claimed = scene.node.store.write(move |tx| persistence::deliveries::claim(tx, id, now, now + Duration::minutes(2))).unwrap();
        assert_eq!(claimed.unwrap().delivery.attempts, 1);
        assert_eq!((scene.go(), receiver.messages().len()), (0, 0));
        scene.node.clock.advance(Duration::minutes(3));
        assert_eq!((scene.go(), receiver.messages().len()), (1, 1));
    }
}
