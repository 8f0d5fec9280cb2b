//! Nightly dumps, over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{CATALOGUE, Node, header, problem};
use exchange::out::Site;
use flate2::read::GzDecoder;
use http::Limits;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::sync::Arc;
use sync::Services;
use testkit::{SeededRng, on_both_databases, region, vocabularies};

fn make(node: &Node) {
    let services = Services {
        store: node.store.clone(),
        clock: Arc::clone(&node.clock) as Arc<dyn domain::Clock>,
        rng: Arc::new(SeededRng::new(4711)),
        vocabularies: vocabularies(),
        region: region(),
        limits: exchange::Limits::default(),
    };
    let site = Site { base: "https://bildung.example.org".into(), name: "Bildungsregion".into(), zone: chrono_tz::Europe::Berlin };
    assert_eq!(sync::dumps::make(&services, &site).unwrap().unwrap().len(), 3);
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

on_both_databases! {
    fn a_dump_is_complete_and_is_what_it_says(database) {
        let node = Node::start(database, Limits::default());
        node.add_sources();
        node.import(CATALOGUE);
        let closed = r#"{"type":"organization","externalId":"closed","name":"Geheimbund","kind":"association","licence":"all-rights-reserved"}"#;
        node.import(&format!("{closed}\n"));
        assert_eq!(node.json("/dumps")["data"].as_array().unwrap().len(), 0);
        problem(node.get("/dumps/catalogue.ndjson.gz").send().unwrap(), 404, "not-found");
        make(&node);
        let list = node.json("/dumps");
        let dumps = list["data"].as_array().unwrap();
        let latest: Vec<&str> = dumps.iter().map(|dump| dump["latest"].as_str().unwrap()).collect();
        assert_eq!(latest, ["catalogue.ndjson.gz", "offers.csv.gz", "organizations.csv.gz"]);
        for dump in dumps {
            for name in [dump["name"].as_str().unwrap(), dump["latest"].as_str().unwrap()] {
                let answer = node.get(&format!("/dumps/{name}")).send().unwrap();
                assert_eq!(answer.status(), 200);
                let headers = answer.headers().clone();
                assert_eq!(header(&headers, "content-length"), dump["size"].to_string());
                assert_eq!(header(&headers, "content-type"), "application/gzip");
                assert!(headers.contains_key("last-modified"));
                let immutable = name == dump["name"];
                assert_eq!(header(&headers, "cache-control").contains("immutable"), immutable);
                let bytes = answer.bytes().unwrap();
                let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
                assert_eq!(digest, dump["sha256"].as_str().unwrap());
                assert_eq!(header(&headers, "etag"), format!("\"{digest}\""));
                let again = node.get(&format!("/dumps/{name}")).header("if-none-match", header(&headers, "etag")).send().unwrap();
                assert_eq!(again.status(), 304);
            }
        }
        let lines = unpacked(&node.get("/dumps/catalogue.ndjson.gz").send().unwrap().bytes().unwrap());
        let records: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let published = node.store.read(persistence::records::counts).unwrap().iter().map(|(_, count)| *count).sum::<i64>();
        assert_eq!(records.len() as i64, published - 1, "what reserves all rights is not passed on");
        assert!(records.iter().all(|record| record["licence"].is_string() && record["type"].is_string()));
        assert!(!lines.contains("Geheimbund"));
        let seq = dumps[0]["changeSeq"].as_i64().unwrap();
        assert_eq!(seq, node.json("/changes?limit=1000")["page"]["next"].as_i64().unwrap());
        assert!(unpacked(&node.get("/dumps/offers.csv.gz").send().unwrap().bytes().unwrap()).starts_with("\u{feff}\"Titel\""));
    }

    fn old_dumps_make_way_and_one_node_is_enough(database) {
        let node = Node::start(database, Limits::default());
        node.add_sources();
        node.import(CATALOGUE);
        make(&node);
        let first = node.json("/dumps")["data"][0]["name"].as_str().unwrap().to_owned();
        node.clock.advance(chrono::Duration::days(1));
        make(&node);
        assert_eq!(node.json("/dumps")["data"].as_array().unwrap().len(), 6);
        assert_ne!(node.json("/dumps")["data"][0]["name"], first.as_str(), "the latest comes first");
        node.clock.advance(chrono::Duration::days(7));
        make(&node);
        assert_eq!(node.json("/dumps")["data"].as_array().unwrap().len(), 3);
        problem(node.get(&format!("/dumps/{first}")).send().unwrap(), 404, "not-found");
        let kept = node.store.read(|connection| persistence::files::list(connection, domain::partners::FilePurpose::Dump)).unwrap();
        assert_eq!(kept.len(), 3, "what is past its time is gone from the database, too");
    }
}
