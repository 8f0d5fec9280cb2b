//! The way out: requests to addresses that strangers have given, without harm to what is inside.
//!
//! Only `https` to addresses of the public internet: every name is resolved here, all its addresses are looked at, and the connection goes to
//! just these. Redirects are followed by hand, each one examined like the first address. An answer may be neither long nor slow, whatever it
//! says about itself. No proxy, no cookies, no credentials, nothing decompressed.

mod addresses;
mod answer;

pub use addresses::{Addresses, is_public};
pub use answer::Answer;

use addresses::Resolver;
use domain::problem::ValueError;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::LOCATION;
use reqwest::redirect;
use std::error::Error as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::{Host, Url};

/// How the portal calls itself.
const USER_AGENT: &str = concat!("bildungsregion/", env!("CARGO_PKG_VERSION"));

/// Most bytes of header fields of an answer.
const MOST_HEAD: usize = 64 << 10;

/// What is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// To where.
    pub addresses: Addresses,
    /// Longest body of an answer in bytes.
    pub max_bytes: u64,
    /// How long all of it may take: connecting, redirects, the answer to its last byte.
    pub total: Duration,
    /// How long nothing may come.
    pub idle: Duration,
    /// How many redirects of a GET are followed; those of a POST never are.
    pub redirects: u8,
}

impl Default for Policy {
    fn default() -> Self {
        Self { addresses: Addresses::GlobalOnly, max_bytes: 64 << 20, total: Duration::from_secs(120), idle: Duration::from_secs(10), redirects: 3 }
    }
}

/// Why there is no answer, or no more of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// Not an address that may be asked: no https, no host, with a password in it, or with a port of another service.
    #[error("the address has to begin with https:// and a host, without user name and password, and with port 443 or one from 1024 on if any")]
    Address,
    /// The host is not on the public internet. Says nothing about what is there.
    #[error("{0} is not an address on the public internet")]
    Private(String),
    /// Too many redirects, or one that leads nowhere.
    #[error("the address redirects too often, or nowhere")]
    Redirects,
    /// It cannot be reached, or breaks off.
    #[error("{0} cannot be reached, or breaks off")]
    Unreachable(String),
    /// It takes too long.
    #[error("the answer takes too long")]
    TimedOut,
    /// The answer is too long.
    #[error("the answer is longer than {0} bytes")]
    TooLarge(u64),
}

impl OutboundError {
    /// The same for people.
    pub fn value(&self) -> ValueError {
        let (code, de) = match self {
            Self::Address => {
                ("url-invalid", "Die Adresse muss mit https:// und einem Rechnernamen beginnen, ohne Benutzername und Passwort; ein Port ist 443 oder mindestens 1024.".to_owned())
            }
            Self::Private(host) => ("url-private", format!("{host} ist keine Adresse im öffentlichen Internet.")),
            Self::Redirects => ("too-many-redirects", "Die Adresse leitet zu oft oder ins Leere weiter.".to_owned()),
            Self::Unreachable(host) => ("unreachable", format!("{host} ist nicht erreichbar oder bricht ab.")),
            Self::TimedOut => ("timed-out", "Die Antwort dauert zu lange.".to_owned()),
            Self::TooLarge(limit) => ("answer-too-large", format!("Die Antwort ist länger als {limit} Bytes.")),
        };
        ValueError::new(code, de, self.to_string())
    }
}

/// Asks strangers. Made once and shared.
#[derive(Debug)]
pub struct Outbound {
    policy: Policy,
    client: Client,
}

impl Outbound {
    /// A way out.
    ///
    /// # Errors
    /// If there are no certificates to trust, or no thread to be had.
    pub fn new(policy: Policy) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .no_proxy()
            .referer(false)
            .redirect(redirect::Policy::none())
            .dns_resolver(Arc::new(Resolver(policy.addresses)))
            .connect_timeout(policy.idle)
            // For the head of the answer, and then for each piece of its body.
            .timeout(policy.idle)
            // A connection that waits for another request would outlive what was found out about its address.
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self { policy, client })
    }

    /// What is allowed.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Refuses an address that would never be asked, without asking anybody. Names are looked up only when they are asked.
    ///
    /// # Errors
    /// [`OutboundError::Address`] or [`OutboundError::Private`].
    pub fn check(&self, url: &Url) -> Result<(), OutboundError> {
        check(url, self.policy.addresses)
    }

    /// Fetches an address; redirects are followed as the policy says. The body is read from the answer, within the same limits.
    ///
    /// # Errors
    /// Whatever keeps the answer away. An answer of any status is an answer.
    pub fn get(&self, url: &Url, headers: &[(&str, &str)]) -> Result<Answer, OutboundError> {
        let began = Instant::now();
        let mut url = url.clone();
        for _ in 0..=self.policy.redirects {
            let answer = self.send(&url, headers, began, self.client.get(url.clone()))?;
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(answer);
            }
            let target = answer.headers.get(LOCATION).and_then(|value| value.to_str().ok()).ok_or(OutboundError::Redirects)?;
            url = url.join(target).map_err(|_| OutboundError::Redirects)?;
        }
        Err(OutboundError::Redirects)
    }

    /// Sends a body. A redirect is an answer like any other and not followed.
    ///
    /// # Errors
    /// Whatever keeps the answer away. An answer of any status is an answer.
    pub fn post(&self, url: &Url, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, OutboundError> {
        self.send(url, headers, Instant::now(), self.client.post(url.clone()).body(body.to_vec()))
    }

    fn send(&self, url: &Url, headers: &[(&str, &str)], began: Instant, request: RequestBuilder) -> Result<Answer, OutboundError> {
        self.check(url)?;
        if began.elapsed() >= self.policy.total {
            return Err(OutboundError::TimedOut);
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = request.send().map_err(|error| unanswered(url, &error))?;
        if response.content_length().is_some_and(|length| length > self.policy.max_bytes) {
            return Err(OutboundError::TooLarge(self.policy.max_bytes));
        }
        let head: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if head > MOST_HEAD {
            return Err(OutboundError::TooLarge(MOST_HEAD as u64));
        }
        Ok(Answer::new(response, url.clone(), &self.policy, began))
    }
}

/// Refuses an address that would never be asked, without asking anybody. Names are looked up only when they are asked.
///
/// # Errors
/// [`OutboundError::Address`] or [`OutboundError::Private`].
pub fn check(url: &Url, addresses: Addresses) -> Result<(), OutboundError> {
    let host = url.host().ok_or(OutboundError::Address)?;
    let local = addresses == Addresses::LoopbackToo && is_loopback(&host);
    if url.scheme() != "https" && !(local && url.scheme() == "http") {
        return Err(OutboundError::Address);
    }
    // Below 1024 other services listen than those that serve feeds: what is said to them may mean something to them.
    let port = url.port_or_known_default().unwrap_or(0);
    if !url.username().is_empty() || url.password().is_some() || (port < 1024 && port != 443 && !local) || port == 0 {
        return Err(OutboundError::Address);
    }
    let permitted = match host {
        Host::Ipv4(address) => addresses.permits(address.into()),
        Host::Ipv6(address) => addresses.permits(address.into()),
        Host::Domain(name) => addresses == Addresses::LoopbackToo || !is_local_name(name),
    };
    if permitted { Ok(()) } else { Err(OutboundError::Private(host.to_string())) }
}

/// Names that mean this machine wherever they are looked up (RFC 6761).
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => *name == "localhost",
    }
}

/// Why there is no answer. What the resolver refused lies deep inside.
fn unanswered(url: &Url, error: &reqwest::Error) -> OutboundError {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(refused) = inner.downcast_ref::<OutboundError>() {
            return refused.clone();
        }
        cause = inner.source();
    }
    if error.is_timeout() { OutboundError::TimedOut } else { OutboundError::Unreachable(url.host_str().unwrap_or_default().to_owned()) }
}
