//! Framing: addresses, heads and the borders between messages, sent byte by byte to a real server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::Limits;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Sends bytes as they are and reads until the server closes or says nothing for a second.
fn raw(node: &Node, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(node.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    stream.write_all(request).unwrap();
    let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn answers(text: &str) -> Vec<&str> {
    text.match_indices("HTTP/1.1 ").map(|(at, _)| &text[at + 9..at + 12]).collect()
}

// ASVS 5.0 V3.7.2
// ASVS 5.0 V1.2.2
#[test]
fn a_redirect_stays_here_whatever_was_asked_for() {
    let node = alone();
    let offer = node.offer("Deutsch für den Beruf");
    let mut seen = 0;
    for path in [
        "/".to_owned(),
        "/de/".to_owned(),
        "//evil.example/".to_owned(),
        "///evil.example/".to_owned(),
        "/%2fevil.example/".to_owned(),
        "/%2f%2fevil.example/".to_owned(),
        "/\\evil.example/".to_owned(),
        "/%5cevil.example/".to_owned(),
        "/%09/evil.example/".to_owned(),
        "/de//evil.example/".to_owned(),
        "/.//evil.example/".to_owned(),
        "/http://evil.example/".to_owned(),
        "/de/%0d%0aset-cookie:%20a=b/".to_owned(),
        "/%0d%0alocation:%20https:%2f%2fevil.example/".to_owned(),
        format!("/de/angebote/{offer}/https:%2f%2fevil.example"),
        format!("/de/angebote/{offer}/%0d%0aset-cookie:%20a=b"),
        format!("/de/angebote/{offer}?next=https://evil.example"),
        "/api/docs?url=https://evil.example".to_owned(),
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-host: evil.example\r\nconnection: close\r\n\r\n");
        let answer = raw(&node, request.as_bytes());
        let head = answer.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
        assert!(!head.lines().any(|line| line.starts_with("set-cookie")), "{path}: {head}");
        let locations: Vec<&str> = head.lines().filter_map(|line| line.strip_prefix("location: ")).collect();
        for location in &locations {
            seen += 1;
            let inside = location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
            assert!(inside && !location.contains("next="), "{path}: {location}");
        }
        assert!(locations.len() <= 1, "{path}: {head}");
    }
    assert!(seen >= 5, "{seen} redirects");
}

// ASVS 5.0 V1.1.1
#[test]
fn a_path_is_decoded_once_and_dots_lead_nowhere() {
    let node = empty(Limits::default());
    for path in [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/api/docs/../../Cargo.toml",
        "/api/docs/..%2f..%2fCargo.toml",
        "/api/docs/%252e%252e/Cargo.toml",
        "/api/v1/offers/..%2fregion",
        "/api//v1/offers",
        "/api/v1//offers",
        "/api/v1/offers/",
        "/API/v1/offers",
        "/api/v1/offers%00",
        "/api/v1/offers%2f",
        "/index.html",
        "/.env",
        "/.git/config",
    ] {
        let answer = raw(&node, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes());
        assert!(["404", "301"].contains(&answers(&answer)[0]), "{path}: {:.200}", answer);
        assert!(!answer.contains("root:") && !answer.contains("[workspace]"), "{path}");
    }
}

// ASVS 5.0 V4.2.1
#[test]
fn the_end_of_a_message_is_never_in_doubt() {
    let node = empty(Limits::default());
    let get = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    for (name, smuggled) in [
        ("two lengths", format!("POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\ncontent-length: {}\r\n\r\n{get}", get.len())),
        (
            "length and chunks",
            format!("POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{get}"),
        ),
        ("a sign before the length", format!("POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: +{}\r\n\r\n{get}", get.len())),
        ("chunks by another name", format!("POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n{get}")),
        ("a space before the colon", format!("POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length : {}\r\n\r\n{get}", get.len())),
        ("a folded line", format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: b\r\n content-length: {}\r\n\r\n{get}", get.len())),
        ("a null in a header", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: b\0c\r\n\r\n".to_owned()),
    ] {
        let answer = raw(&node, smuggled.as_bytes());
        assert_eq!(answers(&answer), ["400"], "{name}: {answer}");
    }
}

#[test]
fn requests_in_a_row_are_answered_in_their_order() {
    let node = empty(Limits::default());
    let one = |path: &str, rest: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\n{rest}\r\n");
    let row = format!("{}{}{}", one("/healthz", ""), one("/api/v1/nothing", ""), one("/api/v1/region", "connection: close\r\n"));
    assert_eq!(answers(&raw(&node, row.as_bytes())), ["200", "404", "200"]);
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let node = empty(Limits::default());
    let many: String = (0..200).map(|i| format!("x-{i}: y\r\n")).collect();
    let answer = raw(&node, format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{many}\r\n").as_bytes());
    assert!(answers(&answer).first().is_none_or(|status| status.starts_with('4')), "{answer}");
    let long = format!("GET /healthz?{} HTTP/1.1\r\nhost: x\r\n\r\n", "x".repeat(300_000));
    let mut stream = TcpStream::connect(node.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    // The server may close before everything is sent.
    drop(stream.write_all(long.as_bytes()));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer);
    assert!(answers(&answer).first().is_none_or(|status| status.starts_with('4')), "{answer}");
    assert_eq!(node.client.get(node.url("/healthz")).send().unwrap().status(), 200);
}

// ASVS 5.0 V15.2.2
#[test]
fn a_head_that_never_ends_is_given_up() {
    let node = empty(Limits::default());
    let mut stream = TcpStream::connect(node.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n").unwrap();
    let (began, mut answer, mut buffer) = (Instant::now(), Vec::new(), [0; 1024]);
    let closed = loop {
        match stream.read(&mut buffer) {
            Ok(0) => break true,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                if stream.write_all(b"x-a: b\r\n").is_err() {
                    break true;
                }
            }
            Err(_) => break true,
        }
        if began.elapsed() > Duration::from_secs(20) {
            break false;
        }
    };
    assert!(closed, "after {:?}", began.elapsed());
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408 "), "{}", String::from_utf8_lossy(&answer));
}
