//! A process that is killed in the middle of an import leaves all of it or nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Uuid;
use domain::catalogue::RecordKind;
use domain::partners::{Handing, ImportFormat, ImportMode, ImportState};
use persistence::{DatabaseUrl, Store, StoreOptions};
use std::io::{BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use sync::import::{self, Once};
use testkit::{TestDatabase, on_both_databases};

const DATABASE: &str = "IMPORT_CRASH_DATABASE";
const MARK: &str = "IMPORT_CRASH_MARK";
const OFFERS: usize = 1500;
const ROUNDS: u64 = 6;

fn big_catalogue(word: &str) -> String {
    let offers: String = (0..OFFERS).map(|i| offer(&format!("n{i}"), &format!("{word} {i}"), "vhs", "haus", 14)).collect();
    [small_catalogue(), offers].concat()
}

/// Input that writes a file once a part of it has been read.
struct Marked<'a> {
    rest: &'a [u8],
    at: usize,
    mark: PathBuf,
}

impl Read for Marked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.len() < self.at && !self.mark.exists() {
            std::fs::write(&self.mark, "")?;
        }
        self.rest.read(buffer)
    }
}

/// Not a test by itself: what the killed process does.
#[test]
fn child() {
    let (Ok(address), Ok(mark)) = (std::env::var(DATABASE), std::env::var(MARK)) else { return };
    let store = Store::open(&DatabaseUrl::parse(&address).unwrap(), StoreOptions::default()).unwrap();
    let work = Workplace::with(store, u64::from(std::process::id()));
    let file = big_catalogue(&mark);
    let marked = Marked { rest: file.as_bytes(), at: file.len() / 2, mark: PathBuf::from(mark) };
    let mut input = Once(BufReader::with_capacity(4096, marked));
    // It withdraws nothing, so it never stops to ask.
    let handing = Handing { confirmed: true, ..Handing::new(ImportFormat::Ndjson, ImportMode::Full) };
    import::run(&work.services, &work.actor, &work.source.key, &handing, &mut input, &mut |_| {}).unwrap();
}

fn start_child(database: &TestDatabase, mark: &PathBuf) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--test-threads=1"])
        .env(DATABASE, database.address())
        .env(MARK, mark)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(60), "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

on_both_databases! {
    fn killed_in_the_middle(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let mut interrupted = 0;
        for round in 0..ROUNDS {
            let known: Vec<Uuid> = work.imports().into_iter().map(|import| import.id).collect();
            let before = (work.last_seq(), work.count(RecordKind::Offer), work.offer("a").meta.version);
            let mark = database.folder().join(format!("mark-{round}"));
            let mut child = start_child(database, &mark);
            wait_until("the child to be half way", || mark.exists());
            std::thread::sleep(Duration::from_millis(round * 25));
            child.kill().unwrap();
            child.wait().unwrap();
            // PostgreSQL notices a moment later that its client is gone.
            wait_until("the claim to be free", || work.store().claim("import-vhs").unwrap().is_some());
            let recovered = import::recover(work.store(), &*work.clock).unwrap();
            // The processes have clocks of their own, so the newest is not always the first.
            let newest = work.imports().into_iter().find(|import| !known.contains(&import.id)).unwrap();
            if recovered == 0 {
                assert_eq!(newest.state, ImportState::Succeeded, "the child was faster than the kill");
                assert_eq!(work.count(RecordKind::Offer), 3 + OFFERS as i64);
                assert!(work.last_seq() >= before.0 + OFFERS as i64);
            } else {
                interrupted += 1;
                assert_eq!(newest.state, ImportState::Failed);
                assert_eq!((work.last_seq(), work.count(RecordKind::Offer), work.offer("a").meta.version), before);
            }
        }
        assert!(interrupted > 0, "not one of {ROUNDS} kills came in time");
        assert_eq!(work.delta(&small_catalogue()).state, ImportState::Succeeded, "and the source can go on");
    }
}
