//! NDJSON: identity without decoding, precise problems, files that are refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::Moment;
use domain::catalogue::RecordKind;
use domain::partners::ImportFormat::Ndjson;
use exchange::{Body, Stop};

#[test]
fn a_sound_file() {
    let items = items(Ndjson, &fixture("ndjson/good.ndjson"));
    let lines: Vec<_> = items.iter().map(|i| i.line.unwrap()).collect();
    assert_eq!(lines, [1, 3, 4, 5, 6], "blank lines count but are no records");
    let offer = offer(&items, "D-101");
    assert_eq!(offer.runs[0].start, Moment::parse("2027-01-11T17:00:00Z"));
    assert_eq!(offer.place.unwrap().as_str(), "haus");
    assert_eq!(common::offer(&items, "S-1").kind, "service", "the type may stand anywhere");
    assert!(matches!(find(&items, RecordKind::Offer, "D-099").body, Body::Delete));
}

#[test]
fn the_same_line_has_the_same_hash_and_another_line_another_one() {
    let bytes = fixture("ndjson/good.ndjson");
    let first = items(Ndjson, &bytes);
    let with_bom_and_crlf = [b"\xef\xbb\xbf".to_vec(), String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n").into_bytes()].concat();
    assert_eq!(hashes(&first), hashes(&items(Ndjson, &with_bom_and_crlf)));
    let changed = String::from_utf8(bytes).unwrap().replace("Deutsch A1", "Deutsch A2");
    let second = items(Ndjson, changed.as_bytes());
    let different = first.iter().zip(&second).filter(|(a, b)| a.hash != b.hash).count();
    assert_eq!(different, 1);
}

#[test]
fn a_payload_can_be_decoded_again_later() {
    let items = items(Ndjson, &fixture("ndjson/good.ndjson"));
    let item = find(&items, RecordKind::Offer, "D-101");
    let again = exchange::decode(Ndjson, RecordKind::Offer, &item.payload, &context()).unwrap();
    assert_eq!(again.0, decoded(item).0);
}

#[test]
fn a_broken_record_harms_no_other_and_tells_everything_at_once() {
    let items = items(Ndjson, &fixture("ndjson/broken.ndjson"));
    assert_eq!(items.len(), 15);
    let told: Vec<Vec<(String, String)>> = items.iter().map(problems).collect();
    let expected: [&[(&str, &str)]; 15] = [
        &[],
        &[
            ("/titel", "field-unknown"),
            ("/deliveryMode", "value-unknown"),
            ("/runs/0/start", "date-invalid"),
            ("/runs/0/units", "type-wrong"),
            ("/runs/1/timeZone", "time-zone-unknown"),
            ("/url", "url-invalid"),
            ("/title", "field-missing"),
        ],
        &[("/title", "text-empty"), ("/price/type", "field-missing"), ("/contact", "type-wrong"), ("/keywords/1", "text-empty")],
        &[("/type", "value-unknown")],
        &[("/type", "field-missing")],
        &[("/childcare", "type-wrong"), ("/externalId", "field-missing")],
        &[("", "json-invalid")],
        &[("", "json-invalid")],
        &[("/kind", "field-missing")],
        &[("/externalId", "record-duplicate")],
        &[("/type", "type-wrong")],
        &[("/externalId", "type-wrong")],
        &[("", "field-duplicate")],
        &[("", "type-wrong")],
        &[],
    ];
    for (line, (told, expected)) in told.iter().zip(expected).enumerate() {
        // The order of the fields in the record does not matter.
        let mut told: Vec<_> = told.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
        let mut expected = expected.to_vec();
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "line {}", line + 1);
    }
}

#[test]
fn messages_say_what_would_be_right() {
    let line = br#"{"type":"offer","externalId":"1","organization":"o","kind":"course","titel":"x","title":"x","deliveryMode":"vor Ort","runs":[{"units":-1}]}"#;
    let items = items(Ndjson, &[line.as_slice(), b"\n"].concat());
    let Body::Upsert(draft) = &items[0].body else { panic!() };
    let mut problems = draft.decode().unwrap_err();
    problems.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    let [mode, units, field] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(mode.message.de, "„vor Ort“ ist nicht erlaubt. Erlaubt sind: onsite, online, hybrid, self-paced.");
    assert_eq!(units.message.en, "There is the number -1 here, expected is a whole number from 0 to 4294967295.");
    assert!(field.message.de.starts_with("Das Feld „titel“ gibt es hier nicht. Erlaubt sind: externalId, organization, kind, title,"), "{field:?}");
}

#[test]
fn a_line_that_is_not_utf8_is_one_broken_record() {
    let bytes = [b"{\"type\":\"place\",\"externalId\":\"1\",\"name\":\"Stra\xdfe\"}\n".as_slice(), &fixture("ndjson/good.ndjson")].concat();
    let items = items(Ndjson, &bytes);
    assert_eq!((problems(&items[0]), items.len()), (vec![(String::new(), "encoding-invalid".to_owned())], 6));
}

#[test]
fn a_line_that_is_too_long_is_skipped_without_being_kept() {
    let mut context = context();
    context.limits.record_bytes = 300;
    let bytes = format!(
        "{{\"type\":\"place\",\"externalId\":\"1\",\"name\":\"{}\"}}\n{{\"type\":\"place\",\"externalId\":\"2\",\"name\":\"a\"}}\n",
        "x".repeat(10_000)
    );
    let (items, summary) = read_with(Ndjson, bytes.as_bytes(), &context);
    assert_eq!((items.len(), summary.unwrap().records), (2, 2));
    assert_eq!(problems(&items[0])[0].1, "record-too-large");
    assert!(items[0].payload.len() <= 300);
    assert_eq!(items[1].line, Some(2));
}

#[test]
fn broken_files_are_refused_as_a_whole() {
    let good = fixture("ndjson/good.ndjson");
    let truncated = &good[..good.len() - 20];
    assert_eq!(refused(Ndjson, truncated), ("file-truncated".into(), Some(6)));
    assert_eq!(refused(Ndjson, b""), ("file-empty".into(), None));
    assert_eq!(refused(Ndjson, b"\n \n\r\n"), ("file-empty".into(), None));
    assert_eq!(refused(Ndjson, &[good.as_slice(), b"\0\0\0\n"].concat()), ("file-binary".into(), Some(7)));
    assert_eq!(refused(Ndjson, b"<?xml version=\"1.0\"?>\n"), ("file-format-wrong".into(), Some(1)));
    assert_eq!(refused(Ndjson, b"[{\"type\":\"place\"}]\n"), ("file-format-wrong".into(), Some(1)));
    assert_eq!(refused(Ndjson, b"\x1f\x8b\x08junk\n"), ("file-binary".into(), Some(1)));
    let utf16: Vec<u8> = "{\"type\":\"place\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(Ndjson, &utf16), ("file-binary".into(), Some(1)));
    let whole_without_line_end = good.strip_suffix(b"\n").unwrap();
    assert_eq!(items(Ndjson, whole_without_line_end).len(), 5, "the last line may end with the file");
}

#[test]
fn there_is_an_end_to_the_number_of_records() {
    let mut context = context();
    context.limits.records = 3;
    let (items, summary) = read_with(Ndjson, &fixture("ndjson/good.ndjson"), &context);
    assert_eq!((items.len(), summary.unwrap_err().problem.code.as_str()), (3, "file-too-many-records"));
}

#[test]
fn a_sink_can_stop() {
    let bytes = fixture("ndjson/good.ndjson");
    let mut input = bytes.as_slice();
    let mut seen = 0;
    let result = exchange::read(Ndjson, &mut input, &context(), &mut |_| {
        seen += 1;
        if seen == 2 { Err(Stop) } else { Ok(()) }
    });
    assert!(result.unwrap_err().stopped());
    assert_eq!(seen, 2);
}

#[test]
fn a_connection_that_breaks_is_no_broken_file() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::ConnectionReset.into())
        }
    }
    for format in [Ndjson, domain::partners::ImportFormat::OpenQCat, domain::partners::ImportFormat::OpenVhs] {
        let mut input = std::io::BufReader::new(Broken);
        assert!(exchange::read(format, &mut input, &context(), &mut |_| Ok(())).unwrap_err().interrupted(), "{format:?}");
    }
}

#[test]
fn the_published_schema_is_the_one_of_the_code() {
    let published = std::fs::read_to_string(format!("{}/../../openapi/ndjson.schema.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let published: serde_json::Value = serde_json::from_str(&published).unwrap();
    assert_eq!(published, exchange::ndjson_schema(), "renew it: cargo run -p exchange --example ndjson_schema > openapi/ndjson.schema.json");
}
