//! openQ-cat out: valid against the official schema, nothing without its mandatory fields, and in again without a change.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod common;
mod out_drafts;
mod out_records;

use common::{context, fixture, items, read};
use domain::catalogue::{Draft, Licence};
use domain::partners::ImportFormat::OpenQCat;
use domain::partners::ImportMode;
use exchange::Body;
use exchange::out::Site;
use exchange::out::openqcat::{Catalogue, Delivery};
use out_drafts::Records;
use std::process::Command;

fn drafts(bytes: &[u8]) -> Vec<Draft> {
    let decode = |item: &exchange::Item| match &item.body {
        Body::Upsert(lazy) => lazy.decode().unwrap().0,
        other => panic!("{:?}: {other:?}", item.external_id),
    };
    items(OpenQCat, bytes).iter().map(decode).collect()
}

fn records() -> Records {
    out_drafts::records(drafts(&fixture("openqcat/round-trip.xml")))
}

fn writing<T>(own: Option<&str>, work: impl FnOnce(&Catalogue<'_>) -> T) -> T {
    let (site, context): (Site, _) = (out_records::site(), context());
    let at = "2026-11-24T00:00:00Z".parse().unwrap();
    work(&Catalogue { site: &site, vocabularies: &context.vocabularies, own_source: own, at, seq: 7 })
}

fn file(records: &Records, own: Option<&str>, delivery: Delivery, deleted: &[String]) -> String {
    writing(own, |catalogue| {
        let mut xml = catalogue.begin();
        let supplier = catalogue.supplier(records.organizations.values().next().unwrap()).unwrap();
        xml += &supplier.xml;
        xml += &catalogue.services(delivery, deleted);
        for offer in records.offers.values() {
            xml += &catalogue.offer(offer, &supplier.id).unwrap();
        }
        xml + &catalogue.end(delivery)
    })
}

/// Validates with libxml2 against the official schema; where one of the two is not at hand, says so.
fn validate(xml: &str, name: &str) {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");
    let folder = std::env::var("SAMPLES_DIR").unwrap_or_else(|_| beside.to_owned());
    let schema = format!("{folder}/openqcat/open-Qcat.V1.1.xsd");
    if !std::path::Path::new(&schema).is_file() {
        println!("skipped: no {schema} (SAMPLES_DIR)");
        return;
    }
    let path = std::env::temp_dir().join(format!("{name}-{}.xml", std::process::id()));
    std::fs::write(&path, xml).unwrap();
    let output = Command::new("xmllint").args(["--noout", "--nonet", "--schema", &schema]).arg(&path).output();
    std::fs::remove_file(&path).unwrap();
    match output {
        Ok(output) => assert!(output.status.success(), "{}\n{xml}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => println!("skipped: xmllint cannot be run: {error}"),
    }
}

#[test]
fn out_and_in_again_changes_nothing() {
    let records = records();
    let xml = file(&records, Some("bildungswerk"), Delivery::Full, &[]);
    validate(&xml, "full");
    assert_eq!(read(OpenQCat, xml.as_bytes()).1.unwrap().mode_hint, Some(ImportMode::Full));
    let (mut before, mut after) = (drafts(&fixture("openqcat/round-trip.xml")), drafts(xml.as_bytes()));
    for drafts in [&mut before, &mut after] {
        drafts.sort_by_key(|draft| (draft.kind(), draft.external_id().to_string()));
    }
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        let json = |draft: &Draft| serde_json::to_string_pretty(draft).unwrap();
        assert_eq!(json(before), json(after));
    }
    // And what comes out then is the same to the byte.
    assert_eq!(file(&out_drafts::records(after), Some("bildungswerk"), Delivery::Full, &[]), xml);
}

#[test]
fn an_update_deletes_and_hands_in_anew() {
    let mut records = records();
    records.offers.remove("200");
    let deleted = ["bildungswerk:100".to_owned(), "bildungswerk:300".to_owned()];
    let xml = file(&records, None, Delivery::Update(12), &deleted);
    validate(&xml, "update");
    let (items, summary) = read(OpenQCat, xml.as_bytes());
    assert_eq!(summary.unwrap().mode_hint, Some(ImportMode::Delta));
    let gone: Vec<_> = items.iter().filter(|item| matches!(item.body, Body::Delete)).filter_map(|item| item.external_id.as_deref()).collect();
    assert_eq!(gone, ["bildungswerk:300"], "what is handed in anew is not withdrawn");
    assert!(items.iter().any(|item| item.external_id.as_deref() == Some("bildungswerk:100") && matches!(item.body, Body::Upsert(_))));
    // Only deleting is an update, too.
    records.offers.clear();
    validate(&file(&records, None, Delivery::Update(13), &deleted), "deleting");
}

#[test]
fn what_lacks_a_mandatory_field_is_not_written_and_says_why() {
    let records = records();
    let organization = records.organizations.values().next().unwrap();
    let pointers = |problems: Vec<domain::Problem>| {
        assert!(problems.iter().all(|problem| !problem.message.de.is_empty() && !problem.message.en.is_empty()));
        problems.into_iter().map(|problem| problem.pointer).collect::<Vec<_>>()
    };
    writing(None, |catalogue| {
        let mut poor = organization.clone();
        poor.identifiers.ba_provider_id = None;
        poor.contacts.clear();
        poor.address.as_mut().unwrap().street = None;
        let told = pointers(catalogue.supplier(&poor).unwrap_err());
        assert_eq!(told, ["/identifiers/baProviderId", "/address/street", "/contacts"]);

        let offer = &records.offers["100"];
        let refused = |change: fn(&mut domain::catalogue::Offer)| {
            let mut offer = offer.clone();
            change(&mut offer);
            pointers(catalogue.offer(&offer, "4711").unwrap_err())
        };
        assert_eq!(refused(|o| (o.description, o.summary) = (None, None)), ["/description"]);
        assert_eq!(refused(|o| o.languages.clear()), ["/languages"]);
        assert_eq!(refused(|o| o.price = domain::catalogue::Price::unknown()), ["/price"]);
        assert_eq!(refused(|o| o.runs[0].start = None), ["/runs/0/start"]);
        assert_eq!(refused(|o| o.runs[0].place.as_mut().unwrap().address.postal_code = None), ["/runs/0/place/address/postalCode"]);
        assert_eq!(refused(|o| o.runs.clear()), ["/runs"]);
        assert_eq!(refused(|o| o.example = true), ["/example"]);
        assert_eq!(refused(|o| o.meta.licence = Licence::AllRightsReserved), ["/licence"]);
    });
}

#[test]
fn every_service_names_its_licence_and_no_text_breaks_the_file() {
    let mut records = records();
    let offer = records.offers.get_mut("100").unwrap();
    offer.title = "A < B & \"C\" ]]> --> \u{1}".parse_title();
    let xml = file(&records, None, Delivery::Full, &[]);
    validate(&xml, "hostile");
    assert_eq!(xml.matches("<!-- Lizenz: cc-by/4.0 https://creativecommons.org/licenses/by/4.0/ -->").count(), xml.matches("<PRODUCT_ID>").count());
    assert!(xml.contains("<TITLE>A &lt; B &amp; &quot;C&quot; ]]&gt; --&gt;</TITLE>"), "{xml}");
}

trait ParseTitle {
    fn parse_title(&self) -> domain::text::Title;
}

impl ParseTitle for str {
    fn parse_title(&self) -> domain::text::Title {
        domain::text::Title::try_from(self).unwrap()
    }
}
