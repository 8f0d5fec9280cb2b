//! Claims: at most one holder of a name across threads, processes and nodes. A holder that dies loses its claim at once.

use crate::connection::{AnyConnection, Preparation, Role, establish};
use crate::error::{Error, Result};
use crate::url::DatabaseUrl;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::fs::{File, TryLockError};

/// Holds a name until it is dropped.
///
/// With SQLite it is a lock of the operating system on a file beside the database, with PostgreSQL an advisory lock of a session of its own:
/// both end with their process, so that there is nothing to clean up after a crash and no lease to time.
pub struct Claim(Kept);

enum Kept {
    File(File),
    Session(Box<AnyConnection>),
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Closing would do, but a server notices a closed connection only a moment later, and who comes next may be faster.
        let released = match &mut self.0 {
            Kept::File(file) => file.unlock().map_err(|error| error.to_string()),
            Kept::Session(session) => session.batch_execute("SELECT pg_advisory_unlock_all()").map_err(|error| error.to_string()),
        };
        if let Err(error) = released {
            tracing::debug!(%error, "a claim ends with its connection");
        }
    }
}

/// The claim, or `None` if somebody else holds it. `name` must be fit for a file name.
pub(crate) fn claim(url: &DatabaseUrl, preparation: Preparation, name: &str) -> Result<Option<Claim>> {
    match url {
        DatabaseUrl::Sqlite(path) => {
            let mut file_name = path.file_name().unwrap_or_default().to_owned();
            file_name.push(format!("-{name}.lock"));
            let path = path.with_file_name(file_name);
            let unusable = |error: std::io::Error| Error::Unavailable(format!("{}: {error}", path.display()));
            let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(unusable)?;
            match file.try_lock() {
                Ok(()) => Ok(Some(Claim(Kept::File(file)))),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(unusable(error)),
            }
        }
        DatabaseUrl::Postgres(_) => {
            let mut connection = establish(url, Role::Reader, preparation)?;
            let AnyConnection::Postgres(inner) = &mut connection else { return Err(Error::Url("not PostgreSQL".to_owned())) };
            let taken: bool = diesel::select(
                diesel::dsl::sql::<diesel::sql_types::Bool>("pg_try_advisory_lock(hashtextextended(")
                    .bind::<diesel::sql_types::Text, _>(name)
                    .sql(", 7))"),
            )
            .get_result(inner)?;
            Ok(taken.then(|| Claim(Kept::Session(Box::new(connection)))))
        }
    }
}
