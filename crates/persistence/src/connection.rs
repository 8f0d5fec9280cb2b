//! One connection type over both databases, and how a connection is prepared.

use crate::error::{Error, Result};
use crate::url::DatabaseUrl;
use diesel::connection::SimpleConnection;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use std::time::Duration;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

/// Compiles one body for each database: for what the derive cannot express (upserts, batches, `returning`).
macro_rules! each_backend {
    ($connection:expr, |$inner:ident| $body:expr) => {
        match $connection {
            $crate::connection::AnyConnection::Sqlite($inner) => $body,
            $crate::connection::AnyConnection::Postgres($inner) => $body,
        }
    };
}
pub(crate) use each_backend;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reads only.
    Reader,
    /// Reads and writes.
    Writer,
}

/// How connections are prepared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Preparation {
    pub(crate) busy_timeout: Duration,
    pub(crate) statement_timeout: Duration,
}

/// Opens a connection and prepares it.
///
/// SQLite: write-ahead log, `synchronous=FULL` (what is acknowledged is on the disk), foreign keys, no functions from the schema, and no memory
/// map, which counts once for each connection as memory of the process and was measured to win nothing. PostgreSQL: UTC, a statement timeout, and no wait without end for a lock.
pub(crate) fn establish(url: &DatabaseUrl, role: Role, preparation: Preparation) -> Result<AnyConnection> {
    match url {
        DatabaseUrl::Sqlite(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(|e| Error::Unavailable(format!("{}: {e}", folder.display())))?;
            }
            let path = path.to_str().ok_or_else(|| Error::Url("the path of the database is not UTF-8".to_owned()))?;
            let mut connection = SqliteConnection::establish(path)?;
            let busy = preparation.busy_timeout.as_millis();
            let (query_only, cache_kib) = if role == Role::Reader { ("ON", 2048) } else { ("OFF", 16384) };
            connection.batch_execute(&format!(
                "PRAGMA busy_timeout={busy}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; \
                 PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-{cache_kib}; \
                 PRAGMA query_only={query_only};"
            ))?;
            Ok(AnyConnection::Sqlite(connection))
        }
        DatabaseUrl::Postgres(address) => {
            let mut connection = PgConnection::establish(address)?;
            let (statement, lock) = (preparation.statement_timeout.as_millis(), preparation.busy_timeout.as_millis());
            let read_only = if role == Role::Reader { "SET default_transaction_read_only = on;" } else { "" };
            connection.batch_execute(&format!(
                "SET TIME ZONE 'UTC'; SET statement_timeout = {statement}; SET lock_timeout = {lock}; \
                 SET idle_in_transaction_session_timeout = '10min'; SET client_min_messages = warning; {read_only}"
            ))?;
            Ok(AnyConnection::Postgres(connection))
        }
    }
}
