//! A database of its own for each test.

use crate::cluster;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use persistence::{DatabaseUrl, Store, StoreOptions};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// An empty database that disappears when it is dropped.
pub struct TestDatabase {
    url: DatabaseUrl,
    folder: TempDir,
    /// Server and name of a PostgreSQL database.
    created: Option<(String, String)>,
}

impl TestDatabase {
    /// A new SQLite file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = DatabaseUrl::sqlite(folder.path().join("test.db"));
        Self { url, folder, created: None }
    }

    /// A new database on the test server.
    pub fn postgres() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let admin = cluster::admin_url();
        let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        execute(&admin, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
        let url = DatabaseUrl::parse(&with_database(&admin, &name)).expect("the address of the test server");
        Self { url, folder: tempfile::tempdir().expect("a temporary folder"), created: Some((admin, name)) }
    }

    /// Its address.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Its address as text, password included, for other processes.
    pub fn address(&self) -> String {
        match &self.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(address) => address.clone(),
        }
    }

    /// A folder that disappears with the database.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.created.is_some()
    }

    /// A store on it, migrated. Several are like several nodes.
    pub fn store(&self) -> Store {
        self.store_with(StoreOptions { readers: 4, writers: 4, ..StoreOptions::default() })
    }

    /// A store on it with options, migrated.
    pub fn store_with(&self, options: StoreOptions) -> Store {
        let store = Store::open(&self.url, options).expect("the test database opens");
        store.migrate().expect("the test database migrates");
        store
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((admin, name)) = &self.created
            && let Ok(mut connection) = PgConnection::establish(admin)
        {
            // A database that stays behind on a throw-away server harms nobody.
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn execute(address: &str, sql: &str) {
    let mut connection = PgConnection::establish(address).unwrap_or_else(|error| panic!("the PostgreSQL server for the tests: {error}"));
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Replaces the database of an address: the path between host and parameters.
fn with_database(address: &str, name: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let (head, parameters) = rest.split_once('?').map_or((rest, None), |(head, parameters)| (head, Some(parameters)));
    let host = head.split_once('/').map_or(head, |(host, _)| host);
    match parameters {
        Some(parameters) => format!("{scheme}://{host}/{name}?{parameters}"),
        None => format!("{scheme}://{host}/{name}"),
    }
}
