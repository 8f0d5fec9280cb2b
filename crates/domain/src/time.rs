//! Time: UTC in storage, the region's zone for people.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Mutex;
use utoipa::ToSchema;

/// An instant in UTC; RFC 3339 in JSON.
pub type Timestamp = DateTime<Utc>;

/// Where "now" comes from. Passed in, so that tests and demo data own the time.
pub trait Clock: Send + Sync {
    /// The current instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[allow(clippy::disallowed_methods)]
        Utc::now()
    }
}

/// A clock that stands still until it is told to move.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock standing at an RFC 3339 instant; at the Unix epoch if `rfc3339` is not one.
    pub fn at(rfc3339: &str) -> Self {
        let instant = DateTime::parse_from_rfc3339(rfc3339).map_or(DateTime::UNIX_EPOCH, |t| t.with_timezone(&Utc));
        Self(Mutex::new(instant))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: chrono::Duration) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A day, or an instant: providers often know the day of a start but not the hour (schema.org `startDate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A day in the zone of the record, hour unknown.
    Date(NaiveDate),
    /// An instant.
    DateTime(Timestamp),
}

impl utoipa::PartialSchema for Moment {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        crate::text::string_schema(|s| {
            s.description(Some("A day (YYYY-MM-DD) or an instant (RFC 3339).")).examples(["2027-01-11", "2027-01-11T17:00:00Z"])
        })
    }
}
impl ToSchema for Moment {}

impl Moment {
    /// Reads `YYYY-MM-DD` or an RFC 3339 instant with offset. Years before 1000 and after 9998 are typing mistakes, and at the edge of
    /// the calendar an instant could be written that cannot be read again.
    pub fn parse(text: &str) -> Option<Self> {
        let moment = match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) => Self::Date(date),
            Err(_) => Self::DateTime(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc)),
        };
        (1000..=9998).contains(&moment.date(chrono_tz::UTC).year()).then_some(moment)
    }

    /// The first instant this can mean in `zone`.
    pub fn earliest(self, zone: Tz) -> Timestamp {
        match self {
            Self::DateTime(t) => t,
            Self::Date(d) => local_to_utc(d, NaiveTime::MIN, zone).0,
        }
    }

    /// The last instant this can mean in `zone`: the end of the day for a date.
    pub fn latest(self, zone: Tz) -> Timestamp {
        match self {
            Self::DateTime(t) => t,
            Self::Date(d) => {
                let next = d.succ_opt().unwrap_or(d);
                local_to_utc(next, NaiveTime::MIN, zone).0 - chrono::Duration::seconds(1)
            }
        }
    }

    /// The day in `zone`.
    pub fn date(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Date(d) => d,
            Self::DateTime(t) => t.with_timezone(&zone).date_naive(),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(d) => write!(f, "{d}"),
            Self::DateTime(t) => write!(f, "{}", t.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(crate::problem::ValueError::new(
                "date-invalid",
                format!("„{text}“ ist kein Datum (JJJJ-MM-TT) und kein Zeitpunkt mit Zeitzone (RFC 3339)."),
                format!("“{text}” is neither a date (YYYY-MM-DD) nor an instant with offset (RFC 3339)."),
            ))
        })
    }
}

/// What happened when a local wall-clock time was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// Exactly one instant.
    Unique,
    /// The hour exists twice (end of summer time); the first one was taken.
    Twice,
    /// The hour does not exist (start of summer time); moved forward by one hour.
    Skipped,
}

/// Turns a wall-clock time of `zone` into UTC. Never fails: the two odd hours of the year are reported instead.
pub fn local_to_utc(date: NaiveDate, time: NaiveTime, zone: Tz) -> (Timestamp, LocalTime) {
    let local = NaiveDateTime::new(date, time);
    match zone.from_local_datetime(&local) {
        LocalResult::Single(t) => (t.with_timezone(&Utc), LocalTime::Unique),
        LocalResult::Ambiguous(first, _) => (first.with_timezone(&Utc), LocalTime::Twice),
        LocalResult::None => {
            let later = local + chrono::Duration::hours(1);
            let t = zone.from_local_datetime(&later).earliest().map_or_else(|| Utc.from_utc_datetime(&local), |t| t.with_timezone(&Utc));
            (t, LocalTime::Skipped)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hm(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn the_two_odd_hours_of_the_year() {
        let (skipped, how) = local_to_utc(day("2027-03-28"), hm(2, 30), Berlin);
        assert_eq!((skipped.to_rfc3339().as_str(), how), ("2027-03-28T01:30:00+00:00", LocalTime::Skipped));
        let (twice, how) = local_to_utc(day("2026-10-25"), hm(2, 30), Berlin);
        assert_eq!((twice.to_rfc3339().as_str(), how), ("2026-10-25T00:30:00+00:00", LocalTime::Twice));
        assert_eq!(local_to_utc(day("2026-11-24"), hm(9, 0), Berlin).1, LocalTime::Unique);
    }

    #[test]
    fn a_date_covers_its_local_day() {
        let date = Moment::parse("2026-10-25").unwrap();
        let hours = date.latest(Berlin) - date.earliest(Berlin);
        assert_eq!(hours.num_minutes(), 25 * 60 - 1, "the day summer time ends has 25 hours");
        assert_eq!(Moment::parse("2027-01-11T18:00:00+01:00").unwrap().to_string(), "2027-01-11T17:00:00Z");
        assert_eq!(Moment::parse("11.01.2027"), None);
        assert_eq!(Moment::parse("+262142-12-31"), None);
        assert_eq!(Moment::parse("9999-12-31T23:59:59-23:59"), None, "would be written as a year of five digits");
    }
}
