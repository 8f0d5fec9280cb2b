//! Dates and times as foreign systems write them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::Moment;
use domain::time::{LocalTime, local_to_utc};

/// Dates outside are typing mistakes.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// A day: `2027-02-05`, `2027-02-05+01:00`, `2027-02-05Z`, `05.02.2027`.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = match text.get(..10) {
        Some(head) if head.contains('.') => NaiveDate::parse_from_str(head, "%d.%m.%Y").ok()?,
        Some(head) => NaiveDate::parse_from_str(head, "%Y-%m-%d").ok()?,
        None => return None,
    };
    let rest = text.get(10..).unwrap_or_default();
    let zone_only = rest.is_empty() || rest == "Z" || offset(rest).is_some();
    (zone_only && YEARS.contains(&date.year())).then_some(date)
}

/// A day or an instant. Midnight means "that day": exporters write dates as midnight of their own zone.
pub(crate) fn moment(text: &str, zone: Tz) -> Option<(Moment, LocalTime)> {
    let text = text.trim();
    if let Some(date) = day(text) {
        return Some((Moment::Date(date), LocalTime::Unique));
    }
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    if !matches!(text.get(10..11), Some("T" | " ")) {
        return None;
    }
    let date = day(date)?;
    let (time, offset) = clock_time(time)?;
    if time == NaiveTime::MIN {
        return Some((Moment::Date(date), LocalTime::Unique));
    }
    Some(instant(date, time, offset, zone))
}

/// An instant from a day and a time of day with or without offset (`18:30:00`, `13:00:00+02:00`, `18:30`).
pub(crate) fn local_time(date: NaiveDate, time: &str, zone: Tz) -> Option<(Moment, LocalTime)> {
    let (time, offset) = clock_time(time.trim())?;
    Some(instant(date, time, offset, zone))
}

/// A length of time: `PT90M`, `P1DT2H`, `P2W`. Months and years have no fixed length and are none; neither is anything above two years.
pub(crate) fn duration(text: &str) -> Option<TimeDelta> {
    let text = text.trim().to_ascii_uppercase();
    let mut rest = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P')?;
    let mut in_time = false;
    let mut seconds: i64 = 0;
    let mut parts = 0;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T').filter(|_| !in_time) {
            in_time = true;
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest.get(..end)?.parse().ok()?;
        let unit = match (rest.get(end..=end)?, in_time) {
            ("W", false) => 7 * 86_400,
            ("D", false) => 86_400,
            ("H", true) => 3_600,
            ("M", true) => 60,
            ("S", true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        parts += 1;
        rest = rest.get(end + 1..)?;
    }
    (parts > 0 && seconds <= 2 * 366 * 86_400).then(|| TimeDelta::seconds(seconds))
}

fn instant(date: NaiveDate, time: NaiveTime, offset: Option<FixedOffset>, zone: Tz) -> (Moment, LocalTime) {
    match offset {
        Some(offset) => {
            let local = NaiveDateTime::new(date, time);
            let utc = DateTime::<Utc>::from_naive_utc_and_offset(local - offset, Utc);
            (Moment::DateTime(utc), LocalTime::Unique)
        }
        None => {
            let (instant, odd) = local_to_utc(date, time, zone);
            (Moment::DateTime(instant), odd)
        }
    }
}

/// Hours and minutes; seconds and their fraction are of no use to anybody.
fn clock_time(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let zone_at = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = (text.get(..zone_at)?, text.get(zone_at..)?);
    let offset = match zone {
        "" => None,
        zone => Some(offset(zone)?),
    };
    let mut parts = time.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if let Some(seconds) = parts.next() {
        seconds.parse::<f32>().ok().filter(|s| (0.0..61.0).contains(s))?;
    }
    if parts.next().is_some() {
        return None;
    }
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, offset))
}

fn offset(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let seconds =
        hours.parse::<i32>().ok().filter(|h| (0..=14).contains(h))? * 3600 + minutes.parse::<i32>().ok().filter(|m| (0..60).contains(m))? * 60;
    match text.get(..1)? {
        "+" => FixedOffset::east_opt(seconds),
        "-" => FixedOffset::west_opt(seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    fn read(text: &str) -> Option<String> {
        moment(text, Berlin).map(|(m, _)| m.to_string())
    }

    #[test]
    fn shapes_seen_in_the_wild() {
        assert_eq!(read("2027-02-05T00:00:00.000+01:00").as_deref(), Some("2027-02-05"));
        assert_eq!(read("2026-02-18+01:00").as_deref(), Some("2026-02-18"));
        assert_eq!(read("2027-02-05T09:30:00+01:00").as_deref(), Some("2027-02-05T08:30:00Z"));
        assert_eq!(read("2027-07-05T09:30:00").as_deref(), Some("2027-07-05T07:30:00Z"));
        assert_eq!(read("05.02.2027").as_deref(), Some("2027-02-05"));
        for bad in [
            "",
            "Thu Jan 22 16:04:49 UTC 2026",
            "2027-13-01",
            "0001-01-01",
            "2027-02-05T25:00:00",
            "2027-02-05ü",
            "99999-01-01",
            "2027-02-05T12:00:00+99:99",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn lengths() {
        let minutes = |text| duration(text).map(|length| length.num_minutes());
        assert_eq!([minutes("PT90M"), minutes("P1DT2H"), minutes("+P2W"), minutes("pt1h30m0s")], [Some(90), Some(1560), Some(20_160), Some(90)]);
        for bad in ["", "P", "PT", "P1M", "P1Y", "-PT5M", "PT5", "P5H", "P99999999999999999999D", "P9999999W", "1H", "PTT1H"] {
            assert_eq!(minutes(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_two_odd_hours_are_told() {
        let odd = |date: &str, time| local_time(date.parse().unwrap(), time, Berlin).unwrap().1;
        assert_eq!(odd("2027-03-28", "02:30"), LocalTime::Skipped);
        assert_eq!(odd("2026-10-25", "02:30:00"), LocalTime::Twice);
        assert_eq!(odd("2026-10-25", "02:30:00+01:00"), LocalTime::Unique, "an offset says which of the two");
    }
}
