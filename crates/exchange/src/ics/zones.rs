//! Time zones as calendars name them: IANA, Windows, paths of old programs, or only by their rules.

use crate::xml::Element;
use chrono::{NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;
use domain::text::fold;

/// Windows names with the zone that Unicode's CLDR gives for them.
#[rustfmt::skip]
const WINDOWS: &[(&str, Tz)] = &[
    ("W. Europe Standard Time", Tz::Europe__Berlin), ("Central Europe Standard Time", Tz::Europe__Budapest),
    ("Central European Standard Time", Tz::Europe__Warsaw), ("Romance Standard Time", Tz::Europe__Paris), ("GMT Standard Time", Tz::Europe__London),
    ("Greenwich Standard Time", Tz::Atlantic__Reykjavik), ("E. Europe Standard Time", Tz::Europe__Chisinau), ("FLE Standard Time", Tz::Europe__Kyiv),
    ("GTB Standard Time", Tz::Europe__Bucharest), ("Kaliningrad Standard Time", Tz::Europe__Kaliningrad), ("Belarus Standard Time", Tz::Europe__Minsk),
    ("Russian Standard Time", Tz::Europe__Moscow), ("Turkey Standard Time", Tz::Europe__Istanbul), ("Israel Standard Time", Tz::Asia__Jerusalem),
    ("Egypt Standard Time", Tz::Africa__Cairo), ("Syria Standard Time", Tz::Asia__Damascus), ("Arabic Standard Time", Tz::Asia__Baghdad),
    ("Arab Standard Time", Tz::Asia__Riyadh), ("Iran Standard Time", Tz::Asia__Tehran), ("Afghanistan Standard Time", Tz::Asia__Kabul),
    ("Georgian Standard Time", Tz::Asia__Tbilisi), ("Caucasus Standard Time", Tz::Asia__Yerevan), ("India Standard Time", Tz::Asia__Kolkata),
    ("China Standard Time", Tz::Asia__Shanghai), ("SE Asia Standard Time", Tz::Asia__Bangkok), ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("AUS Eastern Standard Time", Tz::Australia__Sydney), ("Eastern Standard Time", Tz::America__New_York),
    ("Central Standard Time", Tz::America__Chicago), ("Mountain Standard Time", Tz::America__Denver),
    ("Pacific Standard Time", Tz::America__Los_Angeles), ("UTC", Tz::UTC), ("GMT", Tz::UTC), ("Z", Tz::UTC), ("MEZ", Tz::Europe__Berlin),
    ("MESZ", Tz::Europe__Berlin), ("CEST", Tz::Europe__Berlin), ("CET", Tz::Europe__Berlin),
];

/// Cities in the names that Outlook shows: `(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien`.
const CITIES: &[(&str, Tz)] = &[
    ("berlin", Tz::Europe__Berlin),
    ("paris", Tz::Europe__Paris),
    ("warschau", Tz::Europe__Warsaw),
    ("warsaw", Tz::Europe__Warsaw),
    ("budapest", Tz::Europe__Budapest),
    ("london", Tz::Europe__London),
    ("kiew", Tz::Europe__Kyiv),
    ("kyiv", Tz::Europe__Kyiv),
];

/// The zone of a name, without looking at its definition.
pub(super) fn named(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches('"').trim_start_matches('/');
    if let Ok(zone) = name.parse() {
        return Some(zone);
    }
    if let Some((_, zone)) = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)) {
        return Some(*zone);
    }
    // `/citadel.org/20190914_1/Europe/Berlin`
    let mut tail = name;
    while let Some((_, after)) = tail.split_once('/') {
        if let Some(zone) = Some(after).filter(|after| after.contains('/')).and_then(|after| after.parse().ok()) {
            return Some(zone);
        }
        tail = after;
    }
    let folded = fold(name);
    CITIES.iter().find(|(city, _)| folded.contains(city)).map(|(_, zone)| *zone)
}

/// The zone of a `VTIMEZONE` (its properties, and those of its `STANDARD` and `DAYLIGHT` in child elements) whose name says nothing: the one
/// that a program noted beside it, or one that has the same hours. `home` is tried first.
pub(super) fn defined(definition: &Element, home: Tz) -> Option<Tz> {
    if let Some(zone) = definition.text_at("X-LIC-LOCATION").and_then(named) {
        return Some(zone);
    }
    let last = |name| definition.children.iter().rfind(|child| child.name == name);
    let of = |part: Option<&Element>| part.and_then(|part| part.text_at("TZOFFSETTO")).and_then(seconds);
    let (standard, daylight) = (of(last("STANDARD")), of(last("DAYLIGHT")));
    let standard = standard.or(daylight)?;
    let wanted = (standard, daylight.unwrap_or(standard));
    let candidates = [home, Tz::Europe__Berlin, Tz::Europe__London, Tz::Europe__Helsinki, Tz::UTC];
    candidates.into_iter().find(|zone| hours_of(*zone) == Some(wanted)).or_else(|| {
        // Without summer time any zone of that offset is right. Etc/GMT counts the other way round.
        let hours = (wanted.0 == wanted.1 && wanted.0 % 3600 == 0).then_some(wanted.0 / 3600)?;
        format!("Etc/GMT{:+}", -hours).parse().ok()
    })
}

/// Offsets in winter and summer, in seconds.
fn hours_of(zone: Tz) -> Option<(i32, i32)> {
    let offset = |month| {
        let noon = NaiveDate::from_ymd_opt(2026, month, 15)?.and_hms_opt(12, 0, 0)?;
        Some(zone.offset_from_utc_datetime(&noon).fix().local_minus_utc())
    };
    Some((offset(1)?, offset(7)?))
}

/// `+0100`, `-033000`.
fn seconds(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => (1, text),
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4)?.parse().ok()?;
    Some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_kinds() {
        let berlin = Some(Tz::Europe__Berlin);
        for name in [
            "Europe/Berlin",
            "W. Europe Standard Time",
            "/citadel.org/20190914_1/Europe/Berlin",
            "/freeassociation.sourceforge.net/Europe/Berlin",
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
            "\"Europe/Berlin\"",
            "MEZ",
        ] {
            assert_eq!(named(name), berlin, "{name}");
        }
        assert_eq!(named("Europe/Vienna"), Some(Tz::Europe__Vienna));
        for bad in ["", "/", "Customized Time Zone", "Europe", "../../etc/passwd"] {
            assert_eq!(named(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_the_rules() {
        let definition = |standard: &str, daylight: Option<&str>| {
            let mut zone = Element::new("VTIMEZONE", &[]);
            for (name, offset) in [("STANDARD", Some(standard)), ("DAYLIGHT", daylight)] {
                let Some(offset) = offset else { continue };
                let mut part = Element::new(name, &[]);
                part.children.push(Element { text: offset.to_owned(), ..Element::new("TZOFFSETTO", &[]) });
                zone.children.push(part);
            }
            defined(&zone, Tz::Europe__Berlin)
        };
        assert_eq!(definition("+0100", Some("+0200")), Some(Tz::Europe__Berlin));
        assert_eq!(definition("+0000", Some("+0100")), Some(Tz::Europe__London));
        assert_eq!(definition("+0300", None), Some(Tz::Etc__GMTMinus3));
        assert_eq!(definition("+0545", None), None);
        assert_eq!(definition("nonsense", None), None);
    }
}
