//! Bodies of JSON: how large, how slow and how wrong they may be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::Limits;
use reqwest::blocking::Response;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const JSON: &str = "application/json";

fn log_in(node: &Node, content_type: &str, body: impl Into<reqwest::blocking::Body>) -> Response {
    node.client.post(node.url("/api/v1/auth/login")).header("content-type", content_type).header("accept-language", "en").body(body).send().unwrap()
}

// ASVS 5.0 V15.3.3
// ASVS 5.0 V2.2.2
#[test]
fn what_does_not_belong_into_a_body_is_refused_with_its_place() {
    let node = empty(Limits::default());
    let wrong = |body: &str| complaints(&problem(log_in(&node, JSON, body.to_owned()), 422, "invalid"));
    let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    assert_eq!(wrong(r#"{"email":"a@example.org","password":"x","roles":["administrator"]}"#), one("/body/roles", "field-unknown"));
    assert_eq!(wrong(r#"{"email":"a@example.org","password":"x","a/b~c":1}"#), one("/body/a~1b~0c", "field-unknown"));
    assert_eq!(wrong(r#"{"email":"a@example.org"}"#), one("/body/password", "field-missing"));
    assert_eq!(wrong(r#"{"email":"a@example.org","password":7}"#), one("/body/password", "type-wrong"));
    assert_eq!(wrong(r#"{"email":"a@example.org","password":null}"#), one("/body/password", "type-wrong"));
    assert_eq!(wrong(r#"{"email":"a@example.org","password":"x","password":"y"}"#), one("/body", "field-duplicate"));
    assert_eq!(wrong(r#"{"email":"a@example.org","password":"\u0000"}"#), one("/body", "character-invalid"));
    assert_eq!(wrong(r#"["a@example.org","x"]"#), one("/body", "type-wrong"));
    let said = problem(log_in(&node, JSON, r#"{"email":"a@example.org","password":"x","admin":true}"#), 422, "invalid");
    assert_eq!(said["errors"][0]["message"], "There is no field “admin” here. Allowed: email, password.");
}

#[test]
fn what_is_no_json_is_unreadable() {
    let node = empty(Limits::default());
    let deep = format!("{{\"email\":{}", "[".repeat(100_000));
    for body in [&b""[..], b"{", b"email=a", b"{} {}", b"\xef\xbb\xbf{}", b"\xff", deep.as_bytes()] {
        problem(log_in(&node, JSON, body.to_vec()), 400, "bad-request");
    }
    let said = problem(log_in(&node, JSON, "{\"email\" 1}"), 400, "bad-request");
    assert_eq!(said["detail"], "This is not valid JSON (line 1, character 10: expected `:`).");
}

// ASVS 5.0 V3.5.2
#[test]
fn another_media_type_is_refused_so_that_no_foreign_form_can_send_it() {
    let node = empty(Limits::default());
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=latin1", ""]
    {
        let refused = log_in(&node, content_type, "{\"email\":\"a@example.org\",\"password\":\"x\"}");
        assert_eq!(header(refused.headers(), "accept"), JSON, "{content_type}");
        problem(refused, 415, "unsupported-media-type");
    }
    problem(log_in(&node, "Application/JSON; charset=UTF-8", "{"), 400, "bad-request");
}

// ASVS 5.0 V15.2.2
#[test]
fn a_body_may_only_be_so_large() {
    let node = empty(Limits { small_body_bytes: 1024, ..Limits::default() });
    let body = |bytes: usize| format!("{{\"email\":\"{}\"}}", "x".repeat(bytes - 12));
    problem(log_in(&node, JSON, body(1024)), 422, "invalid");
    let refused = problem(log_in(&node, JSON, body(1025)), 413, "payload-too-large");
    assert_eq!(refused["detail"], "Allowed are 1 KiB.");
    // Without an announced length it shows while it arrives.
    let stream = reqwest::blocking::Body::new(std::io::Cursor::new(body(4096)));
    problem(log_in(&node, JSON, stream), 413, "payload-too-large");
}

/// Sends the head of a sign-in and then, every `pause`, one more byte of its body; returns the answer and how long it took.
fn trickle(node: &Node, pause: Duration) -> (String, Duration) {
    let mut stream = TcpStream::connect(node.address).unwrap();
    stream.write_all(b"POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n").unwrap();
    stream.set_read_timeout(Some(pause)).unwrap();
    let (began, mut answer, mut buffer) = (Instant::now(), Vec::new(), [0; 4096]);
    while began.elapsed() < Duration::from_secs(30) {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
            Err(_) if answer.is_empty() => drop(stream.write_all(b" ")),
            Err(_) => {}
        }
    }
    (String::from_utf8(answer).unwrap(), began.elapsed())
}

// Trap 2: the framework never times out a body that trickles.
// ASVS 5.0 V15.2.2
#[test]
fn a_body_that_trickles_or_stops_is_given_up() {
    let limits = Limits { body_idle: Duration::from_millis(400), small_body_total: Duration::from_millis(1500), ..Limits::default() };
    let node = empty(limits);
    let (stopped, took) = trickle(&node, Duration::from_secs(20));
    assert!(stopped.starts_with("HTTP/1.1 408 ") && stopped.contains("\"code\":\"request-timeout\""), "{stopped}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    let (trickled, took) = trickle(&node, Duration::from_millis(100));
    assert!(trickled.starts_with("HTTP/1.1 408 ") && trickled.contains("\"code\":\"request-timeout\""), "{trickled}");
    assert!((Duration::from_millis(1400)..Duration::from_secs(10)).contains(&took), "{took:?}");
}

// Trap 7: a client that hangs up frees nothing before the work has ended; and what finds its class full is told so at once.
// ASVS 5.0 V15.2.2
#[test]
fn a_flood_of_sign_ins_fills_its_own_class_and_no_other() {
    let node = empty(Limits { hashings: 1, hashings_waiting: 1, ..Limits::default() });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let flood: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| {
                    let answer = log_in(&node, JSON, r#"{"email":"nobody@example.org","password":"Regenschirm am Hafen"}"#);
                    if answer.status() == 503 {
                        assert_eq!(header(answer.headers(), "retry-after"), "2");
                    }
                    answer.status().as_u16()
                })
            })
            .collect();
        assert_eq!(node.get("/offers").send().unwrap().status(), 200, "reading goes on");
        flood.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| [401, 429, 503].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&503) && statuses.contains(&401), "{statuses:?}");
}
