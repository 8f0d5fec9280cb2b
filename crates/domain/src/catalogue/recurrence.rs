//! Repeating runs: RFC 5545 rules, expanded here so that every reader sees plain sessions.

use super::Session;
use crate::problem::ValueError;
use crate::time::{Moment, Timestamp};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use rrule::Frequency;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// At most this many sessions are made from one rule.
pub const MAX_SESSIONS: usize = 500;

/// A rule without end is expanded this far ahead.
pub const HORIZON_DAYS: i64 = 400;

/// Of a rule that began long ago only the sessions of this many days before now are made.
pub const PAST_DAYS: i64 = 90;

const DAY_MINUTES: u32 = 24 * 60;

/// How a run repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recurrence {
    /// RFC 5545 RRULE value without the name.
    #[schema(examples("FREQ=WEEKLY;BYDAY=TU;COUNT=10"))]
    pub rule: String,
    /// First session, start.
    pub start: DateTime<Utc>,
    /// Length of a session in minutes; 0 if it is not known. Whole days from midnight to midnight make sessions without hours.
    #[schema(minimum = 0, maximum = 10080)]
    pub minutes: u32,
    /// Days on which it does not take place, in the run's zone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<NaiveDate>,
    /// Sessions besides those of the rule, for example the new dates of postponed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Session>,
}

/// The sessions of a rule from its start to at most [`HORIZON_DAYS`] after `now`, wall-clock time kept across summer time. Of a rule that
/// began earlier than [`PAST_DAYS`] before `now` the older ones are left out: they would use up [`MAX_SESSIONS`] before anything to come.
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
    let fast = set.get_rrule().iter().any(|rule| matches!(rule.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly));
    let set = set.before(horizon);
    // Walking through years of minutes takes too long; such rules are cut at their beginning.
    let set = if fast { set } else { set.after((now - Duration::days(PAST_DAYS)).with_timezone(&zone)) };
    let limit = u16::try_from(MAX_SESSIONS).unwrap_or(u16::MAX);
    let whole_days = start.time() == NaiveTime::MIN && recurrence.minutes > 0 && recurrence.minutes.is_multiple_of(DAY_MINUTES);
    let dates = set.all(limit).dates;
    let kept = dates.into_iter().filter(|date| !recurrence.except.contains(&date.date_naive()));
    let ruled = kept.map(|date| {
        if whole_days {
            let first = date.date_naive();
            let last = first + Duration::days(i64::from(recurrence.minutes / DAY_MINUTES) - 1);
            return Session { start: Moment::Date(first), end: (last > first).then_some(Moment::Date(last)) };
        }
        let start = date.with_timezone(&Utc);
        let end = start + Duration::minutes(i64::from(recurrence.minutes));
        Session { start: Moment::DateTime(start), end: (end > start).then_some(Moment::DateTime(end)) }
    });
    Ok(ruled.chain(recurrence.also.iter().copied()).take(MAX_SESSIONS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    fn weekly(rule: &str) -> Recurrence {
        Recurrence { rule: rule.into(), start: "2027-03-23T17:00:00Z".parse().unwrap(), minutes: 90, except: vec![], also: vec![] }
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
    fn a_series_of_many_years_still_has_a_future() {
        let mut rule = weekly("FREQ=DAILY");
        rule.start = "2009-03-23T17:00:00Z".parse().unwrap();
        let starts = starts(&rule);
        assert!(starts.len() <= MAX_SESSIONS && starts.last().unwrap().as_str() > "2027-05", "{:?}", starts.last());
    }

    #[test]
    fn whole_days_and_unknown_lengths_stay_what_they_are() {
        let mut rule = weekly("FREQ=WEEKLY;COUNT=2");
        rule.start = "2027-03-22T23:00:00Z".parse().unwrap();
        rule.minutes = 2 * DAY_MINUTES;
        rule.also = vec![Session { start: Moment::parse("2027-05-01").unwrap(), end: None }];
        let sessions = expand(&rule, Berlin, "2027-01-01T00:00:00Z".parse().unwrap()).unwrap();
        let told: Vec<_> = sessions.iter().map(|s| (s.start.to_string(), s.end.map(|e| e.to_string()))).collect();
        let day = |text: &str| text.to_owned();
        assert_eq!(
            told,
            [(day("2027-03-23"), Some(day("2027-03-24"))), (day("2027-03-30"), Some(day("2027-03-31"))), (day("2027-05-01"), None)],
            "across the beginning of summer time"
        );
        rule.minutes = 0;
        assert_eq!(expand(&rule, Berlin, rule.start).unwrap()[0].end, None);
    }

    #[test]
    fn nonsense_is_refused() {
        let now = "2027-01-01T00:00:00Z".parse().unwrap();
        for bad in ["", "FREQ=SOMETIMES", "FREQ=WEEKLY;BYDAY=XX", "DROP TABLE"] {
            assert_eq!(expand(&weekly(bad), Berlin, now).unwrap_err().code, "recurrence-invalid", "{bad}");
        }
    }
}
