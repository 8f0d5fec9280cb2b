//! iCalendar (RFC 5545, with the properties of RFC 7986): `docs/formats/out/ics.md`.
//!
//! A run is one event, with its rule if it has one. A run with several sessions but no rule is an event for each: a series of loose dates
//! (`RDATE`) is shown by some calendars and dropped without a word by others.

mod lines;
mod zones;

use super::{Site, licence};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use domain::catalogue::{Offer, Recurrence, Run, RunStatus, Session};
use domain::text::LanguageTag;
use domain::time::local_to_utc;
use domain::vocabularies::{Vocabularies, ids};
use domain::{Moment, Timestamp};
use lines::Lines;
use std::collections::BTreeSet;

/// How often a calendar that subscribed should look again.
const REFRESH: &str = "PT6H";

/// What a calendar depends on beside its offers.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// The portal.
    pub site: &'a Site,
    /// The vocabularies, for the names of topics.
    pub vocabularies: &'a Vocabularies,
    /// Language of texts, where there is a translation.
    pub language: &'a str,
    /// Name of the calendar.
    pub name: &'a str,
    /// Runs that were over before this instant are left out; `None` keeps all.
    pub since: Option<Timestamp>,
    /// As many events at most; see [`Written::cut`].
    pub events: usize,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub text: String,
    /// Whether there were more events than it was to have.
    pub cut: bool,
}

impl Calendar<'_> {
    /// Writes the dated runs of these offers.
    pub fn write<'o>(&self, offers: impl IntoIterator<Item = &'o Offer>) -> Written {
        let mut events = Lines::default();
        let mut writing = Writing { calendar: self, out: &mut events, zones: BTreeSet::new(), left: self.events, cut: false };
        for offer in offers {
            writing.offer(offer);
        }
        let (zones, cut) = (std::mem::take(&mut writing.zones), writing.cut);
        let mut out = Lines::default();
        out.line("BEGIN", "VCALENDAR");
        out.line("VERSION", "2.0");
        out.line("PRODID", "-//Bildungsregion//API//DE");
        out.line("CALSCALE", "GREGORIAN");
        out.line("METHOD", "PUBLISH");
        out.text("NAME", self.name);
        out.text("X-WR-CALNAME", self.name);
        out.line("X-WR-TIMEZONE", self.site.zone.name());
        out.line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        out.line("X-PUBLISHED-TTL", REFRESH);
        for (zone, year) in zones {
            zones::definition(&mut out, zone, year);
        }
        out.append(&events);
        out.line("END", "VCALENDAR");
        Written { text: out.finish(), cut }
    }
}

struct Writing<'a> {
    calendar: &'a Calendar<'a>,
    out: &'a mut Lines,
    /// Zones in use, each with the first year it is used in; kept by name.
    zones: BTreeSet<(zones::Named, i32)>,
    left: usize,
    cut: bool,
}

impl Writing<'_> {
    fn offer(&mut self, offer: &Offer) {
        for run in &offer.runs {
            let over = |since: Timestamp| run.ends_at().is_some_and(|end| end < since);
            if self.calendar.since.is_some_and(over) {
                continue;
            }
            if let Some(recurrence) = &run.recurrence {
                self.event(offer, run, &run.id.to_string(), &When::Rule(recurrence));
                continue;
            }
            match run.sessions.as_slice() {
                [] if run.rolling_start => {}
                [] => {
                    if let Some(start) = run.start {
                        self.event(offer, run, &run.id.to_string(), &When::Once(Session { start, end: run.end }));
                    }
                }
                [only] => self.event(offer, run, &run.id.to_string(), &When::Once(*only)),
                several => {
                    let mut seen = BTreeSet::new();
                    for session in several {
                        // By its time and not by its place in the list: the others stay the same when one is added.
                        let mut key = format!("{}-{}", run.id, key(session.start));
                        while !seen.insert(key.clone()) {
                            key.push('b');
                        }
                        self.event(offer, run, &key, &When::Once(*session));
                    }
                }
            }
        }
    }

    fn event(&mut self, offer: &Offer, run: &Run, uid: &str, when: &When<'_>) {
        if self.left == 0 {
            self.cut = true;
            return;
        }
        self.left -= 1;
        let site = self.calendar.site;
        let language = LanguageTag::try_from(self.calendar.language.to_owned()).ok();
        let translation = language.as_ref().and_then(|tag| offer.translations.get(tag));
        let title = translation.and_then(|t| t.title.as_ref()).unwrap_or(&offer.title).as_str();
        let summary = translation.and_then(|t| t.summary.as_ref()).or(offer.summary.as_ref());
        self.out.line("BEGIN", "VEVENT");
        self.out.line("UID", &format!("{uid}@{}", site.host()));
        self.out.line("DTSTAMP", &utc(offer.meta.updated_at));
        self.out.line("LAST-MODIFIED", &utc(offer.meta.updated_at));
        self.out.line("SEQUENCE", &offer.meta.version.to_string());
        self.times(run, when);
        self.out.text("SUMMARY", title);
        if let Some(summary) = summary {
            self.out.text("DESCRIPTION", summary.as_str());
        }
        let place = run.place.as_ref().or(offer.place.as_ref());
        if let Some(place) = place {
            let town = [place.address.postal_code.as_deref(), place.address.locality.as_ref().map(|town| town.as_str())];
            let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let street = place.address.street.as_ref().map_or("", |street| street.as_str());
            let parts = [place.name.as_str(), street, &town];
            self.out.text("LOCATION", &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
            if let Some(geo) = place.geo {
                self.out.line("GEO", &format!("{:.6};{:.6}", geo.lat, geo.lon));
            }
        }
        if let Some(url) = &run.online_url {
            self.out.line("CONFERENCE;VALUE=URI;FEATURE=VIDEO", url.as_str());
        }
        let topics = offer.topics.iter().map(|code| self.calendar.vocabularies.label(ids::TOPICS, code, self.calendar.language));
        self.out.list("CATEGORIES", topics);
        self.out.line("URL", &site.address(&format!("/de/angebote/{}/{}", offer.meta.id, offer.meta.slug)));
        let known = licence(offer.meta.licence);
        self.out.text("COMMENT", format!("{}. Lizenz: {} {}", offer.organization.name, known.name, known.url.unwrap_or_default()).trim_end());
        self.out.line("STATUS", status(run.status));
        self.out.line("END", "VEVENT");
    }

    fn times(&mut self, run: &Run, when: &When<'_>) {
        let zone = run.time_zone;
        match when {
            When::Once(session) => {
                let end = session.end.filter(|end| end.latest(zone) > session.start.earliest(zone));
                match (session.start, end) {
                    (Moment::Date(start), end) => {
                        self.out.line("DTSTART;VALUE=DATE", &day(start));
                        // The end of whole days is the day after.
                        let last = end.map_or(start, |end| end.date(zone)).max(start);
                        self.out.line("DTEND;VALUE=DATE", &day(last + Duration::days(1)));
                    }
                    (Moment::DateTime(start), end) => {
                        self.local("DTSTART", start, zone);
                        // An end that is only a day says nothing about the hour.
                        if let Some(Moment::DateTime(end)) = end {
                            self.local("DTEND", end, zone);
                        }
                    }
                }
            }
            When::Rule(rule) => self.rule(rule, zone),
        }
    }

    fn rule(&mut self, rule: &Recurrence, zone: Tz) {
        let start = rule.start.with_timezone(&zone);
        let minutes = i64::from(rule.minutes);
        let whole_days = minutes > 0 && minutes % (24 * 60) == 0 && start.time() == NaiveTime::MIN;
        if whole_days {
            self.out.line("DTSTART;VALUE=DATE", &day(start.date_naive()));
            self.out.line("DTEND;VALUE=DATE", &day(start.date_naive() + Duration::minutes(minutes)));
        } else {
            self.local("DTSTART", rule.start, zone);
            if minutes > 0 {
                self.out.line("DURATION", &format!("PT{minutes}M"));
            }
        }
        self.out.line("RRULE", &until(&rule.rule, zone, whole_days));
        for except in &rule.except {
            if whole_days {
                self.out.line("EXDATE;VALUE=DATE", &day(*except));
            } else {
                self.local("EXDATE", local_to_utc(*except, start.time(), zone).0, zone);
            }
        }
        for also in &rule.also {
            match (also.start, also.end) {
                (Moment::Date(start), _) => self.out.line("RDATE;VALUE=DATE", &day(start)),
                (Moment::DateTime(start), Some(Moment::DateTime(end))) if end - start != Duration::minutes(minutes) && end > start => {
                    self.out.line("RDATE;VALUE=PERIOD", &format!("{}/{}", utc(start), utc(end)));
                }
                (Moment::DateTime(start), _) => self.local("RDATE", start, zone),
            }
        }
    }

    /// A time in the zone of the run, so that a series keeps its hour across summer time.
    fn local(&mut self, name: &str, at: Timestamp, zone: Tz) {
        if zone == Tz::UTC {
            return self.out.line(name, &utc(at));
        }
        let local: DateTime<Tz> = at.with_timezone(&zone);
        let year = local.format("%Y").to_string().parse().unwrap_or(1970);
        // One definition of each zone, from the first year in which it is needed.
        let named = zones::Named(zone);
        let earlier = self.zones.iter().find(|(known, _)| *known == named).copied();
        match earlier {
            Some((_, known)) if known <= year => {}
            Some(entry) => {
                self.zones.remove(&entry);
                self.zones.insert((named, year));
            }
            None => {
                self.zones.insert((named, year));
            }
        }
        self.out.line(&format!("{name};TZID={}", zone.name()), &local.format("%Y%m%dT%H%M%S").to_string());
    }
}

enum When<'a> {
    Once(Session),
    Rule(&'a Recurrence),
}

/// `UNTIL` has to be of the type of the start: in UTC for hours, a day for days.
fn until(rule: &str, zone: Tz, whole_days: bool) -> String {
    let part = |part: &str| -> String {
        let Some(value) = part.strip_prefix("UNTIL=") else { return part.to_owned() };
        if whole_days {
            return format!("UNTIL={}", value.get(..8).unwrap_or(value));
        }
        if value.ends_with('Z') {
            return part.to_owned();
        }
        let date = value.get(..8).and_then(|text| NaiveDate::parse_from_str(text, "%Y%m%d").ok());
        let at = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok();
        match (at, date) {
            (Some(at), _) => format!("UNTIL={}", utc(local_to_utc(at.date(), at.time(), zone).0)),
            (None, Some(date)) => format!("UNTIL={}", utc(Moment::Date(date).latest(zone))),
            (None, None) => part.to_owned(),
        }
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Cancelled => "CANCELLED",
        RunStatus::Planned => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

fn key(start: Moment) -> String {
    match start {
        Moment::Date(date) => day(date),
        Moment::DateTime(at) => utc(at),
    }
}

fn utc(at: Timestamp) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}
