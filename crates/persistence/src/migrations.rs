//! Migrations: embedded, one folder for each database, the same versions in both.

use crate::connection::{AnyConnection, each_backend};
use crate::error::{Error, Result};
use diesel::RunQueryDsl as _;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any number of its own: the advisory lock under which PostgreSQL is migrated.
const LOCK: i64 = 0x6269_6c64_6d69_6772;

/// Applies what is missing, one process at a time. Returns the versions applied.
pub(crate) fn run(connection: &mut AnyConnection) -> Result<Vec<String>> {
    match connection {
        AnyConnection::Sqlite(inner) => {
            // Remaking a table drops the old one under the eyes of what refers to it: SQLite wants foreign keys off for that, and a check after
            // it. The connection lives for the migrations alone.
            inner.batch_execute("PRAGMA foreign_keys=OFF")?;
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN EXCLUSIVE")?;
        }
        AnyConnection::Postgres(inner) => {
            // Waiting for another node's migration may take longer than any other lock.
            inner.batch_execute(&format!("SET lock_timeout = 0; SET statement_timeout = 0; BEGIN; SELECT pg_advisory_xact_lock({LOCK}); COMMIT"))?;
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN")?;
            inner.batch_execute(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?;
        }
    }
    let applied = apply(connection);
    each_backend!(connection, |inner| match applied {
        Ok(applied) => {
            AnsiTransactionManager::commit_transaction(inner)?;
            Ok(applied)
        }
        Err(error) => {
            AnsiTransactionManager::rollback_transaction(inner)?;
            Err(error)
        }
    })
}

fn apply(connection: &mut AnyConnection) -> Result<Vec<String>> {
    refuse_newer(connection)?;
    let refused = |error: Box<dyn std::error::Error + Send + Sync>| Error::Unavailable(format!("migration: {error}"));
    let applied = match connection {
        AnyConnection::Sqlite(inner) => {
            let applied = inner.run_pending_migrations(SQLITE).map_err(refused)?.iter().map(ToString::to_string).collect();
            let broken: i64 =
                diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>("(SELECT count(*) FROM pragma_foreign_key_check)")).get_result(inner)?;
            if broken > 0 {
                return Err(Error::corrupt(format!("{broken} rows refer to something that is not there")));
            }
            applied
        }
        AnyConnection::Postgres(inner) => inner.run_pending_migrations(POSTGRES).map_err(refused)?.iter().map(ToString::to_string).collect(),
    };
    Ok(applied)
}

/// The versions this program knows, oldest first.
pub(crate) fn known(connection: &AnyConnection) -> Result<Vec<String>> {
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| Error::corrupt(error);
    let mut versions: Vec<String> = match connection {
        AnyConnection::Sqlite(_) => MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)
            .map_err(unreadable)?
            .iter()
            .map(|m| m.name().version().to_string())
            .collect(),
        AnyConnection::Postgres(_) => {
            MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES).map_err(unreadable)?.iter().map(|m| m.name().version().to_string()).collect()
        }
    };
    versions.sort();
    Ok(versions)
}

/// The versions the database has, oldest first. Creates nothing.
pub(crate) fn applied(connection: &mut AnyConnection) -> Result<Vec<String>> {
    use diesel::prelude::*;
    diesel::table! {
        __diesel_schema_migrations (version) {
            version -> Text,
        }
    }
    let exists: bool = match connection {
        AnyConnection::Sqlite(inner) => diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__diesel_schema_migrations')",
        ))
        .get_result(inner)?,
        AnyConnection::Postgres(inner) => {
            diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL")).get_result(inner)?
        }
    };
    if !exists {
        return Ok(Vec::new());
    }
    Ok(__diesel_schema_migrations::table.select(__diesel_schema_migrations::version).order(__diesel_schema_migrations::version).load(connection)?)
}

/// Refuses a database that a newer version of this program has migrated.
pub(crate) fn refuse_newer(connection: &mut AnyConnection) -> Result<()> {
    let known = known(connection)?;
    match applied(connection)?.into_iter().find(|version| !known.contains(version)) {
        Some(unknown) => Err(Error::SchemaTooNew(unknown)),
        None => Ok(()),
    }
}

/// Refuses a database that is not exactly as this program needs it. Returns the newest version.
pub(crate) fn expect_current(connection: &mut AnyConnection) -> Result<String> {
    refuse_newer(connection)?;
    let (known, applied) = (known(connection)?, applied(connection)?);
    match known.iter().find(|version| !applied.contains(version)) {
        Some(missing) => Err(Error::SchemaTooOld(missing.clone())),
        None => Ok(applied.last().cloned().unwrap_or_default()),
    }
}
