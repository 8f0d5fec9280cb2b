//! Files that mean harm or make no sense: refused in bounded time and memory, and never a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use domain::partners::ImportFormat;
use exchange::Body;
use proptest::prelude::*;

const XML: [ImportFormat; 3] = [ImportFormat::OpenQCat, ImportFormat::OpenVhs, ImportFormat::Kufer];

fn vhs(inside: &str) -> String {
    format!(
        "<veranstaltungen><export><ersteller><guid>1</guid><name>x</name></ersteller></export>\n<veranstaltung><guid>a</guid>{inside}</veranstaltung></veranstaltungen>"
    )
}

// Trap 5: the parser accepts document types.
// ASVS 5.0 V1.5.1
#[test]
fn document_types_are_refused_before_anything_is_expanded() {
    let billion = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<OPENQCAT>&b;</OPENQCAT>";
    let external = "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"file:///etc/passwd\"><veranstaltungen/>";
    for format in XML {
        assert_eq!(refused(format, billion.as_bytes()).0, "xml-doctype");
        assert_eq!(refused(format, external.as_bytes()).0, "xml-doctype");
    }
}

#[test]
fn only_the_entities_of_xml_itself_and_character_numbers() {
    assert_eq!(refused(ImportFormat::OpenVhs, vhs("<name>a&nbsp;b</name>").as_bytes()), ("xml-entity-unknown".into(), Some(2)));
    assert_eq!(refused(ImportFormat::OpenVhs, vhs("<name a='&xxe;'/>").as_bytes()).0, "xml-entity-unknown");
    assert_eq!(refused(ImportFormat::OpenVhs, vhs("<name>A & B</name>").as_bytes()).0, "xml-ill-formed");
    assert_eq!(refused(ImportFormat::OpenVhs, vhs("<name>&#0;</name>").as_bytes()).0, "xml-entity-unknown");
    let items = items(ImportFormat::OpenVhs, vhs("<name>A &amp; B &#8211; &#x43; &lt;</name>").as_bytes());
    assert_eq!(offer(&items, "a").title.as_str(), "A & B – C <");
}

// Trap 5: the parser accepts unbounded nesting.
// ASVS 5.0 V15.2.2
#[test]
fn nesting_has_an_end() {
    for depth in [61, 62, 63, 100_000] {
        let deep = vhs(&format!("<name>x</name>{}{}", "<a>".repeat(depth), "</a>".repeat(depth)));
        let result = read(ImportFormat::OpenVhs, deep.as_bytes()).1;
        assert_eq!(result.is_ok(), depth + 2 <= 64, "{depth}");
    }
    assert_eq!(refused(ImportFormat::OpenVhs, "<a>".repeat(70).as_bytes()).0, "file-format-wrong");
}

// Trap 5: the parser accepts elements that are never closed.
#[test]
fn what_is_not_closed_is_not_whole() {
    let whole = String::from_utf8(fixture("openvhs/export.xml")).unwrap();
    for cut in [whole.len() - 2, whole.len() - 30, whole.len() / 2, 900, 200, 60] {
        let cut = whole.floor_char_boundary(cut);
        assert_eq!(refused(ImportFormat::OpenVhs, &whole.as_bytes()[..cut]).0, "file-truncated", "{cut}");
    }
    assert_eq!(refused(ImportFormat::OpenVhs, vhs("<name>x</nam>").as_bytes()).0, "xml-ill-formed");
    assert_eq!(refused(ImportFormat::OpenVhs, format!("{}<mehr/>", vhs("")).as_bytes()).0, "xml-ill-formed");
    assert_eq!(refused(ImportFormat::OpenVhs, vhs("<name a='1' a='2'/>").as_bytes()).0, "xml-ill-formed");
    for format in XML {
        assert_eq!(refused(format, b"").0, "file-empty");
        assert_eq!(refused(format, b"{\"type\":\"offer\"}\n").0, "file-format-wrong");
        assert_eq!(refused(format, b"PK\x03\x04\0\0").0, "file-binary");
    }
}

#[test]
fn encodings_that_lie_are_refused() {
    let latin = b"<?xml version='1.0' encoding='UTF-8'?><veranstaltungen>\n<export>Stra\xdfe</export></veranstaltungen>";
    assert_eq!(refused(ImportFormat::OpenVhs, latin).0, "encoding-invalid");
    let unknown = b"<?xml version='1.0' encoding='KLINGON'?><veranstaltungen/>";
    assert_eq!(refused(ImportFormat::OpenVhs, unknown).0, "encoding-unknown");
}

// ASVS 5.0 V15.2.2
#[test]
fn sizes_have_an_end() {
    let mut context = context();
    context.limits.text_bytes = 10_000;
    context.limits.record_bytes = 5_000;
    let long = vhs(&format!("<name>{}</name>", "x".repeat(20_000)));
    let (_, result) = read_with(ImportFormat::OpenVhs, long.as_bytes(), &context);
    assert_eq!(result.unwrap_err().problem.code, "xml-text-too-long");
    let attribute = vhs(&format!("<name a='{}'/>", "x".repeat(20_000)));
    assert_eq!(read_with(ImportFormat::OpenVhs, attribute.as_bytes(), &context).1.unwrap_err().problem.code, "xml-text-too-long");
    let wide = vhs(&"<schlagwort>x</schlagwort>".repeat(1_000));
    let (items, result) = read_with(ImportFormat::OpenVhs, wide.as_bytes(), &context);
    assert!(result.is_ok());
    assert_eq!(problems(&items[1])[0].1, "record-too-large");
    context.limits.records = 1;
    assert_eq!(read_with(ImportFormat::OpenVhs, vhs("").as_bytes(), &context).1.unwrap_err().problem.code, "file-too-many-records");
}

#[test]
fn deep_json_is_one_broken_record() {
    let line = format!("{{\"type\":\"offer\",\"externalId\":\"1\",\"x\":{}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let items = items(ImportFormat::Ndjson, line.as_bytes());
    assert_eq!(problems(&items[0])[0].1, "json-invalid");
}

// A workbook that unpacks to more than memory holds, and one that says of itself that it does not.
#[test]
fn workbooks_unpack_to_a_limit() {
    let bomb = |parts: usize, bytes: usize| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        let chunk = vec![b' '; bytes];
        for part in 0..parts {
            writer.start_file(format!("xl/{part}.xml"), options).unwrap();
            std::io::Write::write_all(&mut writer, &chunk).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    assert_eq!(refused(ImportFormat::Xlsx, &bomb(70, 1 << 20)).0, "file-too-large");
    assert_eq!(refused(ImportFormat::Xlsx, &bomb(1_001, 1)).0, "file-too-large");
    assert_eq!(refused(ImportFormat::Xlsx, &bomb(1, 10)).0, "workbook-damaged");
    let mut liar = bomb(1, 5 << 20);
    // The sizes that the archive states, in both places.
    let stated = (5_u32 << 20).to_le_bytes();
    for at in 0..liar.len().saturating_sub(4) {
        if liar[at..at + 4] == stated {
            liar[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
    }
    let (_, result) = read(ImportFormat::Xlsx, &liar);
    assert!(result.is_err());
}

// A table with one cell far to the right or far below must not be held as a square.
#[test]
fn tables_have_an_edge() {
    let wide = format!("titel{}\nx\n", ";a".repeat(2_000));
    assert_eq!(refused(ImportFormat::Csv, wide.as_bytes()).0, "file-too-large");
    let mut context = context();
    context.limits.text_bytes = 1_000;
    let long = format!("titel\n{}\n", "x".repeat(5_000));
    assert_eq!(read_with(ImportFormat::Csv, long.as_bytes(), &context).1.unwrap_err().problem.code, "xml-text-too-long");
    context.limits.document_bytes = 100;
    assert_eq!(read_with(ImportFormat::Csv, long.as_bytes(), &context).1.unwrap_err().problem.code, "file-too-large");
}

/// Reads to the end and decodes everything there is.
fn swallow(format: ImportFormat, bytes: &[u8]) {
    let mut input = bytes;
    let _ = exchange::read(format, &mut input, &context(), &mut |item| {
        if let Body::Upsert(draft) = &item.body {
            let first = draft.decode();
            assert_eq!(format!("{first:?}"), format!("{:?}", draft.decode()), "decoding is a function");
        }
        Ok(())
    });
}

/// A sound file of each format, to be damaged.
fn sound() -> [(ImportFormat, Vec<u8>); 17] {
    [
        (ImportFormat::Ndjson, [fixture("ndjson/good.ndjson"), fixture("ndjson/broken.ndjson")].concat()),
        (ImportFormat::OpenQCat, fixture("openqcat/full.xml")),
        (ImportFormat::OpenQCat, fixture("openqcat/update.xml")),
        (ImportFormat::OpenVhs, fixture("openvhs/export.xml")),
        (ImportFormat::Ics, fixture("ics/calendar.ics")),
        (ImportFormat::Ics, fixture("ics/wild.ics")),
        (ImportFormat::Kufer, fixture("kufer/internet.xml")),
        (ImportFormat::JsonLd, fixture("jsonld/graph.jsonld")),
        (ImportFormat::JsonLd, fixture("jsonld/page.html")),
        (ImportFormat::VhsJson, fixture("vhs-json/courses.json")),
        (ImportFormat::Csv, fixture("table/documented.csv")),
        (ImportFormat::Csv, fixture("table/programme.csv")),
        (ImportFormat::Xlsx, fixture("table/workbook.xlsx")),
        (ImportFormat::GeoJson, fixture("geojson/schools.geojson")),
        (ImportFormat::Gml, fixture("gml/schools.xml")),
        (ImportFormat::Integreat, fixture("integreat/events.json")),
        (ImportFormat::Integreat, fixture("integreat/locations.json")),
    ]
}

#[test]
fn every_file_cut_anywhere_through_every_reader() {
    for (_, bytes) in sound() {
        for format in ImportFormat::ALL {
            for cut in (0..=bytes.len()).rev().step_by(151) {
                swallow(*format, &bytes[..cut]);
            }
        }
    }
}

/// Tokens that parsers stumble over, put in the place of others.
const NASTY: [&str; 22] = [
    "",
    "-1",
    "1e999",
    "NaN",
    "99999999999999999999",
    "\u{0}",
    "\u{feff}",
    "\u{1f}",
    "ß",
    "＜",
    "]]>",
    "<!--",
    "<![CDATA[",
    "&#1114112;",
    "&#x1;",
    "2027-02-30",
    "+262142-12-31",
    "9999-12-31T23:59:59-14:00",
    "24:00:00",
    "true",
    "\\u0000",
    "{\"a\":[{}]}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for format in ImportFormat::ALL {
            swallow(*format, &bytes);
        }
    }

    #[test]
    fn any_text_in_every_field(which in 0usize..17, at in any::<prop::sample::Index>(), text in "\\PC{0,40}") {
        let (format, bytes) = sound().swap_remove_at(which);
        let damaged = replace_value(&bytes, at, &text);
        swallow(format, &damaged);
    }

    #[test]
    fn damaged_files(which in 0usize..17, damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..NASTY.len()), 1..4)) {
        let (format, mut bytes) = sound().swap_remove_at(which);
        for (from, length, nasty) in damage {
            let from = from.index(bytes.len());
            let to = (from + length.index(40)).min(bytes.len());
            bytes.splice(from..to, NASTY[nasty].bytes());
            if bytes.is_empty() { break; }
        }
        swallow(format, &bytes);
    }

    #[test]
    fn nasty_values(which in 0usize..17, at in any::<prop::sample::Index>(), nasty in 0usize..NASTY.len()) {
        let (format, bytes) = sound().swap_remove_at(which);
        swallow(format, &replace_value(&bytes, at, NASTY[nasty]));
    }
}

/// One of the values (text between tags, string of JSON, value of a calendar's line) replaced.
fn replace_value(bytes: &[u8], at: prop::sample::Index, with: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    if text.starts_with("BEGIN:") {
        let lines: Vec<&str> = text.lines().collect();
        let chosen = at.index(lines.len());
        let damaged = |line: &str| line.rsplit_once(':').map_or_else(|| with.to_owned(), |(name, _)| format!("{name}:{with}"));
        return lines
            .iter()
            .enumerate()
            .map(|(i, line)| if i == chosen { damaged(line) + "\n" } else { format!("{line}\n") })
            .collect::<String>()
            .into_bytes();
    }
    let json = text.starts_with(['{', '[']);
    if !json && !text.starts_with('<') {
        // A cell of a table, or anything of an archive.
        let cells: Vec<&str> = text.split_inclusive([';', ',', '\n']).collect();
        let chosen = at.index(cells.len());
        let replaced =
            |(i, cell): (usize, &&str)| if i == chosen { format!("{with}{}", cell.chars().last().unwrap_or(';')) } else { (*cell).to_owned() };
        return cells.iter().enumerate().map(replaced).collect::<String>().into_bytes();
    }
    let parts: Vec<&str> = text.split_inclusive(if json { ['"', '"'] } else { ['<', '>'] }).collect();
    let candidates: Vec<usize> = (0..parts.len()).filter(|i| if json { parts[*i].ends_with('"') } else { parts[*i].ends_with('<') }).collect();
    let chosen = candidates[at.index(candidates.len())];
    let end = if json { "\"" } else { "<" };
    parts.iter().enumerate().map(|(i, part)| if i == chosen { format!("{with}{end}") } else { (*part).to_owned() }).collect::<String>().into_bytes()
}

trait SwapRemoveAt<T> {
    fn swap_remove_at(self, index: usize) -> T;
}

impl<T, const N: usize> SwapRemoveAt<T> for [T; N] {
    fn swap_remove_at(self, index: usize) -> T {
        self.into_iter().nth(index).unwrap()
    }
}
