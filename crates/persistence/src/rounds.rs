//! Work that is done again and again, by threads of its own, until whoever started it lets go.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Whether to stop, and the bell that is rung then.
type Stop = (Mutex<bool>, Condvar);

/// Threads that go their rounds until this is dropped, which waits for rounds under way.
///
/// Which node does what is decided by the database ([`crate::Store::claim`], or rows that are claimed), so that every node may go the same rounds.
#[derive(Debug)]
pub struct Rounds {
    stop: Arc<Stop>,
    threads: Vec<JoinHandle<()>>,
}

impl Rounds {
    /// Starts a thread that does `work` after a time, and then each time another time has passed since it was done.
    ///
    /// # Errors
    /// If there is no thread to be had.
    pub fn start(name: &str, first: Duration, every: Duration, work: impl Fn() + Send + Sync + 'static) -> std::io::Result<Self> {
        Self::start_many(name, 1, first, every, work)
    }

    /// The same with several threads, so that one that is held up does not hold up all work.
    ///
    /// # Errors
    /// If there are no threads to be had.
    pub fn start_many(
        name: &str,
        threads: usize,
        first: Duration,
        every: Duration,
        work: impl Fn() + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let work = Arc::new(work);
        // Threads that were started before one could not be are stopped with this.
        let mut rounds = Self { stop: Arc::default(), threads: Vec::with_capacity(threads) };
        for _ in 0..threads {
            let (work, stop) = (Arc::clone(&work), Arc::clone(&rounds.stop));
            let go = move || {
                let mut pause = first;
                while !rest(&stop, pause) {
                    work();
                    pause = every;
                }
            };
            rounds.threads.push(std::thread::Builder::new().name(name.to_owned()).spawn(go)?);
        }
        Ok(rounds)
    }
}

/// Waits; `true` if it is time to stop.
fn rest((stop, rung): &Stop, pause: Duration) -> bool {
    let stop = stop.lock().unwrap_or_else(PoisonError::into_inner);
    let (stop, _) = rung.wait_timeout_while(stop, pause, |stop| !*stop).unwrap_or_else(PoisonError::into_inner);
    *stop
}

impl Drop for Rounds {
    fn drop(&mut self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        for thread in self.threads.drain(..) {
            // It has said why if it panicked.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn rounds_are_gone_until_they_are_dropped() {
        let (done, rounds) = channel();
        let going = Rounds::start_many("rounds", 2, Duration::ZERO, Duration::from_millis(1), move || done.send(()).unwrap_or_default()).unwrap();
        for _ in 0..10 {
            rounds.recv_timeout(Duration::from_secs(10)).unwrap();
        }
        drop(going);
        while rounds.try_recv().is_ok() {}
        assert!(rounds.recv_timeout(Duration::from_millis(50)).is_err());
    }

    #[test]
    fn nobody_waits_for_a_round_that_has_not_begun() {
        let hour = Duration::from_secs(3600);
        drop(Rounds::start("rounds", hour, hour, || {}).unwrap());
    }
}
