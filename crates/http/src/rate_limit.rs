//! Rate limits: how often one network, or one principal, may do what. GCRA (a leaky bucket that needs no timer) by `governor`.
//!
//! The state has a fixed size: every class has a table of slots, and a key is hashed to one of them with a secret of this process. Two keys
//! may share a slot and then share its allowance; nobody can choose with whom, and no number of keys takes more memory.

mod requests;

pub(crate) use requests::{Counted, throttle};

use crate::problem::ApiError;
use actix_web::http::header::HeaderValue;
use domain::ErrorCode;
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::{Quota, RateLimiter};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Slots of one class: half a MiB, of which only what is used takes memory.
const SLOTS: usize = 1 << 16;

/// So many requests at once, and all of them anew within the window, evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    requests: NonZeroU32,
    window: Duration,
}

impl Rate {
    /// `requests` within `seconds`; zero of either counts as one.
    pub const fn new(requests: u32, seconds: u32) -> Self {
        let requests = match NonZeroU32::new(requests) {
            Some(requests) => requests,
            None => NonZeroU32::MIN,
        };
        Self { requests, window: Duration::from_secs(if seconds == 0 { 1 } else { seconds as u64 }) }
    }

    fn quota(self) -> Option<Quota> {
        Some(Quota::with_period(self.window / self.requests.get())?.allow_burst(self.requests))
    }
}

/// Why a text is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not REQUESTS/SECONDSs, for example 300/6s")]
pub struct RateError(String);

impl FromStr for Rate {
    type Err = RateError;

    /// Reads `300/6s`: 300 requests within 6 seconds.
    fn from_str(text: &str) -> Result<Self, RateError> {
        let read = || {
            let (requests, seconds) = text.strip_suffix('s')?.split_once('/')?;
            let (requests, seconds) = (requests.parse().ok()?, seconds.parse().ok()?);
            (1..=1_000_000).contains(&requests).then_some(())?;
            (1..=86_400).contains(&seconds).then(|| Self::new(requests, seconds))
        };
        read().ok_or_else(|| RateError(text.to_owned()))
    }
}

/// The rate of every class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Reading.
    pub read: Rate,
    /// Writing.
    pub write: Rate,
    /// Everything where a password, a code or a link could be guessed, or that sends mail.
    pub sign_in: Rate,
    /// Tokens of partner systems.
    pub token: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self { read: Rate::new(300, 6), write: Rate::new(120, 60), sign_in: Rate::new(20, 60), token: Rate::new(60, 60) }
    }
}

/// Classes of requests; each is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Guessing passwords, codes and links; sending mail.
    SignIn,
    /// Tokens of partner systems.
    Token,
}

/// The limits of all classes. One per process.
pub(crate) struct Throttle<C: Clock = MonotonicClock> {
    classes: Option<[Limiter<C>; 4]>,
    hasher: RandomState,
    warned: AtomicBool,
}

struct Limiter<C: Clock> {
    name: &'static str,
    policy: HeaderValue,
    rate: Rate,
    clock: C,
    limiter: RateLimiter<u64, Slots, C, StateInformationMiddleware>,
}

impl Throttle {
    /// `None` holds nobody back.
    pub(crate) fn new(rates: Option<&Rates>) -> Self {
        Self::with_clock(rates, &MonotonicClock)
    }
}

impl<C: Clock + Clone> Throttle<C> {
    fn with_clock(rates: Option<&Rates>, clock: &C) -> Self {
        let classes = rates.and_then(|rates| {
            let of = |name, rate| Limiter::new(name, rate, clock.clone());
            Some([of("read", rates.read)?, of("write", rates.write)?, of("sign-in", rates.sign_in)?, of("token", rates.token)?])
        });
        Self { classes, hasher: RandomState::new(), warned: AtomicBool::new(false) }
    }
}

impl<C: Clock> Throttle<C> {
    /// Counts one request of `key`: a network, an account, a client. 429 with `Retry-After` when it was one too many.
    #[allow(dead_code, reason = "for limits by principal; no operation needs one yet")]
    pub(crate) fn check(&self, class: Class, key: impl Hash) -> Result<(), ApiError> {
        match self.count(class, key) {
            Some(Counted { retry_after: Some(seconds), .. }) => Err(ApiError::new(ErrorCode::TooManyRequests).retry_after(seconds)),
            _ => Ok(()),
        }
    }

    /// Counts one request and says what is left; `None` where nobody is held back.
    fn count(&self, class: Class, key: impl Hash) -> Option<Counted> {
        let [read, write, sign_in, token] = self.classes.as_ref()?;
        let limiter = match class {
            Class::Read => read,
            Class::Write => write,
            Class::SignIn => sign_in,
            Class::Token => token,
        };
        Some(limiter.count(self.hasher.hash_one(key)))
    }

    /// True the first time: somebody may have forgotten to name the proxy in front.
    fn warns_once(&self) -> bool {
        !self.warned.swap(true, Ordering::Relaxed)
    }
}

impl<C: Clock> Limiter<C> {
    fn new(name: &'static str, rate: Rate, clock: C) -> Option<Self>
    where
        C: Clone,
    {
        let policy = HeaderValue::from_str(&format!("\"{name}\";q={};w={}", rate.requests, rate.window.as_secs())).ok()?;
        let limiter = RateLimiter::new(rate.quota()?, Slots::new(), clock.clone());
        Some(Self { name, policy, rate, clock, limiter })
    }

    fn count(&self, key: u64) -> Counted {
        let (left, until, retry_after) = match self.limiter.check_key(&key) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                let used = self.rate.requests.get().saturating_sub(left);
                (left, seconds(self.rate.window / self.rate.requests.get() * used), None)
            }
            Err(refused) => {
                let wait = seconds(refused.wait_time_from(self.clock.now())).max(1);
                (0, wait, Some(wait))
            }
        };
        let state = HeaderValue::from_maybe_shared(actix_web::web::Bytes::from(format!("\"{}\";r={left};t={until}", self.name)));
        Counted { policy: self.policy.clone(), state: state.unwrap_or_else(|_| HeaderValue::from_static("")), retry_after }
    }
}

/// Whole seconds, rounded up.
fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

/// The state of one class: for every slot the instant, in nanoseconds since the start, at which it is empty again; 0 for never used.
struct Slots(Box<[AtomicU64]>);

impl Slots {
    fn new() -> Self {
        Self((0..SLOTS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl StateStore for Slots {
    type Key = u64;

    fn measure_and_replace<T, F, E>(&self, key: &u64, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let index = usize::try_from(key % SLOTS as u64).unwrap_or_default();
        let Some(slot) = self.0.get(index) else { return decide(None).map(|(outcome, _)| outcome) };
        let mut before = slot.load(Ordering::Acquire);
        loop {
            let (outcome, after) = decide((before != 0).then(|| Nanos::from(before)))?;
            match slot.compare_exchange_weak(before, after.as_u64(), Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Ok(outcome),
                Err(now) => before = now,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn throttle(rates: Rates) -> (Throttle<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        // An instant of zero is the beginning; a server never serves in it.
        clock.advance(Duration::from_secs(1));
        (Throttle::with_clock(Some(&rates), &clock), clock)
    }

    // ASVS 5.0 V2.4.1
    #[test]
    fn what_was_used_comes_back_evenly_and_every_class_and_key_counts_apart() {
        let (throttle, clock) = throttle(Rates { sign_in: Rate::new(3, 30), ..Rates::default() });
        for _ in 0..3 {
            throttle.check(Class::SignIn, "a").unwrap();
        }
        assert_eq!(throttle.check(Class::SignIn, "a").unwrap_err().code(), ErrorCode::TooManyRequests);
        throttle.check(Class::Write, "a").unwrap();
        throttle.check(Class::SignIn, "b").unwrap();
        clock.advance(Duration::from_secs(10));
        throttle.check(Class::SignIn, "a").unwrap();
        throttle.check(Class::SignIn, "a").unwrap_err();
        clock.advance(Duration::from_secs(60));
        for _ in 0..3 {
            throttle.check(Class::SignIn, "a").unwrap();
        }
        throttle.check(Class::SignIn, "a").unwrap_err();
    }

    #[test]
    fn the_fields_say_what_is_left_and_when_to_come_again() {
        let (throttle, clock) = throttle(Rates { write: Rate::new(2, 60), ..Rates::default() });
        let count = || {
            let counted = throttle.count(Class::Write, 1).unwrap();
            (counted.policy.to_str().unwrap().to_owned(), counted.state.to_str().unwrap().to_owned(), counted.retry_after)
        };
        let policy = || "\"write\";q=2;w=60".to_owned();
        assert_eq!(count(), (policy(), "\"write\";r=1;t=30".into(), None));
        clock.advance(Duration::from_secs(10));
        assert_eq!(count(), (policy(), "\"write\";r=0;t=60".into(), None));
        assert_eq!(count(), (policy(), "\"write\";r=0;t=20".into(), Some(20)));
    }

    #[test]
    fn many_keys_shut_nobody_out() {
        let (throttle, _) = throttle(Rates { sign_in: Rate::new(20, 60), ..Rates::default() });
        // As many attackers as a botnet has, each within its allowance.
        let refused = (0..200_000_u32).filter(|attacker| throttle.check(Class::SignIn, attacker).is_err()).count();
        assert_eq!(refused, 0);
    }

    #[test]
    fn nobody_is_held_back_without_rates() {
        let throttle = Throttle::new(None);
        assert!((0..10_000).all(|_| throttle.check(Class::SignIn, 1).is_ok()));
    }

    #[test]
    fn a_rate_is_read_strictly() {
        assert_eq!("300/6s".parse(), Ok(Rate::new(300, 6)));
        for wrong in ["", "300", "300/6", "0/6s", "300/0s", "x/6s", "-1/6s", "300/6m", "1/86401s"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
