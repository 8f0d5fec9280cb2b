//! Identifiers: `UUIDv7` (RFC 9562) from a clock and a generator that are passed in.

use crate::time::Clock;
use uuid::Uuid;

/// A source of randomness. Implemented by the operating system and by seeded generators in tests and demo data.
pub trait Rng: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        // A machine without randomness cannot make identifiers or secrets: there is nothing sensible to continue with.
        #[allow(clippy::expect_used)]
        getrandom::fill(bytes).expect("the operating system provides randomness");
    }
}

/// A new, time-ordered identifier.
pub fn new_id(clock: &dyn Clock, rng: &dyn Rng) -> Uuid {
    let mut random = [0u8; 10];
    rng.fill(&mut random);
    let millis = u64::try_from(clock.now().timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::FixedClock;

    #[test]
    fn ids_are_version_7_and_carry_the_time() {
        let clock = FixedClock::at("2026-11-24T08:00:00Z");
        let id = new_id(&clock, &SystemRng);
        assert_eq!(id.get_version_num(), 7);
        assert_ne!(id, new_id(&clock, &SystemRng));
        let (seconds, _) = id.get_timestamp().unwrap().to_unix();
        assert_eq!(i64::try_from(seconds).unwrap(), clock.now().timestamp());
    }
}
