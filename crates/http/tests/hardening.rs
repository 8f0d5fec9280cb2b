//! Hardening: what the server does to protect itself and the people who use it, against a real server on a real socket.
//!
//! Tests name the requirement of OWASP ASVS 5.0 that they show; traps are the ones of this stack that were found by running it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::{Edge, Limits, Rate, Rates};
use reqwest::Method;
use reqwest::blocking::Response;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn edge(trusted: &[&str], allowed: &[&str], public_url: Option<&str>) -> Edge {
    Edge::new(&texts(trusted), &texts(allowed), public_url).unwrap()
}

fn from(node: &Node, path: &str, forwarded: &str) -> Response {
    node.get(path).header("x-forwarded-for", forwarded).send().unwrap()
}

// ASVS 5.0 V2.4.1
// ASVS 5.0 V4.1.3
// ASVS 5.0 V15.3.4
#[test]
fn a_network_may_ask_so_often_and_is_told_when_to_come_again() {
    let rates = Rates { read: Rate::new(3, 60), ..Rates::default() };
    let node = empty(Limits { rates: Some(rates), edge: edge(&["127.0.0.1"], &[], None), ..Limits::default() });
    for left in [2, 1, 0] {
        let answer = from(&node, "/region", "203.0.113.7");
        assert_eq!(answer.status(), 200);
        assert_eq!(header(answer.headers(), "ratelimit-policy"), "\"read\";q=3;w=60");
        let state = header(answer.headers(), "ratelimit");
        assert!(state.starts_with(&format!("\"read\";r={left};t=")), "{state}");
    }
    // The neighbour in the same network, and whatever the client claims in front of what the proxy wrote.
    for forwarded in ["203.0.113.99", "198.51.100.1, 203.0.113.7"] {
        let refused = from(&node, "/offers", forwarded);
        let wait: u64 = header(refused.headers(), "retry-after").parse().unwrap();
        assert!((1..=20).contains(&wait), "{wait}");
        assert_eq!(header(refused.headers(), "ratelimit"), format!("\"read\";r=0;t={wait}"));
        problem(refused, 429, "too-many-requests");
    }
    let refused = problem(from(&node, "/nothing", "203.0.113.7"), 429, "too-many-requests");
    assert_eq!(refused["title"], "Zu viele Anfragen. Bitte warten Sie kurz.");
    assert_eq!(from(&node, "/region", "198.51.100.1").status(), 200, "another network");
    let alive = node.client.get(node.url("/healthz")).header("x-forwarded-for", "203.0.113.7").send().unwrap();
    assert_eq!((alive.status().as_u16(), header(alive.headers(), "ratelimit")), (200, ""), "monitoring is never held back");
    let missing = from(&node, "/nothing", "198.51.100.2");
    assert_eq!(header(missing.headers(), "ratelimit-policy"), "\"read\";q=3;w=60", "errors say it, too");
    problem(missing, 404, "not-found");
}

// ASVS 5.0 V4.1.3
#[test]
fn nobody_escapes_a_limit_with_a_header_or_a_spelling() {
    let rates = Rates { read: Rate::new(1, 3600), sign_in: Rate::new(1, 3600), ..Rates::default() };
    let node = empty(Limits { rates: Some(rates), ..Limits::default() });
    assert_eq!(from(&node, "/region", "203.0.113.1").status(), 200);
    for header in ["x-forwarded-for", "forwarded", "x-real-ip", "client-ip", "x-client-ip", "cf-connecting-ip", "x-forwarded"] {
        let value = if header == "forwarded" { "for=198.51.100.1" } else { "198.51.100.1" };
        problem(node.get("/region").header(header, value).send().unwrap(), 429, "too-many-requests");
    }
    // `%6cogin` is routed like `login`, so it is counted like it.
    let attempt = |path: &str| node.client.post(node.url(path)).header("content-type", "application/json").body("{}").send().unwrap();
    assert_ne!(attempt("/api/v1/auth/login").status(), 429);
    for path in ["/api/v1/auth/login", "/api/v1/auth/%6cogin", "/%61pi/v1/auth/login", "/api/v1/%61uth/login/second-factor"] {
        assert_eq!(attempt(path).status(), 429, "{path}");
    }
}

fn policy_of(answer: &Response) -> String {
    header(answer.headers(), "content-security-policy").to_owned()
}

// ASVS 5.0 V3.4.3
// ASVS 5.0 V3.4.4
// ASVS 5.0 V3.4.5
// ASVS 5.0 V3.4.6
// ASVS 5.0 V3.2.1
#[test]
fn every_answer_tells_the_browser_what_it_may_do() {
    let node = alone();
    let offer = node.offer("Deutsch für den Beruf");
    for path in [
        "/",
        "/de",
        "/de/",
        "/de/angebote",
        &format!("/de/angebote/{offer}"),
        "/de/gibt-es-nicht",
        "/robots.txt",
        "/sitemap.xml",
        "/favicon.svg",
        "/api",
        "/api/v1/offers",
        &format!("/api/v1/offers/{offer}.ics"),
        "/api/v1/offers?x=1",
        "/api/v1/sources/x/imports",
        "/api/v1/nothing",
        "/api/openapi.json",
        "/api/docs/",
        "/api/docs",
        "/healthz",
        "/readyz",
        "/oauth/nothing",
        "/.well-known/jwks.json",
        "/%61pi/v1/offers",
    ] {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::DELETE] {
            let answer = node.client.request(method.clone(), node.url(path)).send().unwrap();
            let policy = policy_of(&answer);
            let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
            for wanted in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
                assert!(directives.contains(&wanted), "{method} {path}: {policy}");
            }
            assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{method} {path}: {policy}");
            let of = |name: &str| header(answer.headers(), name);
            assert_eq!(of("x-content-type-options"), "nosniff", "{method} {path}");
            assert!(["no-referrer", "strict-origin-when-cross-origin"].contains(&of("referrer-policy")), "{method} {path}");
            assert!(of("permissions-policy").contains("camera=(), microphone=()"), "{method} {path}");
            assert_eq!(of("cross-origin-opener-policy"), "same-origin", "{method} {path}");
            assert!(["same-origin", "cross-origin"].contains(&of("cross-origin-resource-policy")), "{method} {path}");
            assert_eq!(of("strict-transport-security"), "", "{method} {path}: without TLS there is nothing to insist on");
            assert_eq!(of("server"), "");
            assert_eq!(of("x-powered-by"), "");
        }
    }
}

// ASVS 5.0 V3.4.1
#[test]
fn a_portal_with_tls_insists_on_it() {
    let node = empty(Limits { edge: edge(&[], &[], Some("https://bildung.example.org")), ..Limits::default() });
    for path in ["/de", "/api/v1/offers", "/api/v1/nothing", "/healthz", "/favicon.svg"] {
        let answer = node.client.get(node.url(path)).send().unwrap();
        assert_eq!(header(answer.headers(), "strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
    }
}

// ASVS 5.0 V14.2.2
// ASVS 5.0 V14.3.2
#[test]
fn nothing_that_somebody_was_shown_personally_is_kept_by_a_cache() {
    let node = alone();
    let caching = |path: &str, name: &str, value: &str| {
        let answer = node.get(path).header(name, value).send().unwrap();
        header(answer.headers(), "cache-control").to_owned()
    };
    for path in ["/offers", "/region", "/me", "/sources/x/imports", "/nothing"] {
        assert_eq!(caching(path, "authorization", "Bearer x"), "no-store", "{path}");
        assert_eq!(caching(path, "cookie", "__Host-refresh=x"), "no-store", "{path}");
    }
    for path in ["/me", "/accounts", "/sources", "/audit", "/auth/login", "/nothing"] {
        assert_eq!(caching(path, "accept", "*/*"), "no-store", "{path}");
    }
    assert_eq!(caching("/offers", "accept", "*/*"), "public, max-age=60, stale-while-revalidate=600");
}

const APP: &str = "https://app.example.org";

fn preflight(node: &Node, path: &str, origin: &str, method: &str, fields: &str) -> Response {
    let request = node.client.request(Method::OPTIONS, node.url(path)).header("origin", origin);
    let request = request.header("access-control-request-method", method).header("access-control-request-headers", fields);
    request.send().unwrap()
}

// ASVS 5.0 V3.4.2
// ASVS 5.0 V3.5.2
#[test]
fn other_origins_may_read_what_is_public_and_listed_ones_may_do_more() {
    let node = empty(Limits { edge: edge(&[], &[APP], Some("https://portal.example.org")), ..Limits::default() });
    let import = format!("/api/v1/sources/{SOURCE}/imports");
    for (path, method) in [(import.as_str(), "POST"), ("/api/v1/me", "PATCH"), ("/api/v1/me", "DELETE"), ("/api/v1/offers", "PATCH")] {
        let foreign = preflight(&node, path, "https://evil.example", method, "authorization");
        assert_eq!(header(foreign.headers(), "access-control-allow-origin"), "", "{method} {path}");
        assert_eq!(header(foreign.headers(), "access-control-allow-methods"), "");
        let listed = preflight(&node, path, APP, method, "authorization, content-type, if-match, idempotency-key");
        assert!(listed.status().is_success(), "{method} {path}: {}", listed.status());
        assert_eq!(header(listed.headers(), "access-control-allow-origin"), APP, "{method} {path}");
        assert!(header(listed.headers(), "access-control-allow-methods").split(", ").any(|allowed| allowed == method));
        for field in ["authorization", "content-type", "if-match", "if-none-match", "idempotency-key"] {
            assert!(header(listed.headers(), "access-control-allow-headers").split(", ").any(|allowed| allowed == field), "{field}");
        }
        let vary: Vec<_> = listed.headers().get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
        assert!(vary.iter().any(|value| value.contains("origin")), "{vary:?}");
    }
    for near in ["https://app.example.org.evil.example", "http://app.example.org", "https://APP.example.org", "null"] {
        let answer = preflight(&node, "/api/v1/me", near, "PATCH", "authorization");
        assert_eq!(header(answer.headers(), "access-control-allow-origin"), "", "{near}");
    }
    let reading = preflight(&node, "/api/v1/offers", "https://evil.example", "GET", "authorization");
    assert_eq!(header(reading.headers(), "access-control-allow-origin"), "*");
    assert!(!header(reading.headers(), "access-control-allow-headers").contains("authorization"));
    let with_token = node.get("/offers").header("origin", "https://evil.example").bearer_auth("x").send().unwrap();
    assert_eq!(header(with_token.headers(), "access-control-allow-origin"), "");
    assert_eq!(header(with_token.headers(), "cross-origin-resource-policy"), "same-origin");
    let with_cookie = node.get("/offers").header("origin", "https://evil.example").header("cookie", "a=b").send().unwrap();
    assert_eq!(header(with_cookie.headers(), "access-control-allow-origin"), "");
    let listed = node.get("/me").header("origin", APP).bearer_auth("x").send().unwrap();
    assert_eq!(header(listed.headers(), "access-control-allow-origin"), APP);
    let private = node.get("/me").header("origin", "https://evil.example").send().unwrap();
    assert_eq!((private.status().as_u16(), header(private.headers(), "access-control-allow-origin")), (401, ""));
    // Credentials are never allowed, so a cookie is of no use to another origin.
    for answer in [reading, with_token, with_cookie, listed, private] {
        assert_eq!(header(answer.headers(), "access-control-allow-credentials"), "");
    }
}
