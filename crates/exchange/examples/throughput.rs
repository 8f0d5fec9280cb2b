//! Measures reading and decoding: `cargo run --release -p exchange --example throughput`.
//!
//! 20,000 invented offers of about 2 kB a line: first only told apart (what an unchanged import costs), then decoded as well.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)]

use domain::partners::ImportFormat;
use domain::vocabularies::Vocabularies;
use exchange::{Body, ReadContext};
use std::sync::Arc;
use std::time::Instant;

const RECORDS: u32 = 20_000;

fn main() {
    let context = ReadContext::new(Arc::new(Vocabularies::default()), chrono_tz::Europe::Berlin);
    let ndjson: String = (0..RECORDS).map(|i| serde_json::to_string(&offer(i)).unwrap() + "\n").collect();
    measure(ImportFormat::Ndjson, &ndjson, &context);
    let courses: String = (0..RECORDS).map(course).collect();
    let export = "<export><ersteller><guid>1</guid><name>KVHS</name></ersteller></export>";
    measure(ImportFormat::OpenVhs, &format!("<veranstaltungen version=\"1.2\">{export}{courses}</veranstaltungen>"), &context);
}

fn measure(format: ImportFormat, file: &str, context: &ReadContext) {
    for decode in [false, true] {
        let (mut records, mut input, begin) = (0u32, file.as_bytes(), Instant::now());
        exchange::read(format, &mut input, context, &mut |item| {
            records += 1;
            if let (true, Body::Upsert(draft)) = (decode, &item.body) {
                draft.decode().unwrap();
            }
            Ok(())
        })
        .unwrap();
        let micros = begin.elapsed().as_secs_f64() * 1e6 / f64::from(records);
        let what = if decode { "read and decoded" } else { "told apart" };
        println!("{:8} {what:17} {records} records of {} bytes: {micros:.1} µs each", format.code(), file.len() / RECORDS as usize);
    }
}

fn offer(i: u32) -> serde_json::Value {
    let sessions: Vec<_> =
        (1..=9).map(|day| serde_json::json!({ "start": format!("2027-02-0{day}T17:00:00Z"), "end": format!("2027-02-0{day}T18:30:00Z") })).collect();
    serde_json::json!({
        "type": "offer", "externalId": format!("D-{i}"), "organization": "kvhs", "kind": "course", "title": format!("Deutsch A1, Gruppe {i}"),
        "summary": "Erste Schritte in der deutschen Sprache, mit viel Zeit zum Sprechen.",
        "description": "Wir lernen sprechen, lesen und schreiben. ".repeat(14),
        "topics": ["german-second-language"], "targetGroups": ["newcomers", "refugees"], "languages": ["de"], "languageLevel": { "from": "A0", "to": "A1" },
        "price": { "type": "paid", "amount": 4700, "reductions": [{ "label": "ermäßigt", "amount": 2350 }] },
        "registration": { "forms": ["online", "phone"], "url": format!("https://kvhs.example.org/kurs/{i}"), "phone": "+49 3871 000000" },
        "runs": [{ "externalId": "1", "start": "2027-02-01T17:00:00Z", "end": "2027-02-09T18:30:00Z", "sessions": sessions, "place": "haus", "capacity": { "min": 6, "max": 12 } }],
    })
}

fn course(i: u32) -> String {
    let sessions: String = (1..=9)
        .map(|day| {
            format!(
                "<termin><beginn_datum>2027-02-0{day}</beginn_datum><beginn_uhrzeit>18:00</beginn_uhrzeit><ende_uhrzeit>19:30</ende_uhrzeit></termin>"
            )
        })
        .collect();
    let text = "Wir lernen sprechen, lesen und schreiben. ".repeat(10);
    format!(
        "<veranstaltung><guid>D-{i}</guid><nummer>{i}</nummer><name>Deutsch A1, Gruppe {i}</name><beginn_datum>2027-02-01</beginn_datum><text><text>{text}</text></text>\
         <veranstaltungsort><name>Haus der Bildung</name><adresse><plz>19370</plz><ort>Parchim</ort></adresse></veranstaltungsort>{sessions}<preis><betrag>47.0</betrag></preis></veranstaltung>"
    )
}
