//! Lanes: bounded classes of blocking work. A class that is full says so at once instead of piling up.

use crate::problem::ApiError;
use domain::ErrorCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A class of work: so many at a time, so many more may wait.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    running: Arc<Semaphore>,
    inside: Arc<AtomicUsize>,
    capacity: usize,
    retry_after: u32,
}

/// A place in a lane; given back when it is dropped.
pub(crate) struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Lane {
    /// `at_once` run, `waiting` more may wait; others are told to come again after `retry_after` seconds.
    pub(crate) fn new(at_once: usize, waiting: usize, retry_after: u32) -> Self {
        let at_once = at_once.max(1);
        Self { running: Arc::new(Semaphore::new(at_once)), inside: Arc::default(), capacity: at_once + waiting, retry_after }
    }

    fn enter(&self) -> Result<Place, ApiError> {
        let place = Place(Arc::clone(&self.inside));
        if self.inside.fetch_add(1, Ordering::AcqRel) >= self.capacity {
            return Err(self.full());
        }
        Ok(place)
    }

    /// What somebody is told who finds the lane full.
    pub(crate) fn full(&self) -> ApiError {
        ApiError::new(ErrorCode::Unavailable).retry_after(self.retry_after)
    }

    /// Waits for a turn. For work that has a part before the blocking one.
    pub(crate) async fn admit(&self) -> Result<Admission, ApiError> {
        let place = self.enter()?;
        let permit = Arc::clone(&self.running).acquire_owned().await.map_err(|_| self.full())?;
        Ok(Admission { _place: place, _permit: permit })
    }

    /// Waits for a turn and runs blocking work off the event loop.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, ApiError> + Send + 'static,
    {
        self.admit().await?.run(work).await
    }
}

/// A turn in a lane.
pub(crate) struct Admission {
    _place: Place,
    _permit: OwnedSemaphorePermit,
}

impl Admission {
    /// Runs blocking work off the event loop. The turn travels with the work, not with the request: a client that hangs up frees nothing
    /// before the work has really ended.
    pub(crate) async fn run<T, F>(self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, ApiError> + Send + 'static,
    {
        let span = tracing::Span::current();
        let done = tokio::task::spawn_blocking(move || {
            let _turn = self;
            span.in_scope(work)
        });
        done.await.unwrap_or_else(|panic| Err(ApiError::internal(panic)))
    }
}

/// How long a kind of work has taken lately, and so where it runs best.
///
/// Handing work to another thread and back costs about 50 µs of CPU, half of what a quick search costs. Work that is usually done within a
/// millisecond therefore runs on the event loop; when it has become slower, it moves to its lane, and back when it is quick again.
#[derive(Debug, Default)]
pub(crate) struct Pace(AtomicU64);

/// Microseconds up to which work may stay on the event loop.
const QUICK: u64 = 1000;

impl Pace {
    /// Runs work on the event loop or in `lane`.
    pub(crate) async fn run<T, F>(&self, lane: &Lane, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, ApiError> + Send + 'static,
    {
        let timed = move || {
            let began = Instant::now();
            work().map(|done| (done, began.elapsed()))
        };
        let (done, took) = if self.is_quick() { timed()? } else { lane.run(timed).await? };
        self.note(took);
        Ok(done)
    }

    fn is_quick(&self) -> bool {
        self.0.load(Ordering::Relaxed) <= QUICK
    }

    /// A moving average over about eight runs. Two requests that note at the same time may lose one of their notes.
    fn note(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let average = self.0.load(Ordering::Relaxed);
        self.0.store(average.saturating_sub(average / 8).saturating_add(took / 8), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    // Trap 7: a permit that is held by the handler is freed when the client hangs up, while the work goes on.
    // ASVS 5.0 V15.2.2
    #[tokio::test]
    async fn a_client_that_hangs_up_does_not_free_the_permit() {
        let lane = Lane::new(1, 0, 1);
        let (begun, has_begun) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let request = tokio::spawn({
            let lane = lane.clone();
            async move {
                lane.run(move || {
                    begun.send(()).unwrap();
                    released.recv().unwrap();
                    Ok(())
                })
                .await
            }
        });
        tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
        let refused = lane.run(|| Ok(())).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Unavailable, "the work still runs");
        release.send(()).unwrap();
        while lane.run(|| Ok(())).await.is_err() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_error_and_frees_its_place() {
        let lane = Lane::new(1, 0, 1);
        let failed = lane.run::<(), _>(|| panic!("on purpose")).await.unwrap_err();
        assert_eq!(failed.code(), ErrorCode::Internal);
        assert!(lane.run(|| Ok(())).await.is_ok());
    }

    #[tokio::test]
    async fn slow_work_leaves_the_event_loop_and_quick_work_comes_back() {
        let (pace, lane) = (Pace::default(), Lane::new(1, 0, 1));
        let here = std::thread::current().id();
        let where_it_runs = || async { pace.run(&lane, || Ok(std::thread::current().id())).await.unwrap() };
        assert_eq!(where_it_runs().await, here);
        pace.note(Duration::from_secs(1));
        assert_ne!(where_it_runs().await, here);
        for _ in 0..100 {
            pace.note(Duration::from_micros(10));
        }
        assert_eq!(where_it_runs().await, here);
    }
}
