//! Single rows: versions, pages, keys of repeated requests. The same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::accounts::may::RunImports;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::{ImportFormat, ImportMode};
use domain::{Timestamp, Uuid};
use persistence::idempotency::{self, FirstUse};
use persistence::imports::NewImport;
use persistence::records::{self, RecordWrite, RunWrite};
use persistence::{AnyConnection, Error, Store, imports};
use testkit::{TestDatabase, on_both_databases};

const SOURCE: Uuid = Uuid::from_u128(1);

fn now() -> Timestamp {
    testkit::NOW.parse().unwrap()
}

fn store(database: &TestDatabase) -> Store {
    let store = database.store();
    store.write(|tx| testkit::add_source(tx, &testkit::source(SOURCE, "vhs"))).unwrap();
    store
}

fn write(number: u128, version: i64) -> RecordWrite {
    RecordWrite {
        id: Uuid::from_u128(number),
        kind: RecordKind::Offer,
        source_id: SOURCE,
        external_id: format!("k{number}"),
        organization_id: Some(Uuid::from_u128(99)),
        state: PublicationState::Published,
        version,
        created_at: now(),
        updated_at: now(),
        content_hash: [7; 32],
        slug: "kurs".into(),
        document: format!("{{\"n\":{number}}}"),
        payload: vec![0, 255, 10],
        format: ImportFormat::Ndjson,
        name: "Kurs".into(),
        links: vec![Uuid::from_u128(99)],
        runs: vec![RunWrite { id: Uuid::from_u128(number + 1000), starts_at: now(), ends_at: None, ags: None }],
        keeps_parts: false,
    }
}

on_both_databases! {
    fn an_update_needs_the_version_before(database) {
        let store = store(database);
        store.write(|tx| records::insert(tx, &[write(5, 1)])).unwrap();
        store.write(|tx| records::update(tx, &[write(5, 2)])).unwrap();
        assert!(matches!(store.write(|tx| records::update(tx, &[write(5, 2)])), Err(Error::Conflict(2))));
        assert!(matches!(store.write(|tx| records::update(tx, &[write(6, 2)])), Err(Error::NotFound)));
        assert!(matches!(store.write(|tx| records::insert(tx, &[write(5, 1)])), Err(Error::Exists(_))));
        let kept = store.read(|c| records::get(c, Uuid::from_u128(5))).unwrap().unwrap();
        assert_eq!((kept.version, kept.external_id.as_str(), kept.document.as_str()), (2, "k5", "{\"n\":5}"));
        assert_eq!(store.read(|c| records::payload(c, kept.id)).unwrap(), [0, 255, 10]);
        assert_eq!(store.read(|c| records::get(c, Uuid::from_u128(6))).unwrap(), None);
    }

    fn two_that_update_at_once_do_not_lose_each_other(database) {
        let store = store(database);
        store.write(|tx| records::insert(tx, &[write(5, 1)])).unwrap();
        let won: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| store.write(|tx| records::update(tx, &[write(5, 2)])).is_ok())).collect();
            tries.into_iter().map(|t| usize::from(t.join().unwrap())).sum()
        });
        assert_eq!(won, 1);
    }

    fn pages_come_in_order_and_lose_nothing(database) {
        let store = store(database);
        let all: Vec<RecordWrite> = (10..250).map(|n| write(n, 1)).collect();
        store.write(move |tx| records::insert(tx, &all)).unwrap();
        store.write(|tx| records::unpublish(tx, &[Uuid::from_u128(11)], PublicationState::Withdrawn, now())).unwrap();
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = store.read(|c| records::page(c, RecordKind::Offer, after, 70)).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            seen.extend(page.into_iter().map(|record| record.id));
        }
        assert_eq!(seen.len(), 239);
        assert!(seen.windows(2).all(|pair| pair[0] < pair[1]));
        let ids: Vec<Uuid> = (0..1200).map(Uuid::from_u128).collect();
        assert_eq!(store.read(|c| records::get_many(c, &ids)).unwrap().len(), 240, "withdrawn ones included");
        let target = [Uuid::from_u128(99)];
        assert_eq!(store.read(|c| records::linked_to(c, &target, None, 1000)).unwrap().len(), 239);
        assert_eq!(store.read(|c| records::still_linked(c, &target)).unwrap(), target);
        let mut known = 0;
        store.read(|c| records::each_of_source(c, SOURCE, |_| known += 1)).unwrap();
        assert_eq!(known, 240);
    }

    fn a_key_remembers_its_first_use(database) {
        let store = store(database);
        let import_id = Uuid::from_u128(3);
        let first = FirstUse { request_hash: "a".into(), import_id };
        let (one, other) = (first.clone(), FirstUse { request_hash: "b".into(), import_id });
        let begin = move |tx: &mut AnyConnection| {
            let source = testkit::own::<RunImports>(tx, "vhs")?;
            imports::start(tx, &source, &NewImport::new(import_id, ImportFormat::Ndjson, ImportMode::Delta, now()))
        };
        store.write(begin).unwrap();
        assert!(store.write(move |tx| idempotency::remember(tx, SOURCE, "key", &one, now())).unwrap());
        assert!(!store.write(move |tx| idempotency::remember(tx, SOURCE, "key", &other, now())).unwrap());
        assert_eq!(store.read(|c| idempotency::find(c, SOURCE, "key")).unwrap(), Some(first));
        assert_eq!(store.read(|c| idempotency::find(c, Uuid::max(), "key")).unwrap(), None);
        assert_eq!(store.write(|tx| idempotency::forget(tx, now())).unwrap(), 0);
        assert_eq!(store.write(|tx| idempotency::forget(tx, now() + chrono::Duration::days(1))).unwrap(), 1);
    }
}
