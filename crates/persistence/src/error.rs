//! What can go wrong, in words that the layers above can act on.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Result with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such row.
    #[error("there is no such row")]
    NotFound,
    /// Who asks is nobody any more: the session has ended, the account or client is not active.
    #[error("the session, account or client is no longer active")]
    Unknown,
    /// Who asks may not do this.
    #[error("this needs the capability {}", .0.code())]
    Denied(domain::accounts::Capability),
    /// The row has another version than the caller believes. Holds the version it has now.
    #[error("the record is at version {0} by now")]
    Conflict(i64),
    /// Something with this unique key is there already. Holds what the database says.
    #[error("it exists already: {0}")]
    Exists(String),
    /// Without this account nobody could administer the portal any more.
    #[error("no administrator would be left")]
    LastAdministrator,
    /// The application has been decided before.
    #[error("this has already been decided")]
    AlreadyDecided,
    /// The one-time token is unknown, used or expired.
    #[error("the one-time token is unknown, used or expired")]
    LinkInvalid,
    /// Too much to do just now: the queue is full, or the lock or statement took too long. Try again in a moment.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// What is stored is not what this program writes.
    #[error("the database holds something unreadable: {0}")]
    Corrupt(String),
    /// The database was migrated by a newer version of this program. Holds the unknown migration.
    #[error("the database has migration {0}, which this version does not know: use a newer version")]
    SchemaTooNew(String),
    /// The database still lacks migrations. Holds the first that is missing.
    #[error("the database lacks migration {0}: run `migrate`")]
    SchemaTooOld(String),
    /// Not a database address.
    #[error("{0}")]
    Url(String),
    /// The caller gave up (for example an import whose file turned out to be broken); nothing was kept.
    #[error("given up by the caller")]
    Aborted,
    /// Anything else the database says.
    #[error("the database refuses: {0}")]
    Database(DieselError),
}

impl Error {
    /// Whether the same transaction may succeed when it is simply run again (serialization failure, deadlock).
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::Database(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
            Self::Database(DieselError::DatabaseError(_, info)) => info.message().contains("deadlock detected"),
            _ => false,
        }
    }

    /// Whether the connection is gone.
    pub(crate) fn is_disconnect(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    pub(crate) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => Self::Exists(info.message().to_owned()),
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => Self::Unavailable(info.message().to_owned()),
            DieselError::DatabaseError(_, info) => match info.message() {
                m if m.contains("database is locked") || m.contains("statement timeout") || m.contains("lock timeout") => Self::Busy(m.to_owned()),
                m if m.contains("malformed") || m.contains("not a database") => Self::Corrupt(m.to_owned()),
                m if m.contains("terminating connection")
                    || m.contains("no connection to the server")
                    || m.contains("server closed the connection") =>
                {
                    Self::Unavailable(m.to_owned())
                }
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

impl From<diesel::ConnectionError> for Error {
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
