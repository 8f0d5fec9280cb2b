//! Files that arrive in pieces.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use reqwest::blocking::{RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::net::TcpStream;

fn begin(node: &Node, body: &Value) -> Response {
    let url = node.url(&format!("/api/v1/sources/{SOURCE}/uploads"));
    node.client.post(url).bearer_auth(node.token(SOURCE)).header("content-type", "application/json").body(body.to_string()).send().unwrap()
}

fn upload(node: &Node, size: usize, sha256: Option<&str>) -> Value {
    let mut body = json!({ "name": "kurse.ndjson", "size": size });
    if let Some(sha256) = sha256 {
        body["sha256"] = json!(sha256);
    }
    let response = begin(node, &body);
    assert_eq!(response.status(), 201);
    assert_eq!(header(response.headers(), "upload-offset"), "0");
    let location = header(response.headers(), "location").to_owned();
    let upload: Value = response.json().unwrap();
    assert_eq!(location, format!("/api/v1/sources/{SOURCE}/uploads/{}", upload["id"].as_str().unwrap()));
    upload
}

fn address(node: &Node, source: &str, upload: &Value) -> String {
    node.url(&format!("/api/v1/sources/{source}/uploads/{}", upload["id"].as_str().unwrap()))
}

fn piece(node: &Node, upload: &Value, offset: u64, bytes: &[u8]) -> RequestBuilder {
    node.client
        .patch(address(node, SOURCE, upload))
        .bearer_auth(node.token(SOURCE))
        .header("content-type", "application/octet-stream")
        .header("upload-offset", offset.to_string())
        .body(bytes.to_vec())
}

fn received(response: Response) -> u64 {
    let (status, offset, text) = (response.status(), header(response.headers(), "upload-offset").to_owned(), response.text().unwrap());
    assert_eq!(status, 200, "{text}");
    let upload: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(upload["received"].to_string(), offset);
    upload["received"].as_u64().unwrap()
}

fn import_of(node: &Node, upload: &Value, query: &str) -> Response {
    let url = node.url(&format!("/api/v1/sources/{SOURCE}/imports?upload={}{query}", upload["id"].as_str().unwrap()));
    node.client.post(url).bearer_auth(node.token(SOURCE)).send().unwrap()
}

#[test]
fn a_file_in_pieces_becomes_an_import() {
    let node = empty(http::Limits::default());
    let bytes = CATALOGUE.as_bytes();
    let upload = upload(&node, bytes.len(), Some(&hex::encode(Sha256::digest(bytes)).to_uppercase()));
    let (first, rest) = bytes.split_at(1000);
    assert_eq!(received(piece(&node, &upload, 0, first).send().unwrap()), 1000);
    problem(import_of(&node, &upload, "&format=ndjson"), 409, "conflict");
    for wrong in [0, 999, 1001] {
        let response = piece(&node, &upload, wrong, rest).send().unwrap();
        assert_eq!(header(response.headers(), "upload-offset"), "1000");
        problem(response, 409, "conflict");
    }
    let head = node.client.head(address(&node, SOURCE, &upload)).bearer_auth(node.token(SOURCE)).send().unwrap();
    assert_eq!((head.status().as_u16(), header(head.headers(), "upload-offset")), (200, "1000"));
    let whole = bytes.len() as u64;
    assert_eq!(received(piece(&node, &upload, 1000, rest).send().unwrap()), whole);
    let missing = problem(import_of(&node, &upload, ""), 400, "parameter-invalid");
    assert_eq!(complaints(&missing)[0].0, "/query/format");
    let tried: Value = import_of(&node, &upload, "&format=ndjson&mode=full&dryRun=true").json().unwrap();
    assert_eq!((&tried["dryRun"], &tried["counts"]["created"]), (&json!(true), &json!(9)), "{tried}");
    let import: Value = import_of(&node, &upload, "&format=ndjson&mode=full").json().unwrap();
    assert_eq!((&import["state"], &import["counts"]), (&json!("succeeded"), &tried["counts"]), "{import}");
    problem(import_of(&node, &upload, "&format=ndjson"), 404, "not-found");
}

#[test]
fn what_arrived_before_a_line_broke_is_kept() {
    let node = empty(http::Limits::default());
    let body: Vec<u8> = CATALOGUE.as_bytes().iter().copied().cycle().take(1_300_000).collect();
    let upload = upload(&node, body.len(), None);
    let mut line = TcpStream::connect(node.address).unwrap();
    let path = format!("/api/v1/sources/{SOURCE}/uploads/{}", upload["id"].as_str().unwrap());
    let token = node.token(SOURCE);
    write!(
        line,
        "PATCH {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: application/octet-stream\r\nupload-offset: 0\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    line.write_all(&body[..900_000]).unwrap();
    line.flush().unwrap();
    line.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    let _ = line.read_to_string(&mut answer);
    drop(line);
    let is_here = || -> u64 { received(node.client.get(address(&node, SOURCE, &upload)).bearer_auth(node.token(SOURCE)).send().unwrap()) };
    let began = std::time::Instant::now();
    while is_here() < 500_000 {
        assert!(began.elapsed().as_secs() < 10, "nothing of the piece was kept: {}", is_here());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    // Whatever was in the buffers may still be written.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let here = is_here();
    assert_eq!(received(piece(&node, &upload, here, &body[usize::try_from(here).unwrap()..]).send().unwrap()), body.len() as u64);
}

#[test]
fn another_file_than_was_announced_begins_again() {
    let node = empty(http::Limits::default());
    let bytes = offer("n-1", "Neu").into_bytes();
    let upload = upload(&node, bytes.len(), Some(&"0".repeat(64)));
    let refused = problem(piece(&node, &upload, 0, &bytes).send().unwrap(), 422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "digest-mismatch", "{refused}");
    let again: Value = node.client.get(address(&node, SOURCE, &upload)).bearer_auth(node.token(SOURCE)).send().unwrap().json().unwrap();
    assert_eq!(again["received"], 0, "{again}");
    problem(piece(&node, &upload, 0, &vec![b'x'; bytes.len() + 1]).send().unwrap(), 413, "payload-too-large");
}

#[test]
fn uploads_of_others_are_not_there() {
    let node = empty(http::Limits::default());
    let upload = upload(&node, 10, None);
    let (foreign, own) = (address(&node, OTHER_SOURCE, &upload), address(&node, SOURCE, &upload));
    problem(node.client.get(&own).bearer_auth(node.token(OTHER_SOURCE)).send().unwrap(), 404, "not-found");
    problem(node.client.get(&foreign).bearer_auth(node.token(OTHER_SOURCE)).send().unwrap(), 404, "not-found");
    let patch = node.client.patch(&own).bearer_auth(node.token(OTHER_SOURCE)).header("content-type", "application/octet-stream");
    problem(patch.header("upload-offset", "0").body("0123456789").send().unwrap(), 404, "not-found");
    received(piece(&node, &upload, 0, b"0123456789").send().unwrap());
    let url = node.url(&format!("/api/v1/sources/{OTHER_SOURCE}/imports?format=ndjson&upload={}", upload["id"].as_str().unwrap()));
    problem(node.client.post(url).bearer_auth(node.token(OTHER_SOURCE)).send().unwrap(), 404, "not-found");
}

#[test]
fn uploads_have_limits() {
    let node = empty(http::Limits { import_bytes: 1 << 20, ..http::Limits::default() });
    problem(begin(&node, &json!({ "name": "x", "size": (1 << 20) + 1 })), 413, "payload-too-large");
    let refused = problem(begin(&node, &json!({ "name": "x", "size": 0, "sha256": "abc" })), 422, "invalid");
    assert_eq!(complaints(&refused).len(), 2, "{refused}");
    let uploads: Vec<Value> = (0..5).map(|_| upload(&node, 10, None)).collect();
    problem(begin(&node, &json!({ "name": "x", "size": 10 })), 409, "conflict");
    let plain = node.client.patch(address(&node, SOURCE, &uploads[0])).bearer_auth(node.token(SOURCE)).header("upload-offset", "0");
    problem(plain.header("content-type", "text/plain").body("0").send().unwrap(), 415, "unsupported-media-type");
    let nowhere = node.client.patch(address(&node, SOURCE, &uploads[0])).bearer_auth(node.token(SOURCE));
    problem(nowhere.header("content-type", "application/octet-stream").body("0").send().unwrap(), 400, "parameter-invalid");
    node.clock.advance(chrono::Duration::days(2));
    let gone = node.client.get(address(&node, SOURCE, &uploads[0])).bearer_auth(node.token(SOURCE)).send().unwrap();
    problem(gone, 404, "not-found");
    upload(&node, 10, None);
}
