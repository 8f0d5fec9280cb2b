//! Imports that are taken back: the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::{ChangeAction, ImportCounts, ImportMode, ImportState};
use persistence::Error;
use serde_json::json;
use sync::import::ImportError;
use testkit::on_both_databases;

fn counts(created: u64, changed: u64, unchanged: u64, withdrawn: u64, rejected: u64) -> ImportCounts {
    ImportCounts { created, changed, unchanged, withdrawn, rejected }
}

/// Renames the organisation, moves the place, changes one offer and its runs, drops another, adds an offer of an organisation of its own.
fn bad_file() -> String {
    let dates = r#"{"start":"2027-03-01T08:00:00Z"},{"start":"2027-03-08T08:00:00Z"}"#;
    [
        organization("vhs", "Umbenannt"),
        organization("neu", "Neue Einrichtung"),
        place("haus", "Haus am See", "19288"),
        offer("a", "Falscher Titel", "neu", "haus", 11).replace("\"runs\":[", &format!("\"runs\":[{dates},")),
        offer("b", "Deutsch A2", "vhs", "haus", 12),
        offer("neu", "Neues Angebot", "neu", "haus", 13),
    ]
    .concat()
}

/// With translations, rules and groups: everything whose identity could get lost.
fn rich_catalogue() -> String {
    let rich = offer("rich", "Reich", "vhs", "haus", 21)
        .replace("\"kind\":\"course\"", r#""kind":"course","summary":"Kurz.","translations":{"en":{"title":"Rich","machine":true}}"#)
        .replace("\"runs\":[", r#""runs":[{"start":"2027-02-01T08:00:00Z"},{"start":"2027-02-01T08:00:00Z"},"#);
    [small_catalogue(), rich].concat()
}

on_both_databases! {
    fn after_an_undo_the_catalogue_is_what_it_was(database) {
        let work = Workplace::on(database);
        work.full(&rich_catalogue());
        let (dump, version) = (work.dump(), work.record(RecordKind::Offer, "a").version);
        let bad = work.full(&bad_file());
        assert_eq!(bad.counts, counts(2, 3, 1, 2, 0));
        assert_ne!(work.dump(), dump);
        let seq = work.last_seq();
        let undone = work.undo(&bad).unwrap();
        assert_eq!((undone.state, undone.undoes, undone.counts), (ImportState::Succeeded, Some(bad.id), counts(0, 5, 0, 2, 0)), "{:?}", work.problems(&undone));
        assert_eq!(work.dump(), dump, "byte for byte");
        assert_eq!(work.problems(&undone), []);
        let log = work.changes_after(seq);
        assert!(log.iter().filter(|change| change.action == ChangeAction::Withdrawn).count() == 2 && log.len() >= 7, "{log:?}");
        assert!(work.record(RecordKind::Offer, "a").version > version + 1, "yet everybody is told");
        assert_eq!(work.record(RecordKind::Offer, "neu").state, PublicationState::Withdrawn);
        let shown = work.imports().into_iter().find(|import| import.id == bad.id).unwrap();
        assert_eq!(shown.undone_by, Some(undone.id));
        let twice = work.undo(&bad);
        assert!(matches!(twice, Err(ImportError::Store(Error::AlreadyDecided))), "{twice:?}");
        assert_eq!(work.full(&rich_catalogue()).counts, counts(0, 0, 6, 0, 0), "the feed finds what it knows");
    }

    fn an_undo_can_be_taken_back(database) {
        let work = Workplace::on(database);
        work.full(&rich_catalogue());
        let bad = work.full(&bad_file());
        let dump = work.dump();
        let undone = work.undo(&bad).unwrap();
        let redone = work.undo(&undone).unwrap();
        assert_eq!((redone.undoes, work.problems(&redone)), (Some(undone.id), vec![]));
        assert_eq!(work.dump(), dump);
    }

    fn the_first_import_can_be_taken_back(database) {
        let work = Workplace::on(database);
        let first = work.full(&rich_catalogue());
        let undone = work.undo(&first).unwrap();
        assert_eq!((undone.counts, work.dump()), (counts(0, 0, 0, 6, 0), String::new()));
        assert_eq!(work.full(&rich_catalogue()).counts, counts(0, 6, 0, 0, 0), "and everything comes back");
    }

    fn what_was_changed_since_stays_and_is_named(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let bad = work.delta(&[offer("a", "Falsch", "vhs", "haus", 11), offer("b", "Auch falsch", "vhs", "haus", 12), offer("n", "Neu", "vhs", "haus", 12)].concat());
        work.delta(&[offer("a", "Richtig", "vhs", "haus", 11), offer("n", "Neu und gut", "vhs", "haus", 12)].concat());
        let undone = work.undo(&bad).unwrap();
        assert_eq!((undone.counts, work.codes(&undone)), (counts(0, 1, 0, 0, 2), vec!["changed-since".to_owned(), "changed-since".to_owned()]));
        assert_eq!((work.offer("a").title.as_str(), work.offer("b").title.as_str()), ("Richtig", "Deutsch A2"));
        assert_eq!(work.record(RecordKind::Offer, "n").state, PublicationState::Published);
        let named: Vec<_> = work.problems(&undone).into_iter().filter_map(|problem| problem.record_id).collect();
        assert_eq!(named.len(), 2);
    }

    fn what_others_need_stays(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let bad = work.delta(&[organization("neu", "Neue Einrichtung"), offer("n", "Neu", "neu", "haus", 12)].concat());
        work.delta(&offer("later", "Später", "neu", "haus", 15));
        let undone = work.undo(&bad).unwrap();
        assert_eq!((undone.counts, work.codes(&undone)), (counts(0, 0, 0, 1, 1), vec!["still-shown".to_owned()]));
        let gone = work.delta(&delete("offer", "a"));
        work.delta(&[delete("offer", "b"), delete("offer", "c"), delete("offer", "later"), delete("organization", "vhs"), delete("organization", "neu")].concat());
        let undone = work.undo(&gone).unwrap();
        assert_eq!((undone.counts, work.codes(&undone)), (counts(0, 0, 0, 0, 1), vec!["reference-gone".to_owned()]));
    }

    fn edits_made_since_survive_an_undo(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let bad = work.delta(&offer("a", "Falsch", "vhs", "haus", 20));
        let record = work.record(RecordKind::Offer, "a");
        let patch = json!({ "summary": "Von Hand." });
        sync::edits::change(&work.services, &work.actor, RecordKind::Offer, record.id, record.version, patch.as_object().unwrap()).unwrap();
        let undone = work.undo(&bad).unwrap();
        assert_eq!((undone.counts, work.codes(&undone)), (counts(0, 1, 0, 0, 0), Vec::<String>::new()));
        let offer = work.offer("a");
        assert_eq!((offer.title.as_str(), offer.summary.as_ref().map(|text| text.as_str())), ("Deutsch A1", Some("Von Hand.")));
        assert_eq!(offer.runs[0].starts_at().unwrap().to_rfc3339(), "2027-01-11T17:00:00+00:00");
    }

    fn what_was_never_applied_cannot_be_taken_back(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let (dry, failed, held) = (work.dry(ImportMode::Delta, &offer("a", "Neu", "vhs", "haus", 11)), work.delta("{"), work.full(""));
        for import in [dry, failed, held] {
            let refused = work.undo(&import);
            assert!(matches!(refused, Err(ImportError::Store(Error::AlreadyDecided))), "{:?}: {refused:?}", import.state);
        }
        let old = work.delta(&offer("a", "Neu", "vhs", "haus", 11));
        work.clock.advance(chrono::Duration::days(91));
        assert!(matches!(work.undo(&old), Err(ImportError::TooOld)));
    }
}
