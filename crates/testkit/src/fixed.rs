//! Time and chance of tests.

use domain::{FixedClock, Rng};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::sync::{Mutex, PoisonError};

/// The instant at which test clocks stand.
pub const NOW: &str = "2026-11-24T08:00:00Z";

/// A clock standing at [`NOW`].
pub fn clock() -> FixedClock {
    FixedClock::at(NOW)
}

/// A generator that gives the same bytes for the same seed.
#[derive(Debug)]
pub struct SeededRng(Mutex<ChaCha8Rng>);

impl SeededRng {
    /// A generator with a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}
