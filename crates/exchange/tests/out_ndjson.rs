//! Our own lines out and in again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod out_drafts;

use common::{fixture, items};
use domain::catalogue::Draft;
use domain::partners::ImportFormat::{Ndjson, OpenQCat};
use exchange::Body;
use exchange::out::ndjson;
use out_drafts::Records;

fn drafts(format: domain::partners::ImportFormat, bytes: &[u8]) -> Vec<Draft> {
    let upserts = items(format, bytes);
    let decoded = upserts.iter().filter_map(|item| match &item.body {
        Body::Upsert(lazy) => Some(lazy.decode().unwrap().0),
        _ => None,
    });
    decoded.collect()
}

fn lines(records: &Records) -> Vec<u8> {
    let mut out = Vec::new();
    let organizations = records.organizations.values().cloned().map(ndjson::organization);
    let places = records.places.values().cloned().map(ndjson::place);
    let offers = records.offers.values().cloned().map(|offer| ndjson::offer(offer, records));
    for draft in organizations.chain(places).chain(offers) {
        ndjson::write(&draft.unwrap(), &mut out).unwrap();
    }
    out
}

#[test]
fn records_come_back_as_they_were() {
    let records = out_drafts::records(drafts(OpenQCat, &fixture("openqcat/round-trip.xml")));
    let once = lines(&records);
    let again = out_drafts::records(drafts(Ndjson, &once));
    assert_eq!(records.organizations, again.organizations);
    assert_eq!(records.places, again.places);
    assert_eq!(records.offers, again.offers);
    assert_eq!(once, lines(&again));
    assert!(String::from_utf8(once).unwrap().lines().all(|line| line.contains(r#""licence":"cc-by/4.0""#)));
}

#[test]
fn a_series_comes_out_as_its_rule() {
    let line = concat!(
        r#"{"type":"organization","externalId":"o","name":"Chor","kind":"association"}"#,
        "\n",
        r#"{"type":"offer","externalId":"p","organization":"o","kind":"open-group","title":"Singen","runs":[{"externalId":"r","recurrence":"#,
        r#"{"rule":"FREQ=WEEKLY;BYDAY=TU","start":"2027-01-05T18:00:00Z","minutes":90,"except":["2027-02-09"]}}],"translations":{"en":{"title":"Singing"}}}"#,
        "\n"
    );
    let records = out_drafts::records(drafts(Ndjson, line.as_bytes()));
    let once = lines(&records);
    let text = String::from_utf8(once.clone()).unwrap();
    assert!(text.contains("FREQ=WEEKLY") && !text.contains("\"sessions\"") && !text.contains("originalVersion"), "{text}");
    assert_eq!(out_drafts::records(drafts(Ndjson, &once)).offers, records.offers);
}
