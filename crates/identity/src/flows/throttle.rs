//! Throttling of guesses: slows down, never locks out (NIST SP 800-63B-4, 3.2.2).
//!
//! Guesses are counted for an account from one network, and for an account from everywhere. The first keeps one attacker slow. The second keeps
//! many of them slow, and would let them shut the owner out; it therefore does not hold for networks from which the account has signed in before.
//! What one network may ask for altogether is the business of the layer above.
//!
//! Leaky buckets (GCRA) in tables of a fixed size: a key is hashed to a slot with a secret of this process, so that no number of keys takes more
//! memory and nobody can choose with whom to share a slot. The tables belong to the process: several nodes allow as many times the guesses.

use domain::Timestamp;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Slots of one table: half a MiB, of which only what is used takes memory.
const SLOTS: usize = 1 << 16;

/// So many guesses at once, and one more every `period` microseconds.
#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: i64,
    period: i64,
}

const fn every(seconds: i64) -> i64 {
    seconds * 1_000_000
}

/// Passwords of one account from one network.
const PASSWORDS_OF_NETWORK: Rate = Rate { burst: 10, period: every(30) };
/// Passwords of one account from everywhere: at most 100 in a row, then one every half minute.
const PASSWORDS: Rate = Rate { burst: 100, period: every(30) };
/// Codes of one account from one network.
const CODES_OF_NETWORK: Rate = Rate { burst: 10, period: every(60) };
/// Codes of one account from everywhere. Of a million codes three are right at a time, so that guessing takes years.
const CODES: Rate = Rate { burst: 30, period: every(120) };

/// What is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    /// A password.
    Password,
    /// A code of the second factor.
    Code,
}

/// Too many guesses; holds after how many seconds to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub u32);

/// The counts of this process.
pub struct Throttle {
    hasher: RandomState,
    networks: Buckets,
    accounts: Buckets,
    /// Pairs of account and network that have signed in; a later pair may push an earlier one out of its slot.
    familiar: Box<[AtomicU64]>,
}

impl Default for Throttle {
    fn default() -> Self {
        let familiar = (0..SLOTS).map(|_| AtomicU64::new(0)).collect();
        Self { hasher: RandomState::new(), networks: Buckets::new(), accounts: Buckets::new(), familiar }
    }
}

impl Throttle {
    /// Counts a guess at `account`, which need not exist.
    ///
    /// # Errors
    /// If it is one too many.
    pub fn count(&self, guess: Guess, account: &str, address: Option<IpAddr>, now: Timestamp) -> Result<(), TooMany> {
        let (of_network, of_account, name) = match guess {
            Guess::Password => (PASSWORDS_OF_NETWORK, PASSWORDS, "password"),
            Guess::Code => (CODES_OF_NETWORK, CODES, "code"),
        };
        let network = address.map(network);
        let now = now.timestamp_micros();
        self.networks.count(self.hash((name, account, network)), of_network, now)?;
        let known = self.slot(account, network).is_some_and(|(slot, pair)| slot.load(Ordering::Relaxed) == pair);
        if known { Ok(()) } else { self.accounts.count(self.hash((name, account)), of_account, now) }
    }

    /// Remembers that the account has signed in from this network.
    pub fn signed_in(&self, account: &str, address: Option<IpAddr>) {
        if let Some((slot, pair)) = self.slot(account, address.map(network)) {
            slot.store(pair, Ordering::Relaxed);
        }
    }

    fn slot(&self, account: &str, network: Option<IpAddr>) -> Option<(&AtomicU64, u64)> {
        let pair = self.hash(("familiar", account, network));
        Some((self.familiar.get(index(pair))?, pair))
    }

    fn hash(&self, key: impl Hash) -> u64 {
        self.hasher.hash_one(key)
    }
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Throttle").finish_non_exhaustive()
    }
}

/// What one household, school or attacker usually has: /24 of IPv4, /56 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & !0xff)),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 72 << 72)),
    }
}

fn index(hash: u64) -> usize {
    usize::try_from(hash % SLOTS as u64).unwrap_or_default()
}

/// For every slot the instant, in microseconds, at which it is empty again.
struct Buckets(Box<[AtomicI64]>);

impl Buckets {
    fn new() -> Self {
        Self((0..SLOTS).map(|_| AtomicI64::new(0)).collect())
    }

    fn count(&self, hash: u64, rate: Rate, now: i64) -> Result<(), TooMany> {
        let Some(slot) = self.0.get(index(hash)) else { return Ok(()) };
        let mut before = slot.load(Ordering::Acquire);
        loop {
            let after = before.max(now) + rate.period;
            let wait = after - now - rate.burst * rate.period;
            if wait > 0 {
                return Err(TooMany(u32::try_from((wait + 999_999) / 1_000_000).unwrap_or(u32::MAX)));
            }
            match slot.compare_exchange_weak(before, after, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Ok(()),
                Err(current) => before = current,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Clock, FixedClock};

    fn address(last: u32) -> Option<IpAddr> {
        // Every number is a network of its own.
        Some(IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + (last << 8))))
    }

    // ASVS 5.0 V6.3.1
    #[test]
    fn guesses_from_one_network_become_slow_and_the_wait_is_told() {
        let (throttle, clock) = (Throttle::default(), FixedClock::at("2026-11-24T08:00:00Z"));
        let guess = |from| throttle.count(Guess::Password, "a@b.de", address(from), clock.now());
        assert!((0..10).all(|_| guess(1).is_ok()));
        assert_eq!(guess(1), Err(TooMany(30)));
        assert_eq!(throttle.count(Guess::Password, "c@d.de", address(1), clock.now()), Ok(()), "another account");
        assert_eq!(throttle.count(Guess::Code, "a@b.de", address(1), clock.now()), Ok(()), "codes count apart");
        assert_eq!(guess(2), Ok(()), "another network");
        clock.advance(chrono::Duration::seconds(30));
        assert_eq!((guess(1), guess(1)), (Ok(()), Err(TooMany(30))));
    }

    // ASVS 5.0 V6.3.1
    #[test]
    fn many_networks_are_slow_together_and_cannot_shut_the_owner_out() {
        let (throttle, clock) = (Throttle::default(), FixedClock::at("2026-11-24T08:00:00Z"));
        let guess = |from| throttle.count(Guess::Password, "a@b.de", address(from), clock.now());
        throttle.signed_in("a@b.de", address(0));
        let allowed = (1..1000).filter(|attacker| guess(*attacker).is_ok()).count();
        assert_eq!(allowed, 100);
        assert_eq!(guess(0), Ok(()), "the owner's network");
    }
}
