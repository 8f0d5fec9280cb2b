//! Opening, migrating, writing: the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::Uuid;
use domain::partners::Source;
use persistence::{DatabaseUrl, Error, Store, StoreOptions};
use std::time::Duration;
use testkit::on_both_databases;

fn source(number: u128) -> Source {
    testkit::source(Uuid::from_u128(number), &format!("quelle-{number}"))
}

on_both_databases! {
    fn a_database_that_is_not_migrated_says_so(database) {
        let store = Store::open(database.url(), StoreOptions::default()).unwrap();
        assert!(matches!(store.check(), Err(Error::SchemaTooOld(_))));
        assert!(!store.migrate().unwrap().is_empty());
        assert_eq!(store.migrate().unwrap().len(), 0, "again changes nothing");
        let health = store.check().unwrap();
        assert_eq!(health.backend, if database.is_postgres() { "PostgreSQL" } else { "SQLite" });
    }

    fn many_processes_may_migrate_at_once(database) {
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| Store::open(database.url(), StoreOptions::default()).unwrap().migrate().unwrap().len())).collect();
            let applied: usize = runs.into_iter().map(|run| run.join().unwrap()).sum();
            assert_eq!(applied, std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite")).unwrap().count(), "one of them did it");
        });
    }

    fn readers_cannot_write(database) {
        let store = database.store();
        assert!(store.read(|c| testkit::add_source(c, &source(1))).is_err());
    }

    fn a_write_that_fails_or_panics_takes_nothing_with_it(database) {
        let store = database.store();
        std::thread::scope(|scope| {
            for number in 0..40u128 {
                let store = &store;
                scope.spawn(move || {
                    let result = store.write(move |tx| {
                        testkit::add_source(tx, &source(number))?;
                        if number % 4 == 0 { Err(Error::Aborted) } else { Ok(()) }
                    });
                    assert_eq!(result.is_ok(), number % 4 != 0, "{result:?}");
                });
            }
        });
        assert_eq!(store.read(testkit::sources).unwrap().len(), 30);
        if !database.is_postgres() {
            let panicked = store.write(|_| -> persistence::Result<()> { panic!("on purpose") });
            assert!(matches!(panicked, Err(Error::Unavailable(_))), "{panicked:?}");
        }
        store.write(|tx| testkit::add_source(tx, &source(100))).unwrap();
    }

    fn a_claim_has_one_holder(database) {
        let (one, other) = (database.store(), database.store());
        let claim = one.claim("import-vhs").unwrap();
        assert!(claim.is_some());
        assert!(one.claim("import-vhs").unwrap().is_none());
        assert!(other.claim("import-vhs").unwrap().is_none());
        assert!(other.claim("import-other").unwrap().is_some());
        drop(claim);
        assert!(other.claim("import-vhs").unwrap().is_some());
    }

    fn a_commit_rings(database) {
        let (store, other) = (database.store(), database.store());
        let (signal, elsewhere) = (store.changed(), other.changed());
        let (seen, seen_elsewhere) = (signal.count(), elsewhere.count());
        std::thread::sleep(Duration::from_millis(300));
        store.write(|tx| {
            let change = persistence::changes::NewChange {
                kind: domain::catalogue::RecordKind::Offer,
                record_id: Uuid::from_u128(1),
                action: domain::partners::ChangeAction::Created,
                version: 1,
            };
            persistence::changes::append(tx, &[change], testkit::NOW.parse().unwrap())
        }).unwrap();
        assert!(signal.wait(seen, Duration::from_secs(10)) > seen);
        if database.is_postgres() {
            assert!(elsewhere.wait(seen_elsewhere, Duration::from_secs(10)) > seen_elsewhere, "another node hears of it");
        }
    }
}

#[test]
fn a_long_write_makes_others_wait_and_then_busy() {
    let database = testkit::TestDatabase::sqlite();
    let store = database.store_with(StoreOptions { patience: Duration::from_millis(200), queue: 2, ..StoreOptions::default() });
    std::thread::scope(|scope| {
        let (begun, has_begun) = std::sync::mpsc::channel();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let long = &store;
        let running = scope.spawn(move || {
            long.write_alone(move |tx| {
                begun.send(()).unwrap();
                released.recv().unwrap();
                testkit::add_source(tx, &source(1))
            })
        });
        has_begun.recv().unwrap();
        assert!(matches!(store.write(|tx| testkit::add_source(tx, &source(2))), Err(Error::Busy(_))));
        release.send(()).unwrap();
        running.join().unwrap().unwrap();
    });
    let keys: Vec<_> = store.read(testkit::sources).unwrap().into_iter().map(|s| s.key).collect();
    assert_eq!(keys, ["quelle-1"], "who was told to come back was not served behind their back");
}

#[test]
fn an_unreachable_server_is_unavailable_and_a_strange_file_corrupt() {
    let nowhere = DatabaseUrl::parse("postgres://nobody@127.0.0.1:1/none?connect_timeout=2").unwrap();
    let options = StoreOptions { patience: Duration::from_millis(300), ..StoreOptions::default() };
    assert!(matches!(Store::open(&nowhere, options), Err(Error::Unavailable(_))));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "This is no database, and it is long enough to be looked at as one. ".repeat(40)).unwrap();
    assert!(matches!(Store::open(&DatabaseUrl::sqlite(&path), options), Err(Error::Corrupt(_))));
}

#[test]
fn the_bundled_sqlite_is_new_enough() {
    let version = testkit::TestDatabase::sqlite().store().check().unwrap().version;
    let numbers: Vec<u32> = version.split('.').map(|n| n.parse().unwrap()).collect();
    assert!(numbers >= vec![3, 51, 3], "{version} has a known way to corrupt its write-ahead log");
}
