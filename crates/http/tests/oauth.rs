//! The token endpoint: who gets a token, for what, and how long it counts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::*;
use domain::accounts::Actor;
use domain::accounts::may::ManageClients;
use domain::{Clock, SystemRng, Uuid, new_id};
use http::Limits;
use persistence::access::owned_source;
use persistence::clients::{self, Client};
use reqwest::blocking::Response;
use serde_json::{Value, json};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

/// Checks that an answer is an OAuth error of this status and code.
#[track_caller]
fn refused(response: Response, status: u16, code: &str) {
    let challenge = header(response.headers(), "www-authenticate").to_owned();
    assert_eq!(problem(response, status, code)["error"], code);
    assert_eq!(challenge.starts_with("Basic "), status == 401, "{challenge}");
}

fn posted(node: &Node, path: &str, form: &[(&str, &str)]) -> Response {
    let (id, secret) = credentials(SOURCE);
    node.client.post(node.url(path)).basic_auth(id, Some(secret)).form(form).send().unwrap()
}

// ASVS 5.0 V9.2.1
#[test]
fn a_token_is_given_for_a_secret_and_says_what_it_allows() {
    let node = empty(Limits::default());
    let (id, secret) = credentials(SOURCE);
    let answer = node.ask_for_token(&id, &secret, &[GRANT, ("scope", "imports:run"), ("resource", "ignored")]);
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "cache-control")), (200, "no-store"));
    let answer: Value = answer.json().unwrap();
    assert_eq!((&answer["token_type"], &answer["expires_in"], &answer["scope"]), (&json!("Bearer"), &json!(600), &json!("imports:run")));
    let token = answer["access_token"].as_str().unwrap();
    assert_eq!(node.get(&format!("/sources/{SOURCE}/imports")).bearer_auth(token).send().unwrap().status(), 200);
    for (path, status) in [(format!("/sources/{OTHER_SOURCE}/imports"), 404), ("/accounts".to_owned(), 403), ("/me".to_owned(), 403)] {
        assert_eq!(node.get(&path).bearer_auth(token).send().unwrap().status(), status, "{path}");
    }
    node.clock.advance(chrono::Duration::seconds(601));
    problem(node.get(&format!("/sources/{SOURCE}/imports")).bearer_auth(token).send().unwrap(), 401, "unauthenticated");
}

// ASVS 5.0 V10.4.10
#[test]
fn whoever_does_not_prove_it_gets_nothing() {
    let node = empty(Limits::default());
    let ((id, secret), (other, foreign)) = (credentials(SOURCE), credentials(OTHER_SOURCE));
    for (id, secret) in [(&id, &foreign), (&other, &secret), (&id, &String::new()), (&"x".to_owned(), &secret), (&Uuid::nil().to_string(), &secret)] {
        refused(node.ask_for_token(id, secret, &[GRANT]), 401, "invalid_client");
    }
    let without = |form: &[(&str, &str)]| node.client.post(node.url("/oauth/token")).form(form).send().unwrap();
    refused(without(&[GRANT]), 401, "invalid_client");
    refused(without(&[GRANT, ("client_id", &id), ("client_secret", &secret)]), 400, "invalid_request");
    refused(node.ask_for_token(&id, &secret, &[GRANT, ("client_id", &other)]), 401, "invalid_client");
    refused(node.ask_for_token(&id, &secret, &[GRANT, ("client_assertion", "x")]), 400, "invalid_request");
    node.store.write(|tx| testkit::revoke_source(tx, SOURCE)).unwrap();
    refused(node.ask_for_token(&id, &secret, &[GRANT]), 401, "invalid_client");
}

// ASVS 5.0 V10.4.4
#[test]
fn a_request_is_read_strictly() {
    let node = empty(Limits::default());
    let (id, secret) = credentials(SOURCE);
    for (form, code) in [
        (&[][..], "invalid_request"),
        (&[("grant_type", "password")], "unsupported_grant_type"),
        (&[("grant_type", "authorization_code")], "unsupported_grant_type"),
        (&[GRANT, GRANT], "invalid_request"),
        (&[GRANT, ("scope", "stats:read")], "invalid_scope"),
        (&[GRANT, ("scope", "imports:run everything")], "invalid_scope"),
    ] {
        refused(node.ask_for_token(&id, &secret, form), 400, code);
    }
    let json = node.client.post(node.url("/oauth/token")).basic_auth(&id, Some(&secret)).json(&json!({ "grant_type": "client_credentials" }));
    refused(json.send().unwrap(), 415, "invalid_request");
    refused(node.client.get(node.url("/oauth/token")).send().unwrap(), 405, "invalid_request");
    refused(node.client.post(node.url("/oauth/nothing")).send().unwrap(), 404, "invalid_request");
}

#[test]
fn a_token_can_be_looked_at_and_given_back() {
    let node = empty(Limits::default());
    let (own, foreign) = (node.token(SOURCE), node.token(OTHER_SOURCE));
    let look = |token: &str| posted(&node, "/oauth/introspect", &[("token", token), ("token_type_hint", "access_token")]).json::<Value>().unwrap();
    let seen = look(&own);
    assert_eq!((&seen["active"], &seen["scope"], &seen["client_id"]), (&json!(true), &json!("imports:run"), &json!(credentials(SOURCE).0)));
    for nothing in [foreign.as_str(), "x", "a.b.c"] {
        assert_eq!(look(nothing), json!({ "active": false }), "tokens of others look like none");
        let answer = posted(&node, "/oauth/revoke", &[("token", nothing)]);
        assert_eq!((answer.status().as_u16(), answer.text().unwrap().as_str()), (200, ""));
    }
    refused(posted(&node, "/oauth/revoke", &[]), 400, "invalid_request");
    refused(node.client.post(node.url("/oauth/introspect")).form(&[("token", &own)]).send().unwrap(), 401, "invalid_client");
    let imports = |token: &str, source: &str| node.get(&format!("/sources/{source}/imports")).bearer_auth(token).send().unwrap();
    assert_eq!(imports(&foreign, OTHER_SOURCE).status(), 200, "nobody ends the token of another client");
    assert_eq!(imports(&own, SOURCE).status(), 200);
    assert_eq!(posted(&node, "/oauth/revoke", &[("token", &own)]).status(), 200);
    problem(imports(&own, SOURCE), 401, "session-ended");
    assert_eq!(look(&own), json!({ "active": false }));
}

/// An assertion of a client, signed with its own key.
fn assertion(pair: &Ed25519KeyPair, header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(pair.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

// ASVS 5.0 V10.4.16
#[test]
fn a_client_may_sign_instead_of_holding_a_secret() {
    let node = empty(Limits::default());
    let pair = Ed25519KeyPair::generate().unwrap();
    let jwks = json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()) }] });
    let (id, now) = (new_id(&*node.clock, &SystemRng), node.clock.now());
    let client = Client {
        id,
        source_id: Uuid::nil(),
        name: "Signiert".to_owned(),
        scopes: vec![domain::accounts::Scope::RunImports],
        jwks: Some(jwks.to_string()),
        created_at: now,
        last_used_at: None,
        revoked_at: None,
        version: 1,
    };
    node.store
        .write(move |tx| {
            let source = owned_source::<ManageClients>(tx, &Actor::system(), SOURCE, now)?;
            clients::create(tx, &source, &client, None, &SystemRng)
        })
        .unwrap();
    let claims = |jti: &str, audience: &str| json!({ "iss": id.to_string(), "sub": id.to_string(), "aud": audience, "jti": jti, "exp": now.timestamp() + 60, "iat": now.timestamp() });
    let ask = |assertion: &str| {
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        node.client.post(node.url("/oauth/token")).form(&[GRANT, ("client_assertion_type", kind), ("client_assertion", assertion)]).send().unwrap()
    };
    let (header, endpoint) = (json!({ "alg": "EdDSA", "typ": "JWT" }), "http://localhost:8080/oauth/token");
    let good = assertion(&pair, &header, &claims("one", endpoint));
    let answer: Value = ask(&good).json().unwrap();
    assert_eq!(answer["scope"], "imports:run", "{answer}");
    let token = answer["access_token"].as_str().unwrap();
    assert_eq!(node.get(&format!("/sources/{SOURCE}/imports")).bearer_auth(token).send().unwrap().status(), 200);
    refused(ask(&good), 401, "invalid_client");
    assert_eq!(ask(&assertion(&pair, &header, &claims("two", "http://localhost:8080"))).status(), 200, "the issuer is a name of ours, too");
    for wrong in [
        assertion(&pair, &header, &claims("three", "https://elsewhere.example.org")),
        assertion(&Ed25519KeyPair::generate().unwrap(), &header, &claims("four", endpoint)),
        assertion(&pair, &json!({ "alg": "none" }), &claims("five", endpoint)),
        token.to_owned(),
        "x".to_owned(),
    ] {
        refused(ask(&wrong), 401, "invalid_client");
    }
    refused(node.ask_for_token(&id.to_string(), "brs_", &[GRANT]), 401, "invalid_client");
}

#[test]
fn the_endpoints_and_keys_are_published() {
    let node = empty(Limits::default());
    let get = |path: &str| {
        let answer = node.client.get(node.url(path)).send().unwrap();
        assert!(header(answer.headers(), "cache-control").starts_with("public"), "{:?}", answer.headers());
        answer.json::<Value>().unwrap()
    };
    let metadata = get("/.well-known/oauth-authorization-server");
    assert_eq!((&metadata["issuer"], &metadata["token_endpoint"]), (&json!("http://localhost:8080"), &json!("http://localhost:8080/oauth/token")));
    let keys = get("/.well-known/jwks.json");
    let known: Vec<&str> = keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect();
    assert_eq!(known.len(), 1);
    assert!(keys["keys"][0].get("d").is_none(), "{keys}");
    let head = node.token(SOURCE).split('.').next().map(|head| URL_SAFE_NO_PAD.decode(head).unwrap()).unwrap();
    let head: Value = serde_json::from_slice(&head).unwrap();
    assert_eq!((&head["typ"], &head["kid"]), (&json!("at+jwt"), &json!(known[0])));
}
