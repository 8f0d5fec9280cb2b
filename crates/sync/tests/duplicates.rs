//! Offers that may be the same: found, decided, and what imports make of it, the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Uuid;
use domain::accounts::Actor;
use domain::accounts::may::ReviewDuplicates;
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::{ChangeAction, DuplicateDecision, DuplicatePair, DuplicateReason, DuplicateState};
use persistence::access::allow;
use persistence::{Error as StoreError, duplicates as pairs, merges};
use std::sync::Arc;
use sync::duplicates::{self, DecideError, Found, Watch};
use testkit::on_both_databases;

/// The same store with another source.
fn other(work: &Workplace, key: &str) -> Workplace {
    let source = add_source(&work.services, key);
    Workplace { services: work.services.clone(), clock: Arc::clone(&work.clock), source, actor: Actor::system() }
}

/// The offer `a` of the small catalogue as another source writes it, at its own record of the same place.
fn elsewhere(title: &str) -> String {
    [organization("o-1", "Volkshochschule e.V."), place("p-1", "Haus am Markt", "19370"), offer("z", title, "o-1", "p-1", 11)].concat()
}

fn all(work: &Workplace) -> Vec<DuplicatePair> {
    let now = testkit::NOW.parse().unwrap();
    let read = |connection: &mut persistence::AnyConnection| {
        let reviews = allow::<ReviewDuplicates>(connection, &Actor::system(), now)?;
        pairs::list(connection, &reviews, &[], None, 100)
    };
    work.store().read(read).unwrap().0
}

fn decide(work: &Workplace, pair: &DuplicatePair, decision: DuplicateDecision) -> Result<DuplicatePair, DecideError> {
    work.clock.advance(chrono::Duration::seconds(1));
    duplicates::decide(&work.services, &Actor::system(), pair.id, pair.version, decision)
}

/// Two sources with one offer in common, and the pair that was found.
fn found(database: &testkit::TestDatabase) -> (Workplace, Workplace, DuplicatePair) {
    let work = Workplace::on(database);
    work.full(&small_catalogue());
    let portal = other(&work, "kursportal");
    portal.full(&elsewhere("Deutsch – A1"));
    assert_eq!(duplicates::scan(&work.services).unwrap(), Found { offers: 4, new: 1, gone: 0 });
    let pair = all(&work).remove(0);
    (work, portal, pair)
}

on_both_databases! {
    fn the_same_offer_of_two_sources_is_found_once(database) {
        let (work, portal, pair) = found(database);
        let ids = [work.record(RecordKind::Offer, "a").id, portal.record(RecordKind::Offer, "z").id];
        assert_eq!((pair.first, pair.second, pair.state), (ids[0].min(ids[1]), ids[0].max(ids[1]), DuplicateState::Open));
        use DuplicateReason::{SameDates, SameOrganization, SamePlace, SameTitle};
        assert_eq!((pair.score, pair.reasons.as_slice()), (95, &[SameTitle, SameOrganization, SamePlace, SameDates][..]));
        assert_eq!(duplicates::scan(&work.services).unwrap(), Found { offers: 4, new: 0, gone: 0 });
        assert_eq!(all(&work), [pair]);
    }

    fn what_differs_is_not_found(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let portal = other(&work, "kursportal");
        for title in ["Deutsch A2", "Englisch A1", "Yoga"] {
            portal.full(&elsewhere(title));
            assert_eq!(duplicates::scan(&work.services).unwrap().new, 0, "{title}");
        }
        portal.full(&elsewhere("Deutsch A1").replace("2027-01-11", "2027-02-11"));
        assert_eq!(duplicates::scan(&work.services).unwrap().new, 0, "other days");
        portal.full(&elsewhere("Deutsch A1").replace("e.V.", "Rostock").replace("Haus am Markt", "Rathaus").replace("19370", "18055"));
        assert_eq!(duplicates::scan(&work.services).unwrap().new, 0, "elsewhere");
    }

    fn what_is_new_is_compared_and_what_is_not_alike_any_more_is_forgotten(database) {
        let work = Workplace::on(database);
        work.full(&small_catalogue());
        let portal = other(&work, "kursportal");
        let (mut watch, first) = Watch::begin(&work.services).unwrap();
        assert_eq!(first, Found { offers: 3, new: 0, gone: 0 });
        portal.full(&elsewhere("Deutsch A1"));
        assert_eq!(watch.go_on(&work.services).unwrap().new, 1);
        assert_eq!(watch.go_on(&work.services).unwrap(), Found::default());
        portal.full(&elsewhere("Polnisch A1"));
        assert_eq!(watch.go_on(&work.services).unwrap().gone, 1);
        portal.full(&elsewhere("Deutsch A1"));
        assert_eq!(watch.go_on(&work.services).unwrap().new, 1);
        portal.delta(&delete("offer", "z"));
        assert_eq!(watch.go_on(&work.services).unwrap().gone, 1);
        assert!(all(&work).is_empty());
    }

    fn a_source_knows_its_own_offers(database) {
        let work = Workplace::on(database);
        let twice = [small_catalogue(), offer("a-2", "Deutsch A1", "vhs", "haus", 11)].concat();
        work.full(&twice);
        assert_eq!(duplicates::scan(&work.services).unwrap().new, 1, "the same in everything");
        let parallel = twice.lines().map(|line| match line.contains(r#""a-2""#) || line.contains(r#""externalId":"a""#) {
            true => line.replacen(r#""kind":"course""#, &format!(r#""kind":"course","courseCode":"{}""#, if line.contains("a-2") { "102" } else { "101" }), 1),
            false => line.to_owned(),
        });
        work.full(&parallel.collect::<Vec<_>>().join("\n"));
        assert_eq!(duplicates::scan(&work.services).unwrap(), Found { offers: 4, new: 0, gone: 1 }, "courses with numbers of their own");
    }

    fn a_merge_shows_one_and_is_undone_completely(database) {
        let (work, portal, pair) = found(database);
        let (kept, hidden) = (work.record(RecordKind::Offer, "a"), portal.record(RecordKind::Offer, "z"));
        let seq = work.last_seq();
        assert!(matches!(decide(&work, &pair, DuplicateDecision::Merge(Uuid::from_u128(7))), Err(DecideError::NotOfThePair)));
        let merged = decide(&work, &pair, DuplicateDecision::Merge(kept.id)).unwrap();
        assert_eq!((merged.state, merged.kept, merged.hidden(), merged.version), (DuplicateState::Merged, Some(kept.id), Some(hidden.id), 2));
        assert_eq!(work.actions_after(seq), [(RecordKind::Offer, ChangeAction::Withdrawn)]);
        assert_eq!(work.store().read(|c| merges::target(c, hidden.id)).unwrap(), Some(kept.id));
        assert_eq!(portal.record(RecordKind::Offer, "z").state, PublicationState::Withdrawn);
        // Its feed goes on to update it, unseen.
        portal.full(&elsewhere("Deutsch A1 am Montag"));
        portal.full(&elsewhere("Deutsch A1 am Dienstag"));
        assert_eq!(portal.record(RecordKind::Offer, "z").state, PublicationState::Withdrawn);
        assert_eq!(duplicates::scan(&work.services).unwrap().new, 0, "a pair that was decided does not come back");
        assert!(matches!(decide(&work, &merged, DuplicateDecision::Link), Err(DecideError::Store(StoreError::AlreadyDecided))));
        assert!(matches!(decide(&work, &pair, DuplicateDecision::Reopen), Err(DecideError::Store(StoreError::Conflict(2)))));
        let open = decide(&work, &merged, DuplicateDecision::Reopen).unwrap();
        assert_eq!((open.state, open.kept, open.decided_at, open.version), (DuplicateState::Open, None, None, 3));
        let again = portal.record(RecordKind::Offer, "z");
        assert_eq!((again.state, portal.offer("z").title.as_str()), (PublicationState::Published, "Deutsch A1 am Dienstag"));
        assert_eq!(portal.offer("z").meta.version, again.version);
        assert_eq!(work.store().read(|c| merges::target(c, hidden.id)).unwrap(), None);
        assert_eq!(work.record(RecordKind::Offer, "a").version, 1, "the one that was kept is as it was");
        assert!(matches!(decide(&work, &open, DuplicateDecision::Reopen), Err(DecideError::Undecided)));
    }

    fn when_the_kept_one_goes_the_hidden_one_is_shown_again(database) {
        let (work, portal, pair) = found(database);
        let (mut watch, _) = Watch::begin(&work.services).unwrap();
        decide(&work, &pair, DuplicateDecision::Merge(work.record(RecordKind::Offer, "a").id)).unwrap();
        watch.go_on(&work.services).unwrap();
        work.delta(&delete("offer", "a"));
        watch.go_on(&work.services).unwrap();
        assert_eq!(portal.record(RecordKind::Offer, "z").state, PublicationState::Published);
        assert!(all(&work).is_empty(), "and there is nothing to compare it with");
    }

    fn linked_offers_both_get_another_version(database) {
        let (work, portal, pair) = found(database);
        let (one, two) = (work.record(RecordKind::Offer, "a").id, portal.record(RecordKind::Offer, "z").id);
        let seq = work.last_seq();
        let linked = decide(&work, &pair, DuplicateDecision::Link).unwrap();
        assert_eq!(work.actions_after(seq), [(RecordKind::Offer, ChangeAction::Changed), (RecordKind::Offer, ChangeAction::Changed)]);
        assert_eq!((work.offer("a").meta.version, portal.offer("z").meta.version), (2, 2));
        assert_eq!(work.store().read(|c| Ok((pairs::linked_to(c, one)?, pairs::linked_to(c, two)?))).unwrap(), (vec![two], vec![one]));
        work.full(&small_catalogue());
        assert_eq!(work.record(RecordKind::Offer, "a").version, 2, "the same file is still the same");
        let open = decide(&work, &linked, DuplicateDecision::Reopen).unwrap();
        assert_eq!((open.state, work.offer("a").meta.version), (DuplicateState::Open, 3));
        assert!(work.store().read(|c| pairs::linked_to(c, one)).unwrap().is_empty());
        let apart = decide(&work, &open, DuplicateDecision::Apart).unwrap();
        assert_eq!((apart.state, duplicates::scan(&work.services).unwrap().new), (DuplicateState::Apart, 0));
        assert_eq!(all(&work), [apart]);
        portal.delta(&delete("offer", "z"));
        assert_eq!(all(&work).len(), 1, "the decision is remembered");
    }
}
