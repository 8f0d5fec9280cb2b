//! Files pushed by form, as course management programs do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Alone, CATALOGUE, SOURCE, credentials, empty, problem};
use http::{Limits, Rate, Rates};
use reqwest::blocking::Response;
use serde_json::Value;

const BOUNDARY: &str = "----------------------------dokument";

/// A form as programs write it, field after field. A file has a name.
fn form(fields: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        let file = if *name == "file" { "; filename=\"kurse.ndjson\"\r\nContent-Type: application/octet-stream" } else { "" };
        body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n");
    }
    body + &format!("--{BOUNDARY}--\r\n")
}

fn push(node: &Alone, body: String) -> Response {
    let request = node.client.post(node.url("/api/v1/push")).header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    request.body(body).send().unwrap()
}

fn key() -> String {
    let (id, secret) = credentials(SOURCE);
    format!("{id}.{secret}")
}

#[test]
fn a_form_becomes_an_import_of_the_source_of_its_token() {
    let node = empty(Limits::default());
    let (key, token) = (key(), node.token(SOURCE));
    let answer = push(&node, form(&[("access_token", &key), ("format", "ndjson"), ("submit", "Hochladen"), ("file", CATALOGUE)]));
    assert_eq!(answer.status(), 200);
    let answer: Value = answer.json().unwrap();
    assert_eq!((&answer["status"], &answer["import"]["source"], &answer["import"]["mode"]), (&"ok".into(), &SOURCE.into(), &"full".into()));
    assert!(answer["import"]["counts"]["created"].as_u64().unwrap() > 0, "{answer}");

    let again = push(&node, form(&[("access_token", &token), ("format", "ndjson"), ("mode", "delta"), ("file", CATALOGUE)]));
    let again: Value = again.json().unwrap();
    assert_eq!((&again["import"]["counts"]["created"], &again["import"]["mode"]), (&0.into(), &"delta".into()));

    // The token after a small file, or in the header; the answer as text.
    assert_eq!(push(&node, form(&[("file", CATALOGUE), ("format", "ndjson"), ("access_token", &key)])).status(), 200);
    let request = node.client.post(node.url("/api/v1/push")).bearer_auth(&token).header("accept", "text/plain");
    let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    let text = request.body(form(&[("format", "ndjson"), ("file", CATALOGUE)])).send().unwrap().text().unwrap();
    assert!(text.starts_with("OK: 0 "), "{text}");
    let (id, secret) = credentials(SOURCE);
    let request = node.client.post(node.url("/api/v1/push")).header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    let basic = |secret: &str| request.try_clone().unwrap().basic_auth(&id, Some(secret)).body(form(&[("format", "ndjson"), ("file", CATALOGUE)]));
    assert_eq!((basic(&secret).send().unwrap().status().as_u16(), basic("x").send().unwrap().status().as_u16()), (200, 401));

    let broken = push(&node, form(&[("access_token", &key), ("file", "<kurse>")]));
    problem(broken, 422, "file-invalid");
}

#[test]
fn who_is_not_known_hands_in_nothing() {
    let node = empty(Limits::default());
    let (id, _) = credentials(SOURCE);
    let person = node.person("leitung", &[(domain::accounts::Role::Administrator, None)]);
    for token in [format!("{id}.brs_{}", "x".repeat(43)), format!("{}.x", domain::Uuid::nil()), "nonsense".to_owned(), String::new()] {
        let answer = push(&node, form(&[("access_token", &token), ("format", "ndjson"), ("file", CATALOGUE)]));
        assert!(answer.headers().contains_key("www-authenticate"));
        let answer = problem(answer, 401, "unauthenticated");
        assert!(token.is_empty() || !answer.to_string().contains(&token), "{answer}");
    }
    assert_eq!(push(&node, form(&[("format", "ndjson"), ("file", CATALOGUE)])).status(), 401);
    let large = "x".repeat(9 << 20);
    assert_eq!(push(&node, form(&[("file", &large), ("access_token", &key())])).status(), 401, "too much from somebody unknown");
    let request = person.asks(node.client.post(node.url("/api/v1/push"))).header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    assert_eq!(request.body(form(&[("file", CATALOGUE)])).send().unwrap().status(), 403, "people have no source that is theirs alone");
    assert_eq!(node.json("/organizations")["page"]["total"], 0);
}

#[test]
fn a_form_that_is_wrong_is_told_what_is_wrong() {
    let node = empty(Limits { import_bytes: 1 << 20, ..Limits::default() });
    let key = key();
    let field = |answer: Response| problem(answer, 422, "invalid")["errors"][0]["pointer"].as_str().unwrap().to_owned();
    assert_eq!(field(push(&node, form(&[("access_token", &key)]))), "/body/file");
    assert_eq!(field(push(&node, form(&[("access_token", &key), ("format", "docx"), ("file", "x")]))), "/body/format");
    assert_eq!(field(push(&node, form(&[("access_token", &key), ("mode", "half"), ("file", "x")]))), "/body/mode");
    assert_eq!(field(push(&node, form(&[("access_token", &key), ("file", "x"), ("file", "y")]))), "/body/file");
    let long = "x".repeat(9 << 10);
    assert_eq!(field(push(&node, form(&[("access_token", &key), ("note", &long)]))), "/body");
    assert_eq!(push(&node, form(&[("access_token", &key), ("file", &"x".repeat(2 << 20))])).status(), 413);
    let cut: String = form(&[("access_token", &key), ("file", CATALOGUE)]).chars().take(400).collect();
    assert_eq!(push(&node, cut).status(), 400);
    let json = node.client.post(node.url("/api/v1/push")).header("content-type", "application/json").body("{}").send().unwrap();
    assert_eq!(json.status(), 415);
}

#[test]
fn guessing_is_slowed_down() {
    let rates = Rates { sign_in: Rate::new(3, 60), ..Rates::default() };
    let node = empty(Limits { rates: Some(rates), ..Limits::default() });
    let guesses: Vec<u16> = (0..5).map(|_| push(&node, form(&[("access_token", "x"), ("file", "x")])).status().as_u16()).collect();
    assert_eq!(guesses, [401, 401, 401, 429, 429]);
}
