//! Lanes: bounded classes of blocking work. A class that is full says so at once instead of piling up.

use crate::problem::ApiError;
use domain::ErrorCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

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
}
