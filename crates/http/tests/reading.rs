//! Reading: every operation, its validators, its language, its cursors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value, json};

/// Ids, times that follow the clock of the test, and validators are not part of a snapshot.
macro_rules! snapshot {
    ($name:literal, $value:expr) => {
        insta::assert_json_snapshot!($name, $value, {
            ".**.id" => "[id]",
            ".**.traceId" => "[trace]",
        })
    };
}

fn titles(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[test]
fn a_catalogue_is_listed_found_and_shown() {
    let node = alone();
    let all = node.json("/offers");
    assert_eq!(all["page"]["total"], 5, "the offer that is over is not listed: {all}");
    assert!(!titles(&all).contains(&"Englisch im Sommer"));

    let found = node.json("/offers?q=deutschkurs&childcare=true&facets=true&near=19370&radius=5");
    snapshot!("offers", found);

    let id = node.offer("Deutsch für den Beruf");
    snapshot!("offer", node.json(&format!("/offers/{id}")));

    let organizations = node.json("/organizations?kind=adult-education-centre&facets=true");
    snapshot!("organizations", organizations);
    let organization = organizations["data"][0]["id"].as_str().unwrap();
    snapshot!("organization", node.json(&format!("/organizations/{organization}")));
    assert_eq!(node.json(&format!("/offers?organization={organization}"))["page"]["total"], 5);

    let place = node.json(&format!("/offers/{id}"))["place"]["id"].as_str().unwrap().to_owned();
    snapshot!("place", node.json(&format!("/places/{place}")));
}

#[test]
fn the_calendar_shows_what_touches_the_span() {
    let node = alone();
    let december = node.json("/runs?from=2026-12-01&to=2026-12-31");
    snapshot!("runs", december);
    let day = |day: &str| node.json(&format!("/runs?from={day}&to={day}"))["page"]["total"].as_u64().unwrap();
    assert_eq!((day("2026-12-05"), day("2026-12-06"), day("2026-12-07")), (1, 1, 0), "two days, both included");
    assert_eq!(node.json("/runs?from=2026-12-01&to=2026-12-31&area=13076090")["page"]["total"], 1, "Ludwigslust");
    assert_eq!(node.json("/runs?from=2026-12-01&to=2026-12-31&area=13076")["page"]["total"], 2, "the county");
}

#[test]
fn sessions_come_as_icalendar() {
    let node = alone();
    let calendar = |title: &str| {
        let response = node.get(&format!("/offers/{}.ics", node.offer(title))).send().unwrap();
        assert_eq!((response.status().as_u16(), header(response.headers(), "content-type")), (200, "text/calendar; charset=utf-8"));
        assert!(header(response.headers(), "content-disposition").ends_with(".ics\""));
        let text = response.text().unwrap();
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        text.replace("\r\n ", "")
    };
    let course = calendar("Deutsch für den Beruf");
    assert_eq!(course.matches("BEGIN:VEVENT").count(), 2, "{course}");
    assert!(course.contains("DTSTART;TZID=Europe/Berlin:20270111T180000\r\nDTEND;TZID=Europe/Berlin:20270111T193000\r\n"), "{course}");
    assert!(course.contains("DESCRIPTION:Sprechen am Arbeitsplatz\\; für Menschen mit B1.\r\n"), "{course}");
    assert!(course.contains("LOCATION:Haus der Bildung\\, Schulstraße 1\\, 19370 Parchim\r\n"), "{course}");
    let days = calendar("Tag der offenen Tür");
    assert!(days.contains("DTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261207\r\n"), "the end is the day after: {days}");
    let pottery = calendar("Töpfern am Abend");
    assert_eq!((pottery.matches("STATUS:CANCELLED").count(), pottery.matches("STATUS:CONFIRMED").count()), (1, 1), "{pottery}");
    let uids: std::collections::BTreeSet<&str> = pottery.lines().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.len(), 2, "{pottery}");
}

#[test]
fn the_region_its_areas_and_words() {
    let node = alone();
    let region = node.json("/region");
    assert_eq!((&region["key"], &region["counts"]), (&json!("13076"), &json!({ "offers": 5, "organizations": 1 })));
    assert_eq!(node.json("/areas?kind=municipality")["page"]["total"], 142);
    assert_eq!(node.json("/areas?lat=53.4258&lon=11.8481")["data"][0]["name"], "Parchim");
    assert_eq!(node.json("/areas?lat=50&lon=8")["page"]["total"], 0);
    assert_eq!(node.json("/areas?q=ludwigslust&kind=municipality")["data"][0]["key"], "13076090");
    assert!(node.json("/areas?postcode=19370")["page"]["total"].as_u64().unwrap() >= 1);
    assert_eq!(node.json("/areas/boundaries")["type"], "Topology");
    let holidays = node.json("/areas/holidays?kind=public&from=2027-01-01&to=2027-01-01");
    assert_eq!(holidays["data"][0]["name"]["en"], "New Year's Day");
    assert_eq!(node.json("/vocabularies")["page"]["total"], 16);
    assert_eq!(node.json("/vocabularies/weekdays")["concepts"][0]["code"], "monday");
    let suggested = node.json("/suggest?q=deut");
    assert!(
        suggested["data"].as_array().unwrap().iter().any(|s| s["type"] == "offer" && s["highlight"].as_str().unwrap().contains("<mark>")),
        "{suggested}"
    );
}

#[test]
fn the_change_feed_goes_on_where_one_left_off_and_keeps_tombstones() {
    let node = alone();
    let first = node.json("/changes?limit=4");
    assert_eq!((first["data"].as_array().unwrap().len(), &first["page"]["more"]), (4, &json!(true)));
    let rest = node.json(&format!("/changes?after={}&limit=1000", first["page"]["next"]));
    assert_eq!(rest["page"]["more"], false);
    let end = rest["page"]["next"].clone();
    assert_eq!(node.json(&format!("/changes?after={end}"))["page"], json!({ "next": end, "more": false, "limit": 100, "oldest": 1 }));
    let id = node.offer("Bildungsberatung");
    node.import("{\"type\":\"delete\",\"kind\":\"offer\",\"externalId\":\"a-5\"}\n");
    let news = node.json(&format!("/changes?after={end}&kind=offer"));
    assert_eq!((&news["data"][0]["action"], &news["data"][0]["recordId"]), (&json!("withdrawn"), &json!(id)));
    problem(node.get(&format!("/offers/{id}")).send().unwrap(), 410, "gone");
    problem(node.get(&format!("/offers/{id}.ics")).send().unwrap(), 410, "gone");
    assert_eq!(node.json("/offers")["page"]["total"], 4);
}

#[test]
fn cursors_walk_every_list_without_gap_or_repetition() {
    let node = alone();
    let more: String = (0..23).map(|n| offer(&format!("n-{n}"), &format!("Chor Nummer {n}"))).collect();
    node.import(&more);
    for (list, total) in [
        ("/offers?limit=5", 28),
        ("/offers?limit=5&q=chor&sort=title", 23),
        ("/offers?limit=7&sort=newest", 28),
        ("/runs?from=2026-12-01&to=2027-02-28&limit=1", 4),
    ] {
        let (mut seen, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let page = node.json(&cursor.map_or(list.to_owned(), |cursor| format!("{list}&cursor={cursor}")));
            assert_eq!(page["page"]["total"], total, "{list}");
            seen.extend(page["data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["page"]["next"].as_str() else { break };
            cursor = Some(next.to_owned());
        }
        assert_eq!(seen.len(), total, "{list}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), total, "{list}: repeated");
    }
    let cursor = node.json("/offers?limit=5")["page"]["next"].as_str().unwrap().to_owned();
    for other in [
        format!("/offers?limit=5&q=chor&cursor={cursor}"),
        format!("/runs?from=2026-12-01&to=2026-12-31&cursor={cursor}"),
        "/offers?cursor=%F0%9F%98%80".to_owned(),
    ] {
        let refused = problem(node.get(&other).send().unwrap(), 400, "cursor-invalid");
        assert_eq!(complaints(&refused), [("/query/cursor".to_owned(), "cursor-invalid".to_owned())], "{other}");
    }
}

#[test]
fn every_representation_has_a_strong_validator_and_caching() {
    let node = alone();
    let id = node.offer("Deutsch für den Beruf");
    let organization = node.json("/organizations")["data"][0]["id"].as_str().unwrap().to_owned();
    for path in [
        "/offers?q=deutsch".to_owned(),
        format!("/offers/{id}"),
        format!("/offers/{id}.ics"),
        format!("/organizations/{organization}"),
        "/organizations".into(),
        "/runs?from=2026-12-01&to=2026-12-31".into(),
        "/suggest?q=deu".into(),
        "/region".into(),
        "/areas".into(),
        "/areas/boundaries".into(),
        "/areas/holidays".into(),
        "/vocabularies".into(),
        "/vocabularies/topics".into(),
        "/changes".into(),
    ] {
        let first = node.get(&path).send().unwrap();
        let tag = header(first.headers(), "etag").to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag}");
        assert_eq!(header(first.headers(), "cache-control"), "public, max-age=60, stale-while-revalidate=600", "{path}");
        assert_eq!(header(first.headers(), "content-language"), "de", "{path}");
        assert!(header(first.headers(), "vary").contains("accept-language"), "{path}");
        assert_eq!(header(first.headers(), "access-control-allow-origin"), "*", "{path}");
        assert_eq!(header(first.headers(), "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            header(first.headers(), "content-security-policy"),
            "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "{path}"
        );
        let again = node.get(&path).header("if-none-match", &tag).send().unwrap();
        assert_eq!((again.status().as_u16(), header(again.headers(), "etag")), (304, tag.as_str()), "{path}");
        assert_eq!(again.bytes().unwrap().len(), 0, "{path}");
        let english = node.get(&path).header("accept-language", "en").header("if-none-match", &tag).send().unwrap();
        assert_eq!((english.status().as_u16(), header(english.headers(), "content-language")), (200, "en"), "{path}");
        let head = node.client.head(node.url(&format!("/api/v1{path}"))).send().unwrap();
        assert_eq!((head.status().as_u16(), header(head.headers(), "etag")), (200, tag.as_str()), "{path}");
    }
    let (list, detail) = ("/offers?q=deutsch", format!("/offers/{id}"));
    let tag = |path: &str| header(node.get(path).send().unwrap().headers(), "etag").to_owned();
    let (list_before, detail_before) = (tag(list), tag(&detail));
    node.import(&offer("n-1", "Noch ein Chor"));
    assert_ne!(tag(list), list_before, "the index has changed");
    assert_eq!(tag(&detail), detail_before, "this offer has not");
}

#[test]
fn a_compressed_answer_is_another_representation() {
    let node = alone();
    let plain = node.get("/vocabularies").send().unwrap();
    let packed = node.get("/vocabularies").header("accept-encoding", "gzip").send().unwrap();
    let (tag, packed_tag) = (header(plain.headers(), "etag"), header(packed.headers(), "etag").to_owned());
    assert_eq!(header(packed.headers(), "content-encoding"), "gzip");
    assert_eq!(packed_tag, format!("{}-gzip\"", tag.trim_end_matches('"')));
    assert!(packed.headers().get_all("vary").iter().any(|v| v == "accept-encoding"), "{:?}", packed.headers());
    let again = node.get("/vocabularies").header("accept-encoding", "gzip").header("if-none-match", &packed_tag).send().unwrap();
    assert_eq!((again.status().as_u16(), header(again.headers(), "etag")), (304, packed_tag.as_str()));
}

#[test]
fn texts_come_in_the_wished_language_and_say_so() {
    let node = alone();
    let id = node.offer("Deutsch für den Beruf");
    let english = node.get(&format!("/offers/{id}")).header("accept-language", "en-GB,de;q=0.5").send().unwrap();
    assert_eq!(header(english.headers(), "content-language"), "en");
    let english: Value = english.json().unwrap();
    assert_eq!(
        (&english["title"], &english["contentLanguage"], &english["machineTranslated"]),
        (&json!("German for work"), &json!("en"), &json!(true))
    );
    assert_eq!(english["descriptionHtml"], "<p><strong>Contents</strong></p>\n");
    let german = node.json(&format!("/offers/{id}?lang=de"));
    assert_eq!((&german["title"], &german["contentLanguage"]), (&json!("Deutsch für den Beruf"), &json!("de")));
    let ukrainian = node.json(&format!("/offers/{id}?lang=uk"));
    assert_eq!((&ukrainian["title"], &ukrainian["contentLanguage"]), (&json!("Deutsch für den Beruf"), &json!("de")), "no translation: the original");
    let listed = node.json("/offers?lang=en&q=deutsch+beruf");
    assert_eq!(listed["data"][0]["title"], "German for work");
    let calendar = node.json("/runs?from=2027-01-01&to=2027-01-31&lang=en");
    assert_eq!(calendar["data"][0]["offer"]["title"], "German for work");
}

#[test]
fn a_full_import_confirms_what_it_does_not_change() {
    let node = alone();
    let id = node.offer("Bildungsberatung");
    let confirmed = |node: &Alone| node.json(&format!("/offers/{id}"))["freshness"]["confirmedAt"].as_str().unwrap().to_owned();
    assert_eq!(confirmed(&node), "2026-11-24T08:00:00Z");
    node.clock.advance(chrono::Duration::days(3));
    let again = node.post("?mode=full", CATALOGUE).send().unwrap().json::<Value>().unwrap();
    assert_eq!(again["counts"], json!({ "created": 0, "changed": 0, "unchanged": 9, "withdrawn": 0, "rejected": 0 }));
    assert_eq!(confirmed(&node), "2026-11-27T08:00:00Z");
}

#[test]
fn a_searcher_is_helped_when_nothing_is_found() {
    let node = alone();
    let empty = node.json("/offers?q=deutsch&price=free");
    assert_eq!((&empty["page"]["total"], &empty["page"]["next"]), (&json!(0), &json!(null)));
    assert!(empty["page"]["help"]["emptiedBy"].as_array().unwrap().iter().any(|e| e["parameter"] == "price"), "{empty}");
}
