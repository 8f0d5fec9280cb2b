//! Calendars, tables, lines of a source and openQ-cat, over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{CATALOGUE, Node, OTHER_SOURCE, SOURCE, empty, header, problem};
use domain::accounts::Role;
use http::Limits;
use serde_json::{Value, json};

/// The round-trip file of the readers, for a source of its own.
const OPEN_Q_CAT: &str = include_str!("../../exchange/tests/fixtures/openqcat/round-trip.xml");

fn import_as(node: &Node, source: &str, kind: &str, query: &str, body: impl Into<reqwest::blocking::Body>) -> Value {
    let url = node.url(&format!("/api/v1/sources/{source}/imports{query}"));
    let answer = node.client.post(url).bearer_auth(node.token(source)).header("content-type", kind).body(body).send().unwrap();
    let (status, import) = (answer.status(), answer.json::<Value>().unwrap());
    assert_eq!(status, 201, "{import}");
    node.settle();
    import
}

/// The body of a successful answer; a second question with its tag is answered with 304.
fn text(node: &Node, path: &str, kind: &str) -> String {
    let answer = node.get(path).send().unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = answer.text().unwrap();
    assert_eq!(status, 200, "{path}: {body}");
    assert!(header(&headers, "content-type").starts_with(kind), "{path}: {headers:?}");
    assert!(header(&headers, "cache-control").starts_with("public"), "{path}");
    let again = node.get(path).header("if-none-match", header(&headers, "etag")).send().unwrap();
    assert_eq!(again.status(), 304, "{path}");
    body
}

fn organization_of(node: &Node, source: &str) -> String {
    let changes = node.json(&format!("/changes?source={source}&kind=organization"));
    changes["data"][0]["recordId"].as_str().unwrap().to_owned()
}

#[test]
fn a_search_is_a_calendar_and_a_table() {
    let node = empty(Limits::default());
    node.import(CATALOGUE);
    let total = node.json("/offers?limit=1")["page"]["total"].as_u64().unwrap();
    let table = text(&node, "/offers.csv", "text/csv");
    assert!(table.starts_with("\u{feff}\"Titel\";"), "{table}");
    assert_eq!(table.matches("\r\n").count() as u64, total + 1);
    assert!(text(&node, "/offers.csv?lang=en&q=deutsch", "text/csv").starts_with("\u{feff}\"Title\";"));
    assert!(text(&node, "/organizations.csv", "text/csv").contains("\"Lizenz\""));
    problem(node.get("/offers.csv?topic=nonsense").send().unwrap(), 400, "parameter-invalid");

    let calendar = text(&node, "/offers.ics", "text/calendar");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.contains("BEGIN:VEVENT") && calendar.contains("REFRESH-INTERVAL;VALUE=DURATION:PT6H"));
    let owner = organization_of(&node, SOURCE);
    assert!(text(&node, &format!("/organizations/{owner}/offers.ics"), "text/calendar").contains("X-WR-CALNAME:"));
    problem(node.get("/organizations/019ab1c2-0000-7000-8000-00000000dead/offers.ics").send().unwrap(), 404, "not-found");
}

#[test]
fn lines_of_a_source_handed_in_again_change_nothing() {
    let node = empty(Limits::default());
    node.import(CATALOGUE);
    let editor = node.person("Redaktion", &[(Role::Editor, None)]);
    let export = || {
        let answer = editor.asks(node.get(&format!("/sources/{SOURCE}/records.ndjson"))).send().unwrap();
        assert_eq!((answer.status().as_u16(), header(answer.headers(), "cache-control")), (200, "no-store"));
        answer.text().unwrap()
    };
    let lines = export();
    let seq = node.json("/changes?limit=1000")["page"]["next"].clone();
    let import = import_as(&node, SOURCE, "application/x-ndjson", "?mode=full", lines.clone());
    assert_eq!(
        (&import["counts"]["changed"], &import["counts"]["created"], &import["counts"]["withdrawn"]),
        (&json!(0), &json!(0), &json!(0)),
        "{import}"
    );
    assert_eq!(import["counts"]["unchanged"].as_u64().unwrap(), lines.lines().count() as u64);
    assert_eq!(node.json("/changes?limit=1000")["page"]["next"], seq, "nobody is told of anything");
    assert_eq!(export(), lines);

    problem(node.get(&format!("/sources/{SOURCE}/records.ndjson")).send().unwrap(), 401, "unauthenticated");
    let partner = node.get(&format!("/sources/{SOURCE}/records.ndjson")).bearer_auth(node.token(OTHER_SOURCE)).send().unwrap();
    problem(partner, 403, "forbidden");
    problem(editor.asks(node.get("/sources/nobodys/records.ndjson")).send().unwrap(), 404, "not-found");
}

#[test]
fn open_q_cat_goes_out_and_in_again() {
    let node = empty(Limits::default());
    node.import(CATALOGUE);
    let nothing = problem(node.get("/exports/openqcat.xml").send().unwrap(), 409, "conflict");
    assert!(nothing["detail"].as_str().unwrap().contains("report"), "{nothing}");
    import_as(&node, OTHER_SOURCE, "application/xml", "?mode=full&format=openqcat", OPEN_Q_CAT);
    let owner = organization_of(&node, OTHER_SOURCE);
    let own = text(&node, &format!("/organizations/{owner}/openqcat.xml"), "application/xml");
    let import = import_as(&node, OTHER_SOURCE, "application/xml", "?mode=full&format=openqcat", own);
    assert_eq!(
        (&import["counts"]["changed"], &import["counts"]["created"], &import["counts"]["withdrawn"]),
        (&json!(0), &json!(0), &json!(0)),
        "{import}"
    );

    let answer = node.get("/exports/openqcat.xml").send().unwrap();
    let cursor = header(answer.headers(), "next-cursor").to_owned();
    let whole = answer.text().unwrap();
    assert!(whole.contains("<NEW_CATALOG FULLCATALOG=\"true\">") && whole.trim_end().ends_with("</OPENQCAT>"), "{whole}");
    assert!(whole.contains(&format!("<PRODUCT_ID>{OTHER_SOURCE}:100</PRODUCT_ID>")), "{whole}");
    let unchanged = node.get(&format!("/exports/openqcat.xml?after={cursor}")).send().unwrap();
    assert_eq!((unchanged.status().as_u16(), header(unchanged.headers(), "next-cursor")), (204, cursor.as_str()));

    let (first, rest) = OPEN_Q_CAT.split_at(OPEN_Q_CAT.rfind("<SERVICE>").unwrap());
    let end = &rest[rest.find("</SERVICE>").unwrap() + "</SERVICE>".len()..];
    import_as(&node, OTHER_SOURCE, "application/xml", "?mode=full&format=openqcat", format!("{first}{end}").replace("4567.5", "4999"));
    let update = text(&node, &format!("/exports/openqcat.xml?after={cursor}"), "application/xml");
    assert!(update.contains("<UPDATE_CATALOG seq_number="), "{update}");
    let deleted = &update[update.find("<DELETE>").unwrap()..update.find("</DELETE>").unwrap()];
    assert!(deleted.contains(":200<") && deleted.contains(":100<"), "{deleted}");
    assert!(update.contains("<PRICE_AMOUNT>4999.00</PRICE_AMOUNT>"), "{update}");
    problem(node.get("/exports/openqcat.xml?after=999999").send().unwrap(), 410, "feed-gap");
}

#[test]
fn the_report_names_what_is_missing() {
    let node = empty(Limits::default());
    node.import(CATALOGUE);
    let mut gaps = Vec::new();
    let mut path = "/exports/openqcat/report?limit=1".to_owned();
    loop {
        let page = node.json(&path);
        gaps.extend(page["data"].as_array().unwrap().clone());
        let Some(next) = page["page"]["next"].as_str() else { break };
        path = format!("/exports/openqcat/report?limit=1&cursor={next}");
    }
    let whole = node.json("/exports/openqcat/report?limit=200");
    assert_eq!(whole["data"].as_array().unwrap(), &gaps, "pages leave nothing out");
    let organization = gaps.iter().find(|gap| gap["kind"] == "organization").unwrap();
    assert_eq!(organization["problems"][0]["pointer"], "/identifiers/baProviderId", "{organization}");
    let offer = gaps.iter().find(|gap| gap["kind"] == "offer").unwrap();
    let pointers: Vec<&str> = offer["problems"].as_array().unwrap().iter().map(|problem| problem["pointer"].as_str().unwrap()).collect();
    assert!(pointers.contains(&"/organization"), "{offer}");
    problem(node.get("/exports/openqcat/report?cursor=x").send().unwrap(), 400, "cursor-invalid");
    let owner = organization_of(&node, SOURCE);
    problem(node.get(&format!("/organizations/{owner}/openqcat.xml")).send().unwrap(), 409, "conflict");
}
