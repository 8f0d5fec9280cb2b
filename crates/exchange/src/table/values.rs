//! Values of cells: dates, hours, prices, yes and no.

use crate::mapping::{day, local_time, moment, parse_cents};
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::Moment;
use domain::catalogue::{Price, PriceType};
use domain::text::fold;
use domain::time::LocalTime;

/// A day, or a day and a time: ISO 8601, or German with or without weekday (`Fr., 5.2.27 18:00 Uhr`).
pub(super) fn when(text: &str, zone: Tz) -> Option<(Moment, LocalTime)> {
    if let Some(read) = moment(text, zone) {
        return Some(read);
    }
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| german_day(word).is_some())?;
    let before = words.get(..at)?.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || c == '.'));
    let date = german_day(words.get(at)?).filter(|_| before)?;
    let rest = words.get(at + 1..)?.join(" ");
    if rest.is_empty() {
        return Some((Moment::Date(date), LocalTime::Unique));
    }
    let time = hour(rest.trim_start_matches("um ").trim_start_matches("ab "))?;
    on(date, time, zone)
}

/// A time of day on a day.
pub(super) fn on(date: NaiveDate, time: NaiveTime, zone: Tz) -> Option<(Moment, LocalTime)> {
    local_time(date, &time.format("%H:%M").to_string(), zone)
}

/// `5.2.2027`, `05.02.27`.
fn german_day(word: &str) -> Option<NaiveDate> {
    let mut parts = word.split('.');
    let (date, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, most: usize| !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    let shaped = parts.next().is_none() && digits(date, 2) && digits(month, 2) && digits(year, 4) && matches!(year.len(), 2 | 4);
    if !shaped {
        return None;
    }
    let century = if year.len() == 2 { "20" } else { "" };
    day(&format!("{date:0>2}.{month:0>2}.{century}{year}"))
}

/// `18:00`, `18.00 Uhr`, `18 Uhr`, `9:30h`, `18:00:00`.
pub(super) fn hour(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let folded = fold(text);
    let plain = folded.trim_end_matches("uhr").trim_end_matches('h').trim();
    let named = plain.len() != folded.len();
    let mut parts = plain.split([':', '.']);
    let (hours, minutes) = (parts.next()?, parts.next());
    let seconds = parts.next().unwrap_or("0");
    if parts.next().is_some() || (minutes.is_none() && !named) {
        return None;
    }
    let number = |text: &str| (1..=2).contains(&text.len()).then(|| text.parse::<u32>().ok()).flatten();
    number(seconds)?;
    NaiveTime::from_hms_opt(number(hours)?, number(minutes.unwrap_or("0"))?, 0)
}

/// One time, or two with a dash or "bis" between.
pub(super) fn hours(text: &str) -> Option<(NaiveTime, Option<NaiveTime>)> {
    let folded = fold(text).replace(['–', '—'], "-").replace(" bis ", "-").replace("von ", "");
    match folded.split_once('-') {
        Some((from, to)) => {
            let to = hour(to)?;
            // "18-20 Uhr": the word stands once for both.
            let from = hour(from).or_else(|| hour(&format!("{} uhr", from.trim())))?;
            Some((from, Some(to)))
        }
        None => Some((hour(&folded)?, None)),
    }
}

/// Yes and no in words and marks.
pub(super) fn yes(text: &str) -> Option<bool> {
    match fold(text.trim()).as_str() {
        "ja" | "j" | "yes" | "y" | "x" | "1" | "true" | "wahr" | "✓" => Some(true),
        "nein" | "n" | "no" | "0" | "false" | "falsch" | "-" => Some(false),
        _ => None,
    }
}

/// An amount in cents: `12,50 €`, `EUR 12.50`, `12,-`.
pub(super) fn cents(text: &str) -> Option<u32> {
    let text = text.replace('\u{a0}', " ");
    let plain = text.replace("EUR", "").replace("Euro", "").replace('€', "");
    let plain = plain.trim().trim_end_matches(",-").trim_end_matches(",–").trim_end_matches(".-").replace(' ', "");
    parse_cents(&plain)
}

/// A price: an amount, a range, free, or on request.
pub(super) fn price(text: &str) -> Option<Price> {
    let folded = fold(text.trim());
    match folded.trim_end_matches(['.', '!']) {
        "kostenlos" | "kostenfrei" | "gratis" | "frei" | "gebuehrenfrei" | "entgeltfrei" | "eintritt frei" | "free" | "keine" | "ohne" => {
            return Some(Price::free());
        }
        "auf anfrage" | "nach vereinbarung" | "on request" => return Some(Price { kind: PriceType::OnRequest, ..Price::unknown() }),
        _ => {}
    }
    if let Some(cents) = cents(text) {
        return Some(if cents == 0 { Price::free() } else { Price::euros(cents) });
    }
    let (low, high) = text.split_once(['-', '–']).or_else(|| text.split_once(" bis "))?;
    let (low, high) = (cents(low)?, cents(high)?);
    (low < high).then(|| Price { kind: PriceType::Range, amount: Some(low), max_amount: Some(high), ..Price::unknown() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    #[test]
    fn dates_in_both_ways_of_writing() {
        let told = |text: &str| when(text, Berlin).map(|(moment, _)| moment.to_string());
        for text in ["2027-02-05", "05.02.2027", "5.2.2027", "5.2.27", "Fr., 05.02.2027", "Freitag 05.02.2027"] {
            assert_eq!(told(text).as_deref(), Some("2027-02-05"), "{text}");
        }
        for text in ["2027-02-05T18:00", "2027-02-05 18:00:00", "05.02.2027 18:00", "Fr, 5.2.27, 18.00 Uhr", "05.02.2027 um 18 Uhr"] {
            assert_eq!(told(text).as_deref(), Some("2027-02-05T17:00:00Z"), "{text}");
        }
        for bad in ["", "05/02/2027", "30.02.2027", "Februar", "ab sofort 5", "5.2.", "46423"] {
            assert_eq!(told(bad), None, "{bad}");
        }
    }

    #[test]
    fn hours_and_pairs_of_hours() {
        let told = |text: &str| hours(text).map(|(from, to)| (from.to_string(), to.map(|to| to.to_string())));
        let pair = Some(("18:00:00".to_owned(), Some("19:30:00".to_owned())));
        for text in ["18:00-19:30", "18.00 – 19.30 Uhr", "18 bis 19:30 Uhr", "von 18:00 bis 19:30"] {
            assert_eq!(told(text), pair, "{text}");
        }
        assert_eq!(told("9:30"), Some(("09:30:00".to_owned(), None)));
        for bad in ["", "18", "25:00", "abends", "18:00-", "1.2.3.4"] {
            assert_eq!(told(bad), None, "{bad}");
        }
    }

    #[test]
    fn prices() {
        let told = |text: &str| price(text).map(|price| (price.kind, price.amount, price.max_amount));
        assert_eq!(told("1.234,50 €"), Some((PriceType::Paid, Some(123_450), None)));
        assert_eq!(told("12.5"), Some((PriceType::Paid, Some(1250), None)));
        assert_eq!(told("12,- EUR"), Some((PriceType::Paid, Some(1200), None)));
        assert_eq!(told("0,00"), Some((PriceType::Free, None, None)));
        assert_eq!(told("kostenfrei"), Some((PriceType::Free, None, None)));
        assert_eq!(told("auf Anfrage"), Some((PriceType::OnRequest, None, None)));
        assert_eq!(told("10 – 20 €"), Some((PriceType::Range, Some(1000), Some(2000))));
        assert_eq!(told("teuer"), None);
    }
}
