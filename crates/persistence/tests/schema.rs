//! Both folders of migrations make the same tables, and a schema from the future is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use domain::Uuid;
use domain::accounts::Scope;
use persistence::{Error, Store, StoreOptions, clients};
use std::collections::BTreeSet;
use testkit::{TestDatabase, on_both_databases};

#[derive(QueryableByName, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    data_type: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

#[derive(QueryableByName, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS table_name, c.name AS column_name, \
    CASE lower(c.type) WHEN 'integer' THEN 'bigint' WHEN 'blob' THEN 'bytea' ELSE lower(c.type) END AS data_type, c.\"notnull\" AS required \
    FROM sqlite_master t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO' AS required \
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'";
const SQLITE_INDEXES: &str = "SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'";
const POSTGRES_INDEXES: &str = "SELECT indexname::text AS name FROM pg_indexes WHERE schemaname = 'public' AND indexname !~ '_(pkey|key)$'";

fn connections() -> (TestDatabase, SqliteConnection, TestDatabase, PgConnection) {
    let (sqlite, postgres) = (TestDatabase::sqlite(), TestDatabase::postgres());
    drop((sqlite.store(), postgres.store()));
    let lite = SqliteConnection::establish(sqlite.address().trim_start_matches("sqlite:")).unwrap();
    let pg = PgConnection::establish(&postgres.address()).unwrap();
    (sqlite, lite, postgres, pg)
}

#[test]
fn both_databases_have_the_same_tables_columns_and_indexes() {
    let (_sqlite, mut lite, _postgres, mut pg) = connections();
    let one: BTreeSet<Column> = diesel::sql_query(SQLITE_COLUMNS).load(&mut lite).unwrap().into_iter().collect();
    let other: BTreeSet<Column> = diesel::sql_query(POSTGRES_COLUMNS).load(&mut pg).unwrap().into_iter().collect();
    assert!(one.len() > 50, "{one:?}");
    assert_eq!(one, other);
    let one: BTreeSet<Index> = diesel::sql_query(SQLITE_INDEXES).load(&mut lite).unwrap().into_iter().collect();
    let other: BTreeSet<Index> = diesel::sql_query(POSTGRES_INDEXES).load(&mut pg).unwrap().into_iter().collect();
    assert_eq!(one, other);
}

#[test]
fn text_that_is_compared_orders_by_bytes() {
    let (_sqlite, _, _postgres, mut pg) = connections();
    let query = "SELECT a.attrelid::regclass::text || '.' || a.attname AS name FROM pg_index i \
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) JOIN pg_class c ON c.oid = a.attrelid \
        JOIN pg_collation l ON l.oid = a.attcollation \
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_\\_%' AND l.collname <> 'C'";
    let wrong: Vec<Index> = diesel::sql_query(query).load(&mut pg).unwrap();
    assert_eq!(wrong, [], "indexed text without the collation C");
}

#[test]
fn both_folders_have_the_same_versions() {
    let versions = |folder: &str| -> BTreeSet<String> {
        let path = format!("{}/../../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(versions("sqlite"), versions("postgres"));
}

fn execute(database: &TestDatabase, sql: &str) {
    if database.is_postgres() {
        PgConnection::establish(&database.address()).unwrap().batch_execute(sql).unwrap();
    } else {
        SqliteConnection::establish(database.address().trim_start_matches("sqlite:")).unwrap().batch_execute(sql).unwrap();
    }
}

/// Applies the oldest `count` migrations.
fn migrate_first(database: &TestDatabase, count: usize) {
    let folder = |name: &str| FileBasedMigrations::from_path(format!("{}/../../migrations/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    if database.is_postgres() {
        let mut connection = PgConnection::establish(&database.address()).unwrap();
        (0..count).for_each(|_| drop(connection.run_next_migration(folder("postgres")).unwrap()));
    } else {
        let mut connection = SqliteConnection::establish(database.address().trim_start_matches("sqlite:")).unwrap();
        (0..count).for_each(|_| drop(connection.run_next_migration(folder("sqlite")).unwrap()));
    }
}

on_both_databases! {
    fn the_secrets_of_sources_become_those_of_clients(database) {
        migrate_first(database, 1);
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        execute(
            database,
            &format!(
                "INSERT INTO sources (id, key, name, licence, secret_hash, created_at, version) VALUES \
                 ('{one}', 'kvhs', 'Kreisvolkshochschule', 'cc-zero', 'digest', 0, 1), ('{two}', 'file', 'From files', 'cc-zero', NULL, 0, 1); \
                 INSERT INTO imports (id, source_id, format, mode, state, created, changed, unchanged, withdrawn, rejected, problem_count, started_at) \
                 VALUES ('{two}', '{one}', 'ndjson', 'full', 'succeeded', 1, 0, 0, 0, 0, 0, 0)"
            ),
        );
        let store = database.store();
        let now = testkit::NOW.parse().unwrap();
        let secret = clients::Proof::Secret("digest".to_owned());
        let client = store.write(move |tx| clients::authenticate(tx, one, &secret, now)).unwrap();
        assert_eq!((client.source_id, client.scopes), (one, vec![Scope::RunImports]));
        assert!(store.read(move |connection| clients::of_token(connection, two)).unwrap().is_none(), "a source without a secret gets no client");
    }

    fn a_schema_from_the_future_is_refused(database) {
        drop(database.store());
        execute(database, "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')");
        let store = Store::open(database.url(), StoreOptions::default()).unwrap();
        assert!(matches!(store.migrate(), Err(Error::SchemaTooNew(version)) if version == "29991231000000"));
        assert!(matches!(store.check(), Err(Error::SchemaTooNew(_))));
    }

    fn what_is_unreadable_is_called_corrupt(database) {
        let store = database.store();
        execute(
            database,
            "INSERT INTO sources (id, key, name, licence, created_at, version) VALUES ('no-uuid', 'k', 'n', 'cc-zero', 0, 1)",
        );
        assert!(matches!(store.read(testkit::sources), Err(Error::Corrupt(_))));
    }
}
