//! Accounts, roles, links and mail: the same on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel::sqlite::Sqlite;
use domain::accounts::may::ManageAccounts;
use domain::accounts::{Account, AccountStatus, Actor, Membership, MembershipStatus, Role};
use domain::privacy::{Column, Inventory};
use domain::{Timestamp, Uuid};
use persistence::access::allow;
use persistence::accounts::administration::{self, Change};
use persistence::accounts::directory::{self, Filter};
use persistence::accounts::mails::{self, Waiting};
use persistence::accounts::one_time_tokens::{self, OneTimeToken, Purpose};
use persistence::accounts::{account, credentials, memberships, retention, sessions};
use persistence::audit::verify;
use persistence::{Error, Store};
use std::collections::{BTreeMap, BTreeSet};
use testkit::{SeededRng, TestDatabase, on_both_databases};

fn now() -> Timestamp {
    testkit::NOW.parse().unwrap()
}

fn days(number: i64) -> chrono::Duration {
    chrono::Duration::days(number)
}

fn person(number: u128, name: &str) -> Account {
    Account {
        id: Uuid::from_u128(number),
        email: Some(format!("{}-{number}@example.org", domain::text::slug(name)).parse().unwrap()),
        name: name.to_owned(),
        language: "de".to_owned(),
        status: AccountStatus::Active,
        created_at: now(),
        updated_at: now(),
        last_sign_in_at: None,
        version: 1,
    }
}

fn holds(number: u128, role: Role) -> Membership {
    Membership {
        id: Uuid::from_u128(1000 + number),
        account_id: Uuid::from_u128(number),
        role,
        organization: None,
        status: MembershipStatus::Active,
        created_at: now(),
        version: 1,
    }
}

fn add(store: &Store, number: u128, name: &str, role: Role) {
    let (account, membership) = (person(number, name), holds(number, role));
    store
        .write(move |tx| {
            account::insert(tx, &account)?;
            account::insert_membership(tx, &membership)
        })
        .unwrap();
}

fn version(store: &Store, number: u128) -> i64 {
    store.read(move |c| account::get(c, Uuid::from_u128(number))).unwrap().unwrap().version
}

fn set(store: &Store, number: u128, status: AccountStatus) -> Result<Account, Error> {
    let expected = version(store, number);
    store.write(move |tx| {
        let allowed = allow::<ManageAccounts>(tx, &Actor::system(), now())?;
        let what = Change { status: Some(status), ..Change::default() };
        administration::change(tx, &allowed, Uuid::from_u128(number), expected, &what, &SeededRng::new(number as u64), now())
    })
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

fn query<T: QueryableByName<Sqlite> + QueryableByName<Pg> + 'static>(database: &TestDatabase, sqlite: &str, postgres: &str) -> Vec<T> {
    if database.is_postgres() {
        diesel::sql_query(postgres).load(&mut PgConnection::establish(&database.address()).unwrap()).unwrap()
    } else {
        let path = database.address();
        diesel::sql_query(sqlite).load(&mut SqliteConnection::establish(path.trim_start_matches("sqlite:")).unwrap()).unwrap()
    }
}

/// Tables and columns as the database has them.
fn columns(database: &TestDatabase) -> Vec<(String, String)> {
    let found: Vec<Named> = query(
        database,
        "SELECT t.name AS table_name, c.name AS column_name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
    );
    found.into_iter().map(|found| (found.table_name, found.column_name)).collect()
}

/// Everything that stands in any row of any table.
fn everything(database: &TestDatabase) -> String {
    let mut all = String::new();
    for (table, column) in columns(database) {
        let sqlite = format!("SELECT iif(typeof(\"{column}\") = 'blob', hex(\"{column}\"), CAST(\"{column}\" AS TEXT)) AS value FROM \"{table}\"");
        let postgres = format!("SELECT CAST(\"{column}\" AS TEXT) AS value FROM \"{table}\"");
        for row in query::<Value>(database, &sqlite, &postgres) {
            all.push_str(&row.value.unwrap_or_default());
            all.push('\n');
        }
    }
    all
}

on_both_databases! {
    fn a_suspended_account_loses_its_sessions_and_its_rights(database) {
        let store = database.store();
        add(&store, 1, "Verwaltung", Role::Administrator);
        add(&store, 2, "Redaktion", Role::Editor);
        let session = sessions::Session {
            id: Uuid::from_u128(77), account_id: Uuid::from_u128(2), methods: vec!["pwd".into(), "otp".into()], created_at: now(),
            authenticated_at: now(), last_used_at: now(), expires_at: now() + days(1), address: None, user_agent: None,
        };
        store.write(move |tx| sessions::insert(tx, &session)).unwrap();
        assert_eq!(set(&store, 2, AccountStatus::Suspended).unwrap().status, AccountStatus::Suspended);
        assert_eq!(store.read(|c| sessions::live(c, Uuid::from_u128(77), now())).unwrap(), None);
        assert!(matches!(set(&store, 1, AccountStatus::Suspended), Err(Error::LastAdministrator)));
        assert_eq!(store.read(|c| account::get(c, Uuid::from_u128(1))).unwrap().unwrap().status, AccountStatus::Active);
        // An account without a password was never accepted: it goes back to being invited.
        assert_eq!(set(&store, 2, AccountStatus::Active).unwrap().status, AccountStatus::Invited);
    }

    fn of_two_administrators_who_suspend_each_other_at_once_one_remains(database) {
        let store = database.store();
        for number in [1, 2] {
            add(&store, number, "Verwaltung", Role::Administrator);
            store.write(move |tx| credentials::set_password(tx, Uuid::from_u128(number), "hash", now())).unwrap();
        }
        for round in 0..8 {
            let suspended: Vec<u128> = std::thread::scope(|scope| {
                let runs = [1, 2].map(|number| {
                    let store = &store;
                    scope.spawn(move || set(store, number, AccountStatus::Suspended).is_ok().then_some(number))
                });
                runs.into_iter().filter_map(|run| run.join().unwrap()).collect()
            });
            assert_eq!(suspended.len(), 1, "round {round}");
            assert_eq!(set(&store, suspended[0], AccountStatus::Active).unwrap().status, AccountStatus::Active);
        }
        assert!(store.read(verify).unwrap().is_ok());
    }

    fn an_administrator_is_found_by_name_address_role_and_status(database) {
        let store = database.store();
        add(&store, 1, "Jürgen Ämtmann", Role::Administrator);
        add(&store, 2, "50% Redaktion", Role::Editor);
        let found = |filter: Filter| {
            let list = store.read(|c| {
                let allowed = allow::<ManageAccounts>(c, &Actor::system(), now())?;
                directory::list(c, &allowed, &filter, None, 10)
            }).unwrap();
            assert_eq!(list.0.len() as u64, list.1);
            list.0.into_iter().map(|listed| listed.account.name).collect::<Vec<_>>()
        };
        let by = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
        assert_eq!(found(Filter::default()), ["50% Redaktion", "Jürgen Ämtmann"]);
        assert_eq!(found(by("AEMTMANN")), ["Jürgen Ämtmann"]);
        assert_eq!(found(by("redaktion-2@EXAMPLE")), ["50% Redaktion"]);
        assert_eq!(found(by("50%")), ["50% Redaktion"]);
        assert_eq!(found(by("5_%")), Vec::<String>::new(), "no wildcard");
        assert_eq!(found(Filter { role: vec![Role::Editor], ..Filter::default() }), ["50% Redaktion"]);
        assert_eq!(found(Filter { status: vec![AccountStatus::Suspended], ..Filter::default() }), Vec::<String>::new());
        assert_eq!(found(Filter { organization: Some(Uuid::from_u128(9)), ..Filter::default() }), Vec::<String>::new());
    }

    fn a_change_needs_the_version_it_was_read_at(database) {
        let store = database.store();
        add(&store, 1, "Verwaltung", Role::Administrator);
        let attempt = |expected: i64| store.write(move |tx| {
            let allowed = allow::<ManageAccounts>(tx, &Actor::system(), now())?;
            let what = Change { name: Some("Neu".try_into().unwrap()), ..Change::default() };
            administration::change(tx, &allowed, Uuid::from_u128(1), expected, &what, &SeededRng::new(1), now())
        });
        assert!(matches!(attempt(2), Err(Error::Conflict(1))));
        assert_eq!(attempt(1).unwrap().version, 2);
        assert!(matches!(attempt(1), Err(Error::Conflict(2))));
    }

    fn a_link_works_once_in_its_time_for_its_purpose(database) {
        let store = database.store();
        add(&store, 1, "Verwaltung", Role::Administrator);
        let token = OneTimeToken { account: Some(Uuid::from_u128(1)), subject: None, data: None, expires_at: now() + days(7) };
        let issue = |digest: &'static str| { let token = token.clone(); store.write(move |tx| one_time_tokens::issue(tx, Purpose::Invitation, digest, &token, now())).unwrap(); };
        let usable = |digest: &'static str, purpose, at| store.read(move |c| one_time_tokens::find(c, purpose, digest, at)).is_ok();
        issue("first");
        issue("second");
        assert!(!usable("first", Purpose::Invitation, now()), "a newer one replaces it");
        assert!(!usable("second", Purpose::PasswordReset, now()), "another purpose");
        assert!(!usable("second", Purpose::Invitation, now() + days(7)), "expired");
        let used = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| store.write(|tx| one_time_tokens::use_up(tx, Purpose::Invitation, "second", now())).is_ok())).collect();
            runs.into_iter().map(|run| run.join().unwrap()).filter(|used| *used).count()
        });
        assert_eq!(used, 1);
        assert!(matches!(store.write(|tx| one_time_tokens::use_up(tx, Purpose::Invitation, "second", now())), Err(Error::LinkInvalid)));
    }

    fn of_many_nodes_one_takes_a_mail(database) {
        let store = database.store();
        store.write(|tx| mails::put(tx, Uuid::from_u128(1), b"sealed", now())).unwrap();
        let waiting: Vec<Waiting> = store.read(|c| mails::due(c, now(), 10)).unwrap();
        let nodes: Vec<Store> = (0..4).map(|_| database.store()).collect();
        let taken = std::thread::scope(|scope| {
            let runs: Vec<_> = nodes.iter().map(|node| { let mail = waiting[0].clone(); scope.spawn(move || node.write(move |tx| mails::take(tx, &mail, now() + days(1))).unwrap()) }).collect();
            runs.into_iter().map(|run| run.join().unwrap()).filter(|taken| *taken).count()
        });
        assert_eq!(taken, 1);
        assert_eq!(store.read(|c| mails::due(c, now(), 10)).unwrap(), []);
        assert_eq!(store.read(|c| mails::due(c, now() + days(1), 10)).unwrap()[0].attempts, 1, "its node may have died");
        store.write(|tx| mails::sent(tx, Uuid::from_u128(1), now())).unwrap();
        assert_eq!(store.read(|c| mails::due(c, now() + days(9), 10)).unwrap(), []);
    }

    fn who_is_deleted_leaves_no_name_behind_and_the_log_stays_whole(database) {
        let store = database.store();
        add(&store, 1, "Verwaltung", Role::Administrator);
        add(&store, 2, "Unverwechselbar", Role::Editor);
        set(&store, 2, AccountStatus::Suspended).unwrap();
        let expected = version(&store, 2);
        store.write(move |tx| {
            credentials::set_password(tx, Uuid::from_u128(2), "hash-unverwechselbar", now())?;
            let allowed = allow::<ManageAccounts>(tx, &Actor::system(), now())?;
            administration::delete(tx, &allowed, Uuid::from_u128(2), expected + 1, &SeededRng::new(2), now()).map(drop)
        }).unwrap();
        let gone = store.read(|c| account::get(c, Uuid::from_u128(2))).unwrap().unwrap();
        assert_eq!((gone.status, gone.email, gone.name.as_str()), (AccountStatus::Deleted, None, ""));
        assert_eq!(store.read(|c| memberships::memberships_of(c, Uuid::from_u128(2))).unwrap(), []);
        assert!(store.read(verify).unwrap().is_ok());
        assert!(!everything(database).to_lowercase().contains("unverwechselbar"));
        assert!(matches!(set(&store, 2, AccountStatus::Active), Err(Error::NotFound)));
    }

    fn what_is_past_its_period_is_cleared_away(database) {
        let store = database.store();
        add(&store, 1, "Verwaltung", Role::Administrator);
        add(&store, 2, "Redaktion", Role::Editor);
        set(&store, 2, AccountStatus::Suspended).unwrap();
        let session = |number: u128, ends: Timestamp| sessions::Session {
            id: Uuid::from_u128(number), account_id: Uuid::from_u128(1), methods: vec!["pwd".into()], created_at: now(),
            authenticated_at: now(), last_used_at: now(), expires_at: ends, address: Some("192.0.2.1".into()), user_agent: None,
        };
        let (short, long) = (session(1, now()), session(2, now() + days(30)));
        let token = OneTimeToken { account: Some(Uuid::from_u128(1)), subject: None, data: None, expires_at: now() };
        store.write(move |tx| {
            sessions::insert(tx, &short)?;
            sessions::insert(tx, &long)?;
            one_time_tokens::issue(tx, Purpose::PasswordReset, "digest", &token, now())?;
            mails::put(tx, Uuid::from_u128(1), b"sealed", now())?;
            mails::sent(tx, Uuid::from_u128(1), now())
        }).unwrap();
        let run = |at: Timestamp| store.write(move |tx| retention::run(tx, &SeededRng::new(3), at)).unwrap();
        assert_eq!(run(now()), retention::Cleared::default());
        let after = run(now() + days(91));
        assert_eq!((after.sessions, after.links, after.mails, after.audit), (1, 1, 1, 0));
        let year = run(now() + days(366));
        assert_eq!((year.sessions, year.audit > 0), (1, true));
        assert!(store.read(verify).unwrap().is_ok());
        assert_eq!(run(now() + days(366)), retention::Cleared::default());
    }

    fn every_column_is_classified(database) {
        drop(database.store());
        let mut real = BTreeMap::<String, BTreeSet<String>>::new();
        for (table, column) in columns(database) {
            real.entry(table).or_default().insert(column);
        }
        let inventory: BTreeMap<String, BTreeSet<String>> =
            Inventory::get().tables.iter().map(|(table, columns)| (table.clone(), columns.keys().cloned().collect())).collect();
        assert_eq!(real, inventory, "data/privacy.toml does not say what these columns hold");
        for (table, column) in [("accounts", "email"), ("sessions", "address"), ("audit_actors", "name"), ("applications", "contact_name")] {
            assert!(matches!(Inventory::get().tables[table][column], Column::Personal(_)), "{table}.{column}");
        }
    }
}
