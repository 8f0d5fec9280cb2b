//! Pooled connections. A connection found dead is thrown away instead of being tested before every use.

use crate::connection::{AnyConnection, Preparation, Role, establish};
use crate::error::{Error, Result};
use crate::url::DatabaseUrl;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// A pooled connection that knows whether it broke.
pub(crate) struct Lent {
    connection: AnyConnection,
    broken: bool,
}

impl Lent {
    /// Marks the connection as dead: the pool drops it.
    pub(crate) fn mark_broken(&mut self) {
        self.broken = true;
    }
}

impl Deref for Lent {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}

/// Opens connections for a pool.
pub(crate) struct Manager {
    url: DatabaseUrl,
    role: Role,
    preparation: Preparation,
}

impl ManageConnection for Manager {
    type Connection = Lent;
    type Error = Error;

    fn connect(&self) -> Result<Lent> {
        establish(&self.url, self.role, self.preparation).map(|connection| Lent { connection, broken: false })
    }

    fn is_valid(&self, lent: &mut Lent) -> Result<()> {
        if lent.broken { Err(Error::Unavailable("the connection broke".to_owned())) } else { Ok(()) }
    }

    fn has_broken(&self, lent: &mut Lent) -> bool {
        lent.broken || std::thread::panicking()
    }
}

/// A bounded pool.
#[derive(Clone)]
pub(crate) struct Connections(Pool<Manager>);

impl Connections {
    pub(crate) fn open(url: &DatabaseUrl, role: Role, preparation: Preparation, size: u32, wait: Duration) -> Self {
        let manager = Manager { url: url.clone(), role, preparation };
        let pool = Pool::builder()
            .max_size(size.max(1))
            .min_idle(Some(0))
            .connection_timeout(wait)
            .test_on_check_out(false)
            .max_lifetime(None)
            .error_handler(Box::new(Quiet))
            .build_unchecked(manager);
        Self(pool)
    }

    /// A connection of the pool, or [`Error::Busy`] after the waiting time, or [`Error::Unavailable`] where none can be opened.
    pub(crate) fn get(&self) -> Result<PooledConnection<Manager>> {
        self.0.get().map_err(|error| {
            let state = self.0.state();
            if state.connections >= self.0.max_size() {
                Error::Busy("all connections are in use".to_owned())
            } else {
                Error::Unavailable(error.to_string())
            }
        })
    }

    pub(crate) fn size(&self) -> u32 {
        self.0.max_size()
    }
}

/// The caller gets the error; it is not also logged.
#[derive(Debug)]
struct Quiet;

impl diesel::r2d2::HandleError<Error> for Quiet {
    fn handle_error(&self, error: Error) {
        tracing::debug!(%error, "no connection");
    }
}
