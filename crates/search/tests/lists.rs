//! How lists behave: time, languages, cursors, help, suggestions, changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use chrono::Duration;
use domain::Timestamp;
use domain::areas::GeoPoint;
use domain::catalogue::RunStatus;
use search::catalogue::{Near, OfferItem, OrganizationItem, SuggestionKind};
use search::{OfferFacet, OfferQuery, OfferSort, OrganizationFacet, OrganizationQuery, OrganizationSort, SearchError};
use serde_json::json;
use support::{TestIndex, at, now, offer, organization, place, run};

fn items(index: &TestIndex, query: &OfferQuery, when: Timestamp) -> Vec<OfferItem> {
    index.index.offers(query, when).unwrap().items.iter().map(|i| serde_json::from_str(i.get()).unwrap()).collect()
}

fn titles(index: &TestIndex, query: &OfferQuery, when: Timestamp) -> Vec<String> {
    items(index, query, when).into_iter().map(|i| i.title).collect()
}

#[test]
fn past_and_cancelled_runs() {
    let day = |start: &str, status: &str, n: u32| run(n, &json!({ "start": start, "end": start, "status": status }));
    let index = TestIndex::with(
        &[
            offer(1, &json!({ "title": "vorbei", "runs": [day("2026-11-01", "bookable", 1)] })),
            offer(2, &json!({ "title": "abgesagt und vorbei", "runs": [day("2026-11-01", "cancelled", 2)] })),
            offer(3, &json!({ "title": "abgesagt", "runs": [day("2026-12-01", "cancelled", 3)] })),
            offer(
                4,
                &json!({ "title": "zweiter Lauf", "runs": [day("2026-11-01", "bookable", 4), day("2026-12-05", "full", 5), day("2026-12-02", "cancelled", 6)] }),
            ),
            offer(5, &json!({ "title": "heute", "runs": [day("2026-11-24", "bookable", 7)] })),
            offer(6, &json!({ "title": "jederzeit" })),
        ],
        &[],
    );
    assert_eq!(titles(&index, &OfferQuery::default(), now()), ["zweiter Lauf", "abgesagt", "heute", "jederzeit"]);
    let all = items(&index, &OfferQuery::default(), now());
    let next = all[0].next_run.as_ref().unwrap();
    assert_eq!((next.status, next.bookable, all[0].run_count), (RunStatus::Full, false, 1));
    assert!(all[1].next_run.is_none() && all[3].next_run.is_none());
    let bookable = OfferQuery { bookable: true, ..OfferQuery::default() };
    assert!(titles(&index, &bookable, now()).is_empty(), "today's course has begun at midnight as far as is known");
    assert_eq!(titles(&index, &bookable, at("2026-10-01T00:00:00Z")), ["vorbei", "zweiter Lauf", "heute"]);
}

#[test]
fn the_next_session_moves_on_with_time() {
    let sessions =
        |days: &[&str]| json!(days.iter().map(|d| json!({ "start": format!("{d}T17:00:00Z"), "end": format!("{d}T18:30:00Z") })).collect::<Vec<_>>());
    let index = TestIndex::with(
        &[
            offer(
                1,
                &json!({ "title": "wöchentlich", "runs": [run(1, &json!({ "sessions": sessions(&["2026-11-20", "2026-11-27", "2026-12-04"]) }))] }),
            ),
            offer(2, &json!({ "title": "einmal", "runs": [run(2, &json!({ "sessions": sessions(&["2026-11-30"]) }))] })),
        ],
        &[],
    );
    assert_eq!(titles(&index, &OfferQuery::default(), now()), ["wöchentlich", "einmal"]);
    let later = at("2026-11-28T08:00:00Z");
    assert_eq!(titles(&index, &OfferQuery::default(), later), ["einmal", "wöchentlich"]);
    let run = items(&index, &OfferQuery::default(), later)[1].next_run.clone().unwrap();
    assert_eq!(run.next_session, Some(at("2026-12-04T17:00:00Z")));
    assert!(!run.bookable, "it has begun");
    assert_eq!(titles(&index, &OfferQuery::default(), at("2026-12-04T18:30:00Z")), ["wöchentlich"]);
    assert!(titles(&index, &OfferQuery::default(), at("2026-12-04T18:31:00Z")).is_empty());
}

#[test]
fn days_are_days_of_the_region_also_when_the_clock_changes() {
    let at_time = |n: u32, start: &str| json!([run(n, &json!({ "sessions": [{ "start": start, "end": start }] }))]);
    let index = TestIndex::with(
        &[
            offer(1, &json!({ "title": "kurz vor Mitternacht", "runs": at_time(1, "2027-03-27T22:59:00Z") })),
            offer(2, &json!({ "title": "nach Mitternacht", "runs": at_time(2, "2027-03-27T23:00:00Z") })),
            offer(3, &json!({ "title": "abends Sommerzeit", "runs": at_time(3, "2027-03-28T21:59:00Z") })),
            offer(4, &json!({ "title": "nächster Tag", "runs": at_time(4, "2027-03-28T22:00:00Z") })),
        ],
        &[],
    );
    let day = "2027-03-28".parse().unwrap();
    let query = OfferQuery { from: Some(day), to: Some(day), ..OfferQuery::default() };
    assert_eq!(titles(&index, &query, now()), ["nach Mitternacht", "abends Sommerzeit"], "a day of 23 hours");
    let noon = offer(5, &json!({ "title": "zwölf Uhr", "runs": at_time(5, "2027-07-05T10:00:00Z") }));
    let before = offer(6, &json!({ "title": "kurz vor zwölf", "runs": at_time(6, "2027-01-04T10:59:00Z") }));
    index.put(&[noon, before], &[]);
    assert_eq!(titles(&index, &OfferQuery::default().with(OfferFacet::DayTime, "afternoon"), now()), ["zwölf Uhr"]);
    assert_eq!(
        titles(&index, &OfferQuery::default().with(OfferFacet::DayTime, "morning").with(OfferFacet::Weekday, "monday"), now()),
        ["kurz vor zwölf", "nächster Tag"]
    );
}

#[test]
fn a_deadline_of_the_offer_counts_for_runs_without_one() {
    let runs = json!([run(1, &json!({ "start": "2026-12-10T17:00:00Z" }))]);
    let index = TestIndex::with(&[offer(1, &json!({ "runs": runs, "registration": { "deadline": "2026-12-01" } }))], &[]);
    let query = OfferQuery { bookable: true, ..OfferQuery::default() };
    assert_eq!(items(&index, &query, at("2026-12-01T22:30:00Z")).len(), 1);
    assert_eq!(items(&index, &query, at("2026-12-01T23:00:00Z")).len(), 0);
    assert!(!items(&index, &OfferQuery::default(), at("2026-12-01T23:00:00Z"))[0].next_run.as_ref().unwrap().bookable);
}

#[test]
fn titles_come_in_the_wished_language_and_are_found_in_it() {
    let translations = json!({ "en": { "title": "Pottery at the wheel", "summary": "For beginners" }, "uk": { "title": "Гончарство" }, "de-simple": { "title": "Töpfern leicht" } });
    let index = TestIndex::with(&[offer(1, &json!({ "title": "Töpfern", "translations": translations }))], &[]);
    let wish = |q: &str, language: &str| items(&index, &OfferQuery { language: language.to_owned(), ..OfferQuery::words(q) }, now());
    let english = &wish("wheels", "en")[0];
    assert_eq!(
        (english.title.as_str(), english.content_language.as_str(), english.summary.as_deref()),
        ("Pottery at the wheel", "en", Some("For beginners"))
    );
    assert_eq!(english.highlights.as_ref().unwrap().title, "Pottery at the <mark>wheel</mark>");
    assert_eq!(wish("гончарство", "uk")[0].title, "Гончарство");
    assert_eq!(wish("töpfern", "pl")[0].content_language, "de");
}

#[test]
fn highlights_are_escaped() {
    let over = json!({ "title": "<b>Keramik</b> & mehr", "summary": "Nichts", "description": format!("{} Wir **töpfern** \"frei\". {}", "Einleitung. ".repeat(40), "Ende. ".repeat(60)) });
    let index = TestIndex::with(&[offer(1, &over)], &[]);
    let titled = items(&index, &OfferQuery::words("keramiken"), now())[0].highlights.clone().unwrap();
    assert_eq!(titled.title, "&lt;b&gt;<mark>Keramik</mark>&lt;/b&gt; &amp; mehr");
    assert_eq!(items(&index, &OfferQuery::words("mehr"), now()).len(), 1);
    let found = items(&index, &OfferQuery::words("frei"), now());
    let highlights = found[0].highlights.clone().unwrap();
    assert_eq!(highlights.title, "&lt;b&gt;Keramik&lt;/b&gt; &amp; mehr");
    let text = highlights.text.unwrap();
    assert!(text.contains("töpfern &quot;<mark>frei</mark>&quot;.") && text.starts_with("… ") && text.ends_with(" …"), "{text}");
    assert!(items(&index, &OfferQuery::default(), now())[0].highlights.is_none());
}

#[test]
fn a_cursor_belongs_to_its_list() {
    let offers: Vec<_> = (0..5).map(|n| offer(n, &json!({ "title": "Töpfern" }))).collect();
    let index = TestIndex::with(&offers, &[]);
    let query = OfferQuery { limit: 2, ..OfferQuery::default() };
    let cursor = index.index.offers(&query, now()).unwrap().next;
    assert!(cursor.is_some());
    let ask = |query: OfferQuery, when| index.index.offers(&OfferQuery { cursor: cursor.clone(), ..query }, when);
    assert!(ask(query.clone(), now()).is_ok());
    assert!(ask(OfferQuery { limit: 3, language: "en".to_owned(), facets: true, ..query.clone() }, now()).is_ok(), "the same list");
    for other in
        [OfferQuery::words("töpfern"), query.clone().with(OfferFacet::Kind, "course"), OfferQuery { sort: Some(OfferSort::Title), ..query.clone() }]
    {
        assert!(matches!(ask(other, now()), Err(SearchError::Cursor)));
    }
    assert!(matches!(ask(query.clone(), now() + Duration::days(3)), Err(SearchError::Cursor)), "too old");
    assert!(matches!(index.index.offers(&OfferQuery { cursor: Some("x".to_owned()), ..query }, now()), Err(SearchError::Cursor)));
    assert!(matches!(
        index.index.offers(&OfferQuery { sort: Some(OfferSort::Distance), ..OfferQuery::default() }, now()),
        Err(SearchError::DistanceWithoutPoint)
    ));
}

#[test]
fn an_empty_list_says_why() {
    let at_place = |n: u32, ags: &str| place(n, &json!({ "ags": ags }));
    let index = TestIndex::with(
        &[
            offer(1, &json!({ "title": "Töpfern", "place": at_place(1, "13076108") })),
            offer(2, &json!({ "title": "Pflege", "price": { "type": "free" }, "place": at_place(2, "13076090") })),
        ],
        &[],
    );
    let page = index.index.offers(&OfferQuery::words("töpfern").with(OfferFacet::Area, "13076090"), now()).unwrap();
    let help = page.help.unwrap();
    assert_eq!((page.total, help.did_you_mean), (0, None));
    let reasons: Vec<_> = help.emptied_by.iter().map(|e| (e.parameter.as_str(), e.value.as_str(), e.total_without)).collect();
    assert_eq!(reasons, [("area", "13076090", 1), ("q", "töpfern", 1)]);
    let page = index.index.offers(&OfferQuery::words("Pfelge"), now()).unwrap();
    assert_eq!((page.total, page.help.unwrap().did_you_mean.as_deref()), (1, Some("pflege")));
    assert!(index.index.offers(&OfferQuery::words("pflege"), now()).unwrap().help.is_none());
    let nothing = index.index.offers(&OfferQuery::default().with(OfferFacet::Price, "paid"), now()).unwrap().help.unwrap();
    assert_eq!(nothing.emptied_by[0].total_without, 2);
}

#[test]
fn distance_is_to_the_nearest_place() {
    let near = Near { point: GeoPoint { lat: 53.4258, lon: 11.8481 }, radius_km: 30.0 };
    let spot = |n: u32, lat: f64| place(n, &json!({ "geo": { "lat": lat, "lon": 11.8481 } }));
    let two = json!([run(1, &json!({ "rollingStart": true, "place": spot(3, 53.4267) }))]);
    let index = TestIndex::with(
        &[
            offer(1, &json!({ "title": "zehn", "place": spot(1, 53.5157) })),
            offer(2, &json!({ "title": "weit", "place": spot(2, 53.9) })),
            offer(3, &json!({ "title": "hier und weit", "place": spot(4, 53.8), "runs": two })),
            offer(4, &json!({ "title": "nirgends" })),
        ],
        &[],
    );
    let found = items(&index, &OfferQuery { near: Some(near), sort: Some(OfferSort::Distance), ..OfferQuery::default() }, now());
    let found: Vec<_> = found.iter().map(|i| (i.title.as_str(), i.distance_km.unwrap())).collect();
    assert_eq!(found, [("hier und weit", 0.1), ("zehn", 9.9)]);
}

#[test]
fn organisations_with_their_offers() {
    let index = TestIndex::new();
    let library = organization(
        900_000,
        &json!({ "name": "Bibliothek", "kind": "library", "ags": "13076108", "municipality": "Parchim", "sponsor": "public", "networkMemberSince": "2025-01-01" }),
    );
    let oven = organization(2, &json!({ "name": "Ofenmuseum", "kind": "museum", "geo": { "lat": 53.4, "lon": 11.8 } }));
    let past = offer(2, &json!({ "runs": [run(1, &json!({ "start": "2026-01-01", "end": "2026-01-02" }))] }));
    index.put(&[offer(1, &json!({})), past], &[library, oven]);
    let ask = |query: &OrganizationQuery| index.index.organizations(query, now()).unwrap();
    let read =
        |query: &OrganizationQuery| -> Vec<OrganizationItem> { ask(query).items.iter().map(|i| serde_json::from_str(i.get()).unwrap()).collect() };
    let all = read(&OrganizationQuery::default());
    assert_eq!(all.iter().map(|o| (o.name.as_str(), o.offer_count)).collect::<Vec<_>>(), [("Bibliothek", 1), ("Ofenmuseum", 0)]);
    assert!(all[0].network_member && !all[1].network_member);
    index.put(&[offer(3, &json!({}))], &[]);
    assert_eq!(read(&OrganizationQuery::words("bibliotheken"))[0].offer_count, 2);
    let page = ask(&OrganizationQuery { facets: true, ..OrganizationQuery::default().with(OrganizationFacet::Area, "13076") });
    assert_eq!(page.total, 1);
    let facets = page.facets.unwrap();
    assert_eq!(facets["kind"].iter().map(|c| (c.code.as_str(), c.count)).collect::<Vec<_>>(), [("library", 1)]);
    assert!(facets["area"].iter().any(|c| c.code == "13076108"));
    let near = Near { point: GeoPoint { lat: 53.4, lon: 11.8 }, radius_km: 5.0 };
    assert_eq!(
        read(&OrganizationQuery { near: Some(near), sort: Some(OrganizationSort::Distance), ..OrganizationQuery::default() })[0].distance_km,
        Some(0.0)
    );
    let one = index.index.organizations(&OrganizationQuery { limit: 1, ..OrganizationQuery::default() }, now()).unwrap();
    let rest = read(&OrganizationQuery { limit: 1, cursor: one.next, ..OrganizationQuery::default() });
    assert_eq!(rest[0].name, "Ofenmuseum");
    let counts = index.index.counts(now()).unwrap();
    assert_eq!((counts.offers, counts.organizations), (2, 2));
}

#[test]
fn changes_replace_withdraw_and_survive() {
    let index = TestIndex::new();
    assert_eq!((index.index.last_seq(), index.index.generation()), (0, 1));
    index.put(&[offer(1, &json!({ "title": "alt" })), offer(2, &json!({ "title": "bleibt" }))], &[]);
    index.put(&[offer(1, &json!({ "title": "neu" }))], &[]);
    assert_eq!(titles(&index, &OfferQuery { sort: Some(OfferSort::Title), ..OfferQuery::default() }, now()), ["bleibt", "neu"]);
    index
        .index
        .write(|w| {
            w.put_offer(&offer(1, &json!({ "state": "withdrawn" })))?;
            w.commit(77)
        })
        .unwrap();
    assert_eq!(titles(&index, &OfferQuery::default(), now()), ["bleibt"]);
    assert_eq!((index.index.last_seq(), index.index.generation()), (77, 4));
    let failed: Result<(), _> = index.index.write(|w| {
        w.clear()?;
        Err(SearchError::Cursor)
    });
    assert!(failed.is_err());
    index.index.write(|w| w.commit(78)).unwrap();
    assert_eq!(titles(&index, &OfferQuery::default(), now()), ["bleibt"], "what a failed write did is dropped");
    let TestIndex { index, folder } = index;
    drop(index);
    let again = search::SearchIndex::open(folder.path(), support::analysis(), support::vocabularies(), support::region()).unwrap();
    assert_eq!(again.last_seq(), 78);
    assert_eq!(again.offers(&OfferQuery::default(), now()).unwrap().total, 1);
    drop(again);
    let other = search::Analysis::from_data("", "deutsch\nkurs", "");
    let anew = search::SearchIndex::open(folder.path(), other, support::vocabularies(), support::region()).unwrap();
    assert_eq!((anew.last_seq(), anew.offers(&OfferQuery::default(), now()).unwrap().total), (0, 0), "other word lists, another index");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn suggestions_while_typing() {
    let index = TestIndex::with(
        &[
            offer(1, &json!({ "title": "Deutschkurs A1", "topics": ["german-second-language"] })),
            offer(2, &json!({ "title": "Deutsch am Abend", "topics": ["german-second-language"] })),
            offer(3, &json!({ "title": "Küche der Welt" })),
        ],
        &[organization(9, &json!({ "name": "Deutsches Haus" }))],
    );
    let ask = |text: &str| index.index.suggest(text, "de", 10, now()).unwrap();
    let of = |text: &str, kind: SuggestionKind| -> Vec<String> { ask(text).into_iter().filter(|s| s.kind == kind).map(|s| s.text).collect() };
    let deut = ask("deut");
    assert_eq!(deut[0].text, "Deutsch");
    assert_eq!(deut[0].highlight, "<mark>Deut</mark>sch");
    assert_eq!(of("deut", SuggestionKind::Organization), ["Deutsches Haus"]);
    assert!(deut.iter().any(|s| s.kind == SuggestionKind::Topic && s.code.as_deref() == Some("german-second-language")));
    let offers = ask("deutschk").into_iter().find(|s| s.kind == SuggestionKind::Offer).unwrap();
    assert_eq!((offers.text.as_str(), offers.id, offers.slug.as_deref()), ("Deutschkurs A1", Some(support::id(1)), Some("eintrag-1")));
    for typed in ["Küch", "kueche", "kuch"] {
        assert_eq!(of(typed, SuggestionKind::Query), ["Küche"], "{typed}");
    }
    assert!(of("parch", SuggestionKind::Place).contains(&"Parchim".to_owned()));
    assert_eq!(of("lubth", SuggestionKind::Place), ["Lübtheen"]);
    assert_eq!(of("abend deut", SuggestionKind::Query)[0], "abend Deutsch");
    assert!(ask("").is_empty() && ask("  <b> ").len() <= 10);
    assert!(index.index.suggest("d", "de", 3, now()).unwrap().len() <= 3);
}
