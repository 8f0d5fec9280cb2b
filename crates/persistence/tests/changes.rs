//! The change log loses nothing: several writers, one reader that follows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::Uuid;
use domain::catalogue::RecordKind;
use domain::partners::ChangeAction;
use persistence::Store;
use persistence::changes::{self, FeedFilter, NewChange};
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::on_both_databases;

const WRITERS: u128 = 4;
const EACH: u128 = 60;

fn change(id: u128) -> NewChange {
    NewChange { kind: RecordKind::Offer, record_id: Uuid::from_u128(id), action: ChangeAction::Created, version: 1 }
}

/// Appends and then keeps the transaction open for a moment, so that numbers and commits would get out of step if they could.
fn append_slowly(store: &Store, writer: u128) {
    for i in 0..EACH {
        store
            .write(move |tx| {
                changes::append(tx, &[change(writer * 1000 + 2 * i), change(writer * 1000 + 2 * i + 1)], testkit::NOW.parse().unwrap())?;
                std::thread::sleep(Duration::from_micros(u64::try_from((writer * 37 + i * 13) % 5).unwrap() * 300));
                Ok(())
            })
            .unwrap();
    }
}

on_both_databases! {
    fn a_reader_that_follows_skips_nothing(database) {
        let nodes = [database.store(), database.store()];
        let running = AtomicUsize::new(usize::try_from(WRITERS).unwrap());
        let seen = std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                // SQLite has one writer: the other process of a pair would wait for the file, not for its turn.
                let store = if database.is_postgres() { &nodes[usize::try_from(writer % 2).unwrap()] } else { &nodes[0] };
                let running = &running;
                scope.spawn(move || {
                    append_slowly(store, writer);
                    running.fetch_sub(1, Ordering::SeqCst);
                });
            }
            let mut seen = Vec::new();
            let mut after = 0;
            loop {
                let finished = running.load(Ordering::SeqCst) == 0;
                let page = nodes[1].read(|c| changes::after(c, after, 7, &[])).unwrap();
                if let Some(last) = page.last() {
                    after = last.seq;
                } else if finished {
                    break;
                }
                seen.extend(page);
            }
            seen
        });
        let ids: HashSet<Uuid> = seen.iter().map(|change| change.record_id).collect();
        assert_eq!((seen.len(), ids.len()), (480, 480));
        assert!(seen.windows(2).all(|pair| pair[0].seq < pair[1].seq));
        assert_eq!(nodes[0].read(changes::last_seq).unwrap(), seen.last().unwrap().seq);
    }

    fn a_reader_with_a_filter_skips_nothing_either(database) {
        let nodes = [database.store(), database.store()];
        let running = AtomicUsize::new(usize::try_from(WRITERS).unwrap());
        let wanted = FeedFilter { kinds: vec![RecordKind::Offer], ..FeedFilter::default() };
        let seen = std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let store = if database.is_postgres() { &nodes[usize::try_from(writer % 2).unwrap()] } else { &nodes[0] };
                let running = &running;
                scope.spawn(move || {
                    append_slowly(store, writer);
                    running.fetch_sub(1, Ordering::SeqCst);
                });
            }
            let (mut seen, mut after) = (Vec::new(), 0);
            loop {
                let finished = running.load(Ordering::SeqCst) == 0;
                let page = nodes[1].read(|c| changes::feed(c, after, 7, &wanted)).unwrap();
                assert!(!page.has_gap(after) && page.next >= after);
                if page.entries.is_empty() && !page.more && finished {
                    break;
                }
                after = page.next;
                seen.extend(page.entries.into_iter().map(|entry| entry.change));
            }
            seen
        });
        let ids: HashSet<Uuid> = seen.iter().map(|change| change.record_id).collect();
        assert_eq!((seen.len(), ids.len()), (480, 480));
        assert!(seen.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    }

    fn the_latest_entry_of_a_record_is_kept_for_good(database) {
        let store = database.store();
        let old: domain::Timestamp = testkit::NOW.parse().unwrap();
        let append = |ids: &'static [u128], at: domain::Timestamp| {
            store.write(move |tx| changes::append(tx, &ids.iter().map(|id| change(*id)).collect::<Vec<_>>(), at)).unwrap();
        };
        append(&[1, 2, 1, 3, 2], old);
        let later = old + Duration::from_secs(3600);
        append(&[1], later);
        let clear = |before| store.write(move |tx| changes::clear(tx, 0, before)).unwrap();
        assert_eq!(clear(old), (0, None), "nothing is old enough");
        assert_eq!(clear(later), (3, None));
        let kept = store.read(|c| changes::feed(c, 0, 10, &FeedFilter::default())).unwrap();
        let ids: Vec<u128> = kept.entries.iter().map(|entry| entry.change.record_id.as_u128()).collect();
        assert_eq!(ids, [3, 2, 1]);
        assert!(!kept.has_gap(0) && kept.has_gap(1) && !kept.has_gap(kept.oldest - 1) && !kept.has_gap(kept.newest) && kept.has_gap(kept.newest + 1));
        assert_eq!(clear(later), (0, None), "once is enough");
    }

    fn kinds_can_be_picked(database) {
        let store = database.store();
        store.write(|tx| {
            let place = NewChange { kind: RecordKind::Place, ..change(2) };
            changes::append(tx, &[change(1), place, change(3)], testkit::NOW.parse().unwrap())
        }).unwrap();
        let of = |kinds: &'static [RecordKind]| store.read(|c| changes::after(c, 0, 10, kinds)).unwrap().len();
        assert_eq!((of(&[]), of(&[RecordKind::Place]), of(&[RecordKind::Place, RecordKind::Offer]), of(&[RecordKind::Organization])), (3, 1, 3, 0));
    }
}

#[test]
fn writes_that_wait_together_share_a_commit() {
    let database = testkit::TestDatabase::sqlite();
    let store = database.store();
    let began = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..16u128 {
            let store = &store;
            scope.spawn(move || {
                for i in 0..20 {
                    store.write(move |tx| changes::append(tx, &[change(writer * 100 + i)], testkit::NOW.parse().unwrap())).unwrap();
                }
            });
        }
    });
    assert_eq!(store.read(|c| changes::after(c, 0, 1000, &[])).unwrap().len(), 320, "in {:?}", began.elapsed());
}
