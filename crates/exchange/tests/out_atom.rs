//! Atom feeds, read by an XML parser and held against what RFC 4287 demands.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod out_records;

use common::context;
use domain::catalogue::Offer;
use exchange::out::atom::{AtomFeed, write};
use out_records::*;
use quick_xml::Reader;
use quick_xml::events::Event;

fn feed(offers: &[Offer], next: Option<&str>) -> String {
    let (site, context) = (site(), context());
    let feed = AtomFeed {
        site: &site,
        vocabularies: &context.vocabularies,
        language: "de",
        title: "deutsch & mehr",
        query: "q=deutsch",
        own: "https://bildung.example.org/api/v1/offers.atom?q=deutsch&limit=2",
        first: "https://bildung.example.org/api/v1/offers.atom?q=deutsch&limit=2",
        next,
        page: "https://bildung.example.org/de/angebote?q=deutsch",
        empty_since: chrono::DateTime::UNIX_EPOCH,
        offers,
    };
    String::from_utf8(write(&feed).unwrap()).unwrap()
}

/// The texts of elements and attributes by path, as `feed/entry/link@href`.
fn parsed(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut path, mut found): (Vec<String>, Vec<(String, String)>) = (vec![], vec![]);
    loop {
        let event = reader.read_event().unwrap();
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                path.push(element.name().as_ref().to_owned());
                found.push((path.join("/"), String::new()));
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.as_ref().to_owned();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    found.push((format!("{}@{name}", path.join("/")), value));
                }
                if empty {
                    path.pop();
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) => {
                let text: &str = &text;
                let here = path.join("/");
                found.iter_mut().rev().find(|(at, _)| *at == here).unwrap().1.push_str(text);
            }
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let text = quick_xml::escape::unescape(&format!("&{name};")).unwrap().into_owned();
                let here = path.join("/");
                found.iter_mut().rev().find(|(at, _)| *at == here).unwrap().1.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty());
    found
}

fn all<'a>(parsed: &'a [(String, String)], path: &str) -> Vec<&'a str> {
    parsed.iter().filter(|(at, _)| at == path).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn a_feed_says_all_that_it_must() {
    let xml = feed(&[course(), online()], Some("https://bildung.example.org/api/v1/offers.atom?cursor=x"));
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">"), "{xml}");
    let feed = parsed(&xml);
    for (path, text) in [
        ("feed/id", "tag:bildung.example.org,2026:angebote?q=deutsch"),
        ("feed/title", "deutsch & mehr"),
        ("feed/updated", "2026-11-23T04:00:00Z"),
        ("feed/author/name", "Bildungsregion Teststadt"),
    ] {
        assert_eq!(all(&feed, path), [text], "{path}");
    }
    assert_eq!(all(&feed, "feed/link@rel"), ["self", "first", "next", "alternate"]);
    assert_eq!(all(&feed, "feed/entry/id"), ["urn:uuid:019ab1c2-0000-7000-8000-000000000001", "urn:uuid:019ab1c2-0000-7000-8000-000000000007"]);
    assert_eq!(all(&feed, "feed/entry/title")[0], "Deutsch B1 <für> Alle & mehr");
    assert_eq!(all(&feed, "feed/entry/updated").len(), 2);
    assert_eq!(all(&feed, "feed/entry/author/name"), ["Volkshochschule Teststadt"; 2]);
    assert_eq!(all(&feed, "feed/entry/rights")[0], "CC BY 4.0");
    assert!(all(&feed, "feed/entry/rights")[1].contains("Alle Rechte"));
    assert_eq!(all(&feed, "feed/entry/link@rel"), ["alternate", "related", "license", "alternate", "related"]);
    assert!(all(&feed, "feed/entry/link@href").contains(&"https://creativecommons.org/licenses/by/4.0/"));
    assert_eq!(all(&feed, "feed/entry/category@term"), ["german-second-language"]);
    assert!(all(&feed, "feed/entry/content")[0].contains("<li>Telefonieren</li>"));
    assert_eq!(all(&feed, "feed/entry/content@type"), ["html"]);
    assert_eq!(all(&feed, "feed/entry/summary"), ["Sprechen am Arbeitsplatz.", "Zehn Finger < zwei Hände."]);
}

#[test]
fn an_empty_feed_is_one_too() {
    let feed = parsed(&feed(&[], None));
    assert_eq!(all(&feed, "feed/updated"), ["1970-01-01T00:00:00Z"]);
    assert_eq!(all(&feed, "feed/link@rel"), ["self", "first", "alternate"]);
    assert!(all(&feed, "feed/entry").is_empty());
}

#[test]
fn an_entry_that_says_nothing_says_its_title() {
    let feed = parsed(&feed(&[bare()], None));
    assert_eq!(all(&feed, "feed/entry/summary"), ["Offener Treff"]);
    assert_eq!(all(&feed, "feed/entry/link@rel"), ["alternate", "license"], "no calendar without dates");
}
