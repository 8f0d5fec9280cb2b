//! Rules of RFC 5545 in the words of schema.org, where it has words for them.

use crate::out::fields::Fields;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use domain::catalogue::Recurrence;
use serde_json::Value;

const DAY_MINUTES: u32 = 24 * 60;

const DAYS: [(&str, &str); 7] = [
    ("MO", "https://schema.org/Monday"),
    ("TU", "https://schema.org/Tuesday"),
    ("WE", "https://schema.org/Wednesday"),
    ("TH", "https://schema.org/Thursday"),
    ("FR", "https://schema.org/Friday"),
    ("SA", "https://schema.org/Saturday"),
    ("SU", "https://schema.org/Sunday"),
];

/// A `Schedule`, or nothing if the rule says more than a `Schedule` can.
pub(super) fn schedule(recurrence: &Recurrence, zone: Tz) -> Option<Value> {
    if !recurrence.also.is_empty() {
        return None;
    }
    let start = recurrence.start.with_timezone(&zone);
    let mut node = Fields::of_type("Schedule");
    rule(&recurrence.rule, zone, &mut node)?;
    node.set("scheduleTimezone", zone.name()).set("startDate", start.date_naive().to_string());
    let whole_days = start.time() == NaiveTime::MIN && recurrence.minutes > 0 && recurrence.minutes.is_multiple_of(DAY_MINUTES);
    if whole_days {
        node.set("duration", format!("P{}D", recurrence.minutes / DAY_MINUTES));
    } else {
        node.set("startTime", time(start));
        if recurrence.minutes > 0 {
            let end = start + chrono::Duration::minutes(i64::from(recurrence.minutes));
            node.set("duration", format!("PT{}M", recurrence.minutes));
            // A time of the same day; past midnight the length says it.
            if end.date_naive() == start.date_naive() {
                node.set("endTime", time(end));
            }
        }
    }
    node.list("exceptDate", recurrence.except.iter().map(NaiveDate::to_string));
    Some(node.done())
}

fn time(at: DateTime<Tz>) -> String {
    at.format("%H:%M:%S").to_string()
}

fn rule(rule: &str, zone: Tz, node: &mut Fields) -> Option<()> {
    let mut frequency = None;
    let mut interval: u16 = 1;
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name {
            "FREQ" => frequency = Some(value),
            "INTERVAL" => interval = value.parse().ok()?,
            "COUNT" => {
                node.set("repeatCount", value.parse::<u16>().ok()?);
            }
            "UNTIL" => {
                node.set("endDate", until(value, zone)?.to_string());
            }
            "BYDAY" => by_day(value, node)?,
            "BYMONTHDAY" => {
                let days: Option<Vec<i8>> = value.split(',').map(|day| day.parse().ok()).collect();
                node.list("byMonthDay", days?);
            }
            "WKST" if value == "MO" => {}
            _ => return None,
        }
    }
    let (word, unit) = match frequency? {
        "DAILY" => ("Daily", 'D'),
        "WEEKLY" => ("Weekly", 'W'),
        "MONTHLY" => ("Monthly", 'M'),
        "YEARLY" => ("Yearly", 'Y'),
        _ => return None,
    };
    node.set("repeatFrequency", if interval == 1 { word.to_owned() } else { format!("P{interval}{unit}") });
    Some(())
}

/// Days of the week; with an ordinal only if it is the same for all.
fn by_day(value: &str, node: &mut Fields) -> Option<()> {
    let mut weeks = Vec::new();
    let mut days = Vec::new();
    for entry in value.split(',') {
        let (week, day) = entry.split_at_checked(entry.len().checked_sub(2)?)?;
        days.push(DAYS.iter().find(|(code, _)| *code == day)?.1);
        weeks.push(if week.is_empty() { None } else { Some(week.trim_start_matches('+').parse::<i8>().ok()?) });
    }
    weeks.dedup();
    match weeks.as_slice() {
        [None] => {}
        [Some(week)] => {
            node.set("byMonthWeek", *week);
        }
        _ => return None,
    }
    node.list("byDay", days);
    Some(())
}

fn until(value: &str, zone: Tz) -> Option<NaiveDate> {
    if let Ok(date) = NaiveDate::parse_from_str(value, "%Y%m%d") {
        return Some(date);
    }
    let instant = NaiveDateTime::parse_from_str(value.strip_suffix('Z')?, "%Y%m%dT%H%M%S").ok()?;
    Some(instant.and_local_timezone(Utc).single()?.with_timezone(&zone).date_naive())
}
