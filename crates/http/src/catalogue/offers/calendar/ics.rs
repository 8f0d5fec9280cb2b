//! iCalendar (RFC 5545): one event per session.

use chrono::{Duration, NaiveDate};
use domain::catalogue::{Offer, Run, RunStatus, Session};
use domain::text::LanguageTag;
use domain::{Moment, Timestamp};

/// Octets of a line, its line break not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// The sessions of an offer. Instants are in UTC, which needs no zone definitions; days are all-day events.
pub(super) fn calendar(offer: &Offer, language: &str, address: &str) -> String {
    let translation = LanguageTag::try_from(language.to_owned()).ok().and_then(|tag| offer.translations.get(&tag));
    let title = translation.and_then(|t| t.title.as_ref()).unwrap_or(&offer.title).as_str();
    let summary = translation.and_then(|t| t.summary.as_ref()).or(offer.summary.as_ref()).map(|s| s.as_str());
    let mut out = Lines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Bildungsregion//API//DE");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    out.text("X-WR-CALNAME", title);
    for run in &offer.runs {
        for (number, session) in sessions(run).iter().enumerate() {
            out.line("BEGIN", "VEVENT");
            out.line("UID", &format!("{}-{number}@{}", run.id, offer.meta.source.key));
            out.line("DTSTAMP", &instant(offer.meta.updated_at));
            out.line("SEQUENCE", &offer.meta.version.to_string());
            times(&mut out, session, run);
            out.text("SUMMARY", title);
            if let Some(summary) = summary {
                out.text("DESCRIPTION", summary);
            }
            if let Some(place) = place(offer, run) {
                out.text("LOCATION", &place);
            }
            if let Some(geo) = run.place.as_ref().or(offer.place.as_ref()).and_then(|place| place.geo) {
                out.line("GEO", &format!("{:.6};{:.6}", geo.lat, geo.lon));
            }
            out.line("URL", address);
            out.line("STATUS", status(run.status));
            out.line("END", "VEVENT");
        }
    }
    out.line("END", "VCALENDAR");
    out.0
}

/// The meetings of a run; where it has none but dates, the run is one.
fn sessions(run: &Run) -> Vec<Session> {
    if !run.sessions.is_empty() {
        return run.sessions.clone();
    }
    run.start.map(|start| Session { start, end: run.end }).into_iter().collect()
}

fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Cancelled => "CANCELLED",
        RunStatus::Planned => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

fn times(out: &mut Lines, session: &Session, run: &Run) {
    match session.start {
        Moment::DateTime(start) => {
            out.line("DTSTART", &instant(start));
            // An end that is only a day says nothing about the hour.
            if let Some(Moment::DateTime(end)) = session.end.filter(|end| end.earliest(run.time_zone) > start) {
                out.line("DTEND", &instant(end));
            }
        }
        Moment::Date(start) => {
            out.line("DTSTART;VALUE=DATE", &day(start));
            // The end of an all-day event is the day after it.
            let last = session.end.map_or(start, |end| end.date(run.time_zone)).max(start);
            out.line("DTEND;VALUE=DATE", &day(last + Duration::days(1)));
        }
    }
}

fn place(offer: &Offer, run: &Run) -> Option<String> {
    let place = run.place.as_ref().or(offer.place.as_ref())?;
    let town = [place.address.postal_code.as_deref(), place.address.locality.as_ref().map(|l| l.as_str())];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [place.name.as_str(), place.address.street.as_ref().map_or("", |s| s.as_str()), &town];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

fn instant(at: Timestamp) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property with a text value, escaped.
    fn text(&mut self, name: &str, text: &str) {
        let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace(['\n', '\r'], "\\n");
        self.line(name, &escaped);
    }

    /// A property, folded at 75 octets between characters.
    fn line(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for character in name.chars().chain(":".chars()).chain(value.chars().filter(|c| !c.is_control())) {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = Lines::default();
        out.text("SUMMARY", &"Prüfung; ".repeat(30));
        assert!(out.0.split("\r\n").all(|line| line.len() <= LINE), "{}", out.0);
        assert_eq!(out.0.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "Prüfung\\; ".repeat(30)).trim_end());
    }

    #[test]
    fn a_text_cannot_begin_a_property() {
        let mut out = Lines::default();
        out.text("SUMMARY", "a\r\nATTACH:x\nb\\c,d\u{0}");
        assert_eq!(out.0, "SUMMARY:a\\nATTACH:x\\nb\\\\c\\,d\r\n");
    }
}
