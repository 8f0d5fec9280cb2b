//! Wakes those who follow the change log: in process after a commit, from other nodes by PostgreSQL's NOTIFY.

use crate::connection::{AnyConnection, Preparation, Role, establish};
use crate::url::DatabaseUrl;
use diesel::connection::SimpleConnection;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Channel on which nodes tell each other about commits.
pub(crate) const CHANNEL: &str = "bildungsregion_changes";

/// How often the connection that listens is looked at. Reading it does not block and costs one system call.
const GLANCE: Duration = Duration::from_millis(50);

/// How long to wait before a lost listening connection is opened again.
const RECONNECT: Duration = Duration::from_secs(1);

/// Counts commits that may have changed something, and lets threads wait for the next one.
///
/// A wake-up is a hint: it may come without a change, and on another node it can be lost with its connection. Followers therefore also look by
/// themselves about once a second.
#[derive(Debug, Clone, Default)]
pub struct ChangeSignal(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    count: Mutex<u64>,
    rung: Condvar,
}

impl ChangeSignal {
    /// Number of wake-ups so far.
    pub fn count(&self) -> u64 {
        *self.0.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes all who wait.
    pub fn ring(&self) {
        let mut count = self.0.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        self.0.rung.notify_all();
    }

    /// Waits until the count is no longer `seen`, at most `timeout`. Returns the count.
    pub fn wait(&self, seen: u64, timeout: Duration) -> u64 {
        let until = Instant::now() + timeout;
        let mut count = self.0.count.lock().unwrap_or_else(PoisonError::into_inner);
        while *count == seen {
            let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else { break };
            count = self.0.rung.wait_timeout(count, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *count
    }
}

/// Listens on a connection of its own until the last clone of the signal is gone.
pub(crate) fn listen(url: DatabaseUrl, preparation: Preparation, signal: &ChangeSignal) {
    let weak = Arc::downgrade(&signal.0);
    let spawned = std::thread::Builder::new().name("changes".to_owned()).spawn(move || {
        while weak.strong_count() > 0 {
            if let Err(error) = listen_once(&url, preparation, &weak) {
                tracing::warn!(%error, "not listening for changes of other nodes; polling meanwhile");
                std::thread::sleep(RECONNECT);
            }
        }
    });
    if let Err(error) = spawned {
        tracing::warn!(%error, "not listening for changes of other nodes; polling instead");
    }
}

fn listen_once(url: &DatabaseUrl, preparation: Preparation, weak: &Weak<Inner>) -> crate::Result<()> {
    let AnyConnection::Postgres(mut connection) = establish(url, Role::Reader, preparation)? else { return Ok(()) };
    connection.batch_execute(&format!("LISTEN {CHANNEL}"))?;
    let mut quiet_since = Instant::now();
    loop {
        let Some(inner) = weak.upgrade() else { return Ok(()) };
        let mut any = false;
        for notification in connection.notifications_iter() {
            notification?;
            any = true;
        }
        if any {
            ChangeSignal(inner).ring();
            quiet_since = Instant::now();
        } else if quiet_since.elapsed() > Duration::from_secs(30) {
            // A connection that died silently shows itself only when it is used.
            connection.batch_execute("SELECT 1")?;
            quiet_since = Instant::now();
        }
        std::thread::sleep(GLANCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_with_a_ring_or_with_time() {
        let signal = ChangeSignal::default();
        assert_eq!(signal.wait(0, Duration::from_millis(5)), 0);
        let other = signal.clone();
        let ringer = std::thread::spawn(move || other.ring());
        assert_eq!(signal.wait(0, Duration::from_secs(20)), 1);
        ringer.join().unwrap();
        assert_eq!(signal.wait(0, Duration::from_secs(20)), 1, "a ring that came before is not missed");
    }
}
