//! What is cleared of the change log, and how an index that was away for too long notices.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use search::{Analysis, SearchIndex};
use sync::{indexer, retention};
use testkit::on_both_databases;

/// A catalogue in which every record differs from that of another round.
fn catalogue(round: u32) -> String {
    [
        organization("vhs", &format!("VHS {round}")),
        place("haus", &format!("Haus {round}"), "19370"),
        offer("a", &format!("Deutsch {round}"), "vhs", "haus", 11),
    ]
    .concat()
}

on_both_databases! {
    fn an_index_that_was_away_for_too_long_is_made_anew(database) {
        let work = Workplace::on(database);
        let words = |file: &str| String::from_utf8(testkit::read_data(file)).unwrap();
        let analysis = Analysis::from_data(&words("synonyms.txt"), &words("compounds.txt"), &words("stem-overrides.txt"));
        let index = SearchIndex::open(&database.folder().join("index"), analysis, testkit::vocabularies(), testkit::region()).unwrap();
        work.full(&catalogue(1));
        indexer::catch_up(work.store(), &index).unwrap();
        let known = index.last_seq();
        work.full(&catalogue(2));
        work.clock.advance(retention::CHANGES_KEPT + chrono::Duration::days(1));
        work.full(&catalogue(3));
        let before = work.changes_after(0).len();
        let cleared = retention::clear_away(work.store(), &*work.clock).unwrap().unwrap();
        let kept = work.changes_after(0);
        assert_eq!((before - cleared.changes, kept.len()), (kept.len(), 3), "the latest of each record: {kept:?}");
        assert!(kept[0].seq > known + 1);
        assert_eq!(indexer::catch_up(work.store(), &index).unwrap(), 2, "records that are searched for, not entries of the log");
        assert_eq!(index.last_seq(), work.last_seq());
        assert_eq!(retention::clear_away(work.store(), &*work.clock).unwrap().unwrap(), retention::Cleared::default());
    }

    fn one_node_clears_at_a_time(database) {
        let work = Workplace::on(database);
        let held = work.store().claim("change-log").unwrap().unwrap();
        assert_eq!(retention::clear_away(work.store(), &*work.clock).unwrap(), None);
        drop(held);
        assert!(retention::clear_away(work.store(), &*work.clock).unwrap().is_some());
    }
}
