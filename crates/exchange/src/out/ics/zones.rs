//! `VTIMEZONE`: the rules of a zone as they are in the first year in which it is needed.

use super::lines::Lines;
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};
use std::cmp::Ordering;

/// A zone in order of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named(pub Tz);

impl Ord for Named {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.name().cmp(other.0.name())
    }
}

impl PartialOrd for Named {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A change of the offset.
struct Change {
    at: DateTime<Utc>,
    before: i32,
    after: i32,
    name: String,
}

/// Writes the definition of a zone.
pub(super) fn definition(out: &mut Lines, Named(zone): Named, year: i32) {
    out.line("BEGIN", "VTIMEZONE");
    out.line("TZID", zone.name());
    // From the year before: a day in January needs the change of the autumn that came before it.
    let year = year - 1;
    let changes = changes(zone, year);
    if changes.is_empty() {
        let at = midnight(year);
        let offset = seconds(zone, at);
        part(out, "STANDARD", &Change { at, before: offset, after: offset, name: name(zone, at) }, false);
    }
    for change in &changes {
        part(out, if change.after > change.before { "DAYLIGHT" } else { "STANDARD" }, change, true);
    }
    out.line("END", "VTIMEZONE");
}

fn part(out: &mut Lines, kind: &str, change: &Change, yearly: bool) {
    out.line("BEGIN", kind);
    // The time on the wall just before the change.
    let wall = change.at.naive_utc() + Duration::seconds(i64::from(change.before));
    out.line("DTSTART", &wall.format("%Y%m%dT%H%M%S").to_string());
    if yearly {
        out.line("RRULE", &rule(wall));
    }
    out.line("TZOFFSETFROM", &offset(change.before));
    out.line("TZOFFSETTO", &offset(change.after));
    out.line("TZNAME", &change.name);
    out.line("END", kind);
}

/// Every year on the same weekday of the month, counted from its end where it is the last one.
fn rule(wall: NaiveDateTime) -> String {
    let date = wall.date();
    let weekday = date.weekday().to_string().to_ascii_uppercase();
    let last = (date + Duration::days(7)).month() != date.month();
    let number = if last { -1 } else { i64::from(date.day0() / 7) + 1 };
    format!("FREQ=YEARLY;BYMONTH={};BYDAY={number}{}", date.month(), weekday.get(..2).unwrap_or("SU"))
}

fn changes(zone: Tz, year: i32) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut at, end) = (midnight(year), midnight(year + 1));
    while at < end {
        let next = at + Duration::days(1);
        if seconds(zone, at) != seconds(zone, next) {
            let (mut low, mut high) = (at, next);
            while high - low > Duration::seconds(1) {
                let middle = low + (high - low) / 2;
                if seconds(zone, middle) == seconds(zone, low) { low = middle } else { high = middle }
            }
            // Halving leaves fractions of a second.
            let exact = DateTime::from_timestamp(high.timestamp(), 0).unwrap_or(high);
            changes.push(Change { at: exact, before: seconds(zone, at), after: seconds(zone, next), name: name(zone, next) });
        }
        at = next;
    }
    changes
}

fn midnight(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc()
}

fn seconds(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

fn name(zone: Tz, at: DateTime<Utc>) -> String {
    zone.offset_from_utc_datetime(&at.naive_utc()).abbreviation().unwrap_or(zone.name()).to_owned()
}

fn offset(seconds: i32) -> String {
    let minutes = seconds.abs() / 60;
    format!("{}{:02}{:02}", if seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_of_the_region() {
        let mut out = Lines::default();
        definition(&mut out, Named(Tz::Europe__Berlin), 2028);
        let text = out.finish();
        for line in [
            "DTSTART:20270328T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "DTSTART:20271031T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line}\n{text}");
        }
    }

    #[test]
    fn a_zone_without_summer_time() {
        let mut out = Lines::default();
        definition(&mut out, Named(Tz::Asia__Kolkata), 2027);
        let text = out.finish();
        assert!(text.contains("TZOFFSETTO:+0530\r\n") && !text.contains("DAYLIGHT"), "{text}");
    }
}
