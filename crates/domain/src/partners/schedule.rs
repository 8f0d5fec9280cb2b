//! Feeds that the portal fetches itself.

use super::{ImportFormat, ImportMode};
use crate::problem::{Problem, ValueError};
use crate::text::WebUrl;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The shortest and the longest interval, in minutes: a quarter of an hour, a month.
const INTERVALS: std::ops::RangeInclusive<u32> = 15..=44_640;

/// First pause after a fetch in vain; it doubles with every further one.
const FIRST_PAUSE: Duration = Duration::minutes(5);

/// Longest pause after a fetch in vain, unless the interval is longer.
const LONGEST_PAUSE: Duration = Duration::hours(6);

/// The longest pause that a server may ask for with `Retry-After`.
pub const LONGEST_ASKED_PAUSE: Duration = Duration::hours(24);

/// The longest spread that keeps feeds with the same interval apart.
const LONGEST_SPREAD: Duration = Duration::minutes(10);

/// No feed is stale that was fetched within this time.
const ALWAYS_FRESH: Duration = Duration::days(2);

/// How long a source that is not fetched may be silent before it counts as stale.
const SILENCE: Duration = Duration::days(30);

/// Fetches in vain after which a feed that was never fetched counts as stale.
const NEVER: u32 = 3;

/// How often a feed is fetched, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Interval(u32);

impl Interval {
    /// In minutes.
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// As a span of time.
    pub fn duration(self) -> Duration {
        Duration::minutes(self.0.into())
    }
}

impl TryFrom<u32> for Interval {
    type Error = ValueError;
    fn try_from(minutes: u32) -> Result<Self, ValueError> {
        if INTERVALS.contains(&minutes) {
            return Ok(Self(minutes));
        }
        let (least, most) = (INTERVALS.start(), INTERVALS.end());
        Err(ValueError::new(
            "interval-out-of-range",
            format!("{minutes} ist kein möglicher Abstand: {least} bis {most} Minuten."),
            format!("{minutes} is not a possible interval: {least} to {most} minutes."),
        ))
    }
}

impl From<Interval> for u32 {
    fn from(interval: Interval) -> Self {
        interval.0
    }
}

impl utoipa::PartialSchema for Interval {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Integer)
            .minimum(Some(*INTERVALS.start()))
            .maximum(Some(*INTERVALS.end()))
            .examples([1440])
            .into()
    }
}
impl ToSchema for Interval {}

/// What can be said of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleDraft {
    /// Address of the feed: `https`, by name, without user name and password.
    #[schema(examples("https://vhs.example.org/export/kurse.xml"))]
    pub url: WebUrl,
    /// Format of the feed.
    pub format: ImportFormat,
    /// Whether the feed holds everything there is, or only what changed.
    pub mode: ImportMode,
    /// How often it is fetched, in minutes.
    pub every_minutes: Interval,
    /// Whether it is fetched without being asked for.
    pub enabled: bool,
}

/// A feed that the portal fetches, and how that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What is fetched, and how often.
    pub draft: ScheduleDraft,
    /// When it is fetched next; never if it is disabled and nobody has asked for it.
    pub next_at: Option<DateTime<Utc>>,
    /// When it was last tried.
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// When the feed was last there and read, whether or not it had news.
    pub last_success_at: Option<DateTime<Utc>>,
    /// When it last had other content than before.
    pub last_new_at: Option<DateTime<Utc>>,
    /// Fetches in vain since.
    pub failures: u32,
    /// Why the last one was in vain.
    pub last_error: Option<Problem>,
    /// Counts up with every change of what is fetched.
    pub version: i64,
}

impl Schedule {
    /// Whether the feed has not been read for three intervals, or for two days where that is longer. One that is disabled is not missed.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        let patience = (self.draft.every_minutes.duration() * 3).max(ALWAYS_FRESH);
        self.draft.enabled && self.last_success_at.map_or(self.failures >= NEVER, |at| now - at > patience)
    }
}

/// Whether a source that hands in by itself has been silent for too long.
pub fn is_silent(last_success_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last_success_at.is_some_and(|at| now - at > SILENCE)
}

/// The pause after a fetch. `spread` is chance: 0 for the shortest pause, 255 for the longest.
pub fn pause_after_fetch(interval: Interval, failures: u32, spread: u8) -> Duration {
    let interval = interval.duration();
    if failures == 0 {
        return interval + (interval / 10).min(LONGEST_SPREAD) * i32::from(spread) / 255;
    }
    let doubled = FIRST_PAUSE * (1 << (failures - 1).min(12));
    let pause = doubled.min(LONGEST_PAUSE.max(interval));
    pause + pause / 4 * i32::from(spread) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(minutes: u32) -> Interval {
        Interval::try_from(minutes).unwrap()
    }

    #[test]
    fn intervals_have_limits() {
        for minutes in [0, 14, 44_641] {
            assert_eq!(Interval::try_from(minutes).unwrap_err().code, "interval-out-of-range");
        }
        assert_eq!(every(15).duration(), Duration::minutes(15));
    }

    #[test]
    fn pauses_double_up_to_a_limit_and_are_spread() {
        let minutes = |failures, spread| pause_after_fetch(every(60), failures, spread).num_minutes();
        assert_eq!((minutes(0, 0), minutes(0, 255)), (60, 66));
        assert_eq!([1, 2, 3, 4, 5, 6, 7, 8, 100, u32::MAX].map(|failures| minutes(failures, 0)), [5, 10, 20, 40, 80, 160, 320, 360, 360, 360]);
        assert_eq!(minutes(1, 255), 6);
        assert_eq!(pause_after_fetch(every(1440), 100, 0), Duration::days(1), "not more often than it was asked for");
        assert_eq!(pause_after_fetch(every(1440), 0, 255), Duration::days(1) + Duration::minutes(10));
    }

    #[test]
    fn a_feed_is_stale_after_three_intervals_but_not_before_two_days() {
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let schedule = |minutes, success: Option<Duration>, failures| Schedule {
            draft: ScheduleDraft {
                url: WebUrl::try_from("https://example.org/".to_owned()).unwrap(),
                format: ImportFormat::Ndjson,
                mode: ImportMode::Full,
                every_minutes: every(minutes),
                enabled: true,
            },
            next_at: None,
            last_attempt_at: None,
            last_success_at: success.map(|ago| now - ago),
            last_new_at: None,
            failures,
            last_error: None,
            version: 1,
        };
        let stale = |minutes, success, failures| schedule(minutes, success, failures).is_stale(now);
        assert!(!stale(15, Some(Duration::hours(47)), 9));
        assert!(stale(15, Some(Duration::hours(49)), 1));
        assert!(!stale(2880, Some(Duration::days(5)), 1), "three times two days");
        assert!(stale(2880, Some(Duration::days(7)), 1));
        assert!(!stale(60, None, 2) && stale(60, None, 3), "never there");
        let mut disabled = schedule(15, Some(Duration::days(90)), 1);
        disabled.draft.enabled = false;
        assert!(!disabled.is_stale(now));
        assert!(!is_silent(None, now) && !is_silent(Some(now - Duration::days(29)), now) && is_silent(Some(now - Duration::days(31)), now));
    }
}
