//! The search index follows the records.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Clock;
use search::{Analysis, OfferQuery, SearchIndex};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync::indexer::{self, Follower};
use testkit::{TestDatabase, on_both_databases};

fn index(folder: &Path) -> Arc<SearchIndex> {
    let words = |file: &str| String::from_utf8(testkit::read_data(file)).unwrap();
    let analysis = Analysis::from_data(&words("synonyms.txt"), &words("compounds.txt"), &words("stem-overrides.txt"));
    Arc::new(SearchIndex::open(folder, analysis, testkit::vocabularies(), testkit::region()).unwrap())
}

fn found(index: &SearchIndex, work: &Workplace, words: &str) -> u64 {
    let query = OfferQuery { text: Some(words.into()), ..OfferQuery::default() };
    index.offers(&query, work.clock.now()).unwrap().total
}

/// Waits until a search finds that many offers.
fn wait_for(index: &SearchIndex, work: &Workplace, words: &str, wanted: u64) {
    let began = Instant::now();
    while found(index, work, words) != wanted {
        assert!(began.elapsed() < Duration::from_secs(30), "{words}: {} instead of {wanted}", found(index, work, words));
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn two_nodes(database: &TestDatabase) -> (Workplace, Workplace) {
    (Workplace::on(database), Workplace::with(database.store(), 2))
}

on_both_databases! {
    fn what_is_imported_is_found_on_every_node(database) {
        let (one, other) = two_nodes(database);
        let here = index(&database.folder().join("one"));
        let there = index(&database.folder().join("other"));
        let _followers = [
            Follower::start(one.store().clone(), Arc::clone(&here)).unwrap(),
            Follower::start(other.store().clone(), Arc::clone(&there)).unwrap(),
        ];
        one.full(&small_catalogue());
        wait_for(&here, &one, "Aquarell", 1);
        wait_for(&there, &other, "Aquarell", 1);
        one.delta(&[delete("offer", "c"), offer("b", "Töpfern", "vhs", "haus", 12)].concat());
        for index in [&here, &there] {
            wait_for(index, &one, "Aquarell", 0);
            wait_for(index, &one, "Töpfern", 1);
            wait_for(index, &one, "Deutsch", 1);
        }
        assert_eq!(here.last_seq(), one.last_seq());
    }

    fn an_index_is_made_anew_where_the_log_does_not_fit(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let index = index(&database.folder().join("index"));
        assert_eq!(indexer::catch_up(work.store(), &index).unwrap(), 4, "a new index reads records, not history");
        assert_eq!(indexer::catch_up(work.store(), &index).unwrap(), 0);
        work.delta(&offer("b", "Töpfern", "vhs", "haus", 12));
        assert_eq!(indexer::catch_up(work.store(), &index).unwrap(), 1);
        assert_eq!((found(&index, &work, "Töpfern"), index.last_seq()), (1, work.last_seq()));
        let older = TestDatabase::sqlite();
        let restored = Workplace::on(&older);
        restored.full(&[organization("vhs", "VHS"), place("haus", "Haus", "19370"), offer("only", "Klavier", "vhs", "haus", 11)].concat());
        assert_eq!(indexer::catch_up(restored.store(), &index).unwrap(), 2, "the database is older than the index");
        assert_eq!((found(&index, &work, "Klavier"), found(&index, &work, "Töpfern")), (1, 0));
    }
}
