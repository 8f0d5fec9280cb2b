//! Importing: what partners hand in, and what they are told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use http::Limits;
use serde_json::{Value, json};
use testkit::TestDatabase;

fn problems_of(node: &Node, import: &Value, query: &str, language: &str) -> Value {
    let path = format!("/sources/{SOURCE}/imports/{}/problems{query}", import["id"].as_str().unwrap());
    node.get(&path).bearer_auth(node.token(SOURCE)).header("accept-language", language).send().unwrap().json().unwrap()
}

#[test]
fn a_broken_record_harms_no_other() {
    let node = alone();
    let response = node.post("?mode=delta", WITH_MISTAKES).send().unwrap();
    let (status, location) = (response.status(), header(response.headers(), "location").to_owned());
    let import: Value = response.json().unwrap();
    assert_eq!((status.as_u16(), &import["state"]), (201, &json!("succeeded")), "{import}");
    assert_eq!(import["counts"], json!({ "created": 2, "changed": 0, "unchanged": 0, "withdrawn": 0, "rejected": 1 }));
    let same: Value = node.client.get(node.url(&location)).bearer_auth(node.token(SOURCE)).send().unwrap().json().unwrap();
    assert_eq!(same, import);
    let problems = problems_of(&node, &import, "", "en");
    insta::assert_json_snapshot!("problems", problems);
    let first = &problems["data"][0];
    assert_eq!((&first["line"], &first["recordId"], &first["message"]), (&json!(2), &json!("b-2"), &first["messages"]["en"]));
    let german = problems_of(&node, &import, "", "de");
    assert_eq!(german["data"][0]["message"], first["messages"]["de"]);
    node.settle();
    assert_eq!(node.json("/offers?q=kochen")["page"]["total"], 1);
}

#[test]
fn a_broken_file_changes_nothing_and_says_why() {
    let node = alone();
    let broken = format!("{}{{\"type\":\"offer\",\"externalId\":\"x", offer("n-1", "Neu"));
    let response = node.post("?mode=full", broken).send().unwrap();
    let location = header(response.headers(), "location").to_owned();
    let refused = problem(response, 422, "file-invalid");
    assert_eq!((&refused["import"]["state"], &refused["errors"][0]["code"]), (&json!("failed"), &json!("file-truncated")), "{refused}");
    let import: Value = node.client.get(node.url(&location)).bearer_auth(node.token(SOURCE)).send().unwrap().json().unwrap();
    assert_eq!(import, refused["import"]);
    node.settle();
    assert_eq!(node.json("/offers")["page"]["total"], 5, "nothing new, nothing withdrawn");
    problem(node.post("", "").send().unwrap(), 422, "file-invalid");
}

#[test]
fn a_repeated_request_gets_the_first_answer() {
    let node = alone();
    let send = |key: &str, body: String| node.post("?mode=delta", body).header("idempotency-key", key).send().unwrap();
    let first = send("key-1", offer("n-1", "Neu"));
    let (location, first) = (header(first.headers(), "location").to_owned(), first.json::<Value>().unwrap());
    assert_eq!(first["counts"]["created"], 1);
    let again = send("key-1", offer("n-1", "Neu"));
    assert_eq!((again.status().as_u16(), header(again.headers(), "location")), (201, location.as_str()));
    assert_eq!(again.json::<Value>().unwrap(), first, "and not an import that finds it unchanged");
    problem(send("key-1", offer("n-1", "Anders")), 422, "idempotency-mismatch");
    let other_mode = node.post("?mode=full", offer("n-1", "Neu")).header("idempotency-key", "key-1").send().unwrap();
    problem(other_mode, 422, "idempotency-mismatch");
    assert_eq!(send("key-2", offer("n-1", "Neu")).json::<Value>().unwrap()["counts"]["unchanged"], 1);
    let broken = send("key-3", "{\"type\":".to_owned());
    let broken = problem(broken, 422, "file-invalid");
    let broken_again = problem(send("key-3", "{\"type\":".to_owned()), 422, "file-invalid");
    assert_eq!(broken_again["import"], broken["import"]);
    for bad in ["", "ä", "two words", &"x".repeat(201)] {
        let refused = problem(send(bad, offer("n-1", "Neu")), 400, "parameter-invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/header/idempotency-key", "{bad}");
    }
}

#[test]
fn the_format_has_to_fit_the_content_type() {
    let node = empty(Limits::default());
    let send = |content_type: &str, query: &str| {
        let url = node.url(&format!("/api/v1/sources/{SOURCE}/imports{query}"));
        node.client.post(url).bearer_auth(node.token(SOURCE)).header("content-type", content_type).body("<x/>").send().unwrap()
    };
    for content_type in ["application/pdf", "multipart/form-data; boundary=x"] {
        let response = send(content_type, "");
        let accepted = "application/x-ndjson, application/xml, text/calendar, application/ld+json, application/json, text/csv, \
                        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/geo+json";
        assert_eq!(header(response.headers(), "accept"), accepted);
        problem(response, 415, "unsupported-media-type");
    }
    for (content_type, query) in [
        ("application/xml", ""),
        ("application/json", ""),
        ("application/xml", "?format=ndjson"),
        ("application/xml", "?format=ics"),
        ("application/x-ndjson", "?format=openqcat"),
        ("text/calendar", "?format=jsonld"),
    ] {
        let refused = problem(send(content_type, query), 400, "parameter-invalid");
        assert_eq!(refused["errors"][0]["code"], "format-mismatch", "{content_type} {query}");
    }
    problem(send("application/xml", "?format=excel"), 400, "parameter-invalid");
    problem(send("application/x-ndjson", "?mode=all"), 400, "parameter-invalid");
    for (content_type, query, format) in [
        ("application/xml; charset=utf-8", "?format=openqcat", "openqcat"),
        ("application/xml; charset=utf-8", "?format=openvhs", "openvhs"),
        ("text/xml", "?format=kufer", "kufer"),
        ("text/calendar", "", "ics"),
        ("application/ld+json", "", "jsonld"),
        ("application/json", "?format=jsonld", "jsonld"),
        ("application/json", "?format=vhs-json", "vhs-json"),
        ("text/html; charset=utf-8", "?format=jsonld", "jsonld"),
    ] {
        let refused = problem(send(content_type, query), 422, "file-invalid");
        assert_eq!(refused["import"]["format"], format, "{content_type}");
    }
}

#[test]
fn calendars_course_exports_and_pages_come_in_as_they_are() {
    let node = alone();
    let before = node.json("/offers")["page"]["total"].as_u64().unwrap();
    let send = |content_type: &'static str, query: &str, body: String| -> Value {
        let url = node.url(&format!("/api/v1/sources/{SOURCE}/imports?mode=delta{query}"));
        let response = node.client.post(url).bearer_auth(node.token(SOURCE)).header("content-type", content_type).body(body).send().unwrap();
        assert_eq!(response.status().as_u16(), 201, "{content_type}");
        response.json().unwrap()
    };
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:gruppe\r\nSUMMARY:Spielegruppe\r\nDTSTART;TZID=Europe/Berlin:20270105T160000\r\n\
                    RRULE:FREQ=WEEKLY;COUNT=3\r\nLOCATION:Rathaus, Am Markt 1, 19370 Parchim\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let course =
        "<kurse><kurs><knr>271-1</knr><titelkurz>Töpfern</titelkurz><beginndat>05.02.2027</beginndat><gebnorm>47,00</gebnorm></kurs></kurse>";
    let page = "<html><script type=\"application/ld+json\">{\"@type\":\"Course\",\"@id\":\"urn:x:1\",\"name\":\"Aquarell\"}</script></html>";
    for (content_type, query, body, created) in
        [("text/calendar", "", calendar, 3), ("application/xml", "&format=kufer", course, 2), ("text/html", "", page, 2)]
    {
        let import = send(content_type, query, body.to_owned());
        assert_eq!((&import["counts"]["created"], &import["counts"]["rejected"]), (&json!(created), &json!(0)), "{import}");
        let again = send(content_type, query, body.to_owned());
        assert_eq!((&again["counts"]["unchanged"], &again["counts"]["changed"]), (&json!(created), &json!(0)), "{again}");
    }
    node.settle();
    assert_eq!(node.json("/offers")["page"]["total"], before + 3);
    let found = node.json("/offers?q=spielegruppe");
    let offer = node.json(&format!("/offers/{}", found["data"][0]["id"].as_str().unwrap()));
    assert_eq!((offer["kind"].as_str(), offer["runs"][0]["sessions"].as_array().map(Vec::len)), (Some("event"), Some(3)), "{offer}");
}

#[test]
fn one_import_of_a_source_at_a_time() {
    let node = alone();
    let claim = node.store.claim(&format!("import-{SOURCE}")).unwrap();
    let response = node.post("", offer("n-1", "Neu")).send().unwrap();
    assert_eq!(header(response.headers(), "retry-after"), "10");
    problem(response, 409, "import-in-progress");
    drop(claim);
    assert_eq!(node.post("", offer("n-1", "Neu")).send().unwrap().status(), 201);
}

#[test]
fn imports_and_their_problems_are_paged() {
    let node = alone();
    // Ids are in order of time; within a millisecond they are in none.
    node.clock.advance(chrono::Duration::milliseconds(1));
    let bad: String = (0..25).map(|n| format!("{{\"type\":\"offer\",\"externalId\":\"x-{n}\"}}\n")).collect();
    let import: Value = node.post("", bad).send().unwrap().json().unwrap();
    assert_eq!(import["counts"]["rejected"], 25, "{import}");
    let total = import["problemCount"].as_u64().unwrap();
    let (mut seen, mut query) = (0, "?limit=10".to_owned());
    loop {
        let page = problems_of(&node, &import, &query, "de");
        assert_eq!(page["page"]["total"], total);
        seen += page["data"].as_array().unwrap().len();
        let Some(next) = page["page"]["next"].as_str() else { break };
        query = format!("?limit=10&cursor={next}");
    }
    assert_eq!(u64::try_from(seen).unwrap(), total);
    let list = |query: &str| node.get(&format!("/sources/{SOURCE}/imports{query}")).bearer_auth(node.token(SOURCE)).send().unwrap();
    let first: Value = list("?limit=1").json().unwrap();
    assert_eq!((&first["data"][0]["id"], &first["page"]["total"]), (&import["id"], &json!(2)), "the latest first");
    let cursor = first["page"]["next"].as_str().unwrap();
    let second: Value = list(&format!("?limit=1&cursor={cursor}")).json().unwrap();
    assert_eq!((second["data"].as_array().unwrap().len(), &second["page"]["next"]), (1, &json!(null)));
    problem(
        node.get(&format!("/sources/{SOURCE}/imports/{}/problems?cursor={cursor}", import["id"].as_str().unwrap()))
            .bearer_auth(node.token(SOURCE))
            .send()
            .unwrap(),
        400,
        "cursor-invalid",
    );
    let private = list("");
    assert_eq!(header(private.headers(), "cache-control"), "no-store");
    let tag = header(private.headers(), "etag").to_owned();
    let unchanged = node.get(&format!("/sources/{SOURCE}/imports")).bearer_auth(node.token(SOURCE)).header("if-none-match", tag).send().unwrap();
    assert_eq!(unchanged.status(), 304);
}

/// Ten offers, of which the first so many are there.
fn offers(number: usize) -> String {
    let head: Vec<&str> = CATALOGUE.lines().take(3).collect();
    let offers: String = (0..number).map(|n| offer(&format!("s-{n}"), &format!("Singen {n}"))).collect();
    format!("{}\n{offers}", head.join("\n"))
}

fn own(node: &Node, path: &str) -> Value {
    let response = node.get(&format!("/sources/{SOURCE}/imports{path}")).bearer_auth(node.token(SOURCE)).send().unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.json().unwrap()
}

#[test]
fn a_dry_run_tells_everything_and_does_nothing() {
    let node = alone();
    let before = node.json("/changes")["page"].clone();
    let response = node.post("?mode=full&dryRun=true", WITH_MISTAKES).send().unwrap();
    assert_eq!(response.status(), 201);
    let tried: Value = response.json().unwrap();
    assert_eq!((&tried["dryRun"], &tried["state"]), (&json!(true), &json!("succeeded")), "{tried}");
    assert_eq!(tried["confirmation"]["reason"], "shrinks", "{tried}");
    let records = own(&node, &format!("/{}/records?action=created", tried["id"].as_str().unwrap()));
    assert_eq!(records["page"]["total"], 2, "{records}");
    let mut names: Vec<_> = records["data"].as_array().unwrap().iter().map(|r| (r["recordId"].is_null(), r["name"].as_str().unwrap())).collect();
    names.sort_unstable();
    assert_eq!(names, [(true, "Kochen ohne Reste"), (true, "Singen im Chor")], "{records}");
    node.settle();
    assert_eq!((node.json("/offers")["page"]["total"].clone(), node.json("/changes")["page"].clone()), (json!(5), before));
    problem(node.post("?dryRun=perhaps", WITH_MISTAKES).send().unwrap(), 400, "parameter-invalid");
    let real = node.post("?mode=delta", WITH_MISTAKES).header("idempotency-key", "k").send().unwrap();
    assert_eq!(real.status(), 201);
    problem(node.post("?mode=delta&dryRun=true", WITH_MISTAKES).header("idempotency-key", "k").send().unwrap(), 422, "idempotency-mismatch");
}

#[test]
fn a_feed_that_shrinks_waits_for_a_person() {
    let node = empty(Limits::default());
    let editor = node.person("redaktion", &[(domain::accounts::Role::Editor, None)]);
    assert_eq!(node.post("?mode=full", offers(20)).send().unwrap().status(), 201);
    let held = node.post("?mode=full", offers(2)).header("idempotency-key", "h").send().unwrap();
    let (status, location) = (held.status(), header(held.headers(), "location").to_owned());
    let held: Value = held.json().unwrap();
    assert_eq!((status.as_u16(), &held["state"]), (202, &json!("awaiting-confirmation")), "{held}");
    assert_eq!(held["confirmation"], json!({ "reason": "shrinks", "withdrawals": 18, "published": 23 }));
    assert_eq!(held["actor"]["name"], format!("System {SOURCE}"));
    let again = node.post("?mode=full", offers(2)).header("idempotency-key", "h").send().unwrap();
    assert_eq!((again.status().as_u16(), again.json::<Value>().unwrap()), (202, held.clone()));
    let decide = |decision: &str| {
        let url = node.url(&format!("{location}/confirmation"));
        node.client.post(url).header("content-type", "application/json").body(json!({ "decision": decision }).to_string())
    };
    problem(decide("confirm").bearer_auth(node.token(SOURCE)).send().unwrap(), 403, "forbidden");
    problem(editor.asks(decide("perhaps")).send().unwrap(), 422, "invalid");
    let confirmed = editor.asks(decide("confirm")).send().unwrap();
    assert_eq!(confirmed.status(), 200);
    let confirmed: Value = confirmed.json().unwrap();
    assert_eq!((&confirmed["id"], &confirmed["state"], &confirmed["counts"]["withdrawn"]), (&held["id"], &json!("succeeded"), &json!(18)));
    problem(editor.asks(decide("discard")).send().unwrap(), 409, "already-decided");
    node.settle();
    assert_eq!(node.json("/offers")["page"]["total"], 2);
    let undo = || editor.asks(node.client.post(node.url(&format!("{location}/undo"))));
    let undone = undo().send().unwrap();
    assert_eq!(undone.status(), 201);
    let undone: Value = undone.json().unwrap();
    assert_eq!((&undone["undoes"], &undone["counts"]["changed"], &undone["problemCount"]), (&held["id"], &json!(18), &json!(0)), "{undone}");
    assert_eq!((&undone["actor"]["kind"], undone["actor"]["name"].is_string()), (&json!("account"), true), "{undone}");
    assert_eq!(own(&node, &format!("/{}", held["id"].as_str().unwrap()))["undoneBy"], undone["id"]);
    problem(undo().send().unwrap(), 409, "already-decided");
    node.settle();
    assert_eq!(node.json("/offers")["page"]["total"], 20);
    let waiting: Value = node.post("?mode=full", offers(1)).send().unwrap().json().unwrap();
    let url = node.url(&format!("/api/v1/sources/{SOURCE}/imports/{}/confirmation", waiting["id"].as_str().unwrap()));
    let discard = node.client.post(url).header("content-type", "application/json").body(r#"{"decision":"discard"}"#);
    let discarded: Value = editor.asks(discard).send().unwrap().json().unwrap();
    assert_eq!(discarded["state"], "discarded", "{discarded}");
}

#[test]
fn the_records_of_an_import_are_listed() {
    let node = alone();
    node.import(&[offer("n-1", "Neu"), offer("n-2", "Auch neu")].concat());
    let import = node.import(
        &[offer("n-1", "Anders"), offer("n-3", "Dazu"), "{\"type\":\"delete\",\"kind\":\"offer\",\"externalId\":\"n-2\"}\n".to_owned()].concat(),
    );
    let path = format!("/{}/records", import["id"].as_str().unwrap());
    let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let page = own(&node, &format!("{path}{query}"));
        assert_eq!(page["page"]["total"], 3, "{page}");
        seen.extend(page["data"].as_array().unwrap().iter().map(|r| format!("{} {} {}", r["action"], r["externalId"], r["name"]).replace('"', "")));
        let Some(next) = page["page"]["next"].as_str() else { break };
        query = format!("?limit=2&cursor={next}");
    }
    seen.sort();
    assert_eq!(seen, ["changed n-1 Anders", "created n-3 Dazu", "withdrawn n-2 Auch neu"]);
    let changed = own(&node, &format!("{path}?action=changed"));
    let id = changed["data"][0]["recordId"].as_str().unwrap();
    assert_eq!((&changed["data"][0]["version"], &node.json(&format!("/offers/{id}"))["title"]), (&json!(2), &json!("Anders")));
    let foreign = node.get(&format!("/sources/{OTHER_SOURCE}/imports{path}")).bearer_auth(node.token(OTHER_SOURCE)).send().unwrap();
    problem(foreign, 404, "not-found");
}

#[test]
fn two_nodes_on_one_postgres_see_each_other_s_records() {
    let database = TestDatabase::postgres();
    let (here, there) = (Node::start(&database, Limits::default()), Node::start(&database, Limits::default()));
    here.add_sources();
    here.import(CATALOGUE);
    there.settle();
    let id = there.offer("Deutsch für den Beruf");
    assert_eq!(here.json(&format!("/offers/{id}"))["id"], json!(id));
    there.import(&offer("n-1", "Kalligraphie im Kloster"));
    let began = std::time::Instant::now();
    while here.json("/offers?q=kalligraphie")["page"]["total"] == 0 {
        assert!(began.elapsed().as_secs() < 2, "not seen within two seconds");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
