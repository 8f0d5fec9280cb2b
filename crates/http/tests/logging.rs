//! Logging: the log knows that something was asked for, not by whom, from where, or with which secret.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::{Edge, Limits, Rate, Rates};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

// ASVS 5.0 V16.2.5
// ASVS 5.0 V14.2.4
#[test]
fn the_log_knows_no_address_no_word_and_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG).with_writer(log.clone());
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let edge = Edge::new(&["127.0.0.1".to_owned()], &[], None).unwrap();
    let rates = Rates { sign_in: Rate::new(3, 60), ..Rates::default() };
    let node = empty(Limits { edge, rates: Some(rates), ..Limits::default() });
    let behind = |request: reqwest::blocking::RequestBuilder| {
        let request = request.header("x-forwarded-for", "203.0.113.77").header("cookie", "__Host-refresh=secret-of-a-cookie");
        request.header("user-agent", "curious-agent").send().unwrap()
    };
    assert_eq!(behind(node.get("/offers?q=schuldnerberatung&near=53.4217,11.8433")).status(), 200);
    assert_eq!(behind(node.get("/offers?wrong=kontonummer")).status(), 400);
    assert_eq!(behind(node.get("/me").bearer_auth("secret-of-a-bearer")).status(), 401);
    for attempt in 0..4 {
        let body = r#"{"email":"somebody@example.org","password":"secret-of-a-person"}"#;
        let request = node.client.post(node.url("/api/v1/auth/login")).header("content-type", "application/json").body(body);
        assert_eq!(behind(request).status(), if attempt < 3 { 401 } else { 429 });
    }
    let broken = node.client.post(node.url("/api/v1/auth/password-reset")).header("content-type", "application/json");
    behind(broken.body("{\"email\":\"somebody@example.org\", \"token\":\"secret-of-a-link\""));
    let text = log.text();
    assert!(text.contains("/api/v1/offers"), "something is logged: {text}");
    assert!(text.contains("schuldnerberatung"), "what was looked for in vain is demand, and belongs to nobody");
    for hidden in ["203.0.113.77", "53.4217", "kontonummer", "secret-of-", "somebody@", "curious-agent"] {
        let line = text.lines().find(|line| line.contains(hidden));
        assert_eq!(line, None, "{hidden}");
    }
}
