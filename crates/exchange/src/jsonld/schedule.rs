//! `Schedule`: a rule in the words of schema.org.

use super::node::{Node, text, texts};
use super::organization::weekday;
use crate::mapping::{Notes, day, duration, local_time};
use crate::problems;
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{Recurrence, expand};

/// Longest session of a rule in minutes.
const MAX_MINUTES: i64 = 7 * 24 * 60;

/// The rule and its zone; `first` is the day on which the run begins, if the schedule does not say it. Without a first day there is no rule, only
/// words for people.
pub(super) fn recurrence(schedule: &Node, first: Option<NaiveDate>, region: Tz, notes: &mut Notes) -> Option<(Recurrence, Tz)> {
    let zone = zone(schedule, region, notes);
    let rule = rule(schedule, zone)?;
    let first = text(schedule, "startDate").as_deref().and_then(|text| day(text.get(..10)?)).or(first)?;
    let at = |name: &str| text(schedule, name).and_then(|time| local_time(first, &time, zone)).map(|(moment, _)| moment.earliest(zone));
    let (start, end) = (at("startTime"), at("endTime"));
    let length = match (start, end) {
        (Some(start), Some(end)) if end > start => end - start,
        _ => text(schedule, "duration").and_then(|text| duration(&text)).unwrap_or_default(),
    };
    let start = start.unwrap_or_else(|| Moment::Date(first).earliest(zone));
    let except = texts(schedule, "exceptDate", true).iter().filter_map(|text| day(text.get(..10)?)).take(500).collect();
    let minutes = u32::try_from(length.num_minutes().clamp(0, MAX_MINUTES)).unwrap_or(0);
    let recurrence = Recurrence { rule, start, minutes, except, also: vec![] };
    match expand(&recurrence, zone, start) {
        Ok(_) => Some((recurrence, zone)),
        Err(error) => {
            notes.warning("/courseSchedule", error);
            None
        }
    }
}

fn zone(schedule: &Node, region: Tz, notes: &mut Notes) -> Tz {
    let Some(stated) = text(schedule, "scheduleTimezone") else { return region };
    stated.parse().unwrap_or_else(|_| {
        notes.warning("/courseSchedule/scheduleTimezone", problems::zone_unknown(&stated));
        region
    })
}

/// The `RRULE`, without its start.
fn rule(schedule: &Node, zone: Tz) -> Option<String> {
    let frequency = text(schedule, "repeatFrequency");
    let by_week = texts(schedule, "byMonthWeek", false);
    let mut rule = match frequency.as_deref().map(str::to_ascii_uppercase).as_deref() {
        Some("DAILY" | "TÄGLICH") => "FREQ=DAILY".to_owned(),
        Some("WEEKLY" | "WÖCHENTLICH") => "FREQ=WEEKLY".to_owned(),
        Some("BIWEEKLY") => "FREQ=WEEKLY;INTERVAL=2".to_owned(),
        Some("MONTHLY" | "MONATLICH") => "FREQ=MONTHLY".to_owned(),
        Some("YEARLY" | "ANNUALLY" | "JÄHRLICH") => "FREQ=YEARLY".to_owned(),
        Some(period) => {
            let (number, unit) = period.strip_prefix('P')?.split_at_checked(period.len().checked_sub(2)?)?;
            let interval: u16 = number.parse().ok().filter(|n| (1..=366).contains(n))?;
            let frequency = match unit {
                "D" => "DAILY",
                "W" => "WEEKLY",
                "M" => "MONTHLY",
                "Y" => "YEARLY",
                _ => return None,
            };
            format!("FREQ={frequency};INTERVAL={interval}")
        }
        None if !by_week.is_empty() => "FREQ=MONTHLY".to_owned(),
        None => return None,
    };
    let days: Vec<&str> = texts(schedule, "byDay", true).iter().filter_map(|day| weekday(day)).collect();
    let weeks: Vec<i8> = by_week.iter().filter_map(|week| week.parse().ok()).filter(|week| (1..=5).contains(week) || *week == -1).collect();
    let mut by_day: Vec<String> = days.iter().map(|day| (*day).to_owned()).collect();
    if rule.starts_with("FREQ=MONTHLY") && !weeks.is_empty() {
        by_day = days.iter().flat_map(|day| weeks.iter().map(move |week| format!("{week}{day}"))).collect();
    }
    let month_days: Vec<String> = texts(schedule, "byMonthDay", true);
    for (name, values) in [("BYDAY", by_day), ("BYMONTHDAY", month_days)] {
        if !values.is_empty() {
            rule.push_str(&format!(";{name}={}", values.join(",")));
        }
    }
    if let Some(count) = text(schedule, "repeatCount").and_then(|count| count.parse::<u16>().ok()) {
        rule.push_str(&format!(";COUNT={count}"));
    } else if let Some(last) = text(schedule, "endDate").as_deref().and_then(|text| day(text.get(..10)?)) {
        rule.push_str(&format!(";UNTIL={}", Moment::Date(last).latest(zone).format("%Y%m%dT%H%M%SZ")));
    }
    Some(rule)
}

/// Days and hours for people, where there is no rule.
pub(super) fn words(schedule: &Node) -> Option<String> {
    const GERMAN: [(&str, &str); 7] = [("MO", "Mo"), ("TU", "Di"), ("WE", "Mi"), ("TH", "Do"), ("FR", "Fr"), ("SA", "Sa"), ("SU", "So")];
    let days: Vec<&str> = texts(schedule, "byDay", true)
        .iter()
        .filter_map(|day| weekday(day))
        .filter_map(|day| GERMAN.iter().find(|(code, _)| *code == day))
        .map(|(_, german)| *german)
        .collect();
    let time = |name: &str| text(schedule, name).and_then(|time| time.get(..5).map(str::to_owned));
    let hours = match (time("startTime"), time("endTime")) {
        (Some(from), Some(to)) => Some(format!("{from}–{to} Uhr")),
        (Some(from), None) => Some(format!("{from} Uhr")),
        _ => None,
    };
    let parts: Vec<String> = (!days.is_empty()).then(|| days.join(", ")).into_iter().chain(hours).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
