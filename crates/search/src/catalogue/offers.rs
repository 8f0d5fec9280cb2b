//! `GET /offers`.

mod filters;
mod render;

pub(super) use render::{common, member};

use super::cursor::{Cursor, Key, hash_of};
use super::matching::{Hit, Matcher};
use super::narrow::{self, Filter};
use super::rank::{self, Ranked};
use super::understand::{Meaning, understand};
use super::{EmptiedBy, Help, OfferFacet, OfferPage, OfferQuery, OfferSort};
use crate::SearchError;
use crate::index::{Bits, Documents, Snapshot, View, minute, title_of};
use domain::Timestamp;
use std::collections::HashMap;

/// What a text matches among the documents that are shown.
pub(super) struct TextMatch {
    pub(super) meaning: Meaning,
    pub(super) hits: Vec<Hit>,
    pub(super) docs: Bits,
}

/// Matches a text; where nothing has all of it, with less and less of it.
pub(super) fn match_text(snapshot: &Snapshot, documents: &Documents, shown: &Bits, text: &str) -> Result<TextMatch, SearchError> {
    let meaning = understand(snapshot, &documents.analysis, text)?;
    let count = meaning.groups.len();
    let mut matcher = Matcher::new(snapshot);
    let mut hits = Vec::new();
    // One word of three or four may be missing, two of more; a question is not answered by half of it.
    let ways = (0..=count.saturating_sub(1).min(4) / 2).flat_map(|missing| [(missing, false), (missing, true)]);
    for (missing, wide) in ways.take_while(|_| count > 0) {
        matcher.wide = wide;
        hits = matcher.at_least(&meaning.groups, count - missing)?;
        hits.retain(|(doc, _)| shown.contains(*doc));
        if !hits.is_empty() {
            break;
        }
    }
    let mut docs = Bits::none(snapshot.len);
    hits.iter().for_each(|(doc, _)| docs.insert(*doc));
    Ok(TextMatch { meaning, hits, docs })
}

/// Everything that defines the list, except where it is read.
fn hash(query: &OfferQuery) -> [u8; 6] {
    hash_of(&format!("{:?}", OfferQuery { limit: 0, cursor: None, facets: false, language: String::new(), ..query.clone() }))
}

pub(crate) fn offers(snapshot: &Snapshot, documents: &Documents, query: &OfferQuery, now: Timestamp) -> Result<OfferPage, SearchError> {
    let hash = hash(query);
    let cursor = query.cursor.as_deref().map(|text| Cursor::decode(text, hash, minute(now))).transpose()?;
    let view = snapshot.view(cursor.as_ref().map_or_else(|| minute(now), |c| c.minute))?;
    let words = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let text = words.map(|text| match_text(snapshot, documents, &view.offers, text)).transpose()?;
    let candidates = text.as_ref().map_or(&view.offers, |t| &t.docs);
    let distances = query.near.map(|near| narrow::around(snapshot, candidates, near));
    let filters = filters::filters(snapshot, documents, query, &view, candidates, distances.as_deref())?;
    let hits = narrow::passing(candidates, &filters, None);
    let total = if text.is_none() && filters.is_empty() { view.offer_count } else { hits.count() };

    let ranked = rank(snapshot, &view, query, text.as_ref(), &hits, total, distances.as_deref(), cursor.as_ref())?;
    let by_doc: HashMap<u32, i64> = if ranked.docs.is_empty() { HashMap::new() } else { distances.into_iter().flatten().collect() };
    let mut items = Vec::with_capacity(ranked.docs.len());
    for doc in &ranked.docs {
        items.push(render::item(
            snapshot,
            documents,
            *doc,
            &query.language,
            view.minute * 60,
            by_doc.get(doc).copied(),
            text.as_ref().map(|t| &t.meaning),
        )?);
    }
    let facets = if query.facets {
        let known = text.is_none().then(|| view.offer_counts(snapshot));
        let counts = narrow::counts(snapshot, candidates, &filters, &hits, known);
        Some(narrow::facets(snapshot, &counts, OfferFacet::ALL.iter().map(|f| (f.ordinal(), f.parameter()))))
    } else {
        None
    };
    let help = help(words, text.as_ref(), &view.offers, candidates, &filters, total);
    let next = ranked.last.map(|(key, id)| Cursor { key, id, minute: view.minute }.encode(hash));
    Ok(OfferPage { items, total, next, facets, help })
}

#[allow(clippy::too_many_arguments)]
fn rank(
    snapshot: &Snapshot,
    view: &View,
    query: &OfferQuery,
    text: Option<&TextMatch>,
    hits: &Bits,
    total: u64,
    distances: Option<&[(u32, i64)]>,
    cursor: Option<&Cursor>,
) -> Result<Ranked, SearchError> {
    let limit = query.limit.max(1);
    let number = |doc: u32, of: &dyn Fn(&crate::index::Segment, u32) -> i64| {
        Key::Number(snapshot.locate(doc).map_or(i64::MAX, |(placed, local)| of(&placed.segment, local)))
    };
    let sort = query.sort.unwrap_or(if text.is_some() { OfferSort::Relevance } else { OfferSort::Start });
    match (sort, text) {
        (OfferSort::Relevance, Some(text)) => rank::by_score(snapshot, &text.hits, hits, limit, cursor),
        (OfferSort::Relevance | OfferSort::Start, _) => {
            let key = |doc| number(doc, &|s, local| s.next_start(local, view.minute).unwrap_or(i64::MAX));
            Ok(rank::by_order(snapshot, view.by_start(snapshot), hits, total, limit, cursor, key))
        }
        (OfferSort::Newest, _) => {
            let key = |doc| number(doc, &|s, local| -s.created.first(local).unwrap_or_default());
            Ok(rank::by_order(snapshot, snapshot.by_newest(), hits, total, limit, cursor, key))
        }
        (OfferSort::Title, _) => {
            Ok(rank::by_order(snapshot, snapshot.by_title()?, hits, total, limit, cursor, |doc| Key::Text(title_of(snapshot, doc))))
        }
        (OfferSort::Distance, _) => {
            let distances = distances.ok_or(SearchError::DistanceWithoutPoint)?;
            rank::by_number(snapshot, distances.iter().filter(|(doc, _)| hits.contains(*doc)).copied(), limit, cursor)
        }
    }
}

/// What to do about an empty list or an unknown word.
pub(super) fn help(words: Option<&str>, text: Option<&TextMatch>, shown: &Bits, candidates: &Bits, filters: &[Filter], total: u64) -> Option<Help> {
    let corrected = text.and_then(|t| t.meaning.corrected.clone());
    let mut help = Help { did_you_mean: corrected, emptied_by: Vec::new() };
    if total == 0 {
        for (at, filter) in filters.iter().enumerate() {
            let total_without = narrow::passing(candidates, filters, Some(at)).count();
            if total_without > 0 {
                help.emptied_by.push(EmptiedBy { parameter: filter.parameter.to_owned(), value: filter.value.clone(), total_without });
            }
        }
        if let Some(words) = words
            && !filters.is_empty()
            && candidates.count() > 0
        {
            let total_without = narrow::passing(shown, filters, None).count();
            if total_without > 0 {
                help.emptied_by.push(EmptiedBy { parameter: "q".to_owned(), value: words.to_owned(), total_without });
            }
        }
        help.emptied_by.sort_by(|a, b| b.total_without.cmp(&a.total_without).then_with(|| a.parameter.cmp(&b.parameter)));
    }
    (!help.is_empty()).then_some(help)
}
