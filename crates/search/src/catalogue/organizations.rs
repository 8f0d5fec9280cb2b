//! `GET /organizations`.

use super::cursor::{Cursor, Key, hash_of};
use super::narrow::{self, Filter};
use super::offers::{TextMatch, common, help, match_text, member};
use super::rank::{self, Ranked};
use super::understand::Meaning;
use super::{OrganizationFacet, OrganizationPage, OrganizationQuery, OrganizationSort};
use crate::SearchError;
use crate::index::{Bits, Documents, NETWORK_MEMBER, OF_ORGANIZATION, Snapshot, View, group_of_organization, minute, title_of};
use domain::Timestamp;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt::Write;

fn hash(query: &OrganizationQuery) -> [u8; 6] {
    hash_of(&format!("{:?}", OrganizationQuery { limit: 0, cursor: None, facets: false, language: String::new(), ..query.clone() }))
}

pub(crate) fn organizations(
    snapshot: &Snapshot,
    documents: &Documents,
    query: &OrganizationQuery,
    now: Timestamp,
) -> Result<OrganizationPage, SearchError> {
    let hash = hash(query);
    let cursor = query.cursor.as_deref().map(|text| Cursor::decode(text, hash, minute(now))).transpose()?;
    let view = snapshot.view(cursor.as_ref().map_or_else(|| minute(now), |c| c.minute))?;
    let words = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let shown = snapshot.organizations();
    let text = words.map(|text| match_text(snapshot, documents, shown, text)).transpose()?;
    let candidates = text.as_ref().map_or(shown, |t| &t.docs);
    let distances = query.near.map(|near| narrow::around(snapshot, candidates, near));
    let filters = filters(snapshot, query, distances.as_deref())?;
    let hits = narrow::passing(candidates, &filters, None);
    let total = hits.count();

    let ranked = rank(snapshot, query, text.as_ref(), &hits, total, distances.as_deref(), cursor.as_ref())?;
    let by_doc: HashMap<u32, i64> = if ranked.docs.is_empty() { HashMap::new() } else { distances.into_iter().flatten().collect() };
    let mut items = Vec::with_capacity(ranked.docs.len());
    for doc in &ranked.docs {
        items.push(item(snapshot, documents, &view, *doc, &query.language, by_doc.get(doc).copied(), text.as_ref().map(|t| &t.meaning))?);
    }
    let facets = if query.facets {
        let known = text.is_none().then(|| view.organization_counts(snapshot));
        let counts = narrow::counts(snapshot, candidates, &filters, &hits, known);
        Some(narrow::facets(snapshot, &counts, OrganizationFacet::ALL.iter().map(|f| (group_of_organization(*f), f.parameter()))))
    } else {
        None
    };
    let help = help(words, text.as_ref(), shown, candidates, &filters, total);
    let next = ranked.last.map(|(key, id)| Cursor { key, id, minute: view.minute }.encode(hash));
    Ok(OrganizationPage { items, total, next, facets, help })
}

fn filters(snapshot: &Snapshot, query: &OrganizationQuery, distances: Option<&[(u32, i64)]>) -> Result<Vec<Filter>, SearchError> {
    let mut filters = Vec::new();
    for (facet, codes) in query.filters.iter().filter(|(_, codes)| !codes.is_empty()) {
        let passing = narrow::with_codes(snapshot, codes.iter().map(|code| format!("{OF_ORGANIZATION}{}={code}", facet.parameter())))?;
        let value = codes.iter().cloned().collect::<Vec<_>>().join(",");
        filters.push(Filter { parameter: facet.parameter(), value, group: Some(group_of_organization(*facet)), passing });
    }
    if query.network_member {
        let passing = narrow::with_codes(snapshot, [NETWORK_MEMBER.to_owned()])?;
        filters.push(Filter { parameter: "networkMember", value: "true".to_owned(), group: None, passing });
    }
    if let (Some(near), Some(distances)) = (query.near, distances) {
        let mut passing = Bits::none(snapshot.len);
        distances.iter().for_each(|(doc, _)| passing.insert(*doc));
        filters.push(Filter { parameter: "near", value: format!("{},{}", near.point.lat, near.point.lon), group: None, passing });
    }
    Ok(filters)
}

fn rank(
    snapshot: &Snapshot,
    query: &OrganizationQuery,
    text: Option<&TextMatch>,
    hits: &Bits,
    total: u64,
    distances: Option<&[(u32, i64)]>,
    cursor: Option<&Cursor>,
) -> Result<Ranked, SearchError> {
    let limit = query.limit.max(1);
    let sort = query.sort.unwrap_or(if text.is_some() { OrganizationSort::Relevance } else { OrganizationSort::Name });
    match (sort, text) {
        (OrganizationSort::Relevance, Some(text)) => rank::by_score(snapshot, &text.hits, hits, limit, cursor),
        (OrganizationSort::Relevance | OrganizationSort::Name, _) => {
            Ok(rank::by_order(snapshot, snapshot.by_title()?, hits, total, limit, cursor, |doc| Key::Text(title_of(snapshot, doc))))
        }
        (OrganizationSort::Distance, _) => {
            let distances = distances.ok_or(SearchError::DistanceWithoutPoint)?;
            rank::by_number(snapshot, distances.iter().filter(|(doc, _)| hits.contains(*doc)).copied(), limit, cursor)
        }
    }
}

fn item(
    snapshot: &Snapshot,
    documents: &Documents,
    view: &View,
    doc: u32,
    language: &str,
    distance: Option<i64>,
    meaning: Option<&Meaning>,
) -> Result<Box<RawValue>, SearchError> {
    snapshot.item(doc, |item| {
        let mut json = String::with_capacity(item.json.len() + 512);
        json.push('{');
        json.push_str(item.json);
        let text = item.text_in(language).ok_or(SearchError::Unreadable("stored item has no text"))?;
        member(&mut json, "name", text.title)?;
        if !text.summary.is_empty() {
            member(&mut json, "summary", text.summary)?;
        }
        member(&mut json, "contentLanguage", text.language)?;
        let _ = write!(json, ",\"offerCount\":{}", view.offers_of(snapshot, snapshot.id(doc)));
        common(&mut json, documents, &item, language, distance, meaning)?;
        json.push('}');
        RawValue::from_string(json).map_err(|_| SearchError::Unreadable("stored item is not JSON"))
    })
}
