//! The change feed: filters, gaps, and waiting for the next change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{CATALOGUE, Node, OTHER_SOURCE, SOURCE, alone, empty, header, problem};
use http::Limits;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use testkit::{TestDatabase, on_both_databases};

fn organization(number: u32) -> String {
    format!("{{\"type\":\"organization\",\"externalId\":\"w-{number}\",\"name\":\"Chor {number}\",\"kind\":\"association\"}}\n")
}

fn import_as(node: &Node, source: &str, records: String) {
    let url = node.url(&format!("/api/v1/sources/{source}/imports"));
    let request = node.client.post(url).bearer_auth(node.token(source)).header("content-type", "application/x-ndjson");
    let answer = request.body(records).send().unwrap();
    assert_eq!(answer.status(), 201, "{}", answer.text().unwrap());
    node.settle();
}

fn seqs(list: &Value) -> Vec<i64> {
    list["data"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
}

on_both_databases! {
    fn entries_name_their_source_and_can_be_picked_by_it(database) {
        let node = Node::start(database, Limits::default());
        node.add_sources();
        node.import(CATALOGUE);
        import_as(&node, OTHER_SOURCE, organization(1));
        let all = node.json("/changes?limit=1000");
        let of = |source: &str| all["data"].as_array().unwrap().iter().filter(|entry| entry["source"] == source).count();
        assert_eq!((of(SOURCE) + of(OTHER_SOURCE), of(OTHER_SOURCE)), (seqs(&all).len(), 1), "{all}");

        let other = node.json(&format!("/changes?source={OTHER_SOURCE}"));
        assert_eq!((seqs(&other).len(), &other["page"]["next"]), (1, &all["page"]["next"]), "{other}");
        let both = node.json(&format!("/changes?source={OTHER_SOURCE}&source={SOURCE}&limit=1000"));
        assert_eq!(seqs(&both), seqs(&all));
        let unknown = node.json("/changes?source=unknown-source");
        assert_eq!((&unknown["data"], &unknown["page"]["next"]), (&json!([]), &all["page"]["next"]), "nothing, and nothing to look through again");

        // An organisation: itself and its offers.
        let offer = node.offer("Deutsch für den Beruf");
        let owner = node.json(&format!("/offers/{offer}"))["organization"]["id"].as_str().unwrap().to_owned();
        let of_owner = node.json(&format!("/changes?organization={owner}&limit=1000"));
        let ids: Vec<&str> = of_owner["data"].as_array().unwrap().iter().map(|entry| entry["recordId"].as_str().unwrap()).collect();
        assert!(ids.contains(&owner.as_str()) && ids.contains(&offer.as_str()), "{of_owner}");
        assert!(of_owner["data"].as_array().unwrap().iter().all(|entry| entry["kind"] != "place"));
        let created = node.json(&format!("/changes?organization={owner}&action=withdrawn&kind=offer"));
        assert_eq!(created["data"], json!([]));
    }

    fn pages_with_a_filter_leave_nothing_out(database) {
        let node = Node::start(database, Limits::default());
        node.add_sources();
        for round in 0..6 {
            import_as(&node, if round % 3 == 0 { OTHER_SOURCE } else { SOURCE }, organization(round));
        }
        let whole = seqs(&node.json(&format!("/changes?source={SOURCE}&limit=1000")));
        let (mut after, mut found) = (0, Vec::new());
        loop {
            let page = node.json(&format!("/changes?source={SOURCE}&limit=1&after={after}"));
            found.extend(seqs(&page));
            after = page["page"]["next"].as_i64().unwrap();
            if page["page"]["more"] == false {
                break;
            }
        }
        assert_eq!((found.len(), found), (4, whole));
    }

    fn who_waits_gets_a_change_of_another_node_at_once(database) {
        let nodes = [Node::start(database, Limits::default()), Node::start(database, Limits::default())];
        nodes[0].add_sources();
        import_as(&nodes[0], SOURCE, organization(1));
        let end = nodes[1].json("/changes")["page"]["next"].as_i64().unwrap();
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| {
                let began = Instant::now();
                let answer = nodes[1].get(&format!("/changes?after={end}&source={SOURCE}&wait=30")).send().unwrap();
                assert_eq!(header(answer.headers(), "cache-control"), "no-store");
                assert!(!answer.headers().contains_key("etag"));
                (answer.json::<Value>().unwrap(), began.elapsed())
            });
            std::thread::sleep(Duration::from_millis(700));
            // Of no interest to whoever waits.
            import_as(&nodes[0], OTHER_SOURCE, organization(2));
            std::thread::sleep(Duration::from_millis(300));
            import_as(&nodes[0], SOURCE, organization(3));
            let (page, took) = waits.join().unwrap();
            assert_eq!((seqs(&page).len(), &page["data"][0]["source"]), (1, &json!(SOURCE)), "{page}");
            assert!(took > Duration::from_millis(900) && took < Duration::from_secs(20), "{took:?}");
        });
    }

    fn who_comes_back_too_late_is_told(database) {
        let node = Node::start(database, Limits::default());
        node.add_sources();
        let record = |name: &str| format!("{{\"type\":\"organization\",\"externalId\":\"w-1\",\"name\":\"{name}\",\"kind\":\"association\"}}\n");
        import_as(&node, SOURCE, organization(9));
        for name in ["Chor", "Frauenchor", "Kammerchor"] {
            import_as(&node, SOURCE, record(name));
        }
        let all = node.json("/changes");
        let newest = all["page"]["next"].as_i64().unwrap();
        node.clock.advance(chrono::Duration::days(401));
        import_as(&node, SOURCE, format!("{}{}", record("Kinderchor"), organization(9).replace("Chor 9", "Chor neun")));
        let cleared = sync::retention::clear_away(&node.store, &*node.clock).unwrap().unwrap();
        assert_eq!(cleared.changes, 4, "every entry is superseded by now");
        let kept = node.json("/changes?after=0");
        let oldest = kept["page"]["oldest"].as_i64().unwrap();
        assert_eq!(seqs(&kept).len(), 2, "the latest of each record: {kept}");
        assert!(oldest > newest);
        let told = problem(node.get("/changes?after=1").send().unwrap(), 410, "feed-gap");
        assert!(told["detail"].as_str().unwrap().contains("after=0"), "{told}");
        assert_eq!(seqs(&node.json(&format!("/changes?after={}", oldest - 1))).len(), 2, "who has read everything that was cleared misses nothing");
        // A log that has not come so far yet is another one.
        problem(node.get(&format!("/changes?after={}", oldest + 100)).send().unwrap(), 410, "feed-gap");
        problem(node.get(&format!("/changes?after={}&wait=1", oldest + 100)).send().unwrap(), 410, "feed-gap");
    }
}

#[test]
fn waiting_ends_with_its_time() {
    let node = alone();
    let end = node.json("/changes?limit=1000")["page"]["next"].as_i64().unwrap();
    let began = Instant::now();
    let page = node.json(&format!("/changes?after={end}&wait=1"));
    assert_eq!(page["page"], json!({ "next": end, "more": false, "oldest": 1, "limit": 100 }));
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
    let began = Instant::now();
    assert!(!seqs(&node.json("/changes?wait=30")).is_empty(), "what is there is not waited for");
    assert!(began.elapsed() < Duration::from_secs(10));
}

/// Asks and does not read the answer; dropping it hangs up.
fn waiting(node: &Node, after: i64) -> TcpStream {
    let mut stream = TcpStream::connect(node.address).unwrap();
    write!(stream, "GET /api/v1/changes?after={after}&wait=30 HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    stream
}

#[test]
fn places_to_wait_are_bounded_and_hanging_up_frees_them() {
    let node = empty(Limits { long_polls: 3, ..Limits::default() });
    import_as(&node, SOURCE, organization(1));
    let end = node.json("/changes")["page"]["next"].as_i64().unwrap();
    let ask = || node.get(&format!("/changes?after={end}&wait=1")).send().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    let mut streams = Vec::new();
    let refused = loop {
        assert!(Instant::now() < until && streams.len() < 20, "there is always a place");
        streams.push(waiting(&node, end));
        std::thread::sleep(Duration::from_millis(200));
        let answer = ask();
        if answer.status() == 503 {
            break answer;
        }
    };
    assert!(streams.len() >= 3);
    assert_eq!(header(refused.headers(), "retry-after"), "5");
    problem(refused, 503, "unavailable");
    // Readers who do not wait are none the worse for it.
    assert_eq!(node.get(&format!("/changes?after={end}")).send().unwrap().status(), 200);
    assert_eq!(node.get("/offers").send().unwrap().status(), 200);
    drop(streams);
    let until = Instant::now() + Duration::from_secs(20);
    while ask().status() != 200 {
        assert!(Instant::now() < until, "the places of those who hung up are not free");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn hundreds_who_wait_are_woken_and_hold_up_nobody() {
    let node = empty(Limits::default());
    import_as(&node, SOURCE, organization(1));
    let end = node.json("/changes")["page"]["next"].as_i64().unwrap();
    let mut streams = Vec::new();
    for _ in 0..4 {
        streams.extend((0..100).map(|_| waiting(&node, end)));
        std::thread::sleep(Duration::from_millis(300));
    }
    std::thread::sleep(Duration::from_millis(500));
    let began = Instant::now();
    assert_eq!(node.get("/region").send().unwrap().status(), 200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    import_as(&node, SOURCE, organization(2));
    for mut stream in streams {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answer = [0u8; 4096];
        let mut text = String::new();
        while !text.contains("\"oldest\"") {
            let read = stream.read(&mut answer).unwrap();
            assert!(read > 0, "{text}");
            text += &String::from_utf8_lossy(&answer[..read]);
        }
        assert!(text.starts_with("HTTP/1.1 200") && text.contains("\"created\""), "{text}");
    }
}

#[test]
fn a_database_of_its_own_starts_with_an_empty_feed() {
    let database = TestDatabase::sqlite();
    let node = Node::start(&database, Limits::default());
    assert_eq!(node.json("/changes"), json!({ "data": [], "page": { "next": 0, "more": false, "oldest": 0, "limit": 100 } }));
    problem(node.get("/changes?source=Not%20A%20Key&wait=31&organization=x").send().unwrap(), 400, "parameter-invalid");
}
