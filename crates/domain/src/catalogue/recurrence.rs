//! Repeating runs: RFC 5545 rules, expanded here so that every reader sees plain sessions.

use super::Session;
use crate::problem::ValueError;
use crate::time::{Moment, Timestamp};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// At most this many sessions are made from one rule.
pub const MAX_SESSIONS: usize = 500;

/// A rule without end is expanded this far ahead.
pub const HORIZON_DAYS: i64 = 400;

/// How a run repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recurrence {
    /// RFC 5545 RRULE value without the name.
    #[schema(examples("FREQ=WEEKLY;BYDAY=TU;COUNT=10"))]
    pub rule: String,
    /// First session, start.
    pub start: DateTime<Utc>,
    /// Length of a session in minutes.
    #[schema(minimum = 1, maximum = 10080)]
    pub minutes: u32,
    /// Days on which it does not take place, in the run's zone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<NaiveDate>,
}

/// The sessions of a rule from its start to at most [`HORIZON_DAYS`] after `now`, wall-clock time kept across summer time.
pub fn expand(recurrence: &Recurrence, zone: Tz, now: Timestamp) -> Result<Vec<Session>, ValueError> {
    let invalid = |reason: String| {
        ValueError::new(
            "recurrence-invalid",
            format!("Die Wiederholungsregel „{}“ ist ungültig: {reason}", recurrence.rule),
            format!("The recurrence rule “{}” is invalid: {reason}", recurrence.rule),
        )
    };
    let zone = rrule::Tz::Tz(zone);
    let rule: rrule::RRule<rrule::Unvalidated> = recurrence.rule.parse().map_err(|e: rrule::RRuleError| invalid(e.to_string()))?;
    let start = recurrence.start.with_timezone(&zone);
    let set = rule.build(start).map_err(|e| invalid(e.to_string()))?;
    let horizon = (now + Duration::days(HORIZON_DAYS)).with_timezone(&zone);
    let limit = u16::try_from(MAX_SESSIONS).unwrap_or(u16::MAX);
    let length = Duration::minutes(i64::from(recurrence.minutes));
    let dates = set.before(horizon).all(limit).dates;
    let kept = dates.into_iter().filter(|date| !recurrence.except.contains(&date.date_naive()));
    Ok(kept
        .map(|date| {
            let start = date.with_timezone(&Utc);
            Session { start: Moment::DateTime(start), end: Some(Moment::DateTime(start + length)) }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    fn weekly(rule: &str) -> Recurrence {
        Recurrence { rule: rule.into(), start: "2027-03-23T17:00:00Z".parse().unwrap(), minutes: 90, except: vec![] }
    }

    fn starts(recurrence: &Recurrence) -> Vec<String> {
        expand(recurrence, Berlin, "2027-01-01T00:00:00Z".parse().unwrap()).unwrap().iter().map(|s| s.start.to_string()).collect()
    }

    #[test]
    fn wall_clock_time_survives_summer_time() {
        assert_eq!(starts(&weekly("FREQ=WEEKLY;COUNT=2")), ["2027-03-23T17:00:00Z", "2027-03-30T16:00:00Z"]);
    }

    #[test]
    fn exceptions_are_left_out_and_endless_rules_end() {
        let mut rule = weekly("FREQ=WEEKLY;COUNT=3");
        rule.except = vec!["2027-03-30".parse().unwrap()];
        assert_eq!(starts(&rule).len(), 2);
        let endless = starts(&weekly("FREQ=DAILY"));
        assert!(endless.len() > 300 && endless.len() <= MAX_SESSIONS, "{}", endless.len());
    }

    #[test]
    fn nonsense_is_refused() {
        let now = "2027-01-01T00:00:00Z".parse().unwrap();
        for bad in ["", "FREQ=SOMETIMES", "FREQ=WEEKLY;BYDAY=XX", "DROP TABLE"] {
            assert_eq!(expand(&weekly(bad), Berlin, now).unwrap_err().code, "recurrence-invalid", "{bad}");
        }
    }
}
