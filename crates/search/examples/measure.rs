//! Measures the search on invented offers: `cargo run --release -p search --example measure [offers]`.
//!
//! Prints CPU milliseconds per question (of this thread, so that a busy machine does not matter much), the speed of building, and the
//! resident memory.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../tests/support/mod.rs"]
mod support;

use chrono::Duration;
use domain::areas::GeoPoint;
use domain::catalogue::Offer;
use search::catalogue::Near;
use search::{OfferFacet, OfferQuery, OfferSort, OrganizationQuery};
use serde_json::{Value, json};
use std::time::Instant;

const SUBJECTS: &[&str] = &[
    "Deutsch",
    "Englisch",
    "Yoga",
    "Pflege",
    "Computer",
    "Gitarre",
    "Klavier",
    "Töpfern",
    "Nähen",
    "Kochen",
    "Buchführung",
    "Rhetorik",
    "Fotografie",
    "Schwimmen",
    "Erste Hilfe",
    "Malen",
    "Programmieren",
    "Bewerbung",
    "Spanisch",
    "Polnisch",
    "Rückenschule",
    "Meditation",
    "Gartenpflege",
    "Klima",
    "Demokratie",
    "Literatur",
    "Chor",
    "Theater",
    "Mathematik",
    "Smartphone",
];
const FORMS: &[&str] =
    &["Grundkurs", "Aufbaukurs", "Workshop", "am Abend", "für Senioren", "für Anfänger", "kompakt", "Intensivkurs", "Werkstatt", "im Alltag"];
const TOPICS: &[&str] = &[
    "german-second-language",
    "english",
    "relaxation",
    "care-professions",
    "computer-basics",
    "instruments",
    "crafts-making",
    "nutrition-cooking",
    "office-business",
    "exercise",
    "tutoring",
    "photography-film",
];
const AREAS: &[&str] = &["13076108", "13076090", "13076060", "13076088", "13076014"];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

fn invent(number: u32, dice: &mut Dice) -> Offer {
    let subject = dice.pick(SUBJECTS);
    let start = support::now() + Duration::hours(24 * (dice.roll(200) as i64 + 1) + dice.roll(12) as i64);
    let sessions: Vec<Value> = (0..8)
        .map(|week| json!({ "start": (start + Duration::days(7 * week)).to_rfc3339(), "end": (start + Duration::days(7 * week) + Duration::minutes(90)).to_rfc3339() }))
        .collect();
    let sentence = |dice: &mut Dice| format!("In diesem Kurs geht es um {} und {}, mit Zeit für Fragen. ", dice.pick(SUBJECTS), dice.pick(SUBJECTS));
    let description: String = (0..8).map(|_| sentence(dice)).collect();
    let ags = dice.pick(AREAS);
    let place = support::place(
        number % 300,
        &json!({ "ags": ags, "municipality": ags, "address": { "country": "DE", "locality": ags }, "geo": { "lat": 53.2 + dice.roll(500) as f64 / 1000.0, "lon": 11.3 + dice.roll(900) as f64 / 1000.0 } }),
    );
    support::offer(
        number,
        &json!({
            "title": format!("{subject} {} {}", dice.pick(FORMS), number % 977), "summary": sentence(dice), "description": description,
            "organization": { "id": support::id(3_000_000 + number % 200), "slug": "o", "name": format!("Bildungswerk {}", number % 200), "kind": dice.pick(&["adult-education-centre", "music-school", "library"]) },
            "kind": dice.pick(&["course", "event", "counselling"]), "topics": [dice.pick(TOPICS)], "targetGroups": [dice.pick(&["seniors", "children", "women", "adults"])],
            "lifePhases": [dice.pick(&["working-life", "later-life", "family"])], "deliveryMode": dice.pick(&["onsite", "online", "hybrid"]),
            "price": if dice.roll(3) == 0 { json!({ "type": "free" }) } else { json!({ "type": "paid", "amount": 1000 + dice.roll(90) * 100 }) },
            "accessibility": [{ "criterion": dice.pick(&["step-free-entrance", "lift"]), "value": "yes" }],
            "entryRequirements": [{ "type": "none" }], "place": place, "runs": [support::run(number, &json!({ "sessions": sessions }))]
        }),
    )
}

/// Nanoseconds this thread has computed.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default()
}

fn measure(name: &str, mut question: impl FnMut(usize) -> u64) {
    let warm = (0..20).map(&mut question).max().unwrap_or_default();
    let (wall, start) = (Instant::now(), cpu());
    let mut rounds = 0;
    while wall.elapsed().as_millis() < 700 {
        question(rounds);
        rounds += 1;
    }
    println!("{name:<34} {:>8.3} ms   ({warm} results at most)", (cpu() - start) / 1e6 / rounds as f64);
}

fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|l| l.starts_with("VmRSS") || l.starts_with("RssAnon") || l.starts_with("RssFile")) {
        println!("{when}: {}", line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

/// What a process needs that finds its index already built.
fn reopened(path: &str) {
    let start = Instant::now();
    let index = search::SearchIndex::open(path.as_ref(), support::analysis(), support::vocabularies(), support::region()).unwrap();
    println!("reopened after {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    for n in 0..2000 {
        let text = Some(format!("{} {}", SUBJECTS[n % SUBJECTS.len()], FORMS[n % FORMS.len()])).filter(|_| n % 3 > 0);
        index.offers(&OfferQuery { text, facets: n % 2 == 0, ..OfferQuery::default() }, support::now()).unwrap();
    }
    memory("reopened, 2000 questions");
}

fn main() {
    if let (Some("--open"), Some(path)) = (std::env::args().nth(1).as_deref(), std::env::args().nth(2)) {
        return reopened(&path);
    }
    let count: u32 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let index = support::TestIndex::new();
    let mut dice = Dice(7);
    let mut spent = std::time::Duration::ZERO;
    index
        .index
        .write(|w| {
            for from in (0..count).step_by(1000) {
                let offers: Vec<Offer> = (from..(from + 1000).min(count)).map(|n| invent(n, &mut dice)).collect();
                let start = Instant::now();
                offers.iter().try_for_each(|o| w.put_offer(o))?;
                spent += start.elapsed();
            }
            let start = Instant::now();
            w.commit(1)?;
            spent += start.elapsed();
            Ok(())
        })
        .unwrap();
    println!("{count} offers built at {:.0} records/s", f64::from(count) / spent.as_secs_f64());
    let start = Instant::now();
    index
        .index
        .write(|w| {
            w.put_offer(&invent(3, &mut dice))?;
            w.commit(2)
        })
        .unwrap();
    println!("one change visible after {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    std::thread::sleep(std::time::Duration::from_secs(2));
    memory("after building");

    let now = support::now();
    let ask = |query: &OfferQuery| index.index.offers(query, now).unwrap().total;
    let start = Instant::now();
    ask(&OfferQuery { facets: true, ..OfferQuery::default() });
    println!("first list of a generation {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let word = |n: usize| SUBJECTS[n % SUBJECTS.len()].to_lowercase();
    let area = |n: usize| AREAS[n % AREAS.len()];
    measure("list, sorted", |_| ask(&OfferQuery::default()));
    measure("list by title", |_| ask(&OfferQuery { sort: Some(OfferSort::Title), ..OfferQuery::default() }));
    measure("list + all facets", |_| ask(&OfferQuery { facets: true, ..OfferQuery::default() }));
    measure("filter + sort", |n| ask(&OfferQuery::default().with(OfferFacet::Area, area(n)).with(OfferFacet::Price, "free")));
    measure("filter + all facets", |n| {
        ask(&OfferQuery { facets: true, ..OfferQuery::default() }.with(OfferFacet::Area, area(n)).with(OfferFacet::Price, "free"))
    });
    measure("from-to", |_| ask(&OfferQuery { from: "2026-12-10".parse().ok(), to: "2026-12-12".parse().ok(), ..OfferQuery::default() }));
    let near = Near { point: GeoPoint { lat: 53.42, lon: 11.84 }, radius_km: 10.0 };
    measure("near, by distance", |_| ask(&OfferQuery { near: Some(near), sort: Some(OfferSort::Distance), ..OfferQuery::default() }));
    measure("search", |n| ask(&OfferQuery::words(&word(n))));
    measure("search + filter", |n| ask(&OfferQuery::words(&word(n)).with(OfferFacet::Area, area(n))));
    measure("search + all facets", |n| ask(&OfferQuery { facets: true, ..OfferQuery::words(&word(n)) }));
    measure("search rare + all facets", |n| ask(&OfferQuery { facets: true, ..OfferQuery::words(&format!("{} {}", word(n), n % 977)) }));
    measure("two words", |n| ask(&OfferQuery::words(&format!("{} anfänger", word(n)))));
    measure("mistyped + all facets", |n| ask(&OfferQuery { facets: true, ..OfferQuery::words(["pfelge", "gitare", "klaiver", "demokrtie"][n % 4]) }));
    measure("nothing found", |_| ask(&OfferQuery::words("qqqqqqq")));
    measure("organisations", |_| index.index.organizations(&OrganizationQuery::default(), now).unwrap().total);
    measure("suggest", |n| index.index.suggest(&word(n).chars().take(2 + n % 3).collect::<String>(), "de", 8, now).unwrap().len() as u64);
    let cursor = index.index.offers(&OfferQuery::default(), now).unwrap().next;
    measure("second page", |_| ask(&OfferQuery { cursor: cursor.clone(), ..OfferQuery::default() }));
    memory("at the end");
    let support::TestIndex { index, folder } = index;
    drop(index);
    let myself = std::env::current_exe().unwrap();
    std::process::Command::new(myself).arg("--open").arg(folder.path()).status().unwrap();
}
