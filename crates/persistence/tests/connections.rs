//! Connections to SQLite: each one is prepared, readers cannot write, and writers take their turn before they look.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use persistence::{AnyConnection, DatabaseUrl, Result, StoreOptions};
use std::sync::Barrier;
use std::time::Duration;
use testkit::TestDatabase;

const READERS: usize = 4;

/// Foreign keys, `synchronous` (2 is FULL), trusted schema, busy timeout in milliseconds, read-only.
fn prepared(connection: &mut AnyConnection) -> Result<Vec<i64>> {
    let mut values = Vec::new();
    for pragma in ["foreign_keys", "synchronous", "trusted_schema", "busy_timeout", "query_only"] {
        let column = if pragma == "busy_timeout" { "timeout" } else { pragma };
        values.push(diesel::select(sql::<BigInt>(&format!("(SELECT {column} FROM pragma_{pragma})"))).get_result(connection)?);
    }
    Ok(values)
}

// Trap 8: a pool prepares only the connection on which somebody thought of it.
#[test]
fn every_connection_is_prepared() {
    let database = TestDatabase::sqlite();
    let options = StoreOptions { readers: u32::try_from(READERS).unwrap(), patience: Duration::from_millis(1500), ..StoreOptions::default() };
    let store = database.store_with(options);
    let all_at_once = Barrier::new(READERS);
    std::thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                let found = store.read(|connection| {
                    all_at_once.wait();
                    prepared(connection)
                });
                assert_eq!(found.unwrap(), [1, 2, 0, 1500, 1]);
            });
        }
    });
    assert_eq!(store.write(prepared).unwrap(), [1, 2, 0, 1500, 0]);
    let written = store.read(|connection| Ok(connection.batch_execute("DELETE FROM sources")?));
    assert!(written.unwrap_err().to_string().contains("readonly"), "a reader cannot write");
}

// Trap 8: a transaction that only begins to write later may lose what it has read.
// ASVS 5.0 V2.3.3
#[test]
fn a_writer_has_its_turn_from_the_first_moment() {
    let database = TestDatabase::sqlite();
    let store = database.store();
    let DatabaseUrl::Sqlite(path) = store.url().clone() else { panic!("an SQLite database") };
    let other = move |_: &mut AnyConnection| {
        let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        other.batch_execute("PRAGMA busy_timeout=0").unwrap();
        Ok(other.batch_execute("BEGIN IMMEDIATE").map_err(|error| error.to_string()))
    };
    assert_eq!(store.write(other.clone()).unwrap(), Err("database is locked".to_owned()), "before the first statement");
    assert_eq!(store.read(other).unwrap(), Ok(()), "and nobody else has it otherwise");
}
