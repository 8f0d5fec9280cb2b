//! What came back.

use super::{OutboundError, Policy};
use chrono::{DateTime, Utc};
use domain::Timestamp;
use reqwest::blocking::Response;
use reqwest::header::HeaderMap;
use std::io::{self, Read};
use std::time::{Duration, Instant};
use url::Url;

/// The head of an answer; reading it gives the body, not longer and not for longer than the policy allows. What cannot be read is an
/// [`io::Error`] with an [`OutboundError`] inside ([`Answer::cause`]).
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Header fields.
    pub headers: HeaderMap,
    /// The address that answered, after redirects.
    pub url: Url,
    body: Response,
    limit: u64,
    read: u64,
    began: Instant,
    total: Duration,
}

impl Answer {
    pub(super) fn new(body: Response, url: Url, policy: &Policy, began: Instant) -> Self {
        let (status, headers) = (body.status().as_u16(), body.headers().clone());
        Self { status, headers, url, body, limit: policy.max_bytes, read: 0, began, total: policy.total }
    }

    /// A header field, if it is there and readable.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How long the server asks to be left alone (`Retry-After`): seconds, or a date.
    pub fn retry_after(&self, now: Timestamp) -> Option<chrono::Duration> {
        pause(self.header("retry-after")?.trim(), now)
    }

    /// Why reading failed, if it was the way out that gave up.
    pub fn cause(error: &io::Error) -> Option<&OutboundError> {
        error.get_ref()?.downcast_ref()
    }
}

fn pause(text: &str, now: Timestamp) -> Option<chrono::Duration> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(chrono::Duration::seconds(seconds.into()));
    }
    let at = DateTime::parse_from_rfc2822(text).ok()?;
    Some((at.with_timezone(&Utc) - now).max(chrono::Duration::zero()))
}

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A server that sends a byte every few seconds is never idle.
        if self.began.elapsed() >= self.total {
            return Err(io::Error::new(io::ErrorKind::TimedOut, OutboundError::TimedOut));
        }
        let count = self.body.read(buffer).map_err(|error| {
            let late = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>()).is_some_and(reqwest::Error::is_timeout);
            let host = self.url.host_str().unwrap_or_default().to_owned();
            let (kind, cause) =
                if late { (io::ErrorKind::TimedOut, OutboundError::TimedOut) } else { (error.kind(), OutboundError::Unreachable(host)) };
            io::Error::new(kind, cause)
        })?;
        self.read += count as u64;
        if self.read > self.limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, OutboundError::TooLarge(self.limit)));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_may_ask_for_a_pause() {
        let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        assert_eq!(pause("120", now), Some(chrono::Duration::seconds(120)));
        assert_eq!(pause("Tue, 24 Nov 2026 08:05:00 GMT", now), Some(chrono::Duration::minutes(5)));
        assert_eq!(pause("Tue, 24 Nov 2026 07:05:00 GMT", now), Some(chrono::Duration::zero()), "in the past");
        for none in ["", "soon", "-5", "99999999999"] {
            assert_eq!(pause(none, now), None, "{none}");
        }
    }
}
