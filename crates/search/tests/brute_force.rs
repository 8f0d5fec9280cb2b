//! Lists, totals, facets and pages against a plain scan of the same offers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use chrono::{Duration, NaiveDate};
use domain::Timestamp;
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityValue, Offer, PriceType, Run, RunStatus};
use proptest::prelude::*;
use search::catalogue::Near;
use search::{OfferFacet, OfferQuery, OfferSort};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Choices from a number, so that a failing case shrinks to few and small numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }

    fn some<'a>(&mut self, from: &[&'a str]) -> Vec<&'a str> {
        from.iter().copied().filter(|_| self.roll(3) == 0).collect()
    }
}

const TOPICS: &[&str] = &["languages", "german-second-language", "english", "yoga", "music", "instruments", "schools"];
const WORDS: &[&str] = &["Zebra", "Quarz", "Lampe", "Wolke"];
const AREAS: &[&str] = &["13076108", "13076090", "13076060"];
const CRITERIA: &[&str] = &["step-free-entrance", "lift", "induction-loop"];
const GROUPS: &[&str] = &["seniors", "children", "women"];

fn random_offer(number: u32, seed: u64) -> Offer {
    let mut dice = Dice(seed);
    let words: Vec<&str> = dice.some(WORDS);
    let topics: Vec<&str> = dice.some(TOPICS).into_iter().filter(|t| *t != "yoga").collect();
    let statements: Vec<Value> =
        dice.some(CRITERIA).iter().map(|c| json!({ "criterion": c, "value": dice.pick(&["yes", "partly", "no", "unknown"]) })).collect();
    let price = match dice.roll(4) {
        0 => json!({ "type": "free" }),
        1 => json!({ "type": "paid", "amount": 1000 * (dice.roll(5) + 1) }),
        2 => json!({ "type": "range", "amount": 500, "maxAmount": 9000 }),
        _ => json!({ "type": "unknown" }),
    };
    let runs: Vec<Value> = (0..dice.roll(4))
        .map(|n| {
            let start = support::now() + Duration::hours(i64::try_from(dice.roll(2000)).unwrap() - 900);
            let sessions: Vec<Value> = (0..dice.roll(4) as i64)
                .map(|i| json!({ "start": (start + Duration::days(7 * i)).to_rfc3339(), "end": (start + Duration::days(7 * i) + Duration::minutes(90)).to_rfc3339() }))
                .collect();
            support::run(
                number * 10 + u32::try_from(n).unwrap(),
                &json!({ "start": start.to_rfc3339(), "sessions": sessions, "status": dice.pick(&["bookable", "full", "planned", "cancelled"]), "rollingStart": dice.roll(6) == 0 }),
            )
        })
        .collect();
    let mut over = json!({
        "title": format!("{} {}", words.join(" "), dice.pick(&["Öl", "Ofen", "Ast", "Ähre"])),
        "topics": topics, "targetGroups": dice.some(GROUPS), "kind": dice.pick(&["course", "event", "counselling"]),
        "deliveryMode": dice.pick(&["onsite", "online"]), "accessibility": statements, "price": price, "runs": runs,
        "createdAt": (support::now() - Duration::hours(i64::try_from(dice.roll(50)).unwrap())).to_rfc3339(),
        "example": dice.roll(4) == 0
    });
    if dice.roll(3) > 0 {
        let ags = dice.pick(AREAS);
        let lat = 53.0 + dice.roll(100) as f64 / 100.0;
        over["place"] = support::place(number, &json!({ "ags": ags, "geo": { "lat": lat, "lon": 11.8 } }));
    }
    if dice.roll(2) == 0 {
        over["ageRange"] = json!({ "min": dice.roll(20), "max": 20 + dice.roll(60) });
    }
    if dice.roll(5) == 0 {
        over["childcare"] = json!(true);
    }
    if dice.roll(6) == 0 {
        over["publishFrom"] = json!(if dice.roll(2) == 0 { "2026-11-01" } else { "2026-12-01" });
    }
    if dice.roll(6) == 0 {
        over["publishUntil"] = json!(if dice.roll(2) == 0 { "2026-11-23" } else { "2027-02-01" });
    }
    support::offer(number, &over)
}

fn random_query(seed: u64) -> OfferQuery {
    let mut dice = Dice(seed);
    let mut query = OfferQuery { facets: true, limit: 100, ..OfferQuery::default() };
    for (facet, codes) in [
        (OfferFacet::Topic, TOPICS),
        (OfferFacet::TargetGroup, GROUPS),
        (OfferFacet::Area, &["13076108", "13076090", "13076"][..]),
        (OfferFacet::Price, &["free", "paid", "unknown"]),
        (OfferFacet::Accessibility, CRITERIA),
        (OfferFacet::Weekday, &["monday", "tuesday", "saturday"]),
        (OfferFacet::DayTime, &["morning", "evening"]),
    ] {
        if dice.roll(4) == 0 {
            for code in dice.some(codes) {
                query = query.with(facet, code);
            }
        }
    }
    query.text = (dice.roll(3) == 0).then(|| dice.pick(WORDS).to_lowercase());
    query.from = (dice.roll(5) == 0).then(|| "2026-11-30".parse::<NaiveDate>().unwrap());
    query.to = (dice.roll(5) == 0).then(|| "2026-12-20".parse::<NaiveDate>().unwrap());
    query.age = (dice.roll(6) == 0).then_some(19);
    query.price_max = (dice.roll(6) == 0).then_some(2000);
    query.bookable = dice.roll(6) == 0;
    query.childcare = dice.roll(8) == 0;
    query.without_examples = dice.roll(6) == 0;
    query.near = (dice.roll(6) == 0).then_some(Near { point: GeoPoint { lat: 53.42, lon: 11.84 }, radius_km: 25.0 });
    query.sort = match dice.roll(5) {
        0 => Some(OfferSort::Title),
        1 => Some(OfferSort::Newest),
        2 => Some(OfferSort::Start),
        3 if query.near.is_some() => Some(OfferSort::Distance),
        _ => None,
    };
    query
}

/// The same questions, asked of one offer at a time.
struct Scan<'a> {
    offer: &'a Offer,
    now: Timestamp,
}

impl Scan<'_> {
    fn live(&self) -> impl Iterator<Item = &Run> {
        self.offer.runs.iter().filter(|r| r.status != RunStatus::Cancelled)
    }

    fn shown(&self) -> bool {
        let zone = chrono_tz::Europe::Berlin;
        self.offer.ends_at().is_none_or(|end| end >= self.now)
            && self.offer.publish_from.is_none_or(|m| m.earliest(zone) <= self.now)
            && self.offer.publish_until.is_none_or(|m| m.latest(zone) >= self.now)
    }

    fn spans(&self) -> Vec<(Timestamp, Timestamp)> {
        let far = self.now + Duration::days(100_000);
        self.live()
            .flat_map(|run| {
                if run.sessions.is_empty() {
                    run.starts_at().map(|s| (s, run.ends_at().unwrap_or(far))).into_iter().collect::<Vec<_>>()
                } else {
                    run.sessions.iter().map(|s| (s.start.earliest(run.time_zone), s.end.unwrap_or(s.start).latest(run.time_zone))).collect()
                }
            })
            .collect()
    }

    fn codes(&self, facet: OfferFacet) -> BTreeSet<String> {
        use chrono::{Datelike, Timelike};
        let offer = self.offer;
        let strings = |codes: &[String]| codes.iter().cloned().collect();
        match facet {
            OfferFacet::Topic => offer.topics.iter().flat_map(|t| support::vocabularies_once().with_broader("topics", t)).collect(),
            OfferFacet::TargetGroup => strings(&offer.target_groups),
            OfferFacet::Kind => BTreeSet::from([offer.kind.clone()]),
            OfferFacet::DeliveryMode => BTreeSet::from([offer.delivery_mode.code().to_owned()]),
            OfferFacet::Area => {
                offer.places().iter().filter_map(|p| p.ags.as_deref()).flat_map(|ags| support::region_once().with_ancestors(ags)).collect()
            }
            OfferFacet::Language => BTreeSet::from(["de".to_owned()]),
            OfferFacet::EntryRequirement => BTreeSet::from(["not-stated".to_owned()]),
            OfferFacet::OrganizationKind => BTreeSet::from([offer.organization.kind.clone()]),
            OfferFacet::Price => BTreeSet::from([offer.price.kind.code().to_owned()]),
            OfferFacet::Accessibility => offer
                .accessibility
                .iter()
                .filter(|s| matches!(s.value, AccessibilityValue::Yes | AccessibilityValue::Partly))
                .map(|s| s.criterion.clone())
                .collect(),
            OfferFacet::Weekday | OfferFacet::DayTime => self
                .live()
                .flat_map(|run| {
                    let starts: Vec<_> = if run.sessions.is_empty() && !run.rolling_start {
                        run.starts_at().into_iter().collect()
                    } else {
                        run.sessions.iter().map(|s| s.start.earliest(run.time_zone)).collect()
                    };
                    starts.into_iter().map(|s| {
                        let local = s.with_timezone(&run.time_zone);
                        if facet == OfferFacet::Weekday {
                            format!("{:?}", local.weekday()).to_lowercase()
                        } else {
                            (if local.hour() < 12 {
                                "morning"
                            } else if local.hour() < 17 {
                                "afternoon"
                            } else {
                                "evening"
                            })
                            .to_owned()
                        }
                    })
                })
                .map(|code| {
                    let days = [
                        ("mon", "monday"),
                        ("tue", "tuesday"),
                        ("wed", "wednesday"),
                        ("thu", "thursday"),
                        ("fri", "friday"),
                        ("sat", "saturday"),
                        ("sun", "sunday"),
                    ];
                    days.iter().find(|(short, _)| *short == code).map_or(code, |(_, long)| (*long).to_owned())
                })
                .collect(),
            _ => BTreeSet::new(),
        }
    }

    fn distance(&self, near: Near) -> Option<f64> {
        let distances = self.offer.places().into_iter().filter_map(|p| p.geo).map(|geo| geo.distance_km(near.point));
        distances.filter(|d| *d <= near.radius_km).min_by(f64::total_cmp)
    }

    fn passes(&self, query: &OfferQuery, but: Option<OfferFacet>) -> bool {
        let by_codes = query.filters.iter().filter(|(facet, _)| Some(**facet) != but || facet.all_must_hold()).all(|(facet, wanted)| {
            let codes = self.codes(*facet);
            if facet.all_must_hold() { wanted.is_subset(&codes) } else { !wanted.is_disjoint(&codes) }
        });
        let midnight = |day: NaiveDate| domain::time::local_to_utc(day, chrono::NaiveTime::MIN, chrono_tz::Europe::Berlin).0;
        let from = query.from.map(midnight);
        let to = query.to.map(|day| midnight(day.succ_opt().unwrap()));
        let dated = from.is_none() && to.is_none()
            || self.spans().iter().any(|(start, end)| to.is_none_or(|to| *start < to) && from.is_none_or(|from| *end >= from));
        let cost = match self.offer.price.kind {
            PriceType::Free => Some(0),
            _ => self.offer.price.amount,
        };
        self.shown()
            && by_codes
            && dated
            && query.text.as_ref().is_none_or(|t| self.offer.title.as_str().to_lowercase().contains(t))
            && query.age.is_none_or(|age| self.offer.age_range.is_some_and(|r| r.min.unwrap() <= age && age <= r.max.unwrap()))
            && query.price_max.is_none_or(|most| cost.is_some_and(|c| c <= most))
            && (!query.bookable || self.offer.runs.iter().any(|r| r.bookable_at(self.now, self.offer.registration.as_ref().and_then(|r| r.deadline))))
            && (!query.childcare || self.offer.childcare == Some(true))
            && (!query.without_examples || !self.offer.example)
            && query.near.is_none_or(|near| self.distance(near).is_some())
    }
}

/// The ids of all pages, asked for in small steps.
fn leaf_through(index: &support::TestIndex, query: &OfferQuery, step: usize) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        // Time goes on while somebody reads; the list must not notice.
        let now = support::now() + Duration::minutes(7 * i64::try_from(ids.len()).unwrap());
        let now = if cursor.is_none() { support::now() } else { now };
        let page = index.index.offers(&OfferQuery { limit: step, cursor: cursor.take(), facets: false, ..query.clone() }, now).unwrap();
        assert!(page.items.len() <= step);
        for item in &page.items {
            let item: search::catalogue::OfferItem = serde_json::from_str(item.get()).unwrap();
            ids.push(item.id.to_string());
        }
        cursor = page.next;
        if cursor.is_none() {
            return ids;
        }
    }
}

fn in_order(sort: OfferSort, offers: &[&Offer], near: Option<Near>, now: Timestamp) -> Vec<String> {
    let mut sorted: Vec<&&Offer> = offers.iter().collect();
    let minute = |t: Timestamp| t.timestamp().div_euclid(60);
    match sort {
        OfferSort::Start => sorted.sort_by_key(|o| {
            let next = Scan { offer: o, now }.spans().into_iter().map(|(start, _)| start).filter(|s| minute(*s) >= minute(now)).min();
            (next.is_none(), next.map(minute), o.meta.id)
        }),
        OfferSort::Newest => sorted.sort_by_key(|o| (-o.meta.created_at.timestamp(), o.meta.id)),
        OfferSort::Title => sorted.sort_by_key(|o| (o.title.as_str().to_lowercase().replace('ä', "a").replace('ö', "o"), o.meta.id)),
        OfferSort::Distance => sorted.sort_by_key(|o| {
            let metres = (Scan { offer: o, now }.distance(near.unwrap()).unwrap() * 1000.0).round() as i64;
            (metres, o.meta.id)
        }),
        OfferSort::Relevance => unreachable!(),
    }
    sorted.into_iter().map(|o| o.meta.id.to_string()).collect()
}

/// One offer that starts after the span: the range lies below every value of its column.
#[test]
fn a_span_before_all_sessions_finds_nothing() {
    let offer = random_offer(0, 12_697_833_511_699_763_845);
    let query = OfferQuery { from: "2026-11-30".parse().ok(), to: "2026-12-20".parse().ok(), ..OfferQuery::default() };
    let index = support::TestIndex::new();
    index.put(std::slice::from_ref(&offer), &[]);
    let scan = Scan { offer: &offer, now: support::now() };
    assert_eq!(index.index.offers(&query, support::now()).unwrap().total, u64::from(scan.passes(&query, None)));
    assert!(!scan.passes(&query, None), "it starts on the 23rd of December");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_index_agrees_with_a_scan(seeds in prop::collection::vec(any::<u64>(), 1..60), queries in prop::collection::vec(any::<u64>(), 12), split in 0usize..60) {
        let now = support::now();
        let offers: Vec<Offer> = (0u32..).zip(&seeds).map(|(n, seed)| random_offer(n, *seed)).collect();
        // Two commits make two segments; some offers of the first are replaced by the second.
        let index = support::TestIndex::new();
        let split = split.min(offers.len());
        index.put(&offers[..split], &[]);
        index.put(&offers[split / 2..], &[]);
        for seed in queries {
            let query = random_query(seed);
            let scans: Vec<Scan<'_>> = offers.iter().map(|offer| Scan { offer, now }).collect();
            let hits: Vec<&Offer> = scans.iter().filter(|s| s.passes(&query, None)).map(|s| s.offer).collect();
            let page = index.index.offers(&query, now).unwrap();
            prop_assert_eq!(page.total, hits.len() as u64, "{:?}", &query);

            let facets = page.facets.unwrap();
            for facet in OfferFacet::ALL {
                let mut expected: BTreeMap<String, u64> = BTreeMap::new();
                for scan in scans.iter().filter(|s| s.passes(&query, Some(*facet))) {
                    for code in scan.codes(*facet) {
                        *expected.entry(code).or_default() += 1;
                    }
                }
                let found: BTreeMap<String, u64> = facets[facet.parameter()].iter().map(|c| (c.code.clone(), c.count)).collect();
                prop_assert_eq!(found, expected, "{} of {:?}", facet.parameter(), &query);
            }

            let pages = leaf_through(&index, &query, 7);
            let sort = query.sort.or(query.text.is_none().then_some(OfferSort::Start));
            match sort {
                Some(sort) => prop_assert_eq!(pages, in_order(sort, &hits, query.near, now), "{:?}", &query),
                None => {
                    let (mut pages, mut all): (Vec<String>, Vec<String>) = (pages, hits.iter().map(|o| o.meta.id.to_string()).collect());
                    pages.sort();
                    all.sort();
                    prop_assert_eq!(pages, all, "{:?}", &query);
                }
            }
        }
    }
}
