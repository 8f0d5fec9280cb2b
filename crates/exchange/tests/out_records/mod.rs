//! Records of a small catalogue, as the database keeps them, and what writers need besides.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::print_stdout)]

use domain::catalogue::{Offer, Organization, Place};
use exchange::out::Site;
use serde_json::{Value, json};

pub fn site() -> Site {
    Site { base: "https://bildung.example.org".into(), name: "Bildungsregion Teststadt".into(), zone: chrono_tz::Europe::Berlin }
}

/// The official file of this name; nothing where the samples are not at hand.
pub fn sample(path: &str) -> Option<Value> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");
    let folder = std::env::var("SAMPLES_DIR").unwrap_or_else(|_| beside.to_owned());
    match std::fs::read(format!("{folder}/{path}")) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).unwrap()),
        Err(_) => {
            println!("skipped: no {path} in {folder} (SAMPLES_DIR)");
            None
        }
    }
}

fn meta(id: u8, slug: &str) -> Value {
    json!({
        "id": format!("019ab1c2-0000-7000-8000-0000000000{id:02}"), "slug": slug, "state": "published", "version": 3, "textVersion": 2,
        "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-23T04:00:00Z",
        "source": { "key": "vhs", "name": "Volkshochschule", "externalId": slug }, "licence": "cc-by/4.0",
        "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 90, "missing": [] }
    })
}

fn with(mut base: Value, more: Value) -> Value {
    base.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    base
}

fn place_summary() -> Value {
    json!({
        "id": "019ab1c2-0000-7000-8000-000000000004", "name": "Haus der Bildung",
        "address": { "street": "Schulstraße 1", "postalCode": "19370", "locality": "Parchim", "country": "DE" },
        "geo": { "lat": 53.4258, "lon": 11.8481 }, "municipality": "Parchim", "ags": "13076108",
        "accessibility": [
            { "criterion": "step-free-entrance", "value": "yes", "provenance": "self-declared" },
            { "criterion": "lift", "value": "no", "provenance": "self-declared", "note": "Der Kurs ist im Erdgeschoss." },
            { "criterion": "seating", "value": "unknown", "provenance": "self-declared" }
        ],
        "publicTransport": "Bus 712 bis Markt"
    })
}

fn offered(id: u8, slug: &str, kind: &str, more: Value) -> Value {
    let base = json!({
        "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "vhs", "name": "Volkshochschule Teststadt", "kind": "adult-education-centre" },
        "kind": kind, "topics": [], "lifePhases": [], "targetGroups": [], "deliveryMode": "onsite", "languages": [], "literacyCourse": false,
        "entryRequirements": [], "price": { "type": "unknown", "currency": "EUR" }, "funding": [], "accessibility": [], "images": [], "keywords": [], "runs": []
    });
    with(meta(id, slug), with(base, more))
}

fn offer(value: Value) -> Offer {
    serde_json::from_value(value).unwrap()
}

/// A course with everything, one run by rule and one by meetings.
pub fn course() -> Offer {
    offer(offered(
        1,
        "deutsch-b1",
        "course",
        json!({
            "title": "Deutsch B1 <für> Alle & mehr", "summary": "Sprechen am Arbeitsplatz.", "description": "**Inhalt**\n\n- Telefonieren\n- E-Mails",
            "descriptionHtml": "<p><strong>Inhalt</strong></p>\n<ul>\n<li>Telefonieren</li>\n<li>E-Mails</li>\n</ul>\n",
            "topics": ["german-second-language"], "targetGroups": ["refugees"], "ageRange": { "min": 18 }, "languages": ["de"],
            "languageLevel": { "to": "B1" }, "entryRequirements": [{ "type": "prior-knowledge", "text": "Niveau A2" }],
            "qualification": { "name": "Teilnahmebescheinigung" },
            "price": { "type": "paid", "amount": 12_050, "currency": "EUR", "reductions": [{ "label": "Ermäßigt", "amount": 6_000 }] },
            "registration": { "forms": ["online"], "url": "https://vhs.example.org/buchen/1", "deadline": "2027-01-31" },
            "images": [{ "url": "https://vhs.example.org/bild.jpg", "alt": "Eine Gruppe lernt", "author": "Volkshochschule" }],
            "url": "https://vhs.example.org/kurs/1", "courseCode": "27F1", "keywords": ["Beruf"], "place": place_summary(),
            "runs": [
                { "id": "019ab1c2-0000-7000-8000-000000000011", "start": "2027-02-02T17:00:00Z", "end": "2027-03-16T18:30:00Z", "timeZone": "Europe/Berlin",
                    "sessions": [
                        { "start": "2027-02-02T17:00:00Z", "end": "2027-02-02T18:30:00Z" }, { "start": "2027-02-16T17:00:00Z", "end": "2027-02-16T18:30:00Z" }
                    ],
                    "recurrence": { "rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "start": "2027-02-02T17:00:00Z", "minutes": 90, "except": ["2027-02-09"] },
                    "rollingStart": false, "place": place_summary(), "capacity": { "max": 12, "booked": 10 }, "status": "bookable", "units": 40 },
                { "id": "019ab1c2-0000-7000-8000-000000000012", "courseCode": "27F2", "start": "2027-04-01", "end": "2027-04-08", "timeZone": "Europe/Berlin",
                    "sessions": [{ "start": "2027-04-01", }, { "start": "2027-04-08" }],
                    "rollingStart": false, "place": place_summary(), "status": "full", "price": { "type": "free", "currency": "EUR" }, "note": "Samstags" }
            ],
            "translations": { "en": { "title": "German B1", "summary": "Speaking at work." } }
        }),
    ))
}

/// An event on one evening, cancelled.
pub fn event() -> Offer {
    offer(offered(
        5,
        "vortrag",
        "event",
        json!({
            "title": "Vortrag über Sterne", "summary": "Ein Abend.", "price": { "type": "free", "currency": "EUR" }, "place": place_summary(),
            "runs": [{ "id": "019ab1c2-0000-7000-8000-000000000013", "start": "2027-03-01T18:00:00Z", "end": "2027-03-01T20:00:00Z", "timeZone": "Europe/Berlin",
                "sessions": [{ "start": "2027-03-01T18:00:00Z", "end": "2027-03-01T20:00:00Z" }], "rollingStart": false, "status": "cancelled" }]
        }),
    ))
}

/// Counselling without dates.
pub fn service() -> Offer {
    offer(offered(
        6,
        "beratung",
        "counselling",
        json!({
            "title": "Bildungsberatung", "description": "Rat und Hilfe.", "descriptionHtml": "<p>Rat und Hilfe.</p>\n", "topics": ["everyday-skills"],
            "languages": ["de", "uk"], "ageRange": { "min": 16, "max": 99 }, "price": { "type": "range", "amount": 500, "maxAmount": 1_000, "currency": "EUR",
                "reductions": [{ "label": "Schüler", "amount": 250 }], "note": "bar" },
            "entryRequirements": [{ "type": "none" }], "funding": [{ "type": "education-voucher" }],
            "registration": { "forms": ["phone"], "phone": "03871 0000", "note": "Bitte anrufen." },
            "contact": { "name": "Beratung", "phone": "03871 0000", "email": "beratung@example.org", "hours": "Di 14–17 Uhr" }, "place": place_summary()
        }),
    ))
}

/// Self-study at one's own pace, all rights reserved.
pub fn online() -> Offer {
    let online = offered(
        7,
        "tastschreiben",
        "self-study",
        json!({
            "licence": "all-rights-reserved", "title": "Tastschreiben online", "summary": "Zehn Finger < zwei Hände.", "deliveryMode": "self-paced",
            "languages": ["de"], "keywords": ["Tippen", "Tippen"], "url": "https://vhs.example.org/tippen", "price": { "type": "paid", "amount": 4_700, "currency": "EUR" },
            "images": [{ "url": "https://vhs.example.org/tippen.jpg", "alt": "Eine Tastatur" }],
            "registration": { "forms": [], "deadline": "2027-12-31" },
            "runs": [
                { "id": "019ab1c2-0000-7000-8000-000000000014", "timeZone": "Europe/Berlin", "sessions": [], "rollingStart": true, "status": "bookable", "units": 8,
                    "onlineUrl": "https://vhs.example.org/raum" },
                { "id": "019ab1c2-0000-7000-8000-000000000015", "start": "2027-05-01", "end": "2027-05-31", "timeZone": "Europe/Berlin", "sessions": [],
                    "rollingStart": false, "status": "planned" }
            ]
        }),
    );
    offer(online)
}

/// Partly online, at a place.
pub fn hybrid() -> Offer {
    offer(offered(
        8,
        "hybrid",
        "course",
        json!({ "title": "Netzwerke", "deliveryMode": "hybrid", "place": place_summary(), "price": { "type": "free", "currency": "EUR" } }),
    ))
}

/// A record with almost nothing in it.
pub fn bare() -> Offer {
    offer(offered(9, "offen", "open-group", json!({ "title": "Offener Treff" })))
}

pub fn organization() -> Organization {
    let fields = json!({
        "name": "Volkshochschule Teststadt", "alternateName": "VHS", "kind": "adult-education-centre", "legalForm": "Eigenbetrieb", "sponsor": "public",
        "identifiers": { "schoolNumber": "75 001" }, "summary": "Kurse für alle.", "description": "Seit 1919.", "descriptionHtml": "<p>Seit 1919.</p>\n",
        "address": { "street": "Schulstraße 1", "postalCode": "19370", "locality": "Parchim", "country": "DE" }, "geo": { "lat": 53.4258, "lon": 11.8481 },
        "ags": "13076108", "municipality": "Parchim", "openingHours": "Mo-Th 09:00-12:00,13:00-16:00; Fr 09:00-12:00",
        "contacts": [{ "phone": "03871 1", "email": "info@example.org" }, { "name": "Anmeldung", "phone": "03871 2" }], "languages": ["de"],
        "accessibility": [{ "criterion": "step-free-entrance", "value": "yes", "provenance": "self-declared" }],
        "url": "https://vhs.example.org/", "socialLinks": ["https://social.example.org/@vhs"]
    });
    serde_json::from_value(with(meta(2, "vhs"), fields)).unwrap()
}

pub fn place() -> Place {
    let mut summary = place_summary();
    summary.as_object_mut().unwrap().remove("id");
    serde_json::from_value(with(meta(4, "haus-der-bildung"), summary)).unwrap()
}
