//! Calendars: what other programs read, and our own reader again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod out_drafts;
mod out_records;

use common::{context, items};
use domain::catalogue::{Draft, Offer};
use domain::partners::ImportFormat::Ics;
use exchange::Body;
use exchange::out::ics::{Calendar, Written};
use out_records::*;

fn write(offers: &[Offer], language: &str, events: usize) -> Written {
    let (site, context) = (site(), context());
    let calendar = Calendar { site: &site, vocabularies: &context.vocabularies, language, name: "Angebote, alle", since: None, events };
    calendar.write(offers)
}

fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

#[test]
fn a_rule_stays_a_rule_and_sessions_are_events() {
    let written = write(&[course(), event(), service()], "de", 100);
    assert!(!written.cut && written.text.split("\r\n").all(|line| line.len() <= 75));
    let text = unfolded(&written.text);
    for line in [
        "NAME:Angebote\\, alle",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "TZID:Europe/Berlin",
        "UID:019ab1c2-0000-7000-8000-000000000011@bildung.example.org",
        "DTSTART;TZID=Europe/Berlin:20270202T180000",
        "DURATION:PT90M",
        "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20270209T180000",
        "SEQUENCE:3",
        "UID:019ab1c2-0000-7000-8000-000000000012-20270401@bildung.example.org",
        "DTSTART;VALUE=DATE:20270408",
        "DTEND;VALUE=DATE:20270409",
        "STATUS:CANCELLED",
        "URL:https://bildung.example.org/de/angebote/019ab1c2-0000-7000-8000-000000000001/deutsch-b1",
        "COMMENT:Volkshochschule Teststadt. Lizenz: CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}\n{text}");
    }
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 4, "the service has no dates");
    assert!(text.contains("CATEGORIES:"));
    assert!(unfolded(&write(&[course()], "en", 100).text).contains("SUMMARY:German B1\r\n"));
}

#[test]
fn a_calendar_has_an_end() {
    let written = write(&[course(), event()], "de", 2);
    assert!(written.cut);
    assert_eq!(written.text.matches("BEGIN:VEVENT").count(), 2);
}

#[test]
fn out_in_and_out_again_changes_nothing() {
    let drafts = |text: &str| -> Vec<Draft> {
        let decode = |item: &exchange::Item| match &item.body {
            Body::Upsert(lazy) => lazy.decode().unwrap().0,
            other => panic!("{other:?}"),
        };
        let mut drafts: Vec<Draft> = items(Ics, text.as_bytes()).iter().map(decode).collect();
        drafts.sort_by_key(|draft| (draft.kind(), draft.external_id().to_string()));
        drafts
    };
    let first = drafts(&write(&[course(), event(), online()], "de", 100).text);
    let events = first.iter().filter_map(|draft| if let Draft::Offer(offer) = draft { Some(offer) } else { None });
    let times: Vec<_> = events.map(|offer| (offer.runs[0].start, offer.runs[0].recurrence.clone(), offer.runs[0].status)).collect();
    assert_eq!(times.len(), 5);
    assert!(
        times
            .iter()
            .any(|(_, rule, _)| rule.as_ref().is_some_and(|rule| rule.rule.contains("COUNT=3") && rule.minutes == 90 && rule.except.len() == 1))
    );
    // What our reader understood, written and read once more: the dates stay.
    let records = out_drafts::records(first);
    let offers: Vec<Offer> = records.offers.into_values().collect();
    let second = drafts(&write(&offers, "de", 100).text);
    let mut again: Vec<_> = second
        .iter()
        .filter_map(|draft| if let Draft::Offer(offer) = draft { Some(offer) } else { None })
        .map(|offer| (offer.runs[0].start, offer.runs[0].recurrence.clone(), offer.runs[0].status))
        .collect();
    let mut times = times;
    let key = |entry: &(Option<domain::Moment>, Option<domain::catalogue::Recurrence>, _)| format!("{:?}", (entry.0, &entry.1));
    times.sort_by_key(key);
    again.sort_by_key(key);
    assert_eq!(times, again);
}
