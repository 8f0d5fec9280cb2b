//! The server is killed again and again while accounts are made and records come in: what it acknowledged is there, and nothing is half there.

// Helpers are outside of the test functions that clippy knows by their attribute.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

use domain::accounts::may::{ManageAccounts, ManageSources, ReadAudit, ReadImports};
use domain::accounts::{Account, AccountStatus, Actor, Membership, MembershipStatus, Role};
use domain::catalogue::Licence;
use domain::partners::{ImportState, Source};
use domain::{Clock, Rng, SystemClock, SystemRng, Uuid, new_id};
use identity::keys::KeyRing;
use identity::tokens::{Claims, Expected, Subject, issue};
use persistence::access::{allow, owned_source};
use persistence::accounts::{account, directory, memberships, sessions};
use persistence::audit::{self, Filter};
use persistence::{AnyConnection, DatabaseUrl, Store, StoreOptions, imports, sources};
use reqwest::blocking::Client;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const ROUNDS: u64 = 50;
const SOURCE: &str = "crash";
const PUBLIC: &str = "http://localhost:8080";

/// What the server said it had done.
#[derive(Default)]
struct Acknowledged {
    accounts: Vec<Uuid>,
    members: Vec<Uuid>,
    imports: Vec<(Uuid, u64)>,
}

struct Place {
    folder: TempDir,
    store: Store,
    token: String,
    organization: Uuid,
    number: AtomicU64,
}

fn start(folder: &Path) -> (Child, String) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let child = Command::new(env!("CARGO_BIN_EXE_bildungsregion"))
        .args(["serve", "--bind", &address, "--metrics-bind", "off"])
        .current_dir(folder)
        .env_remove("BILDUNGSREGION_CONFIG")
        .env("BILDUNGSREGION_RATE_LIMITS", "false")
        .env("BILDUNGSREGION_PUBLIC_URL", PUBLIC)
        // The process must be the one that is killed, not one it starts over as.
        .env("MALLOC_ARENA_MAX", "2")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    (child, format!("http://{address}"))
}

fn wait_until_ready(client: &Client, url: &str) {
    let began = Instant::now();
    while !client.get(format!("{url}/healthz")).send().is_ok_and(|answer| answer.status() == 200) {
        assert!(began.elapsed() < Duration::from_secs(30), "the server does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
}

impl Place {
    /// A database with an administrator who is signed in, a source, and an organisation.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let var = folder.path().join("var");
        let store = Store::open(&DatabaseUrl::sqlite(var.join("bildungsregion.db")), StoreOptions::default()).unwrap();
        store.migrate().unwrap();
        let keys = KeyRing::open(&var.join("keys"), &SystemClock, &SystemRng).unwrap();
        let token = sign_in(&store, &keys);
        add_source(&store);
        let place = Self { folder, store, token, organization: Uuid::nil(), number: AtomicU64::new(0) };
        let (mut child, url) = start(place.folder.path());
        let client = Client::new();
        wait_until_ready(&client, &url);
        let organization = r#"{"type":"organization","externalId":"o","name":"Verein","kind":"association"}"#;
        let answer = place.import(&client, &url, &format!("{organization}\n")).unwrap();
        assert_eq!(answer["state"], "succeeded", "{answer}");
        child.kill().unwrap();
        child.wait().unwrap();
        let organization = place.store.read(organization_id).unwrap();
        Self { organization, ..place }
    }

    fn import(&self, client: &Client, url: &str, records: &str) -> Option<Value> {
        let request = client.post(format!("{url}/api/v1/sources/{SOURCE}/imports")).bearer_auth(&self.token);
        let answer = request.header("content-type", "application/x-ndjson").body(records.to_owned()).send().ok()?;
        (answer.status() == 201).then(|| answer.json().ok()).flatten()
    }

    /// Writes in three ways at once until the server is gone.
    fn write(&self, url: &str, done: &Mutex<Acknowledged>) {
        std::thread::scope(|scope| {
            scope.spawn(|| self.repeat(url, |client, number| self.invite(client, url, number, done)));
            scope.spawn(|| self.repeat(url, |client, number| self.add_member(client, url, number, done)));
            scope.spawn(|| self.repeat(url, |client, number| self.hand_in(client, url, number, done)));
        });
    }

    fn repeat(&self, url: &str, act: impl Fn(&Client, u64) -> Option<()>) {
        let client = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        wait_until_ready(&client, url);
        while act(&client, self.number.fetch_add(1, Ordering::Relaxed)).is_some() {}
    }

    fn invite(&self, client: &Client, url: &str, number: u64, done: &Mutex<Acknowledged>) -> Option<()> {
        let body = json!({
            "email": format!("konto-{number}@example.org"), "name": "Redaktion", "language": "de",
            "memberships": [{ "role": "organization-editor", "organization": self.organization }]
        });
        let answer = client.post(format!("{url}/api/v1/accounts")).bearer_auth(&self.token).json(&body).send().ok()?;
        assert_eq!(answer.status(), 201);
        let id = answer.json::<Value>().ok()?["id"].as_str().unwrap().parse().unwrap();
        done.lock().unwrap().accounts.push(id);
        Some(())
    }

    fn add_member(&self, client: &Client, url: &str, number: u64, done: &Mutex<Acknowledged>) -> Option<()> {
        let body = json!({ "email": format!("mitglied-{number}@example.org"), "name": "Leitung", "language": "de", "role": "organization-admin" });
        let path = format!("{url}/api/v1/organizations/{}/members", self.organization);
        let answer = client.post(path).bearer_auth(&self.token).json(&body).send().ok()?;
        assert_eq!(answer.status(), 201);
        let id = answer.json::<Value>().ok()?["membership"].as_str().unwrap().parse().unwrap();
        done.lock().unwrap().members.push(id);
        Some(())
    }

    fn hand_in(&self, client: &Client, url: &str, number: u64, done: &Mutex<Acknowledged>) -> Option<()> {
        let offer = |index: u64| {
            format!(
                r#"{{"type":"offer","externalId":"a-{number}-{index}","organization":"o","kind":"course","title":"Chor {number}","topics":["singing"]}}"#
            ) + "\n"
        };
        let import = self.import(client, url, &(0..25).map(offer).collect::<String>())?;
        done.lock().unwrap().imports.push((import["id"].as_str().unwrap().parse().unwrap(), import["counts"]["created"].as_u64().unwrap()));
        Some(())
    }
}

/// An administrator in the middle of a session; the rights of the system make it possible.
fn sign_in(store: &Store, keys: &KeyRing) -> String {
    let now = SystemClock.now();
    let fresh = || new_id(&SystemClock, &SystemRng);
    let (id, session) = (fresh(), fresh());
    let administrator = Account {
        id,
        email: Some("verwaltung@example.org".parse().unwrap()),
        name: "Verwaltung".to_owned(),
        language: "de".to_owned(),
        status: AccountStatus::Active,
        created_at: now,
        updated_at: now,
        last_sign_in_at: Some(now),
        version: 1,
    };
    let membership = Membership {
        id: fresh(),
        account_id: id,
        role: Role::Administrator,
        organization: None,
        status: MembershipStatus::Active,
        created_at: now,
        version: 1,
    };
    let methods = vec!["pwd".to_owned(), "otp".to_owned()];
    let begun = sessions::Session {
        id: session,
        account_id: id,
        methods: methods.clone(),
        created_at: now,
        authenticated_at: now,
        last_used_at: now,
        expires_at: now + Duration::from_secs(3600),
        address: None,
        user_agent: None,
    };
    store
        .write(move |tx| {
            account::insert(tx, &administrator)?;
            memberships::insert_membership(tx, &membership)?;
            sessions::insert(tx, &begun)
        })
        .unwrap();
    let expected = Expected { issuer: PUBLIC, audience: &format!("{PUBLIC}/api") };
    let subject = Subject::Account { id, session, auth_time: now, methods };
    issue(keys, &Claims::new(&expected, subject, fresh(), now)).unwrap()
}

fn add_source(store: &Store) {
    let source = Source {
        id: new_id(&SystemClock, &SystemRng),
        key: SOURCE.to_owned(),
        name: "Quelle".to_owned(),
        licence: Licence::CcZero,
        created_at: SystemClock.now(),
        revoked_at: None,
        confirmed_at: None,
        organization_id: None,
        version: 1,
    };
    store
        .write(move |tx| {
            let allowed = allow::<ManageSources>(tx, &Actor::system(), source.created_at)?;
            sources::add(tx, &allowed, &source, &SystemRng)
        })
        .unwrap();
}

fn organization_id(connection: &mut AnyConnection) -> persistence::Result<Uuid> {
    let source = owned_source::<ReadImports>(connection, &Actor::system(), SOURCE, SystemClock.now())?;
    let mut found = None;
    persistence::records::each_of_source(connection, source.value().id, |known| found = Some(known.id))?;
    found.ok_or(persistence::Error::NotFound)
}

/// Everything acknowledged is there, whatever is there is there with its entry in the log, and the chain holds.
fn look(place: &Place, done: &Acknowledged) -> persistence::Result<u64> {
    let verified = place.store.read(audit::verify)?.unwrap();
    place.store.read(|c| {
        let now = SystemClock.now();
        let (accounts, log) = (allow::<ManageAccounts>(c, &Actor::system(), now)?, allow::<ReadAudit>(c, &Actor::system(), now)?);
        let invited = audit::list(c, &log, &Filter { action: Some("account.invited".to_owned()), ..Filter::default() }, None, i64::MAX)?;
        let granted = audit::list(c, &log, &Filter { action: Some("membership.granted".to_owned()), ..Filter::default() }, None, i64::MAX)?;
        let told: BTreeSet<Uuid> = invited.iter().map(|entry| entry.target_id.as_ref().unwrap().parse().unwrap()).collect();
        assert_eq!(told.len(), granted.len(), "an account without its role, or a role without its account");
        for id in &done.accounts {
            assert!(told.contains(id), "account {id} is not in the log");
            assert_eq!(directory::get(c, &accounts, *id)?.memberships.len(), 1);
        }
        for id in &done.members {
            assert!(persistence::accounts::memberships::in_organization(c, place.organization, *id)?.is_some(), "member {id} is gone");
        }
        // Not only what was acknowledged: whatever is in the log is in the tables.
        for id in &told {
            assert_eq!(directory::get(c, &accounts, *id)?.memberships.len(), 1);
        }
        let source = owned_source::<ReadImports>(c, &Actor::system(), SOURCE, now)?;
        for (id, created) in &done.imports {
            let import = imports::get(c, &source, *id)?.unwrap();
            assert_eq!((import.state, import.counts.created), (ImportState::Succeeded, *created));
        }
        let all = imports::list(c, &source, None, i64::MAX)?;
        let mut kept = 0;
        persistence::records::each_of_source(c, source.value().id, |_| kept += 1)?;
        let counted: u64 = all.iter().filter(|import| import.state == ImportState::Succeeded).map(|import| import.counts.created).sum();
        assert_eq!(kept, counted, "records of an import that did not finish");
        Ok(())
    })?;
    Ok(verified.entries)
}

// ASVS 5.0 V2.3.3
// ASVS 5.0 V16.5.3
#[test]
fn fifty_times_killed_nothing_acknowledged_is_lost() {
    let place = Place::new();
    let mut all = Acknowledged::default();
    for round in 0..ROUNDS {
        let (mut child, url) = start(place.folder.path());
        let done = Mutex::new(Acknowledged::default());
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| place.write(&url, &done));
            // Wait until it works, then until some random moment of the work.
            let began = Instant::now();
            while done.lock().unwrap().accounts.is_empty() && began.elapsed() < Duration::from_secs(30) {
                std::thread::sleep(Duration::from_millis(2));
            }
            let mut random = [0u8; 1];
            SystemRng.fill(&mut random);
            std::thread::sleep(Duration::from_millis(u64::from(random[0])));
            child.kill().unwrap();
            child.wait().unwrap();
            writing.join().unwrap();
        });
        let done = done.into_inner().unwrap();
        assert!(!done.accounts.is_empty(), "round {round}: nothing was acknowledged");
        look(&place, &done).unwrap();
        all.accounts.extend(done.accounts);
        all.members.extend(done.members);
        all.imports.extend(done.imports);
    }
    let entries = look(&place, &all).unwrap();
    println!(
        "{} accounts, {} members, {} imports acknowledged; {entries} entries in the log",
        all.accounts.len(),
        all.members.len(),
        all.imports.len()
    );
    assert!(all.members.len() as u64 > ROUNDS / 2 && all.imports.len() as u64 > ROUNDS / 2, "too little was written to prove anything");
}
