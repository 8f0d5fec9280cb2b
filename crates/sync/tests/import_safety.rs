//! Imports that ask first, are only tried, or come twice: the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::*;
use domain::catalogue::RecordKind;
use domain::partners::{ChangeAction, FilePurpose, Handing, HoldReason, ImportCounts, ImportDecision, ImportFormat, ImportMode, ImportState};
use persistence::{Error, files};
use std::io::{BufReader, Read};
use sync::import::{self, ImportError, Once};
use testkit::on_both_databases;

fn counts(created: u64, changed: u64, unchanged: u64, withdrawn: u64, rejected: u64) -> ImportCounts {
    ImportCounts { created, changed, unchanged, withdrawn, rejected }
}

/// One organisation, one place and so many offers.
fn catalogue(offers: usize) -> String {
    let offers: String = (0..offers).map(|i| offer(&format!("k{i}"), &format!("Kurs {i}"), "vhs", "haus", 14)).collect();
    [organization("vhs", "Volkshochschule"), place("haus", "Haus am Markt", "19370"), offers].concat()
}

fn held_files(work: &Workplace) -> usize {
    work.store().read(|c| files::list(c, FilePurpose::Held)).unwrap().len()
}

/// A line that goes dead.
struct Dying<'a>(&'a [u8]);

impl Read for Dying<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.0.is_empty() {
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        self.0.read(buffer)
    }
}

on_both_databases! {
    fn a_feed_that_shrinks_withdraws_nothing_until_somebody_says_so(database) {
        let work = Workplace::on(database);
        work.full(&catalogue(30));
        let (seq, dump) = (work.last_seq(), work.dump());
        let held = work.full(&catalogue(20).replace("Kurs 3", "Kurs drei"));
        assert_eq!((held.state, held.counts), (ImportState::AwaitingConfirmation, counts(0, 1, 21, 10, 0)));
        let asked = held.confirmation.unwrap();
        assert_eq!((asked.reason, asked.withdrawals, asked.published), (HoldReason::Shrinks, 10, 32));
        assert_eq!((work.last_seq(), work.dump(), held_files(&work)), (seq, dump, 1), "nothing has happened");
        assert_eq!(work.touched(&held).len(), 11, "but what would is told");
        let confirmed = work.decide(&held, ImportDecision::Confirm).unwrap();
        assert_eq!((confirmed.id, confirmed.state, confirmed.counts), (held.id, ImportState::Succeeded, counts(0, 1, 21, 10, 0)));
        assert_eq!((work.count(RecordKind::Offer), work.offer("k3").title.as_str(), held_files(&work)), (20, "Kurs drei", 0));
        assert_eq!(work.touched(&confirmed).iter().filter(|(action, _)| *action == ChangeAction::Withdrawn).count(), 10);
        let again = work.decide(&held, ImportDecision::Confirm);
        assert!(matches!(again, Err(ImportError::Store(Error::AlreadyDecided))), "{again:?}");
    }

    fn few_records_may_go_without_a_question(database) {
        let work = Workplace::on(database);
        work.full(&catalogue(30));
        assert_eq!(work.full(&catalogue(25)).counts, counts(0, 0, 27, 5, 0), "five");
        let big = Workplace { source: add_source(&work.services, "big"), services: work.services.clone(), clock: work.clock.clone(), actor: work.actor.clone() };
        big.full(&catalogue(60));
        assert_eq!(big.full(&catalogue(48)).counts, counts(0, 0, 50, 12, 0), "less than a fifth");
        assert_eq!(big.full(&catalogue(36)).state, ImportState::AwaitingConfirmation);
    }

    fn an_empty_feed_is_a_question_and_not_an_answer(database) {
        let work = Workplace::on(database);
        assert_eq!(work.full("").state, ImportState::Failed, "there is nothing to lose");
        work.full(&small_catalogue());
        let held = work.full("");
        assert_eq!((held.state, held.confirmation.unwrap().reason), (ImportState::AwaitingConfirmation, HoldReason::Empty));
        assert_eq!(work.count(RecordKind::Offer), 3);
        let confirmed = work.decide(&held, ImportDecision::Confirm).unwrap();
        assert_eq!((confirmed.state, confirmed.counts), (ImportState::Succeeded, counts(0, 0, 0, 5, 0)));
    }

    fn what_is_discarded_never_happened(database) {
        let work = Workplace::on(database);
        work.full(&catalogue(30));
        let dump = work.dump();
        let held = work.full(&catalogue(3));
        let discarded = work.decide(&held, ImportDecision::Discard).unwrap();
        assert_eq!((discarded.state, held_files(&work), work.dump()), (ImportState::Discarded, 0, dump));
        let late = work.decide(&held, ImportDecision::Confirm);
        assert!(matches!(late, Err(ImportError::Store(Error::AlreadyDecided))), "{late:?}");
        let other = add_source(&work.services, "other");
        let foreign = import::decide(&work.services, &work.actor, &other.key, held.id, ImportDecision::Discard, &mut |_| {});
        assert!(matches!(foreign, Err(ImportError::Store(Error::NotFound))), "{foreign:?}");
    }

    fn a_later_import_takes_the_place_of_one_that_waits(database) {
        let work = Workplace::on(database);
        work.full(&catalogue(30));
        let first = work.full(&catalogue(3));
        let state = |id| work.imports().into_iter().find(|import| import.id == id).unwrap().state;
        work.dry(ImportMode::Full, &catalogue(31));
        assert_eq!(state(first.id), ImportState::AwaitingConfirmation, "a dry run changes nothing here, either");
        let second = work.full(&catalogue(2));
        assert_eq!((state(first.id), state(second.id), held_files(&work)), (ImportState::Discarded, ImportState::AwaitingConfirmation, 1));
        work.full(&catalogue(31));
        assert_eq!((state(second.id), held_files(&work)), (ImportState::Discarded, 0));
    }

    fn nobody_decides_for_two_weeks(database) {
        let work = Workplace::on(database);
        work.full(&catalogue(30));
        let held = work.full(&catalogue(3));
        work.clock.advance(Duration::days(13));
        import::recover(work.store(), &*work.clock).unwrap();
        assert_eq!((work.imports()[0].state, held_files(&work)), (ImportState::AwaitingConfirmation, 1));
        work.clock.advance(Duration::days(2));
        import::recover(work.store(), &*work.clock).unwrap();
        assert_eq!((work.imports()[0].id, work.imports()[0].state, held_files(&work)), (held.id, ImportState::Discarded, 0));
    }

    fn a_dry_run_says_exactly_what_would_happen(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let file = [
            organization("vhs", "Kreisvolkshochschule"),
            place("haus", "Haus am Markt", "19370"),
            offer("a", "Deutsch A1 am Abend", "vhs", "haus", 11),
            offer("b", "Deutsch A2", "vhs", "haus", 12),
            offer("new", "Neu", "vhs", "haus", 13),
            offer("lost", "Ohne Haus", "vhs", "nowhere", 13),
        ]
        .concat();
        let (seq, dump, confirmed_at) = (work.last_seq(), work.dump(), work.record(RecordKind::Offer, "a").source_confirmed_at);
        let tried = work.dry(ImportMode::Full, &file);
        assert!(tried.dry_run && tried.state == ImportState::Succeeded && tried.confirmation.is_none(), "{tried:?}");
        assert_eq!((work.last_seq(), work.dump()), (seq, dump));
        assert_eq!(work.record(RecordKind::Offer, "a").source_confirmed_at, confirmed_at);
        let real = work.full(&file);
        assert_eq!((tried.counts, tried.problem_count), (real.counts, real.problem_count));
        assert_eq!(real.counts, counts(1, 2, 2, 1, 1));
        assert_eq!(work.problems(&tried), work.problems(&real));
        assert_eq!(work.touched(&tried), work.touched(&real));
        assert_eq!(work.touched(&real).iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), ["new", "a", "vhs", "c"]);
        let shrinking = work.dry(ImportMode::Full, "");
        assert_eq!(shrinking.confirmation.map(|asked| (asked.reason, asked.withdrawals)), Some((HoldReason::Empty, 5)), "also that it would be asked");
        assert_eq!((shrinking.state, held_files(&work)), (ImportState::Succeeded, 0));
    }

    fn other_words_for_the_same_are_no_news(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let (seq, before) = (work.last_seq(), work.record(RecordKind::Offer, "a"));
        let reworded = small_catalogue().replace(r#""type":"offer","externalId":"a","#, r#""externalId":"a", "type":"offer","#).replace("{\"type\":\"org", "{ \"type\":\"org");
        assert_eq!(work.full(&reworded).counts, counts(0, 0, 5, 0, 0));
        let after = work.record(RecordKind::Offer, "a");
        assert_eq!((work.last_seq(), after.version, after.updated_at, after.document), (seq, before.version, before.updated_at, before.document));
        let handed_in = work.store().read(|c| persistence::imports::handed_in(c, before.id)).unwrap();
        assert!(handed_in.payload.starts_with(b"{\"externalId\""), "what was handed in last is kept");
        assert_eq!(handed_in.format, ImportFormat::Ndjson);
    }

    fn a_feed_that_dies_changes_nothing(database) {
        let work = Workplace::on(database);
        work.full(&catalogue(30));
        let (seq, dump) = (work.last_seq(), work.dump());
        let file = catalogue(700).replace("Kurs", "Neuer Kurs");
        for length in [file.len() / 2, file.len() - 1, 0] {
            let mut input = Once(BufReader::with_capacity(4096, Dying(&file.as_bytes()[..length])));
            let handing = Handing { confirmed: true, ..Handing::new(ImportFormat::Ndjson, ImportMode::Full) };
            let import = import::run(&work.services, &work.actor, "vhs", &handing, &mut input, &mut |_| {}).unwrap();
            assert_eq!((import.state, import.counts), (ImportState::Failed, counts(0, 0, 0, 0, 0)), "{length}");
            assert_eq!((work.last_seq(), work.dump()), (seq, dump.clone()));
        }
    }

    fn three_workers_with_one_file_apply_it_once(database) {
        let work = Workplace::on(database);
        let file = catalogue(300);
        let imports: Vec<_> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..3)
                .map(|seed| {
                    let (file, elsewhere) = (&file, Workplace::with(database.store(), 10 + seed));
                    scope.spawn(move || loop {
                        match elsewhere.try_import(ImportMode::Full, file) {
                            Err(ImportError::InProgress) => std::thread::sleep(std::time::Duration::from_millis(20)),
                            import => break import.unwrap(),
                        }
                    })
                })
                .collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).collect()
        });
        assert!(imports.iter().all(|import| import.state == ImportState::Succeeded));
        let mut created: Vec<u64> = imports.iter().map(|import| import.counts.created).collect();
        created.sort_unstable();
        assert_eq!((created, work.count(RecordKind::Offer)), (vec![0, 0, 302], 300));
        assert_eq!(work.last_seq(), 302, "one entry for each record");
    }

    fn a_running_import_says_how_far_it_is(database) {
        // Both databases in one process: their imports must not have the same ids.
        let work = Workplace::with(database.store(), if database.is_postgres() { 21 } else { 22 });
        let mut seen = Vec::new();
        let mut input = std::io::Cursor::new(catalogue(2500));
        let mut look = |_: &ImportCounts| {
            // Every two seconds the database is told as well, where it can be.
            work.clock.advance(Duration::seconds(3));
            let running = work.imports().remove(0);
            seen.push((running.state, import::progress(running.id), running.progress));
        };
        let handing = Handing::new(ImportFormat::Ndjson, ImportMode::Full);
        let import = import::run(&work.services, &work.actor, "vhs", &handing, &mut input, &mut look).unwrap();
        let told = if database.is_postgres() { 1000 } else { 0 };
        assert_eq!(seen, [(ImportState::Running, Some(0), Some(0)), (ImportState::Running, Some(1000), Some(told))]);
        assert_eq!((import::progress(import.id), import.progress), (None, None));
    }
}
