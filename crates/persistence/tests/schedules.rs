//! Schedules: claimed once, recorded only by whoever claimed them; troubles: told once a day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::accounts::may::{ConfigureSources, ReadSources, RunImports};
use domain::partners::{ImportCounts, ImportFormat, ImportMode, ImportState, ScheduleDraft, SourceSettings};
use domain::problem::ValueError;
use domain::text::WebUrl;
use domain::{Problem, SystemRng, Timestamp, Uuid};
use persistence::schedules::{Claimed, Outcome, Validators};
use persistence::{Error, Store, health, imports, schedules, settings, troubles};
use std::time::Duration;
use testkit::{on_both_databases, own};

fn now() -> Timestamp {
    testkit::NOW.parse().unwrap()
}

fn later(seconds: u64) -> Timestamp {
    now() + Duration::from_secs(seconds)
}

fn draft(url: &str) -> ScheduleDraft {
    ScheduleDraft {
        url: WebUrl::try_from(url.to_owned()).unwrap(),
        format: ImportFormat::Ndjson,
        mode: ImportMode::Full,
        every_minutes: 60.try_into().unwrap(),
        enabled: true,
    }
}

fn problem(code: &str) -> Problem {
    Problem::error("", ValueError::new(code, "kaputt", "broken"))
}

const ID: Uuid = Uuid::from_u128(7);

/// A store with a source that is fetched.
fn scheduled(store: &Store) {
    store.write(|tx| testkit::add_source(tx, &testkit::source(ID, "vhs"))).unwrap();
    put(store, None, &draft("https://example.org/a")).unwrap();
}

fn put(store: &Store, version: Option<i64>, draft: &ScheduleDraft) -> persistence::Result<domain::partners::Schedule> {
    let draft = draft.clone();
    store.write(move |tx| own::<ConfigureSources>(tx, "vhs").and_then(|source| schedules::put(tx, &source, version, &draft, &SystemRng, now())))
}

fn claim(store: &Store, at: Timestamp) -> Option<Claimed> {
    store.write(move |tx| schedules::claim(tx, ID, at, at + Duration::from_secs(600))).unwrap()
}

fn record(store: &Store, claimed: &Claimed, error: Option<Problem>, at: Timestamp) -> bool {
    let validators = Validators { etag: Some("\"1\"".into()), last_modified: None, content_hash: Some("abc".into()) };
    let outcome = Outcome { next_at: at + Duration::from_secs(3600), validators, new: error.is_none(), error };
    let claimed = claimed.clone();
    store.write(move |tx| schedules::record(tx, &claimed, &outcome, at)).unwrap()
}

fn shown(store: &Store) -> domain::partners::Schedule {
    store.read(|c| own::<ConfigureSources>(c, "vhs").and_then(|source| schedules::get(c, &source))).unwrap().unwrap()
}

fn due(store: &Store, at: Timestamp) -> usize {
    store.read(|c| schedules::due(c, at, 10)).unwrap().len()
}

on_both_databases! {
    fn of_many_who_claim_a_fetch_one_gets_it(database) {
        let nodes: Vec<Store> = (0..4).map(|_| database.store()).collect();
        scheduled(&nodes[0]);
        assert_eq!(due(&nodes[0], now()), 1);
        let got: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = nodes.iter().map(|store| scope.spawn(|| usize::from(claim(store, now()).is_some()))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(got, 1);
        assert_eq!(due(&nodes[0], now()), 0, "somebody has it");
        assert!(claim(&nodes[1], later(599)).is_none());
        assert!(claim(&nodes[1], later(601)).is_some(), "whoever had it is gone");
    }

    fn what_became_of_a_fetch_is_kept(database) {
        let store = database.store();
        scheduled(&store);
        let first = claim(&store, now()).unwrap();
        assert_eq!((&first.validators, first.source.key.as_str()), (&Validators::default(), "vhs"));
        assert!(record(&store, &first, None, later(1)));
        let after = shown(&store);
        assert_eq!((after.last_attempt_at, after.last_success_at, after.last_new_at), (Some(now()), Some(later(1)), Some(later(1))));
        assert_eq!((after.next_at, after.failures, after.version), (Some(later(3601)), 0, 1));
        assert!(claim(&store, later(3600)).is_none(), "not yet");

        let second = claim(&store, later(3601)).unwrap();
        assert_eq!(second.validators.etag.as_deref(), Some("\"1\""));
        assert!(record(&store, &second, Some(problem("unreachable")), later(3602)));
        let failed = shown(&store);
        assert_eq!((failed.failures, failed.last_success_at, failed.last_error.unwrap().code.as_str()), (1, Some(later(1)), "unreachable"));

        let asked = store.write(move |tx| own::<ConfigureSources>(tx, "vhs").and_then(|source| schedules::fetch_now(tx, &source, &SystemRng, later(3700)))).unwrap();
        assert_eq!(asked.next_at, Some(later(3700)));
        let third = claim(&store, later(3700)).unwrap();
        assert_eq!(third.validators, Validators::default(), "it is read whole");
        assert!(record(&store, &third, None, later(3701)));
        assert_eq!((shown(&store).failures, shown(&store).last_error), (0, None));
    }

    fn a_change_during_a_fetch_is_not_overwritten(database) {
        let store = database.store();
        scheduled(&store);
        let claimed = claim(&store, now()).unwrap();
        assert!(matches!(put(&store, None, &draft("https://example.org/b")), Err(Error::Conflict(1))));
        assert!(matches!(put(&store, Some(9), &draft("https://example.org/b")), Err(Error::Conflict(1))));
        assert_eq!(put(&store, Some(1), &draft("https://example.org/b")).unwrap().version, 2);
        assert!(!record(&store, &claimed, None, later(1)), "it was of another address");
        let after = shown(&store);
        assert_eq!((after.last_success_at, after.next_at, after.draft.url.as_str()), (None, Some(now()), "https://example.org/b"));
        let again = claim(&store, later(2)).unwrap();
        let late = claim(&store, later(700)).unwrap();
        assert!(!record(&store, &again, None, later(701)), "it took too long, another node has it");
        assert!(record(&store, &late, None, later(702)));

        let mut disabled = draft("https://example.org/b");
        disabled.enabled = false;
        assert_eq!(put(&store, Some(2), &disabled).unwrap().next_at, None);
        assert_eq!(due(&store, later(1_000_000)), 0);
        store.write(move |tx| own::<ConfigureSources>(tx, "vhs").and_then(|source| schedules::fetch_now(tx, &source, &SystemRng, later(800)))).unwrap();
        let once = claim(&store, later(800)).unwrap();
        assert!(record(&store, &once, None, later(801)));
        assert_eq!(shown(&store).next_at, None, "only because somebody asked");

        let remove = |version| store.write(move |tx| own::<ConfigureSources>(tx, "vhs").and_then(|source| schedules::remove(tx, &source, version, &SystemRng, now())));
        assert!(matches!(remove(1), Err(Error::Conflict(3))));
        remove(3).unwrap();
        assert!(matches!(remove(3), Err(Error::NotFound)));
        assert!(matches!(put(&store, Some(3), &disabled), Err(Error::Conflict(_))), "there is none to replace");
    }

    fn a_source_that_ended_is_not_fetched(database) {
        let store = database.store();
        scheduled(&store);
        store.write(|tx| testkit::revoke_source(tx, "vhs")).unwrap();
        assert_eq!(due(&store, later(1)), 0);
    }

    fn people_are_told_once_a_day(database) {
        let store = database.store();
        scheduled(&store);
        let contact: SourceSettings =
            serde_json::from_str(r#"{"brakePercent":30,"brakeRecords":7,"contactEmail":"edv@example.org"}"#).unwrap();
        let version = store.read(|c| own::<ConfigureSources>(c, "vhs").map(|source| source.value().version)).unwrap();
        let change = |version, new: SourceSettings| {
            store.write(move |tx| own::<ConfigureSources>(tx, "vhs").and_then(|source| settings::change(tx, &source, version, &new, &SystemRng, now())))
        };
        assert_eq!(change(version, contact.clone()).unwrap(), version + 1);
        assert!(matches!(change(version, contact.clone()), Err(Error::Conflict(_))));
        assert_eq!(store.read(|c| own::<ConfigureSources>(c, "vhs").and_then(|source| settings::get(c, &source))).unwrap(), contact);

        assert_eq!(store.read(|c| troubles::untold(c, now())).unwrap(), Vec::<Uuid>::new());
        let end = |id: u128, state: ImportState, at: Timestamp| {
            store
                .write(move |tx| {
                    let id = Uuid::from_u128(id);
                    let source = own::<RunImports>(tx, "vhs")?;
                    imports::start(tx, &source, &imports::NewImport::new(id, ImportFormat::Ndjson, ImportMode::Full, at))?;
                    let failure = (state == ImportState::Failed).then(|| problem("file-broken"));
                    imports::finish(tx, id, &imports::Ending { failure, ..imports::Ending::new(state, ImportCounts::default(), 0, at) })
                })
                .unwrap();
        };
        end(1, ImportState::Failed, later(10));
        end(2, ImportState::Failed, later(20));
        end(3, ImportState::AwaitingConfirmation, later(30));
        end(4, ImportState::Succeeded, later(40));
        assert_eq!(store.read(|c| troubles::untold(c, later(60))).unwrap(), [ID]);
        let take = |at: Timestamp| store.write(move |tx| troubles::take(tx, ID, at)).unwrap();
        let told = take(later(60)).unwrap();
        assert_eq!((told.failed, told.waiting, told.reason.unwrap().code.as_str(), told.stale), (2, 1, "file-broken", None));
        assert_eq!(told.contact.unwrap().as_str(), "edv@example.org");
        assert_eq!(take(later(61)), None, "another node told it");

        end(5, ImportState::Failed, later(100));
        assert_eq!(store.read(|c| troubles::untold(c, later(120))).unwrap(), Vec::<Uuid>::new(), "not twice a day");
        assert_eq!(take(later(120)), None);
        let tomorrow = 24 * 3600 + 61;
        assert_eq!(store.read(|c| troubles::untold(c, later(tomorrow))).unwrap(), [ID]);
        assert_eq!(take(later(tomorrow)).unwrap().failed, 1, "the ones of yesterday are known");

        let health = store.read(|c| own::<ReadSources>(c, "vhs").and_then(|source| health::of(c, &source, later(200)))).unwrap();
        assert_eq!((health.awaiting_confirmation, health.last_success_at, health.stale), (1, Some(later(40)), false));
        assert_eq!((health.last_import.unwrap().id, health.error_rate), (Uuid::from_u128(5), 0.0));
    }

    fn a_feed_that_is_gone_is_told_once_a_week(database) {
        let store = database.store();
        scheduled(&store);
        for fetch in 0..3 {
            let at = later(fetch * 4000);
            let claimed = claim(&store, at).unwrap();
            assert!(record(&store, &claimed, Some(problem("feed-missing")), at));
        }
        let at = later(10_000);
        assert_eq!(store.read(|c| troubles::untold(c, at)).unwrap(), [ID]);
        let told = store.write(move |tx| troubles::take(tx, ID, at)).unwrap().unwrap();
        let stale = told.stale.unwrap();
        assert_eq!((told.failed, stale.since, stale.reason.unwrap().code.as_str()), (0, None, "feed-missing"));
        let days = |days: u64| later(10_001 + days * 24 * 3600);
        assert_eq!(store.read(move |c| troubles::untold(c, days(6))).unwrap(), Vec::<Uuid>::new());
        assert_eq!(store.read(move |c| troubles::untold(c, days(7))).unwrap(), [ID]);
        assert!(store.read(move |c| own::<ReadSources>(c, "vhs").and_then(|source| health::of(c, &source, days(0)))).unwrap().stale);
    }
}
