//! Refusing: every wrong request gets a problem that says what would be right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::Limits;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

// ASVS 5.0 V2.2.1
// ASVS 5.0 V15.3.7
#[test]
fn parameters_are_read_strictly_and_everything_wrong_is_told_at_once() {
    let node = empty(Limits::default());
    for (path, code, expected) in [
        ("/offers?topics=x", "parameter-unknown", vec![("/query/topics", "parameter-unknown")]),
        ("/offers?topic=cookery&topic=english", "parameter-invalid", vec![("/query/topic", "concept-unknown")]),
        ("/offers?radius=500&near=19370", "parameter-invalid", vec![("/query/radius", "number-out-of-range")]),
        ("/offers?radius=5", "parameter-invalid", vec![("/query/radius", "near-missing")]),
        ("/offers?sort=distance", "parameter-invalid", vec![("/query/sort", "near-missing")]),
        ("/offers?sort=best", "parameter-invalid", vec![("/query/sort", "value-unknown")]),
        ("/offers?near=here", "parameter-invalid", vec![("/query/near", "position-invalid")]),
        ("/offers?near=NaN,NaN", "parameter-invalid", vec![("/query/near", "position-invalid")]),
        ("/offers?near=10115", "parameter-invalid", vec![("/query/near", "postcode-unknown")]),
        ("/offers?area=99999", "parameter-invalid", vec![("/query/area", "area-unknown")]),
        ("/offers?from=2027-1-1", "parameter-invalid", vec![("/query/from", "date-invalid")]),
        ("/offers?from=2027-01-02&to=2027-01-01", "parameter-invalid", vec![("/query/to", "span-invalid")]),
        ("/offers?limit=0", "parameter-invalid", vec![("/query/limit", "number-out-of-range")]),
        ("/offers?limit=20&limit=30", "parameter-invalid", vec![("/query/limit", "parameter-repeated")]),
        ("/offers?bookable=1", "parameter-invalid", vec![("/query/bookable", "value-unknown")]),
        ("/offers?organization=1", "parameter-invalid", vec![("/query/organization", "id-invalid")]),
        ("/offers?lang=xx", "parameter-invalid", vec![("/query/lang", "language-unknown")]),
        (
            "/offers?age=-1&priceMax=x&foo=1",
            "parameter-unknown",
            vec![("/query/foo", "parameter-unknown"), ("/query/age", "number-invalid"), ("/query/priceMax", "number-invalid")],
        ),
        ("/organizations?sponsor=nobody", "parameter-invalid", vec![("/query/sponsor", "value-unknown")]),
        ("/runs", "parameter-invalid", vec![("/query/from", "parameter-missing"), ("/query/to", "parameter-missing")]),
        ("/runs?from=2027-01-01&to=2027-12-31", "parameter-invalid", vec![("/query/to", "span-invalid")]),
        ("/suggest", "parameter-invalid", vec![("/query/q", "parameter-missing")]),
        ("/suggest?q=", "parameter-invalid", vec![("/query/q", "text-length")]),
        ("/areas?lat=53", "parameter-invalid", vec![("/query/lon", "parameter-missing")]),
        ("/areas?postcode=1937", "parameter-invalid", vec![("/query/postcode", "postcode-invalid")]),
        ("/areas/holidays?kind=bank", "parameter-invalid", vec![("/query/kind", "value-unknown")]),
        ("/changes?kind=run", "parameter-invalid", vec![("/query/kind", "value-unknown")]),
        ("/changes?after=-1", "parameter-invalid", vec![("/query/after", "number-out-of-range")]),
        ("/region?x=1", "parameter-unknown", vec![("/query/x", "parameter-unknown")]),
        ("/vocabularies/topics?x=1", "parameter-unknown", vec![("/query/x", "parameter-unknown")]),
        ("/offers/019ab1c2-0000-7000-8000-000000000001?x=1", "parameter-unknown", vec![("/query/x", "parameter-unknown")]),
    ] {
        let refused = problem(node.get(path).send().unwrap(), 400, code);
        assert_eq!(complaints(&refused), pairs(&expected), "{path}: {refused}");
    }
    let long = "x".repeat(201);
    problem(node.get(&format!("/offers?q={long}")).send().unwrap(), 400, "parameter-invalid");
    let many = "topic=english&".repeat(51);
    let refused = problem(node.get(&format!("/offers?{many}")).send().unwrap(), 400, "parameter-invalid");
    assert_eq!(complaints(&refused), pairs(&[("/query/topic", "too-many-values")]));
}

#[test]
fn a_problem_speaks_the_language_of_the_request_and_names_what_is_allowed() {
    let node = empty(Limits::default());
    let message = |path: &str, language: &str| {
        let response = node.get(path).header("accept-language", language).send().unwrap();
        let said = header(response.headers(), "content-language").to_owned();
        (said, response.json::<Value>().unwrap()["errors"][0]["message"].as_str().unwrap().to_owned())
    };
    assert_eq!(message("/offers?limit=0", "de"), ("de".into(), "Erlaubt ist 1 bis 100.".into()));
    assert_eq!(message("/offers?limit=0", "uk"), ("en".into(), "Allowed is 1 to 100.".into()));
    let (_, allowed) = message("/offers?kind=x", "en");
    assert!(allowed.contains("course, event, counselling"), "{allowed}");
    let (_, allowed) = message("/offers?x=1", "en");
    assert!(allowed.contains("topic, lifePhase, targetGroup"), "{allowed}");
}

// Trap 6: the framework says it in plain text.
#[test]
fn what_is_not_there_is_not_found_as_a_problem() {
    let node = empty(Limits::default());
    let unknown = "019ab1c2-0000-7000-8000-000000000001";
    for path in ["/offers/1", "/nothing", "/vocabularies/x", "/offers/", "/", "/sources/x/nothing"] {
        problem(node.get(path).send().unwrap(), 404, "not-found");
    }
    for kind in ["offers", "organizations", "places"] {
        problem(node.get(&format!("/{kind}/{unknown}")).send().unwrap(), 404, "not-found");
    }
    problem(node.get(&format!("/offers/{unknown}.ics")).send().unwrap(), 404, "not-found");
    for path in ["/api", "/api/", "/api/v2", "/api/v1", "/api/docs/nothing.js"] {
        problem(node.client.get(node.url(path)).send().unwrap(), 404, "not-found");
    }
    let organization = empty(Limits::default());
    organization.import(CATALOGUE);
    let id = organization.json("/organizations")["data"][0]["id"].as_str().unwrap().to_owned();
    problem(organization.get(&format!("/offers/{id}")).send().unwrap(), 404, "not-found");
}

// Trap 6: the framework answers 404 to a wrong method.
// ASVS 5.0 V4.1.4
#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let node = empty(Limits::default());
    for (path, allow) in [
        ("/api/v1/offers", "GET, HEAD, OPTIONS"),
        ("/api/v1/offers/019ab1c2-0000-7000-8000-000000000001", "GET, HEAD, PATCH, OPTIONS"),
        ("/api/v1/sources/vhs-test/imports", "GET, HEAD, POST, OPTIONS"),
        ("/api/openapi.json", "GET, HEAD, OPTIONS"),
        ("/healthz", "GET, HEAD, OPTIONS"),
    ] {
        for method in ["PUT", "DELETE", "PATCH", "TRACE"].into_iter().filter(|method| !allow.contains(method)) {
            let response = node.client.request(method.parse().unwrap(), node.url(path)).send().unwrap();
            assert_eq!(header(response.headers(), "allow"), allow, "{method} {path}");
            problem(response, 405, "method-not-allowed");
        }
        let options = node.client.request(reqwest::Method::OPTIONS, node.url(path)).send().unwrap();
        assert_eq!((options.status().as_u16(), header(options.headers(), "allow")), (204, allow), "{path}");
    }
}

// Trap 6: the framework answers 404 to a wrong method.
// ASVS 5.0 V4.1.4
#[test]
fn every_documented_path_tells_its_methods() {
    let node = empty(Limits::default());
    let document: Value = serde_json::to_value(http::openapi()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let parts = path.split('/').map(|part| match part.split_once('}') {
            Some((_, suffix)) => format!("019ab1c2-0000-7000-8000-000000000001{suffix}"),
            None => part.to_owned(),
        });
        let address = node.url(&parts.collect::<Vec<_>>().join("/"));
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] {
            if operations[method.to_ascii_lowercase()].is_object() {
                continue;
            }
            let response = node.client.request(method.parse().unwrap(), &address).send().unwrap();
            let allow = header(response.headers(), "allow").to_owned();
            let told = operations.as_object().unwrap().keys().all(|known| allow.split(", ").any(|name| name.eq_ignore_ascii_case(known)));
            assert!(told && !allow.contains(method), "{method} {path}: {allow}");
            problem(response, 405, "method-not-allowed");
        }
    }
}

#[test]
fn other_origins_may_read_but_not_hand_in() {
    let node = empty(Limits::default());
    let preflight = |path: &str, method: &str| {
        let request = node.client.request(reqwest::Method::OPTIONS, node.url(path)).header("origin", "https://example.org");
        request.header("access-control-request-method", method).send().unwrap()
    };
    let reading = preflight("/api/v1/offers", "GET");
    assert_eq!(header(reading.headers(), "access-control-allow-origin"), "*");
    assert_eq!(header(reading.headers(), "access-control-allow-methods"), "GET, HEAD");
    assert!(header(reading.headers(), "access-control-allow-headers").contains("if-none-match"));
    assert_eq!(header(reading.headers(), "access-control-allow-credentials"), "");
    let writing = preflight(&format!("/api/v1/sources/{SOURCE}/imports"), "POST");
    assert_eq!(header(writing.headers(), "access-control-allow-origin"), "");
    let refused = node.get("/offers?x=1").header("origin", "https://example.org").send().unwrap();
    assert_eq!(header(refused.headers(), "access-control-allow-origin"), "*", "a script may read what was wrong");
}

// Trap 1: the framework unpacks bodies before it looks at their size.
// ASVS 5.0 V15.2.2
#[test]
fn compressed_bodies_are_refused_before_they_are_unpacked() {
    let node = empty(Limits::default());
    for coding in ["gzip", "br", "zstd", "gzip, identity"] {
        problem(node.post("?mode=delta", "x").header("content-encoding", coding).send().unwrap(), 415, "content-encoding");
    }
    let plain = node.post("", offer("x", "x")).header("content-encoding", "identity").send().unwrap();
    assert_eq!(plain.status(), 201);
}

// ASVS 5.0 V8.2.2
#[test]
fn only_a_source_itself_may_hand_in_and_look() {
    let node = alone();
    let (path, other) = (format!("/sources/{SOURCE}/imports"), format!("/sources/{OTHER_SOURCE}/imports"));
    for request in
        [node.get(&path), node.get(&path).bearer_auth("wrong"), node.get(&path).basic_auth(SOURCE, Some("secret")), node.get(&path).bearer_auth("")]
    {
        let response = request.send().unwrap();
        assert!(header(response.headers(), "www-authenticate").starts_with("Bearer"), "{:?}", response.headers());
        problem(response, 401, "unauthenticated");
    }
    let (own, foreign) = (node.token(SOURCE), node.token(OTHER_SOURCE));
    for request in [node.get(&other).bearer_auth(&own), node.get("/sources/nobody/imports").bearer_auth(&own)] {
        problem(request.send().unwrap(), 404, "not-found");
    }
    let id = node.get(&path).bearer_auth(&own).send().unwrap().json::<Value>().unwrap()["data"][0]["id"].as_str().unwrap().to_owned();
    problem(node.get(&format!("{other}/{id}")).bearer_auth(&foreign).send().unwrap(), 404, "not-found");
    problem(node.get(&format!("{other}/{id}/problems")).bearer_auth(&foreign).send().unwrap(), 404, "not-found");
    node.store.write(|tx| testkit::revoke_source(tx, SOURCE)).unwrap();
    for request in [node.get(&path).bearer_auth(&own), node.post("", "x")] {
        let response = request.send().unwrap();
        assert!(header(response.headers(), "www-authenticate").starts_with("Bearer"), "{:?}", response.headers());
        problem(response, 401, "session-ended");
    }
}

/// Sends the head of a request and then, every `pause`, one more byte of its body; returns the answer and how long it took.
fn trickle(node: &Node, pause: Duration) -> (String, Duration) {
    let mut stream = TcpStream::connect(node.address).unwrap();
    let head = format!(
        "POST /api/v1/sources/{SOURCE}/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/x-ndjson\r\ncontent-length: 100000\r\n\r\n",
        node.token(SOURCE)
    );
    stream.write_all(head.as_bytes()).unwrap();
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
    let limits = Limits { body_idle: Duration::from_millis(400), body_total: Duration::from_millis(1500), ..Limits::default() };
    let node = empty(limits);
    let (stopped, took) = trickle(&node, Duration::from_secs(20));
    assert!(stopped.starts_with("HTTP/1.1 408 ") && stopped.contains("\"code\":\"request-timeout\""), "{stopped}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    let (trickled, took) = trickle(&node, Duration::from_millis(100));
    assert!(trickled.starts_with("HTTP/1.1 408 ") && trickled.contains("\"code\":\"request-timeout\""), "{trickled}");
    assert!((Duration::from_millis(1400)..Duration::from_secs(10)).contains(&took), "{took:?}");
    assert_eq!(node.json("/offers")["page"]["total"], 0, "the server goes on");
}

#[test]
fn a_body_that_nobody_reads_does_not_hold_a_connection() {
    let node = empty(Limits::default());
    let mut stream = TcpStream::connect(node.address).unwrap();
    stream.write_all(b"GET /api/v1/offers HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\nabc").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the connection is closed");
    assert!(answer.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&answer));
}

// ASVS 5.0 V15.2.2
#[test]
fn too_much_is_too_much() {
    let node = empty(Limits { import_bytes: 1000, ..Limits::default() });
    problem(node.post("", "x".repeat(1001)).send().unwrap(), 413, "payload-too-large");
    // Without an announced length it shows while it arrives.
    let body = reqwest::blocking::Body::new(std::io::Cursor::new("x".repeat(1001)));
    problem(node.post("", body).send().unwrap(), 413, "payload-too-large");
}

// ASVS 5.0 V15.2.2
#[test]
fn a_full_lane_says_when_to_come_again() {
    let node = empty(Limits { imports: 1, body_idle: Duration::from_secs(20), ..Limits::default() });
    let hold = || {
        let mut stream = TcpStream::connect(node.address).unwrap();
        let head = format!(
            "POST /api/v1/sources/{SOURCE}/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/x-ndjson\r\ncontent-length: 9\r\n\r\n",
            node.token(SOURCE)
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    // One runs, one waits, the third is one too many.
    let held = [hold(), hold()];
    let until = Instant::now() + Duration::from_secs(10);
    let refused = loop {
        let response = node.post("", "{}").timeout(Duration::from_millis(500)).send();
        match response {
            Ok(response) if response.status() == 503 => break response,
            _ => assert!(Instant::now() < until, "nobody was refused"),
        }
    };
    assert_eq!(header(refused.headers(), "retry-after"), "30");
    problem(refused, 503, "unavailable");
    drop(held);
}
