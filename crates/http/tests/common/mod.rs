//! A real server on a real database for each test, and a small catalogue to ask for.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub(crate) mod device;
pub(crate) mod entrance;
mod mail;
mod partners;
pub(crate) mod people;
pub(crate) mod provider;
pub(crate) mod receiver;
mod records;
pub(crate) mod schema;

pub(crate) use partners::*;
pub(crate) use records::*;

use actix_web::web::Data;
use domain::{Clock, FixedClock, Rng, Timestamp};
use http::pages::Pages;
use http::{AppState, Limits};
use persistence::Store;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::HeaderMap;
use search::{Analysis, SearchIndex};
use serde_json::Value;
use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use sync::Services;
use sync::indexer::Follower;
use testkit::{SeededRng, TestDatabase, region, vocabularies};

/// Two nodes never give out the same ids.
static SEED: AtomicU64 = AtomicU64::new(1);

/// A node: server, index and the thread that keeps it up to date.
pub(crate) struct Node {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) store: Store,
    pub(crate) index: Arc<SearchIndex>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) identity: Arc<identity::Services>,
    pub(crate) client: Client,
    tokens: Mutex<HashMap<String, (Timestamp, String)>>,
    handle: actix_web::dev::ServerHandle,
    server: Option<JoinHandle<()>>,
    _follower: Follower,
    _folder: tempfile::TempDir,
}

/// A node on an SQLite database of its own, which lives as long as the node.
pub(crate) struct Alone {
    pub(crate) node: Node,
    _database: TestDatabase,
}

impl std::ops::Deref for Alone {
    type Target = Node;
    fn deref(&self) -> &Node {
        &self.node
    }
}

/// A node with the small catalogue.
pub(crate) fn alone() -> Alone {
    let alone = empty(Limits::default());
    alone.node.import(CATALOGUE);
    alone
}

/// A node beside another provider to sign in at.
pub(crate) fn beside(provider: &provider::Provider) -> Alone {
    let database = TestDatabase::sqlite();
    Alone { node: Node::start_with(&database, Limits::default(), Some(provider)), _database: database }
}

/// A node without records, but with both sources.
pub(crate) fn empty(limits: Limits) -> Alone {
    let database = TestDatabase::sqlite();
    let node = Node::start(&database, limits);
    node.add_sources();
    Alone { node, _database: database }
}

impl Node {
    pub(crate) fn start(database: &TestDatabase, limits: Limits) -> Self {
        Self::start_with(database, limits, None)
    }

    /// A node with another provider to sign in at.
    pub(crate) fn start_with(database: &TestDatabase, limits: Limits, provider: Option<&provider::Provider>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = database.store();
        let clock = Arc::new(testkit::clock());
        let rng: Arc<dyn Rng> = Arc::new(SeededRng::new(SEED.fetch_add(1, Ordering::Relaxed)));
        let text = |name: &str| String::from_utf8(testkit::read_data(name)).unwrap();
        let analysis = Analysis::from_data(&text("synonyms.txt"), &text("compounds.txt"), &text("stem-overrides.txt"));
        let index = Arc::new(SearchIndex::open(folder.path(), analysis, vocabularies(), region()).unwrap());
        let services = Services {
            store: store.clone(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            rng,
            vocabularies: vocabularies(),
            region: region(),
            limits: exchange::Limits::default(),
        };
        let follower = Follower::start(store.clone(), Arc::clone(&index)).unwrap();
        let boundaries = testkit::read_data("region/13076/boundaries.topo.json");
        let pages = Pages::new(store.clone(), Arc::clone(&index), vocabularies(), region(), Arc::clone(&clock) as Arc<dyn Clock>, None);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // One folder of keys for all nodes of a database, as the manual demands.
        let keys = identity::keys::KeyRing::open(&database.folder().join("keys"), &*clock, &domain::SystemRng).unwrap();
        let mut identity = identity::Services::new(keys, "http://localhost:8080");
        identity.provider = provider.map(provider::Provider::connected);
        let identity = Arc::new(identity);
        let (state, pages) = (Data::new(AppState::new(services, Arc::clone(&identity), Arc::clone(&index), boundaries, limits)), Data::new(pages));
        let (started, has_started) = mpsc::channel();
        let server = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = http::server(listener, state, pages, 1).unwrap();
                started.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let handle = has_started.recv().unwrap();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(60)).build().unwrap();
        Self {
            address,
            store,
            index,
            clock,
            identity,
            client,
            tokens: Mutex::default(),
            handle,
            server: Some(server),
            _follower: follower,
            _folder: folder,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request below `/api/v1`.
    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(&format!("/api/v1{path}")))
    }

    /// The JSON of a successful answer below `/api/v1`.
    pub(crate) fn json(&self, path: &str) -> Value {
        let response = self.get(path).send().unwrap();
        let status = response.status();
        let json: Value = response.json().unwrap();
        assert_eq!(status, 200, "{path}: {json}");
        json
    }

    pub(crate) fn post(&self, query: &str, body: impl Into<reqwest::blocking::Body>) -> RequestBuilder {
        let url = self.url(&format!("/api/v1/sources/{SOURCE}/imports{query}"));
        self.client.post(url).bearer_auth(self.token(SOURCE)).header("content-type", "application/x-ndjson").body(body)
    }

    /// Imports records and waits until the index shows them.
    pub(crate) fn import(&self, records: &str) -> Value {
        let response = self.post("?mode=delta", records.to_owned()).send().unwrap();
        let (status, import) = (response.status(), response.json::<Value>().unwrap());
        assert_eq!(status, 201, "{import}");
        self.settle();
        import
    }

    /// Waits until the index has caught up with the database.
    pub(crate) fn settle(&self) {
        let last = self.store.read(persistence::changes::last_seq).unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while self.index.last_seq() < last {
            assert!(Instant::now() < until, "the index does not catch up with {last}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The id of the offer with this title.
    pub(crate) fn offer(&self, title: &str) -> String {
        let list = self.json(&format!("/offers?limit=100&q={}", title.replace(' ', "+")));
        let found = list["data"].as_array().unwrap().iter().find(|item| item["title"] == title);
        found.unwrap_or_else(|| panic!("no offer {title}: {list}"))["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(server) = self.server.take() {
            server.join().unwrap();
        }
    }
}

/// A header as text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// Checks that an answer is a problem of this status and code, complete and not to be cached; returns it.
#[track_caller]
pub(crate) fn problem(response: Response, status: u16, code: &str) -> Value {
    let (found, headers, oauth) = (response.status().as_u16(), response.headers().clone(), response.url().path().starts_with("/oauth/"));
    let text = response.text().unwrap();
    if oauth {
        // There errors are what OAuth 2.0 says.
        assert_eq!((found, header(&headers, "content-type"), header(&headers, "cache-control")), (status, "application/json", "no-store"), "{text}");
        let error: Value = serde_json::from_str(&text).unwrap();
        assert!(error["error"].as_str().is_some_and(|code| !code.is_empty()), "{error}");
        return error;
    }
    assert_eq!((found, header(&headers, "content-type")), (status, "application/problem+json"), "{text}");
    assert_eq!(header(&headers, "cache-control"), "no-store");
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(problem["type"], format!("/problems/{code}"));
    assert_eq!(problem["status"], status);
    assert!(problem["title"].as_str().is_some_and(|t| !t.is_empty()), "{problem}");
    assert_eq!(problem["traceId"].as_str().unwrap().len(), 36, "{problem}");
    problem
}

/// The pointers and codes of everything a problem complains about.
pub(crate) fn complaints(problem: &Value) -> Vec<(String, String)> {
    let text = |error: &Value, key: &str| error[key].as_str().unwrap().to_owned();
    problem["errors"].as_array().map(|all| all.iter().map(|e| (text(e, "pointer"), text(e, "code"))).collect()).unwrap_or_default()
}
