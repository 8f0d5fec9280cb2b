//! Dates, instants, periods and durations of a calendar.

use super::lines::list;
use super::zones;
use crate::mapping::{Notes, day, duration, local_time, moment};
use crate::problems;
use crate::xml::Element;
use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::Session;
use domain::time::LocalTime;
use std::collections::HashMap;

/// What the times of a series refer to.
pub(super) struct Hours {
    /// The zone of times that name none.
    pub home: Tz,
    /// Zones that only the calendar defines.
    pub defined: HashMap<String, Tz>,
    /// The file keeps so little to the standard that an end without `VALUE=DATE` is the last day and not the day after.
    pub inclusive: bool,
}

impl Hours {
    pub(super) fn of(record: &Element, region: Tz, notes: &mut Notes) -> Self {
        let stated = record.attribute("zone");
        let zone = stated.and_then(zones::named);
        if let (Some(stated), None) = (stated, zone) {
            notes.warning("/X-WR-TIMEZONE", problems::zone_unknown(stated));
        }
        let known = record.all("TIME-ZONE").filter_map(|zone| Some((zone.attribute("id")?.to_owned(), zone.text.parse().ok()?)));
        Self { home: zone.unwrap_or(region), defined: known.collect(), inclusive: record.attribute("version") == Some("none") }
    }

    /// The zone of a property; an unknown one is told and taken for the home zone.
    pub(super) fn zone(&self, property: &Element, notes: &mut Notes) -> Tz {
        let Some(name) = property.attribute("TZID") else { return self.home };
        zones::named(name).or_else(|| self.defined.get(name).copied()).unwrap_or_else(|| {
            notes.warning(format!("/{}/TZID", property.name), problems::zone_unknown(name));
            self.home
        })
    }

    /// A single date or instant; what it says that cannot be read is told.
    pub(super) fn moment(&self, property: &Element, notes: &mut Notes) -> Option<Moment> {
        let zone = self.zone(property, notes);
        self.value(&property.text, zone, &property.name, notes)
    }

    fn value(&self, text: &str, zone: Tz, name: &str, notes: &mut Notes) -> Option<Moment> {
        let read = instant(text, zone);
        match read {
            None => notes.warning(format!("/{name}"), problems::instant_invalid(text)),
            Some((_, LocalTime::Unique)) => {}
            Some(_) => notes.warning(format!("/{name}"), problems::odd_hour()),
        }
        read.map(|(moment, _)| moment)
    }

    /// The sessions of an `RDATE`; those without an end take as long as `length`.
    pub(super) fn periods(&self, property: &Element, length: TimeDelta, notes: &mut Notes) -> Vec<Session> {
        let zone = self.zone(property, notes);
        let mut sessions = Vec::new();
        for text in list(&property.text) {
            let (from, to) = text.split_once('/').map_or((text.as_str(), None), |(from, to)| (from, Some(to)));
            let Some(start) = self.value(from, zone, &property.name, notes) else { continue };
            let end = match to {
                None => after(start, length),
                Some(to) => duration(to).map_or_else(|| self.value(to, zone, &property.name, notes), |length| after(start, length)),
            };
            sessions.push(Session { start, end: end.filter(|end| end.latest(zone) >= start.earliest(zone)) });
        }
        sessions
    }

    /// The days that an `EXDATE` names, in `zone`.
    pub(super) fn days(&self, property: &Element, zone: Tz, notes: &mut Notes) -> Vec<NaiveDate> {
        let stated = self.zone(property, notes);
        list(&property.text).iter().filter_map(|text| self.value(text, stated, &property.name, notes)).map(|moment| moment.date(zone)).collect()
    }

    /// Start and end of an event. Whole days from midnight to midnight are days, whether the calendar says so or not.
    pub(super) fn span(&self, event: &Element, notes: &mut Notes) -> Option<(Moment, Option<Moment>, Tz)> {
        let property = event.at("DTSTART").or_else(|| event.at("RECURRENCE-ID"))?;
        let zone = self.zone(property, notes);
        let start = self.value(&property.text, zone, &property.name, notes)?;
        let end = match (event.at("DTEND"), event.text_at("DURATION")) {
            (Some(end), _) => self.moment(end, notes).map(|moment| self.exclusive(moment, end, notes)),
            (None, Some(text)) => match duration(text) {
                Some(length) => after_days(start, length),
                None => {
                    notes.not_mapped("/DURATION", text);
                    None
                }
            },
            (None, None) => None,
        };
        let end = end.filter(|end| {
            let reversed = end.latest(zone) < start.earliest(zone);
            if reversed {
                notes.warning("/DTEND", problems::end_before_start());
            }
            !reversed && *end != start
        });
        Some(match (whole_day(start, zone), end.map(|end| whole_day(end, zone))) {
            // The end of whole days is the day after the last one.
            (Some(first), Some(Some(after))) => {
                let last = after.checked_sub_days(Days::new(1)).filter(|last| *last > first);
                (Moment::Date(first), last.map(Moment::Date), zone)
            }
            (Some(first), None) if matches!(start, Moment::Date(_)) => (Moment::Date(first), None, zone),
            _ => (start, end, zone),
        })
    }

    /// An end as the standard means it: the first day that is no longer part.
    fn exclusive(&self, end: Moment, property: &Element, notes: &mut Notes) -> Moment {
        match end {
            Moment::Date(last) if self.inclusive && property.attribute("VALUE").is_none() => {
                notes.warning("/DTEND", problems::end_inclusive());
                last.checked_add_days(Days::new(1)).map_or(end, Moment::Date)
            }
            other => other,
        }
    }
}

/// The day of a date, or of an instant at midnight of the zone.
fn whole_day(moment: Moment, zone: Tz) -> Option<NaiveDate> {
    match moment {
        Moment::Date(day) => Some(day),
        Moment::DateTime(instant) => {
            let local = instant.with_timezone(&zone).naive_local();
            (local.time() == chrono::NaiveTime::MIN).then(|| local.date())
        }
    }
}

/// The end of a session that begins at `start`; none if the length is not known.
fn after(start: Moment, length: TimeDelta) -> Option<Moment> {
    if length <= TimeDelta::zero() {
        return None;
    }
    match start {
        Moment::DateTime(start) => start.checked_add_signed(length).map(Moment::DateTime),
        Moment::Date(day) => day.checked_add_signed(length - TimeDelta::days(1)).filter(|last| *last > day).map(Moment::Date),
    }
}

/// As a `DTEND` would say it: for days, the day after the last one.
fn after_days(start: Moment, length: TimeDelta) -> Option<Moment> {
    match start {
        Moment::DateTime(start) => start.checked_add_signed(length).map(Moment::DateTime),
        Moment::Date(day) => day.checked_add_signed(length).map(Moment::Date),
    }
}

/// `20270205`, `20270205T180000`, `20270205T170000Z`, and the ISO 8601 spellings that the standard does not allow.
pub(super) fn instant(text: &str, zone: Tz) -> Option<(Moment, LocalTime)> {
    let text = text.trim();
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let Some(date) = text.get(..8).filter(|date| digits(date, 8)) else { return moment(text, zone) };
    let date = day(&format!("{}-{}-{}", date.get(..4)?, date.get(4..6)?, date.get(6..8)?))?;
    let rest = text.get(8..)?;
    if rest.is_empty() {
        return Some((Moment::Date(date), LocalTime::Unique));
    }
    let time = rest.strip_prefix(['T', 't'])?;
    let (time, utc) = time.strip_suffix(['Z', 'z']).map_or((time, ""), |time| (time, "Z"));
    if !digits(time, 4) && !digits(time, 6) {
        return None;
    }
    local_time(date, &format!("{}:{}{utc}", time.get(..2)?, time.get(2..4)?), zone)
}
