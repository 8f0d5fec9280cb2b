//! Fetching, from real listeners into real databases: exactly once, only what is new, and patient with servers that are not well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use chrono::Duration;
use common::{Workplace, offer, organization, place, small_catalogue};
use domain::accounts::may::ConfigureSources;
use domain::catalogue::RecordKind;
use domain::partners::{ImportFormat, ImportMode, ImportState, Schedule, ScheduleDraft};
use domain::{Clock, SystemRng};
use persistence::schedules;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use sync::fetching::Fetcher;
use sync::outbound::{Addresses, Outbound, Policy};
use testkit::{TestDatabase, on_both_databases, own};

/// What a server says, and what it was asked.
#[derive(Default)]
struct Said {
    head: String,
    body: String,
    asked: Vec<String>,
}

/// A server whose answer can be changed, and the source that is fetched from it.
struct Scene {
    workplace: Workplace,
    said: Arc<Mutex<Said>>,
    fetcher: Fetcher,
    spool: tempfile::TempDir,
}

impl Scene {
    fn on(database: &TestDatabase) -> Self {
        let workplace = Workplace::on(database);
        let said = Arc::new(Mutex::new(Said::default()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/kurse", listener.local_addr().unwrap());
        let answers = Arc::clone(&said);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let mut said = answers.lock().unwrap();
                said.asked.push(String::from_utf8_lossy(&request[..length]).into_owned());
                let _ = write!(stream, "HTTP/1.1 {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{}", said.head, said.body.len(), said.body);
            }
        });
        let spool = tempfile::tempdir().unwrap();
        let scene = Self { fetcher: fetcher(&workplace, spool.path(), Addresses::LoopbackToo), said, workplace, spool };
        scene.schedule(&url, ImportFormat::Ndjson);
        scene
    }

    fn schedule(&self, url: &str, format: ImportFormat) {
        let draft = ScheduleDraft {
            url: url.to_owned().try_into().unwrap(),
            format,
            mode: ImportMode::Full,
            every_minutes: 60.try_into().unwrap(),
            enabled: true,
        };
        let now = self.workplace.clock.now();
        self.workplace
            .store()
            .write(move |tx| {
                let source = own::<ConfigureSources>(tx, "vhs")?;
                let version = schedules::get(tx, &source)?.map(|schedule| schedule.version);
                schedules::put(tx, &source, version, &draft, &SystemRng, now)
            })
            .unwrap();
    }

    fn says(&self, head: &str, body: &str) {
        let mut said = self.said.lock().unwrap();
        (said.head, said.body) = (head.to_owned(), body.to_owned());
    }

    fn last_asked(&self) -> String {
        self.said.lock().unwrap().asked.last().cloned().unwrap_or_default()
    }

    /// Lets time go by and fetches what is due; how it stands then.
    fn after(&self, minutes: i64) -> (usize, Schedule) {
        self.workplace.clock.advance(Duration::minutes(minutes));
        (self.fetcher.round().unwrap(), self.shown())
    }

    fn shown(&self) -> Schedule {
        self.workplace.store().read(|c| own::<ConfigureSources>(c, "vhs").and_then(|source| schedules::get(c, &source))).unwrap().unwrap()
    }

    fn error(&self) -> Option<String> {
        self.shown().last_error.map(|error| error.code)
    }
}

fn fetcher(workplace: &Workplace, spool: &std::path::Path, addresses: Addresses) -> Fetcher {
    let seconds = std::time::Duration::from_secs;
    let policy = Policy { addresses, max_bytes: 1 << 20, total: seconds(5), idle: seconds(2), redirects: 3 };
    Fetcher { services: workplace.services.clone(), outbound: Arc::new(Outbound::new(policy).unwrap()), spool: spool.to_owned() }
}

on_both_databases! {
    fn a_feed_is_imported_once_and_then_only_when_it_changes(database) {
        let scene = Scene::on(database);
        scene.says("200 OK\r\netag: \"a\"\r\nlast-modified: Tue, 24 Nov 2026 07:00:00 GMT", &small_catalogue());
        let (asked, first) = scene.after(0);
        let now = scene.workplace.clock.now();
        assert_eq!((asked, first.failures, first.last_success_at, first.last_new_at), (1, 0, Some(now), Some(now)), "{:?}", first.last_error);
        let pause = first.next_at.unwrap() - now;
        assert!(pause >= Duration::minutes(60) && pause <= Duration::minutes(66), "{pause}");
        assert_eq!(scene.workplace.imports().len(), 1);
        assert!(scene.workplace.count(RecordKind::Offer) > 0);
        assert_eq!(scene.after(59).0, 0, "not yet");

        scene.says("304 Not Modified", "");
        let (asked, second) = scene.after(10);
        let request = scene.last_asked();
        assert!(request.contains("if-none-match: \"a\"") && request.contains("if-modified-since: Tue, 24 Nov 2026 07:00:00 GMT"), "{request}");
        assert!(request.contains("accept-encoding: identity") && request.contains("user-agent: bildungsregion/"), "{request}");
        assert_eq!((asked, second.last_success_at, second.last_new_at), (1, Some(scene.workplace.clock.now()), Some(now)));
        let source = scene.workplace.store().read(testkit::sources).unwrap().remove(0);
        assert_eq!(source.confirmed_at, Some(scene.workplace.clock.now()), "a feed without news confirms what is there");

        // A server without validators, or with new ones for the same content: its content decides.
        scene.says("200 OK\r\netag: \"b\"", &small_catalogue());
        scene.after(70);
        assert_eq!((scene.workplace.imports().len(), scene.error()), (1, None));
        scene.says("200 OK\r\netag: \"c\"", &(small_catalogue() + &organization("o-neu", "Neue Musikschule")));
        scene.after(70);
        assert!(scene.last_asked().contains("if-none-match: \"b\""));
        assert_eq!(scene.workplace.imports().len(), 2);
    }

    fn several_nodes_fetch_it_once(database) {
        let scene = Scene::on(database);
        scene.says("200 OK", &small_catalogue());
        let asked: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| scene.fetcher.round().unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!((asked, scene.said.lock().unwrap().asked.len(), scene.workplace.imports().len()), (1, 1, 1));
    }

    fn a_server_that_is_not_well_is_asked_less_and_less(database) {
        let scene = Scene::on(database);
        scene.says("500 Internal Server Error", "");
        let mut pauses = Vec::new();
        for failures in 1..=4 {
            let (asked, schedule) = scene.after(0);
            assert_eq!((asked, schedule.failures), (1, failures));
            let pause = schedule.next_at.unwrap() - scene.workplace.clock.now();
            scene.workplace.clock.advance(pause);
            pauses.push(pause.num_minutes());
        }
        let within = |pause: i64, least: i64| pause >= least && pause <= least + least / 4;
        assert!(pauses.iter().zip([5, 10, 20, 40]).all(|(pause, least)| within(*pause, least)), "{pauses:?}");
        scene.says("503 Service Unavailable\r\nretry-after: 36000", "");
        let (_, schedule) = scene.after(0);
        assert_eq!(schedule.next_at.unwrap() - scene.workplace.clock.now(), Duration::hours(10), "as long as it asks for");
        assert_eq!(scene.error().as_deref(), Some("feed-unavailable"));
        for (head, body, code) in [
            ("404 Not Found", "", "feed-missing"),
            ("403 Forbidden", "", "feed-forbidden"),
            ("200 OK", "<!doctype html><title>Anmeldung</title>", "feed-is-a-page"),
            ("200 OK", "", "feed-empty"),
            ("200 OK\r\ncontent-encoding: gzip", "x", "feed-encoded"),
            ("302 Found\r\nlocation: https://10.0.0.1/", "", "url-private"),
        ] {
            scene.says(head, body);
            assert_eq!(scene.after(24 * 60).0, 1, "{code}");
            assert_eq!(scene.error().as_deref(), Some(code));
        }
        assert!(scene.workplace.imports().is_empty());
        scene.says("200 OK", &small_catalogue());
        let (_, well) = scene.after(24 * 60);
        assert_eq!((well.failures, well.last_error), (0, None));
    }

    fn a_broken_file_is_not_imported_again_and_again(database) {
        let scene = Scene::on(database);
        let url = scene.shown().draft.url.as_str().to_owned();
        scene.schedule(&url, ImportFormat::OpenQCat);
        scene.says("200 OK\r\netag: \"a\"", "<OPENQCAT><CATALOG>");
        scene.after(0);
        let failed = scene.workplace.imports().remove(0);
        assert_eq!((failed.state, scene.shown().failures), (ImportState::Failed, 1));
        assert_eq!(scene.error(), failed.failure.map(|failure| failure.code));
        scene.after(24 * 60);
        assert!(!scene.last_asked().contains("if-none-match"), "what was not taken is not unchanged");
        assert_eq!((scene.workplace.imports().len(), scene.shown().failures), (1, 2));
        assert_eq!(scene.error().as_deref(), Some("feed-still-broken"));

        let now = scene.workplace.clock.now();
        scene.workplace.store().write(move |tx| own::<ConfigureSources>(tx, "vhs").and_then(|source| schedules::fetch_now(tx, &source, &SystemRng, now))).unwrap();
        scene.after(0);
        assert_eq!(scene.workplace.imports().len(), 2, "whoever asks for it gets it tried again");

        scene.schedule(&url, ImportFormat::Ndjson);
        scene.says("200 OK", &small_catalogue());
        scene.after(1);
        assert_eq!((scene.shown().failures, scene.workplace.imports()[0].state), (0, ImportState::Succeeded));
    }

    fn a_held_import_does_not_pile_up(database) {
        let scene = Scene::on(database);
        let mut large = organization("o-1", "Volkshochschule") + &place("p-1", "Haus", "19288");
        for number in 0..12 {
            large += &offer(&format!("k-{number}"), &format!("Kurs {number}"), "o-1", "p-1", 1 + number);
        }
        scene.says("200 OK", &large);
        scene.after(0);
        assert_eq!(scene.workplace.imports()[0].state, ImportState::Succeeded, "{:?}", scene.workplace.imports());
        let small = organization("o-1", "Volkshochschule");
        scene.says("200 OK\r\netag: \"small\"", &small);
        for _ in 0..3 {
            let (asked, schedule) = scene.after(120);
            assert_eq!((asked, schedule.failures), (1, 0));
        }
        let states: Vec<ImportState> = scene.workplace.imports().iter().map(|import| import.state).collect();
        assert_eq!(states, [ImportState::AwaitingConfirmation, ImportState::Succeeded]);
        assert!(!scene.last_asked().contains("if-none-match"));
        // A feed that is whole again heals by itself.
        scene.says("200 OK", &(large + &organization("o-2", "Musikschule")));
        scene.after(120);
        assert_eq!(scene.workplace.imports()[0].state, ImportState::Succeeded);
    }

    fn another_import_of_the_source_is_waited_for(database) {
        let scene = Scene::on(database);
        scene.says("200 OK", &small_catalogue());
        let claim = scene.workplace.store().claim("import-vhs").unwrap().unwrap();
        let (asked, waiting) = scene.after(0);
        assert_eq!((asked, waiting.failures, waiting.last_success_at), (1, 0, None));
        assert_eq!(waiting.next_at, Some(scene.workplace.clock.now() + Duration::minutes(2)));
        drop(claim);
        scene.after(2);
        assert_eq!(scene.workplace.imports().len(), 1);
    }
}

#[test]
fn what_is_inside_is_not_fetched() {
    let database = TestDatabase::sqlite();
    let scene = Scene::on(&database);
    let strict = fetcher(&scene.workplace, scene.spool.path(), Addresses::GlobalOnly);
    scene.says("200 OK", &small_catalogue());
    let port = url::Url::parse(scene.shown().draft.url.as_str()).unwrap().port().unwrap();
    for url in [format!("https://localhost:{port}/"), format!("https://127.0.0.1:{port}/"), "https://169.254.169.254/".to_owned()] {
        scene.schedule(&url, ImportFormat::Ndjson);
        assert_eq!(strict.round().unwrap(), 1);
        assert_eq!(scene.error().as_deref(), Some("url-private"), "{url}");
    }
    assert!(scene.said.lock().unwrap().asked.is_empty());
    assert!(scene.workplace.imports().is_empty());
}
