//! Memory: what strangers send must not make the server large. One process measures itself, so the tests take turns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{Limits, Rates};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

static TURN: Mutex<()> = Mutex::new(());

/// Resident memory of this process in MiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Ends the measuring, also when what is measured panics.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The most memory that was resident while `work` ran, in MiB above what was before.
fn growth(work: impl FnOnce()) -> u64 {
    let (before, most, over) = (resident(), AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let _done = Done(&over);
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                most.fetch_max(resident(), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        work();
    });
    most.load(Ordering::Relaxed).saturating_sub(before)
}

/// So many MiB of spaces, compressed to a thousandth.
fn bomb(mib: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..mib {
        encoder.write_all(&spaces).unwrap();
    }
    encoder.finish().unwrap()
}

// Trap 1: the framework unpacks bodies before it looks at their size.
// ASVS 5.0 V15.2.2
#[test]
fn twenty_gzip_bombs_do_not_grow_the_server() {
    let _turn = TURN.lock().unwrap();
    let node = empty(Limits::default());
    let bomb = bomb(100);
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    let imports = format!("/api/v1/sources/{SOURCE}/imports");
    for (path, content_type) in [
        (imports.as_str(), "application/x-ndjson"),
        ("/api/v1/auth/login", "application/json"),
        ("/oauth/token", "application/x-www-form-urlencoded"),
        ("/api/v1/nothing", "application/json"),
    ] {
        let grown = growth(|| {
            std::thread::scope(|scope| {
                for _ in 0..20 {
                    scope.spawn(|| {
                        let request = node.client.post(node.url(path)).bearer_auth(node.token(SOURCE)).header("content-type", content_type);
                        let answer = request.header("content-encoding", "gzip").body(bomb.clone()).send().unwrap();
                        problem(answer, 415, "content-encoding");
                    });
                }
            });
        });
        assert!(grown < 40, "{path}: {grown} MiB for 20 bombs of 100 MiB");
    }
}

// ASVS 5.0 V15.2.2
#[test]
fn endless_bodies_do_not_grow_the_server() {
    let _turn = TURN.lock().unwrap();
    let node = empty(Limits { body_idle: Duration::from_secs(2), small_body_total: Duration::from_secs(3), ..Limits::default() });
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let grown = growth(|| {
        std::thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| {
                    let mut stream = TcpStream::connect(node.address).unwrap();
                    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
                    let head = "POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
                    stream.write_all(head.as_bytes()).unwrap();
                    // 64 MiB each, until the server has had enough.
                    for _ in 0..1024 {
                        if stream.write_all(chunk.as_bytes()).is_err() {
                            break;
                        }
                    }
                    drop(stream.read_to_end(&mut Vec::new()));
                });
            }
        });
    });
    assert!(grown < 60, "{grown} MiB for 40 endless bodies");
    assert_eq!(node.client.get(node.url("/healthz")).send().unwrap().status(), 200);
}

// ASVS 5.0 V2.4.1
#[test]
fn a_flood_from_everywhere_does_not_grow_the_server() {
    let _turn = TURN.lock().unwrap();
    let edge = http::Edge::new(&["127.0.0.1".to_owned()], &[], None).unwrap();
    let node = empty(Limits { rates: Some(Rates::default()), edge, ..Limits::default() });
    let ask = |networks: std::ops::Range<u32>| {
        let mut stream = TcpStream::connect(node.address).unwrap();
        let mut buffer = [0; 1 << 16];
        for network in networks {
            let [_, a, b, c] = network.to_be_bytes();
            let request = format!("GET /api/v1/nothing HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {}.{b}.{c}.1\r\n\r\n", a + 1);
            stream.write_all(request.as_bytes()).unwrap();
            let read = stream.read(&mut buffer).unwrap();
            assert!(buffer[..read].starts_with(b"HTTP/1.1 404 "), "{}", String::from_utf8_lossy(&buffer[..read]));
        }
    };
    ask(0..2000);
    let grown = growth(|| ask(2000..30_000));
    assert!(grown < 20, "{grown} MiB for 28,000 networks");
}
