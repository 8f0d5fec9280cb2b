//! The relevance set: what must be found, in which order, and what must not.
//!
//! `catalogue.toml` holds invented records, `queries.toml` what is asked of them. All failures are reported at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../../crates/search/tests/support/mod.rs"]
mod support;

use search::{OfferFacet, OfferQuery, OrganizationQuery};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Catalogue {
    organization: Vec<OrganizationEntry>,
    offer: Vec<OfferEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OrganizationEntry {
    key: String,
    name: String,
    kind: String,
    place: Option<String>,
    summary: Option<String>,
    alternate: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OfferEntry {
    key: String,
    title: String,
    organization: String,
    summary: Option<String>,
    description: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    keywords: Vec<String>,
    kind: Option<String>,
    course: Option<String>,
    place: Option<String>,
    languages: Option<Vec<String>>,
    #[serde(default)]
    translations: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Queries {
    query: Vec<Query>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Query {
    /// What is typed.
    q: String,
    /// Why this query is here.
    class: String,
    /// Must be among the results.
    #[serde(default)]
    find: Vec<String>,
    /// Must be the first results, in any order among themselves.
    #[serde(default)]
    first: Vec<String>,
    /// Each before the next.
    #[serde(default)]
    order: Vec<String>,
    /// Must not be among the results.
    #[serde(default)]
    never: Vec<String>,
    /// At most so many results.
    most: Option<u64>,
    /// Must give the same results as this query.
    same_as: Option<String>,
    /// Only in this area.
    area: Option<String>,
    /// What must be offered instead.
    did_you_mean: Option<String>,
    /// Organisations instead of offers.
    #[serde(default)]
    organizations: bool,
}

fn catalogue() -> (support::TestIndex, HashMap<String, String>) {
    let catalogue: Catalogue = toml::from_str(include_str!("catalogue.toml")).unwrap();
    let region = support::region();
    let vocabularies = support::vocabularies();
    let municipality = |name: &str| {
        let found = region.by_name(name);
        assert_eq!(found.len(), 1, "place {name}");
        (found[0].key.clone(), found[0].name.clone())
    };
    let mut keys = HashMap::new();
    let mut organizations = Vec::new();
    let mut by_key = HashMap::new();
    for (number, entry) in (1000u32..).zip(&catalogue.organization) {
        vocabularies.check("organization-kinds", &entry.kind).unwrap();
        let mut over = json!({ "name": entry.name, "kind": entry.kind });
        if let Some((ags, name)) = entry.place.as_deref().map(municipality) {
            over["ags"] = json!(ags);
            over["municipality"] = json!(name);
        }
        set(&mut over, "summary", &entry.summary);
        set(&mut over, "alternateName", &entry.alternate);
        let record = support::organization(number, &over);
        keys.insert(record.meta.id.to_string(), entry.key.clone());
        by_key.insert(entry.key.clone(), (serde_json::to_value(record.summary()).unwrap(), entry.place.clone()));
        organizations.push(record);
    }
    let mut offers = Vec::new();
    for (number, entry) in (1u32..).zip(&catalogue.offer) {
        entry.topics.iter().for_each(|t| vocabularies.check("topics", t).unwrap());
        entry.groups.iter().for_each(|t| vocabularies.check("target-groups", t).unwrap());
        let (organization, home) = by_key.get(&entry.organization).unwrap_or_else(|| panic!("{}: organisation", entry.key));
        let mut over = json!({ "title": entry.title, "topics": entry.topics, "targetGroups": entry.groups, "keywords": entry.keywords, "organization": organization, "translations": entry.translations });
        if let Some((ags, name)) = entry.place.as_deref().or(home.as_deref()).map(municipality) {
            over["place"] = support::place(
                number,
                &json!({ "name": "Raum 1", "ags": ags, "municipality": name, "address": { "country": "DE", "locality": name } }),
            );
        }
        set(&mut over, "summary", &entry.summary);
        set(&mut over, "description", &entry.description);
        set(&mut over, "kind", &entry.kind);
        set(&mut over, "bamfCourseType", &entry.course);
        if let Some(languages) = &entry.languages {
            over["languages"] = json!(languages);
        }
        let record = support::offer(number, &over);
        assert!(keys.insert(record.meta.id.to_string(), entry.key.clone()).is_none());
        offers.push(record);
    }
    (support::TestIndex::with(&offers, &organizations), keys)
}

fn set(over: &mut Value, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        over[name] = json!(value);
    }
}

struct Answer {
    keys: Vec<String>,
    total: u64,
    did_you_mean: Option<String>,
}

fn ask(index: &support::TestIndex, keys: &HashMap<String, String>, query: &Query, text: &str) -> Answer {
    let (items, total, help) = if query.organizations {
        let page = index.index.organizations(&OrganizationQuery { limit: 100, ..OrganizationQuery::words(text) }, support::now()).unwrap();
        (page.items, page.total, page.help)
    } else {
        let mut asked = OfferQuery { limit: 100, ..OfferQuery::words(text) };
        if let Some(area) = &query.area {
            let area = support::region().by_name(area).first().map(|a| a.key.clone()).unwrap_or_else(|| area.clone());
            asked = asked.with(OfferFacet::Area, &area);
        }
        let page = index.index.offers(&asked, support::now()).unwrap();
        (page.items, page.total, page.help)
    };
    let keys = items
        .iter()
        .map(|item| {
            let item: Value = serde_json::from_str(item.get()).unwrap();
            keys[item["id"].as_str().unwrap()].clone()
        })
        .collect();
    Answer { keys, total, did_you_mean: help.and_then(|h| h.did_you_mean) }
}

fn check(index: &support::TestIndex, keys: &HashMap<String, String>, query: &Query) -> Vec<String> {
    let answer = ask(index, keys, query, &query.q);
    let mut wrong = Vec::new();
    let place = |key: &String| answer.keys.iter().position(|k| k == key);
    for key in query.find.iter().chain(&query.first).chain(&query.order).chain(&query.never) {
        assert!(keys.values().any(|k| k == key), "{}: no record {key}", query.q);
    }
    for key in query.find.iter().chain(&query.order).filter(|key| place(key).is_none()) {
        wrong.push(format!("{key} is missing"));
    }
    if let Some(head) = answer.keys.get(..query.first.len()) {
        for key in query.first.iter().filter(|key| !head.contains(key)) {
            wrong.push(format!("{key} is not among the first {}", query.first.len()));
        }
    } else {
        wrong.push(format!("fewer than {} results", query.first.len()));
    }
    for pair in query.order.windows(2) {
        if place(&pair[0]) > place(&pair[1]) {
            wrong.push(format!("{} is not above {}", pair[0], pair[1]));
        }
    }
    for key in query.never.iter().filter(|key| place(key).is_some()) {
        wrong.push(format!("{key} is found"));
    }
    if let Some(most) = query.most.filter(|most| answer.total > *most) {
        wrong.push(format!("{} results, at most {most} allowed", answer.total));
    }
    if let Some(same) = &query.same_as {
        let (mut mine, mut theirs) = (answer.keys.clone(), ask(index, keys, query, same).keys);
        mine.sort();
        theirs.sort();
        if mine != theirs {
            wrong.push(format!("not the same as „{same}“: {theirs:?}"));
        }
    }
    if query.did_you_mean.is_some() && query.did_you_mean != answer.did_you_mean {
        wrong.push(format!("suggests {:?} instead of {:?}", answer.did_you_mean, query.did_you_mean));
    }
    if !wrong.is_empty() {
        wrong.push(format!("results: {:?}", answer.keys));
    }
    wrong
}

#[test]
fn every_query_gives_what_it_must() {
    let (index, keys) = catalogue();
    let queries: Queries = toml::from_str(include_str!("queries.toml")).unwrap();
    assert!(queries.query.len() >= 120, "the set has only {} queries", queries.query.len());
    let mut report = String::new();
    for query in &queries.query {
        let wrong = check(&index, &keys, query);
        if !wrong.is_empty() {
            let _ = writeln!(report, "„{}“ ({}): {}", query.q, query.class, wrong.join("; "));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
