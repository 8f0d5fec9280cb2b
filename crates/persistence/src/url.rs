//! Addresses of databases. The scheme is required: a bare path or host would be a guess.

use crate::error::{Error, Result};
use std::fmt;
use std::path::{Path, PathBuf};

/// Where the records are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as libpq understands the address.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH` (also `sqlite://PATH`) or `postgres://…` (also `postgresql://…`).
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path == ":memory:" || path.contains('?') {
                return Err(Error::Url(format!("{text:?} names no file: use sqlite:PATH")));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        Err(Error::Url("a database address begins with sqlite: or postgres://".to_owned()))
    }

    /// An SQLite file.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_owned())
    }
}

impl fmt::Display for DatabaseUrl {
    /// Without the password: this goes into logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let shown = rest.split_once('?').map_or(rest, |(head, _)| head);
                match shown.rsplit_once('@') {
                    Some((user, host)) => write!(f, "{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
                    None => write!(f, "{scheme}://{shown}"),
                }
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_required_and_the_password_is_never_shown() {
        assert_eq!(DatabaseUrl::parse("sqlite:var/x.db").unwrap(), DatabaseUrl::sqlite("var/x.db"));
        assert_eq!(DatabaseUrl::parse("sqlite:///srv/x.db").unwrap(), DatabaseUrl::sqlite("/srv/x.db"));
        let postgres = DatabaseUrl::parse("postgres://portal:geheim@db:5432/bildung?sslmode=require&password=auch").unwrap();
        assert_eq!(postgres.to_string(), "postgres://portal@db:5432/bildung");
        assert_eq!(format!("{postgres:?}"), postgres.to_string());
        for bad in ["", "x.db", "/srv/x.db", "sqlite:", "sqlite::memory:", "mysql://x"] {
            assert!(matches!(DatabaseUrl::parse(bad), Err(Error::Url(_))), "{bad}");
        }
    }
}
