//! The way out, against real listeners: what is fetched, and what strangers do not get us to do.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};
use sync::outbound::{Addresses, Answer, Outbound, OutboundError, Policy};
use url::Url;

/// A listener on loopback that handles each connection the same way; returns its address.
fn listener(handle: impl Fn(TcpStream, String) + Send + Sync + 'static) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let handle = std::sync::Arc::new(handle);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, handle) = (stream.unwrap(), std::sync::Arc::clone(&handle));
            thread::spawn(move || {
                let mut head = vec![0; 4096];
                let length = stream.read(&mut head).unwrap_or(0);
                head.truncate(length);
                handle(stream, String::from_utf8_lossy(&head).into_owned());
            });
        }
    });
    Url::parse(&format!("http://{address}/feed")).unwrap()
}

/// Answers with a text and closes.
fn says(text: &'static str) -> Url {
    listener(move |mut stream, _| {
        let _ = stream.write_all(text.as_bytes());
    })
}

fn policy() -> Policy {
    Policy { addresses: Addresses::LoopbackToo, max_bytes: 10_000, total: Duration::from_secs(2), idle: Duration::from_millis(500), redirects: 3 }
}

fn open() -> Outbound {
    Outbound::new(policy()).unwrap()
}

fn body(mut answer: Answer) -> Result<String, OutboundError> {
    let mut text = Vec::new();
    match answer.read_to_end(&mut text) {
        Ok(_) => Ok(String::from_utf8(text).unwrap()),
        Err(error) => Err(Answer::cause(&error).cloned().unwrap_or_else(|| panic!("{error}"))),
    }
}

#[test]
fn a_feed_is_fetched_and_a_body_is_sent() {
    let url = listener(|mut stream, request| {
        let names = request.contains("user-agent: bildungsregion/") && request.contains("if-none-match: \"1\"");
        let posted = request.starts_with("POST") && request.ends_with("payload");
        let status = if posted || names { "200 OK" } else { "400 Bad Request" };
        write!(stream, "HTTP/1.1 {status}\r\netag: \"2\"\r\ncontent-length: 5\r\n\r\nhello").unwrap();
    });
    let answer = open().get(&url, &[("if-none-match", "\"1\"")]).unwrap();
    assert_eq!((answer.status, answer.header("etag")), (200, Some("\"2\"")));
    assert_eq!(body(answer).unwrap(), "hello");
    assert_eq!(open().post(&url, &[], b"payload").unwrap().status, 200);
}

#[test]
fn what_is_inside_is_not_asked() {
    let strict = Outbound::new(Policy { addresses: Addresses::GlobalOnly, ..policy() }).unwrap();
    let port = says("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").port().unwrap();
    let refused = |text: &str| strict.get(&Url::parse(text).unwrap(), &[]).map(|answer| answer.status);
    // However the address is written: a URL reads decimal, octal, hexadecimal and short forms as the same number.
    for host in
        ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "[2002:7f00:1::]", "169.254.169.254", "10.1.2.3"]
    {
        let error = refused(&format!("https://{host}:{port}/")).unwrap_err();
        assert!(matches!(error, OutboundError::Private(_)), "{host}: {error}");
    }
    // A name is looked up, and judged by what it stands for.
    assert_eq!(refused(&format!("https://localhost:{port}/")), Err(OutboundError::Private("localhost".to_owned())));
    for address in [
        "http://example.org/",
        "ftp://example.org/",
        "https://user:pass@example.org/",
        "https://user@example.org/",
        "file:///etc/passwd",
        "https://example.org:0/",
    ] {
        assert_eq!(refused(address), Err(OutboundError::Address), "{address}");
    }
}

#[test]
fn a_redirect_is_examined_like_the_first_address() {
    let target = says("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
    let (to_target, location) = (target.clone(), target.to_string());
    let good = listener(move |mut stream, _| write!(stream, "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n").unwrap());
    let answer = open().get(&good, &[]).unwrap();
    assert_eq!(answer.url, to_target);
    assert_eq!(body(answer).unwrap(), "secret");
    assert_eq!(open().post(&good, &[], b"x").unwrap().status, 302, "what is sent is not sent on");

    for inside in ["https://10.0.0.1/", "https://169.254.169.254/latest/meta-data/", "https://[fd00::1]/"] {
        let url = listener(move |mut stream, _| write!(stream, "HTTP/1.1 302 Found\r\nlocation: {inside}\r\ncontent-length: 0\r\n\r\n").unwrap());
        assert!(matches!(open().get(&url, &[]), Err(OutboundError::Private(_))), "{inside}");
    }
    for nowhere in ["file:///etc/passwd", "ftp://example.org/x", "http://example.org/"] {
        let url = listener(move |mut stream, _| write!(stream, "HTTP/1.1 302 Found\r\nlocation: {nowhere}\r\ncontent-length: 0\r\n\r\n").unwrap());
        assert_eq!(open().get(&url, &[]).map(|answer| answer.status), Err(OutboundError::Address), "{nowhere}");
    }
    let round = says("HTTP/1.1 302 Found\r\nlocation: /feed\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(open().get(&round, &[]).map(|answer| answer.status), Err(OutboundError::Redirects));
}

#[test]
fn an_answer_is_neither_long_nor_slow() {
    let announced = says("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n");
    assert_eq!(open().get(&announced, &[]).map(|answer| answer.status), Err(OutboundError::TooLarge(10_000)));

    let endless = listener(|mut stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 1024]).is_ok() {}
    });
    assert_eq!(body(open().get(&endless, &[]).unwrap()), Err(OutboundError::TooLarge(10_000)));

    let broken_off = says("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nonly this");
    assert_eq!(body(open().get(&broken_off, &[]).unwrap()), Err(OutboundError::Unreachable("127.0.0.1".to_owned())));

    let silent = listener(|stream, _| {
        thread::sleep(Duration::from_secs(5));
        drop(stream);
    });
    assert_eq!(open().get(&silent, &[]).map(|answer| answer.status), Err(OutboundError::TimedOut));

    let began = Instant::now();
    let trickling = listener(|mut stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b".").is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    });
    assert_eq!(body(open().get(&trickling, &[]).unwrap()), Err(OutboundError::TimedOut));
    assert!(began.elapsed() < Duration::from_secs(4));

    let headed = listener(|mut stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"x-more: yes\r\n").is_ok() {}
    });
    assert!(matches!(open().get(&headed, &[]), Err(OutboundError::Unreachable(_))));
}

#[test]
fn nothing_is_decompressed() {
    let url = says("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nbomb");
    let answer = open().get(&url, &[]).unwrap();
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert_eq!(body(answer).unwrap(), "bomb");
}

#[test]
fn whoever_does_not_answer_is_named() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = Url::parse(&format!("http://{unused}/")).unwrap();
    assert_eq!(open().get(&url, &[]).map(|answer| answer.status), Err(OutboundError::Unreachable("127.0.0.1".to_owned())));
    let error = OutboundError::Private("intern.example.org".to_owned()).value();
    assert_eq!((error.code.as_str(), error.de.as_str()), ("url-private", "intern.example.org ist keine Adresse im öffentlichen Internet."));
}
