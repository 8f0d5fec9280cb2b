//! Schedules: out of opening hours in the syntax of OpenStreetMap, and out of the rules of repeating runs.

use super::common::part;
use crate::out::fields::Fields;
use chrono::NaiveTime;
use domain::Uuid;
use domain::catalogue::Run;
use serde_json::Value;

/// Days as OpenStreetMap and as RFC 5545 write them, in order of the week.
const DAYS: [(&str, &str); 7] = [("Mo", "MO"), ("Tu", "TU"), ("We", "WE"), ("Th", "TH"), ("Fr", "FR"), ("Sa", "SA"), ("Su", "SU")];

/// One schedule for each span of hours; hours that are not understood stay words for people.
pub(super) fn of_opening_hours(of: Uuid, hours: &str) -> Vec<Value> {
    let id = |key: &str| part(of, "schedule", key).to_string();
    let Some(spans) = spans(hours) else {
        let mut fields = Fields::new();
        fields.set("id", id("")).set("description", hours);
        return vec![fields.done()];
    };
    let schedule = |span: &Span| {
        let mut fields = Fields::new();
        let (from, to) = (span.opens.format("%H:%M").to_string(), span.closes.format("%H:%M").to_string());
        fields.set("id", id(&format!("{} {from} {to}", span.days))).set("freq", "WEEKLY").set("wkst", "MO").set("interval", 1);
        fields.set("byday", span.days.as_str()).set("opens_at", from).set("closes_at", to).set("description", hours);
        fields.done()
    };
    spans.iter().map(schedule).collect()
}

#[derive(Debug, PartialEq)]
struct Span {
    days: String,
    opens: NaiveTime,
    closes: NaiveTime,
}

/// `Mo-Th 09:00-12:00,13:00-16:00; Fr 09:00-12:00`. Anything beyond that (holidays, weeks, seasons) cannot be said by a schedule, except that
/// public holidays are free.
fn spans(hours: &str) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    for rule in hours.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        if matches!(rule, "PH off" | "PH closed") {
            continue;
        }
        let (days, times) = match rule.split_once(' ') {
            Some((days, times)) => (self::days(days)?, times.trim()),
            None => (DAYS.map(|(_, day)| day).join(","), rule),
        };
        for span in times.split(',').map(str::trim) {
            let (opens, closes) = span.split_once('-')?;
            let (opens, closes) = (time(opens)?, time(closes)?);
            spans.push(Span { days: days.clone(), opens, closes });
        }
    }
    (!spans.is_empty()).then_some(spans)
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// `Mo-We,Fr` as `MO,TU,WE,FR`.
fn days(text: &str) -> Option<String> {
    let number = |day: &str| DAYS.iter().position(|(name, _)| *name == day);
    let mut open = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        // Sa-Mo goes round the end of the week.
        let length = (last + 7 - first) % 7;
        for offset in 0..=length {
            *open.get_mut((first + offset) % 7)? = true;
        }
    }
    let named = DAYS.iter().zip(open).filter(|(_, open)| *open).map(|((_, day), _)| *day);
    Some(named.collect::<Vec<_>>().join(","))
}

/// The schedule of a run: its rule where it is weekly or monthly, else its words.
pub(super) fn of_run(run: &Run) -> Option<Value> {
    let mut fields = Fields::new();
    fields.set("id", part(run.id, "schedule", "").to_string());
    let words = run.schedule_text.as_ref().map(|text| text.to_string());
    fields.some("description", words.clone());
    let zone = run.time_zone;
    match &run.recurrence {
        Some(recurrence) => {
            for rule in recurrence.rule.split(';') {
                let Some((name, value)) = rule.split_once('=') else { continue };
                match (name, value) {
                    ("FREQ", "WEEKLY" | "MONTHLY") => fields.set("freq", value),
                    ("BYDAY", _) => fields.set("byday", value),
                    ("BYMONTHDAY", _) => fields.set("bymonthday", value),
                    ("INTERVAL", _) => fields.some("interval", value.parse::<u32>().ok()),
                    ("COUNT", _) => fields.some("count", value.parse::<u32>().ok()),
                    ("UNTIL", _) => fields.some("until", value.get(..8).and_then(day)),
                    ("WKST", _) => fields.set("wkst", value),
                    ("FREQ", _) => return words.is_some().then(|| described(run, words.as_deref())),
                    _ => return words.is_some().then(|| described(run, words.as_deref())),
                };
            }
            let start = recurrence.start.with_timezone(&zone);
            fields.set("dtstart", start.date_naive().to_string()).set("opens_at", start.format("%H:%M").to_string());
            if recurrence.minutes > 0 {
                let end = start + chrono::Duration::minutes(i64::from(recurrence.minutes));
                fields.set("closes_at", end.format("%H:%M").to_string());
            }
            Some(fields.done())
        }
        None => {
            fields.some("dtstart", run.start.map(|start| start.date(zone).to_string()));
            fields.some("until", run.end.map(|end| end.date(zone).to_string()));
            (words.is_some() || run.start.is_some()).then(|| fields.done())
        }
    }
}

fn described(run: &Run, words: Option<&str>) -> Value {
    let mut fields = Fields::new();
    fields.set("id", part(run.id, "schedule", "").to_string()).some("description", words);
    fields.done()
}

fn day(digits: &str) -> Option<String> {
    chrono::NaiveDate::parse_from_str(digits, "%Y%m%d").ok().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(hours: &str) -> Option<Vec<String>> {
        let span = |span: &Span| format!("{} {}-{}", span.days, span.opens.format("%H:%M"), span.closes.format("%H:%M"));
        spans(hours).map(|spans| spans.iter().map(span).collect())
    }

    #[test]
    fn opening_hours_become_spans() {
        let of = |spans: &[&str]| Some(spans.iter().map(|span| (*span).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            told("Mo-Th 09:00-12:00,13:00-16:00; Fr 09:00-12:00; PH off"),
            of(&["MO,TU,WE,TH 09:00-12:00", "MO,TU,WE,TH 13:00-16:00", "FR 09:00-12:00"])
        );
        assert_eq!(told("Sa-Mo,We 10:00-18:00"), of(&["MO,WE,SA,SU 10:00-18:00"]));
        assert_eq!(told("08:00-20:00"), of(&["MO,TU,WE,TH,FR,SA,SU 08:00-20:00"]));
        for words in ["nach Vereinbarung", "24/7", "Mo-Fr", "Apr-Oct Mo 10:00-12:00", "Mo 9-12 Uhr", ""] {
            assert_eq!(told(words), None, "{words}");
        }
    }

    #[test]
    fn words_stay_words() {
        let schedules = of_opening_hours(Uuid::nil(), "nach Vereinbarung");
        assert_eq!((schedules.len(), &schedules[0]["description"]), (1, &Value::from("nach Vereinbarung")));
        assert!(schedules[0].get("freq").is_none());
    }
}
