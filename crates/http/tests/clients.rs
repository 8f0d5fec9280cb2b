//! Sources and the systems that write for them, as their people manage them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::people::Person;
use common::*;
use domain::accounts::Role;
use domain::{Clock, Uuid};
use http::Limits;
use persistence::audit::{self, Filter};
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};

/// A node whose catalogue has an organisation, which gets a source of its own: `own`.
struct World {
    node: Alone,
    organization: Uuid,
    administrator: Person,
    manager: Person,
}

impl World {
    fn new() -> Self {
        let node = alone();
        let organization: Uuid = node.json("/organizations")["data"][0]["id"].as_str().unwrap().parse().unwrap();
        let administrator = node.person("leitung", &[(Role::Administrator, None)]);
        let manager = node.person("verwaltung", &[(Role::OrganizationAdmin, Some(organization))]);
        let world = Self { node, organization, administrator, manager };
        let own = json!({ "key": "own", "name": "Eigene Quelle", "licence": "cc-zero", "organization": organization });
        assert_eq!(world.post(&world.administrator, "/sources", &own).status(), 201);
        world
    }

    fn at(&self, method: &str, path: &str) -> RequestBuilder {
        self.node.client.request(method.parse().unwrap(), self.node.url(&format!("/api/v1{path}")))
    }

    fn get(&self, person: &Person, path: &str) -> Response {
        person.asks(self.at("GET", path)).send().unwrap()
    }

    fn post(&self, person: &Person, path: &str, body: &Value) -> Response {
        person.asks(self.at("POST", path)).json(body).send().unwrap()
    }

    fn change(&self, person: &Person, path: &str, tag: &str, body: &Value) -> Response {
        person.asks(self.at("PATCH", path)).header("if-match", tag).json(body).send().unwrap()
    }

    fn delete(&self, person: &Person, path: &str, tag: &str) -> Response {
        person.asks(self.at("DELETE", path)).header("if-match", tag).send().unwrap()
    }

    /// A client of `own`: its address, and what the answer said.
    fn client(&self) -> (String, Value) {
        let made = self.post(&self.manager, "/sources/own/clients", &json!({ "name": "Kursverwaltung", "scopes": ["imports:run"] }));
        assert_eq!((made.status().as_u16(), header(made.headers(), "cache-control"), header(made.headers(), "etag")), (201, "no-store", "\"1\""));
        let location = header(made.headers(), "location").trim_start_matches("/api/v1").to_owned();
        (location, made.json().unwrap())
    }

    fn token(&self, client: &Value, secret: &Value) -> Response {
        self.node.ask_for_token(client["id"].as_str().unwrap(), secret["secret"].as_str().unwrap(), &[("grant_type", "client_credentials")])
    }
}

#[test]
fn a_source_is_added_changed_and_ended() {
    let world = World::new();
    let admin = &world.administrator;
    let new = json!({ "key": "kvhs-lup", "name": "Kreisvolkshochschule", "licence": "cc-by/4.0" });
    let made = world.post(admin, "/sources", &new);
    assert_eq!((made.status().as_u16(), header(made.headers(), "location")), (201, "/api/v1/sources/kvhs-lup"));
    let taken = problem(world.post(admin, "/sources", &new), 409, "conflict");
    assert_eq!(complaints(&taken), [("/body/key".to_owned(), "key-taken".to_owned())]);
    let mut nowhere = new.clone();
    (nowhere["key"], nowhere["organization"]) = (json!("other-key"), json!(Uuid::nil()));
    assert_eq!(complaints(&problem(world.post(admin, "/sources", &nowhere), 422, "invalid"))[0].0, "/body/organization");
    nowhere["version"] = json!(7);
    problem(world.post(admin, "/sources", &nowhere), 422, "invalid");
    let path = "/sources/kvhs-lup";
    problem(admin.asks(world.at("PATCH", path)).json(&json!({})).send().unwrap(), 428, "precondition-required");
    problem(world.change(admin, path, "\"9\"", &json!({ "name": "X" })), 412, "precondition-failed");
    let changed = world.change(admin, path, "\"1\"", &json!({ "name": "KVHS", "organization": world.organization }));
    assert_eq!(header(changed.headers(), "etag"), "\"2\"");
    let changed: Value = changed.json().unwrap();
    assert_eq!((&changed["name"], &changed["organization"]["name"]), (&json!("KVHS"), &json!("Volkshochschule Teststadt")));
    let shown: Value = world.get(admin, path).json().unwrap();
    assert_eq!(shown, changed);
    let freed: Value = world.change(admin, path, "\"2-br\"", &json!({ "organization": null })).json().unwrap();
    assert_eq!((freed.get("organization"), &freed["version"]), (None, &json!(3)));
    problem(world.delete(admin, path, "\"1\""), 412, "precondition-failed");
    assert_eq!(world.delete(admin, path, "\"3\"").status(), 204);
    let ended: Value = world.get(admin, path).json().unwrap();
    assert!(ended["revokedAt"].is_string(), "{ended}");
    problem(world.post(admin, &format!("{path}/clients"), &json!({ "name": "X", "scopes": ["imports:run"] })), 409, "conflict");
    let import = admin.asks(world.at("POST", &format!("{path}/imports"))).header("content-type", "application/x-ndjson").body(CATALOGUE);
    problem(import.send().unwrap(), 409, "conflict");
}

// ASVS 5.0 V8.2.2
#[test]
fn people_see_and_manage_what_is_their_own() {
    let world = World::new();
    let keys = |person: &Person| {
        let list: Value = world.get(person, "/sources").json().unwrap();
        list["data"].as_array().unwrap().iter().map(|source| source["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&world.administrator), [OTHER_SOURCE, "own", SOURCE]);
    assert_eq!(keys(&world.manager), ["own"]);
    let stranger = world.node.person("fremd", &[(Role::OrganizationAdmin, Some(Uuid::from_u128(99)))]);
    assert!(keys(&stranger).is_empty());
    let (client, made) = world.client();
    let secret = format!("{client}/secrets/{}", made["secret"]["id"].as_str().unwrap());
    for path in ["/sources/own", "/sources/own/clients", &client, &format!("/sources/{SOURCE}/clients"), "/sources/own/imports"] {
        problem(world.get(&stranger, path), 404, "not-found");
    }
    problem(world.post(&stranger, &format!("{client}/secrets"), &json!({})), 404, "not-found");
    problem(world.delete(&stranger, &client, "\"1\""), 404, "not-found");
    problem(world.delete(&stranger, &secret, "\"1\""), 404, "not-found");
    // The id of the client with the key of another source.
    let moved = client.replace("/own/", &format!("/{SOURCE}/"));
    problem(world.get(&world.administrator, &moved), 404, "not-found");
    problem(world.delete(&world.administrator, &moved, "\"1\""), 404, "not-found");
    problem(world.post(&world.administrator, &format!("{moved}/secrets"), &json!({})), 404, "not-found");
    let editor = world.node.person("redaktion", &[(Role::OrganizationEditor, Some(world.organization))]);
    assert_eq!(world.get(&editor, "/sources/own").status(), 200);
    problem(world.get(&editor, &client), 403, "forbidden");
    problem(world.change(&world.manager, "/sources/own", "\"1\"", &json!({ "name": "X" })), 403, "forbidden");
    assert_eq!(world.get(&world.manager, &client).status(), 200, "and nothing has happened to it");
}

#[test]
fn a_secret_is_shown_once_and_replaced_without_a_gap() {
    let world = World::new();
    let (path, made) = world.client();
    let (client, first) = (&made["client"], &made["secret"]);
    let text = first["secret"].as_str().unwrap();
    assert!(text.starts_with("brs_") && text.len() == 47, "{made}");
    assert_eq!(client["secrets"][0]["hint"].as_str().unwrap(), &text[43..]);
    assert_eq!(world.token(client, first).status(), 200);
    let shown = world.get(&world.manager, &path);
    let (tag, shown) = (header(shown.headers(), "etag").to_owned(), shown.text().unwrap());
    assert!(!shown.contains(text) && shown.contains("lastUsedAt"), "{shown}");
    assert_eq!(tag, "\"1\"", "a use is no change");
    let second = world.post(&world.manager, &format!("{path}/secrets"), &json!({ "expiresInDays": 30 }));
    assert_eq!((second.status().as_u16(), header(second.headers(), "cache-control")), (201, "no-store"));
    let second: Value = second.json().unwrap();
    assert!(second["expiresAt"].as_str().unwrap().starts_with("2026-12-24"), "{second}");
    problem(world.post(&world.manager, &format!("{path}/secrets"), &json!({})), 409, "secret-limit");
    problem(world.post(&world.manager, &format!("{path}/secrets"), &json!({ "expiresInDays": 0 })), 422, "invalid");
    for secret in [first, &second] {
        assert_eq!(world.token(client, secret).status(), 200);
    }
    let old = format!("{path}/secrets/{}", first["id"].as_str().unwrap());
    assert_eq!(world.manager.asks(world.at("DELETE", &old)).send().unwrap().status(), 204);
    problem(world.manager.asks(world.at("DELETE", &old)).send().unwrap(), 404, "not-found");
    assert_eq!(world.token(client, first).status(), 401);
    let answer: Value = world.token(client, &second).json().unwrap();
    let token = answer["access_token"].as_str().unwrap();
    let imports = || world.node.get("/sources/own/imports").bearer_auth(token).send().unwrap();
    assert_eq!(imports().status(), 200);
    world.node.clock.advance(chrono::Duration::days(31));
    assert_eq!(world.token(client, &second).status(), 401, "it has ended by itself");
}

#[test]
fn what_is_taken_from_a_client_is_taken_from_its_tokens() {
    let world = World::new();
    let (path, made) = world.client();
    let answer: Value = world.token(&made["client"], &made["secret"]).json().unwrap();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let imports = || world.node.get("/sources/own/imports").bearer_auth(&token).send().unwrap();
    assert_eq!(imports().status(), 200);
    problem(world.change(&world.manager, &path, "\"1\"", &json!({ "scopes": [] })), 422, "invalid");
    problem(world.change(&world.manager, &path, "\"1\"", &json!({ "scopes": ["everything"] })), 422, "invalid");
    problem(world.change(&world.manager, &path, "\"1\"", &json!({ "source": SOURCE })), 422, "invalid");
    assert_eq!(world.change(&world.manager, &path, "\"1\"", &json!({ "scopes": ["stats:read"] })).status(), 200);
    problem(imports(), 403, "forbidden");
    assert_eq!(world.change(&world.manager, &path, "\"2\"", &json!({ "scopes": ["imports:run"] })).status(), 200);
    assert_eq!(imports().status(), 200);
    assert_eq!(world.delete(&world.manager, &path, "\"3\"").status(), 204);
    problem(imports(), 401, "session-ended");
    assert_eq!(world.token(&made["client"], &made["secret"]).status(), 401);
    problem(world.change(&world.manager, &path, "\"4\"", &json!({ "name": "X" })), 409, "conflict");
    problem(world.post(&world.manager, &format!("{path}/secrets"), &json!({})), 409, "conflict");
}

#[test]
fn a_client_that_signs_has_no_secret() {
    let world = World::new();
    let keys = json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] });
    let new = |jwks: &Value| json!({ "name": "Signiert", "scopes": ["imports:run"], "jwks": jwks });
    let made = world.post(&world.manager, "/sources/own/clients", &new(&keys));
    let path = header(made.headers(), "location").trim_start_matches("/api/v1").to_owned();
    let made: Value = made.json().unwrap();
    assert_eq!((made.get("secret"), &made["client"]["jwks"]), (None, &keys));
    problem(world.post(&world.manager, &format!("{path}/secrets"), &json!({})), 409, "conflict");
    let mut private = keys.clone();
    private["keys"][0]["d"] = json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    for wrong in [&private, &json!({ "keys": [] }), &json!([])] {
        let refused = problem(world.post(&world.manager, "/sources/own/clients", &new(wrong)), 422, "invalid");
        assert_eq!(complaints(&refused)[0].0, "/body/jwks");
    }
}

// ASVS 5.0 V16.2.1
#[test]
fn what_is_done_stands_in_the_audit_log_without_secrets() {
    let world = World::new();
    let (path, made) = world.client();
    let token: Value = world.token(&made["client"], &made["secret"]).json().unwrap();
    let import = world.node.client.post(world.node.url("/api/v1/sources/own/imports")).bearer_auth(token["access_token"].as_str().unwrap());
    let import = import.header("content-type", "application/x-ndjson").body(CATALOGUE).send().unwrap();
    assert_eq!(import.status(), 201);
    assert_eq!(world.delete(&world.manager, &path, "\"1\"").status(), 204);
    let now = world.node.clock.now();
    let entries = world
        .node
        .store
        .read(move |connection| {
            let allowed = persistence::access::allow(connection, &domain::accounts::Actor::system(), now)?;
            audit::list(connection, &allowed, &Filter::default(), None, 100)
        })
        .unwrap();
    let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    assert!(actions.starts_with(&["client.revoked", "import.finished", "client.created", "source.created"]), "{actions:?}");
    let told = format!("{entries:?}");
    assert!(!told.contains(made["secret"]["secret"].as_str().unwrap()), "a secret in the audit log");
    assert!(world.node.store.read(audit::verify).unwrap().is_ok());
}

// ASVS 5.0 V7.5.3
#[test]
fn credentials_need_a_recent_proof_of_who_one_is() {
    let world = World::new();
    let at = world.node.clock.now() - chrono::Duration::seconds(601);
    let stale = world.node.person_with("verwaltung", &[(Role::OrganizationAdmin, Some(world.organization))], &["pwd", "otp"], at);
    assert_eq!(world.get(&stale, "/sources/own/clients").status(), 200);
    problem(world.post(&stale, "/sources/own/clients", &json!({ "name": "X", "scopes": ["imports:run"] })), 401, "step-up-required");
}

#[test]
fn limits_are_those_of_every_body() {
    let node = empty(Limits::default());
    let admin = node.person("leitung", &[(Role::Administrator, None)]);
    let send = |content_type: &str, body: &'static str| {
        let request = node.client.post(node.url("/api/v1/sources")).header("content-type", content_type.to_owned()).body(body);
        admin.asks(request).send().unwrap()
    };
    problem(send("text/plain", "{}"), 415, "unsupported-media-type");
    problem(send("application/json", "{"), 400, "bad-request");
    problem(send("application/json", "[]"), 422, "invalid");
}
