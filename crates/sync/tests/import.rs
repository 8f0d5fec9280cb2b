//! Imports, from outside: what a file does to the records, the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Uuid;
use domain::accounts::may::RunImports;
use domain::catalogue::{Organization, PublicationState, RecordKind};
use domain::partners::{ChangeAction, Handing, ImportCounts, ImportFormat, ImportMode, ImportState};
use persistence::{AnyConnection, imports, records, runs};
use sync::import::{self, ImportError, Once};
use testkit::on_both_databases;

fn counts(created: u64, changed: u64, unchanged: u64, withdrawn: u64, rejected: u64) -> ImportCounts {
    ImportCounts { created, changed, unchanged, withdrawn, rejected }
}

/// Input at whose end the source is revoked.
struct Ending<'a> {
    rest: &'a [u8],
    store: persistence::Store,
}

impl std::io::Read for Ending<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            self.store.write(|tx| testkit::revoke_source(tx, "vhs")).unwrap();
        }
        self.rest.read(buffer)
    }
}

on_both_databases! {
    fn what_is_new_is_published_in_order(database) {
        let work = Workplace::on(database);
        let import = work.delta(&small_catalogue());
        assert_eq!((import.state, import.counts, import.problem_count), (ImportState::Succeeded, counts(5, 0, 0, 0, 0), 0));
        let log = work.changes_after(0);
        assert!(log.windows(2).all(|pair| pair[0].seq < pair[1].seq));
        assert_eq!(log.iter().map(|c| c.kind).collect::<Vec<_>>(), [RecordKind::Organization, RecordKind::Place, RecordKind::Offer, RecordKind::Offer, RecordKind::Offer]);
        assert!(log.iter().all(|c| c.action == ChangeAction::Created && c.version == 1));
        let offer = work.offer("a");
        assert_eq!((offer.organization.name.as_str(), offer.meta.slug.as_str()), ("Volkshochschule", "deutsch-a1"));
        assert_eq!(offer.runs[0].place.as_ref().unwrap().ags.as_deref(), Some("13076108"));
        let stored = work.record(RecordKind::Offer, "a");
        assert_eq!((stored.id, stored.organization_id, stored.version), (offer.meta.id, Some(offer.organization.id), 1));
        assert_eq!(work.store().read(|c| records::payload(c, stored.id)).unwrap(), common::offer("a", "Deutsch A1", "vhs", "haus", 11).trim_end().as_bytes());
        assert_eq!(work.store().read(|c| records::addresses(c, RecordKind::Offer, None, 10)).unwrap().len(), 3);
    }

    fn unchanged_writes_nothing(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let (seq, before) = (work.last_seq(), work.record(RecordKind::Offer, "a"));
        let import = work.full(&small_catalogue());
        assert_eq!(import.counts, counts(0, 0, 5, 0, 0));
        assert_eq!(work.last_seq(), seq);
        let after = work.record(RecordKind::Offer, "a");
        assert_eq!((after.version, after.updated_at, &after.document), (before.version, before.updated_at, &before.document));
        assert!(after.source_confirmed_at > before.source_confirmed_at, "yet the full import confirms it");
        let delta = work.delta(&small_catalogue());
        assert_eq!(delta.counts, counts(0, 0, 5, 0, 0));
        assert_eq!(work.record(RecordKind::Offer, "a").source_confirmed_at, after.source_confirmed_at, "a delta confirms nothing else");
    }

    fn what_changed_keeps_its_identity(database) {
        let work = Workplace::on(database);
        work.delta(&small_catalogue());
        let (seq, before) = (work.last_seq(), work.offer("a"));
        let import = work.delta(&offer("a", "Deutsch A1 am Abend", "vhs", "haus", 20));
        assert_eq!(import.counts, counts(0, 1, 0, 0, 0));
        assert_eq!(work.actions_after(seq), [(RecordKind::Offer, ChangeAction::Changed)]);
        let after = work.offer("a");
        assert_eq!((after.meta.id, after.meta.version, after.meta.created_at), (before.meta.id, 2, before.meta.created_at));
        assert_eq!((after.runs[0].id, after.runs.len()), (before.runs[0].id, 1), "the run has the same external id");
        assert!(after.meta.updated_at > before.meta.updated_at);
    }

    fn a_full_import_withdraws_and_brings_back(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let (seq, before) = (work.last_seq(), work.record(RecordKind::Offer, "c"));
        let shorter: String = small_catalogue().lines().filter(|line| !line.contains("Aquarell")).map(|line| format!("{line}\n")).collect();
        assert_eq!(work.delta(&shorter).counts, counts(0, 0, 4, 0, 0), "a delta says nothing about what it does not contain");
        assert_eq!(work.full(&shorter).counts, counts(0, 0, 4, 1, 0));
        let gone = work.record(RecordKind::Offer, "c");
        assert_eq!((gone.state, gone.version), (PublicationState::Withdrawn, 2));
        let tombstone = &work.changes_after(seq)[0];
        assert_eq!((tombstone.action, tombstone.record_id, tombstone.version), (ChangeAction::Withdrawn, before.id, 2));
        assert_eq!(work.full(&shorter).counts, counts(0, 0, 4, 0, 0), "it is withdrawn only once");
        let import = work.full(&small_catalogue());
        assert_eq!(import.counts, counts(0, 1, 4, 0, 0));
        let back = work.record(RecordKind::Offer, "c");
        assert_eq!((back.id, back.state, back.version), (before.id, PublicationState::Published, 3));
    }

    fn a_file_can_withdraw_by_name(database) {
        let work = Workplace::on(database);
        work.delta(&small_catalogue());
        let seq = work.last_seq();
        let import = work.delta(&[delete("offer", "a"), delete("offer", "never-seen"), delete("organization", "vhs")].concat());
        assert_eq!(import.counts, counts(0, 0, 1, 1, 1));
        assert_eq!(work.codes(&import), ["record-unknown", "still-shown"]);
        assert_eq!(work.actions_after(seq), [(RecordKind::Offer, ChangeAction::Withdrawn)]);
        let rest = work.delta(&[delete("organization", "vhs"), delete("place", "haus"), delete("offer", "b"), delete("offer", "c")].concat());
        assert_eq!(rest.counts, counts(0, 0, 0, 4, 0), "the order within the file does not matter");
        assert_eq!(work.delta(&delete("offer", "a")).counts, counts(0, 0, 1, 0, 0));
    }

    fn an_organization_that_is_still_shown_stays(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let offers: String = small_catalogue().lines().skip(2).map(|line| format!("{line}\n")).collect();
        let import = work.full(&offers);
        assert_eq!(import.counts, counts(0, 0, 3, 0, 0));
        assert_eq!(work.codes(&import), ["still-shown", "still-shown"]);
        assert_eq!(work.record(RecordKind::Organization, "vhs").state, PublicationState::Published);
    }

    fn a_broken_record_harms_no_other(database) {
        let work = Workplace::on(database);
        let file = [
            organization("vhs", "Volkshochschule"),
            place("haus", "Haus", "19370"),
            offer("good", "Gut", "vhs", "haus", 11),
            offer("bad", "Schlecht", "nobody", "haus", 12),
            offer("good", "Noch einmal", "vhs", "haus", 11),
            r#"{"type":"offer","externalId":"worse","title":""}"#.to_owned() + "\n",
            offer("also-good", "Auch gut", "vhs", "haus", 13),
        ]
        .concat();
        let import = work.delta(&file);
        assert_eq!((import.state, import.counts), (ImportState::Succeeded, counts(4, 0, 0, 0, 3)));
        let problems = work.problems(&import);
        assert!(import.problem_count >= 3 && problems.len() as u64 == import.problem_count);
        let of = |line| problems.iter().filter(|p| p.line == Some(line)).collect::<Vec<_>>();
        assert_eq!((of(4)[0].problem.code.as_str(), of(4)[0].record_id.as_deref()), ("reference-unknown", Some("bad")));
        assert_eq!(of(5).len(), 1, "the second record with an id is refused");
        assert!(!of(6).is_empty());
        assert_eq!(work.offer("good").title.as_str(), "Gut");
    }

    fn a_record_that_became_broken_keeps_its_last_good_state(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let broken = small_catalogue().replace("\"title\":\"Deutsch A1\"", "\"title\":\"\"");
        let import = work.full(&broken);
        assert_eq!(import.counts, counts(0, 0, 4, 0, 1));
        assert_eq!(work.offer("a").title.as_str(), "Deutsch A1");
        let nameless: String = small_catalogue().replace("\"externalId\":\"a\",", "");
        let import = work.full(&nameless);
        assert_eq!(import.counts, counts(0, 0, 4, 0, 1), "nothing is withdrawn while it cannot be told what is missing");
        assert!(work.codes(&import).contains(&"withdrawal-skipped".to_owned()));
    }

    fn a_broken_file_changes_nothing(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let seq = work.last_seq();
        let mut file: String = (0..500).map(|i| offer(&format!("new-{i}"), "Neu", "vhs", "haus", 14)).collect();
        file.push_str(r#"{"type":"offer","externalId":"cut"#);
        let import = work.full(&file);
        assert_eq!(import.state, ImportState::Failed);
        assert!(import.failure.is_some() && import.finished_at.is_some());
        assert_eq!(import.counts, counts(0, 0, 0, 0, 0));
        assert_eq!((work.last_seq(), work.count(RecordKind::Offer)), (seq, 3));
        let empty = work.full("");
        assert_eq!(empty.state, ImportState::AwaitingConfirmation, "an empty file is not an empty catalogue");
        assert_eq!(work.delta("").state, ImportState::Failed);
        assert_eq!(work.count(RecordKind::Offer), 3);
        assert_eq!(work.imports().len(), 4);
    }

    fn the_order_of_the_file_does_not_matter(database) {
        let work = Workplace::on(database);
        let reversed: String = small_catalogue().lines().rev().map(|line| format!("{line}\n")).collect();
        assert_eq!(work.delta(&reversed).counts, counts(5, 0, 0, 0, 0));
        assert_eq!(work.offer("a").organization.name, "Volkshochschule");
        assert_eq!(work.full(&small_catalogue()).counts, counts(0, 0, 5, 0, 0));
    }

    fn offers_follow_their_organization_and_place(database) {
        let work = Workplace::on(database);
        work.delta(&small_catalogue());
        work.delta(&[organization("other", "Musikschule"), offer("d", "Klavier", "other", "haus", 15)].concat());
        let seq = work.last_seq();
        let import = work.delta(&organization("vhs", "Kreisvolkshochschule"));
        assert_eq!(import.counts, counts(0, 1, 0, 0, 0));
        for id in ["a", "b", "c"] {
            let offer = work.offer(id);
            assert_eq!((offer.organization.name.as_str(), offer.meta.version), ("Kreisvolkshochschule", 2));
            assert_eq!(work.record(RecordKind::Offer, id).version, 2);
        }
        assert_eq!(work.offer("d").meta.version, 1, "an offer of somebody else does not change");
        assert_eq!(work.changes_after(seq).len(), 4);
        let seq = work.last_seq();
        work.delta(&place("haus", "Haus am Markt", "19288"));
        let offer = work.offer("d");
        assert_eq!(offer.runs[0].place.as_ref().unwrap().address.postal_code.as_deref(), Some("19288"));
        assert_eq!(work.changes_after(seq).len(), 5);
        let silent = organization("vhs", "Kreisvolkshochschule").replace("\"kind\"", "\"url\":\"https://vhs.example\",\"kind\"");
        let seq = work.last_seq();
        work.delta(&silent);
        assert_eq!(work.actions_after(seq), [(RecordKind::Organization, ChangeAction::Changed)], "what offers do not show does not touch them");
    }

    fn an_offer_read_before_its_renamed_organization_still_follows(database) {
        let work = Workplace::on(database);
        work.delta(&small_catalogue());
        let many: String = (0..300).map(|i| offer(&format!("x{i}"), "Kurs", "vhs", "haus", 16)).collect();
        work.delta(&[many, organization("vhs", "Neuer Name")].concat());
        assert_eq!(work.offer("x0").organization.name, "Neuer Name");
        assert_eq!(work.offer("x299").organization.name, "Neuer Name");
        let before: Organization = serde_json::from_str(&work.record(RecordKind::Organization, "vhs").document).unwrap();
        assert_eq!(before.meta.version, 2);
    }

    fn the_calendar_follows(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let span = |from: &str, until: &str| runs::RunFilter { from: from.parse().unwrap(), until: until.parse().unwrap(), ..runs::RunFilter::default() };
        let january = span("2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
        let page = |filter: &runs::RunFilter, after, limit| work.store().read(|c| runs::between(c, filter, after, limit)).unwrap();
        let all = page(&january, None, 10);
        assert_eq!(all.len(), 3);
        assert!(all.windows(2).all(|pair| pair[0].starts_at < pair[1].starts_at));
        let rest = page(&january, Some((all[0].starts_at, all[0].id)), 10);
        assert_eq!(rest, all[1..]);
        assert_eq!(page(&span("2027-01-12T18:00:00Z", "2027-01-13T00:00:00Z"), None, 10).len(), 1, "a run that has begun touches the span");
        assert_eq!(page(&span("2027-01-12T19:00:00Z", "2027-01-13T00:00:00Z"), None, 10).len(), 0);
        let in_parchim = runs::RunFilter { ags: vec!["13076108".into()], ..january.clone() };
        assert_eq!((page(&in_parchim, None, 10).len(), work.store().read(|c| runs::count(c, &in_parchim)).unwrap()), (3, 3));
        let elsewhere = runs::RunFilter { ags: vec!["13076090".into()], ..january.clone() };
        assert_eq!(page(&elsewhere, None, 10).len(), 0);
        let of_nobody = runs::RunFilter { organizations: vec![Uuid::max()], ..january.clone() };
        assert_eq!(page(&of_nobody, None, 10).len(), 0);
        work.delta(&[delete("offer", "a"), offer("b", "Deutsch A2", "vhs", "haus", 25)].concat());
        assert_eq!(page(&january, None, 10).len(), 2);
        assert_eq!(page(&january, None, 10)[1].starts_at.to_rfc3339(), "2027-01-25T17:00:00+00:00");
    }

    fn parallel_groups_keep_ids_of_their_own(database) {
        let work = Workplace::on(database);
        work.delta(&small_catalogue());
        let start = r#"{"start":"2027-03-01T08:00:00Z"}"#;
        let groups = |title: &str| offer("g", title, "vhs", "haus", 11).replace("\"runs\":[", &format!("\"runs\":[{start},{start},"));
        work.delta(&groups("Zwei Gruppen"));
        let ids = |offer: &domain::catalogue::Offer| offer.runs.iter().map(|run| run.id).collect::<std::collections::BTreeSet<_>>();
        let before = ids(&work.offer("g"));
        assert_eq!(before.len(), 3);
        assert_eq!(work.delta(&groups("Immer noch zwei Gruppen")).counts, counts(0, 1, 0, 0, 0));
        assert_eq!(ids(&work.offer("g")), before);
    }

    fn problems_are_counted_all_and_kept_in_part(database) {
        let work = Workplace::on(database);
        let file: String = (0..10_500).map(|i| format!("{{\"type\":\"offer\",\"externalId\":\"{i}\"}}\n")).collect();
        let import = work.delta(&file);
        assert_eq!((import.state, import.counts.rejected), (ImportState::Succeeded, 10_500));
        assert!(import.problem_count >= 10_500);
        let read = |c: &mut AnyConnection| {
            let source = testkit::own(c, "vhs")?;
            Ok((imports::problems_kept(c, &source, import.id)?, imports::problems(c, &source, import.id, 99, 10)?))
        };
        let (kept, page) = work.store().read(read).unwrap();
        assert_eq!(kept, 10_000);
        assert_eq!(page.iter().map(|(ordinal, _)| *ordinal).collect::<Vec<_>>(), (100..110).collect::<Vec<i64>>());
    }

    fn one_import_of_a_source_at_a_time(database) {
        let work = Workplace::on(database);
        let elsewhere = Workplace::with(database.store(), 2);
        let claim = work.store().claim("import-vhs").unwrap().unwrap();
        assert!(matches!(elsewhere.try_import(ImportMode::Delta, &small_catalogue()), Err(ImportError::InProgress)));
        drop(claim);
        assert_eq!(elsewhere.delta(&small_catalogue()).state, ImportState::Succeeded);
    }

    fn a_revoked_source_hands_in_nothing(database) {
        let work = Workplace::on(database);
        work.store().write(|tx| testkit::revoke_source(tx, "vhs")).unwrap();
        assert!(matches!(work.try_import(ImportMode::Delta, &small_catalogue()), Err(ImportError::Revoked)));
    }

    fn whoever_may_not_imports_nothing(database) {
        let mut work = Workplace::on(database);
        work.actor = domain::accounts::Actor::anonymous(domain::accounts::Origin::default());
        let refused = work.try_import(ImportMode::Delta, &small_catalogue());
        assert!(matches!(refused, Err(ImportError::Store(persistence::Error::Denied(_)))), "{refused:?}");
        assert!(work.imports().is_empty(), "not even an attempt is noted");
    }

    fn a_source_that_is_revoked_meanwhile_takes_nothing(database) {
        let work = Workplace::on(database);
        let catalogue = small_catalogue();
        let mut input = Ending { rest: catalogue.as_bytes(), store: work.store().clone() };
        let mut input = Once(std::io::BufReader::with_capacity(64, &mut input));
        let run = import::run(&work.services, &work.actor, "vhs", &Handing::new(ImportFormat::Ndjson, ImportMode::Delta), &mut input, &mut |_| {});
        assert!(matches!(run, Err(ImportError::Revoked)), "{run:?}");
        assert_eq!(work.count(RecordKind::Offer), 0);
        assert_eq!(work.imports()[0].state, ImportState::Failed);
    }

    fn sources_do_not_touch_each_other(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let source = add_source(&work.services, "other");
        let other = Workplace { source, services: work.services.clone(), clock: work.clock.clone(), actor: work.actor.clone() };
        assert_eq!(other.full(&small_catalogue()).counts, counts(5, 0, 0, 0, 0));
        let import = other.full(&[organization("vhs", "Andere"), offer("z", "Neu", "vhs", "haus", 11)].concat());
        assert_eq!(import.counts, counts(1, 1, 0, 3, 0), "haus stays while z shows it");
        assert_eq!(work.offer("a").organization.name, "Volkshochschule");
        assert_eq!(work.full(&small_catalogue()).counts, counts(0, 0, 5, 0, 0));
    }

    fn a_stale_import_is_marked_failed(database) {
        let work = Workplace::on(database);
        let id = Uuid::from_u128(7);
        let at = testkit::NOW.parse().unwrap();
        let begin = move |tx: &mut AnyConnection| {
            let source = testkit::own::<RunImports>(tx, "vhs")?;
            imports::start(tx, &source, &imports::NewImport::new(id, ImportFormat::Ndjson, ImportMode::Delta, at))
        };
        work.store().write(begin).unwrap();
        let claim = work.store().claim("import-vhs").unwrap();
        assert_eq!(import::recover(work.store(), &*work.clock).unwrap(), 0, "it may be running elsewhere");
        drop(claim);
        assert_eq!(import::recover(work.store(), &*work.clock).unwrap(), 1);
        let import = work.imports().into_iter().find(|import| import.id == id).unwrap();
        assert_eq!((import.state, import.failure.unwrap().code.as_str()), (ImportState::Failed, "import-interrupted"));
    }
}
