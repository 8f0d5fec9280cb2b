//! `GET /suggest`: words, topics, places, organisations and offers that begin with what is being typed.

use super::highlight::marked;
use super::{Suggestion, SuggestionKind};
use crate::SearchError;
use crate::analysis::for_each_word;
use crate::index::{Documents, SEPARATOR, Snapshot, minute, without_umlauts};
use domain::areas::{AreaKind, Region};
use domain::text::fold;
use domain::vocabularies::{Concept, Vocabularies, ids};
use domain::{Timestamp, Uuid};
use std::collections::HashMap;
use tantivy::Term;

/// At most so many terms are looked at for one prefix.
const MOST_TERMS: usize = 400;

/// At most so many suggestions of one kind before the others had their turn.
const EACH: usize = 3;

/// A word as it is written most often, and how many documents have it.
struct Completion {
    written: String,
    frequency: u64,
    terms: Vec<String>,
}

pub(crate) fn suggest(
    snapshot: &Snapshot,
    documents: &Documents,
    text: &str,
    language: &str,
    limit: usize,
    now: Timestamp,
) -> Result<Vec<Suggestion>, SearchError> {
    let mut typed = Vec::new();
    for_each_word(text, |from, to, word| typed.push((from, to, word.to_owned())));
    let Some((from, _, last)) = typed.last().cloned() else { return Ok(Vec::new()) };
    let before = text.get(..from).unwrap_or_default().trim_start();
    let completions = complete(snapshot, &last)?;

    let words = completions.iter().map(|completion| {
        let text = format!("{before}{}", completion.written);
        simple(SuggestionKind::Query, &text, &last)
    });
    let mut kinds: Vec<Vec<Suggestion>> = vec![words.take(limit).collect()];
    kinds.push(topics(documents, language, text.trim()));
    kinds.push(places(documents, text.trim()));
    let view = snapshot.view(minute(now))?;
    let organizations = records(snapshot, &completions, &typed, language, |doc| snapshot.organizations().contains(doc))?;
    kinds.push(organizations.into_iter().map(|(doc, title, slug)| record(snapshot, SuggestionKind::Organization, doc, title, slug, &last)).collect());
    let offers = records(snapshot, &completions, &typed, language, |doc| view.offers.contains(doc))?;
    kinds.push(offers.into_iter().map(|(doc, title, slug)| record(snapshot, SuggestionKind::Offer, doc, title, slug, &last)).collect());
    Ok(mix(kinds, limit))
}

/// Takes a few of each kind first, then what is left, in the order of the kinds.
fn mix(kinds: Vec<Vec<Suggestion>>, limit: usize) -> Vec<Suggestion> {
    let mut chosen: Vec<(usize, Suggestion)> = Vec::new();
    let mut spare: Vec<(usize, Suggestion)> = Vec::new();
    for (at, kind) in kinds.into_iter().enumerate() {
        for (rank, suggestion) in kind.into_iter().enumerate() {
            if rank < EACH { chosen.push((at, suggestion)) } else { spare.push((at, suggestion)) }
        }
    }
    chosen.truncate(limit);
    let room = limit - chosen.len();
    chosen.extend(spare.into_iter().take(room));
    chosen.sort_by_key(|(at, _)| *at);
    chosen.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// What is found about a word.
#[derive(Default)]
struct Found {
    frequency: u64,
    spellings: HashMap<String, u64>,
    terms: Vec<String>,
}

/// Words of titles and labels that begin with `prefix`, the most frequent first.
fn complete(snapshot: &Snapshot, prefix: &str) -> Result<Vec<Completion>, SearchError> {
    let mut found: HashMap<String, Found> = HashMap::new();
    let folded = fold(prefix);
    let end = upper_bound(&folded);
    for placed in &snapshot.segments {
        let mut range = placed.segment.prefix.terms().range().ge(folded.as_bytes());
        if let Some(end) = &end {
            range = range.lt(end.as_bytes());
        }
        let mut terms = range.into_stream()?;
        let mut looked = 0;
        while looked < MOST_TERMS && terms.advance() {
            looked += 1;
            let frequency = u64::from(terms.value().doc_freq);
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            let Some((_, written)) = term.split_once(SEPARATOR) else { continue };
            let known = found.entry(fold(written)).or_default();
            // A word with umlauts stands there twice, with and without them.
            if !known.terms.iter().any(|t| t == term) {
                known.terms.push(term.to_owned());
            }
            *known.spellings.entry(written.to_owned()).or_default() += frequency;
            known.frequency += frequency;
        }
    }
    let mut completions: Vec<Completion> = found
        .into_values()
        .filter_map(|Found { frequency, spellings, terms }| {
            let (written, _) = spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
            Some(Completion { written, frequency, terms })
        })
        .collect();
    completions.sort_by(|a, b| b.frequency.cmp(&a.frequency).then_with(|| a.written.cmp(&b.written)));
    Ok(completions)
}

/// The first text after all that begin with `prefix`.
fn upper_bound(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        if let Some(next) = char::from_u32(u32::from(last) + 1) {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

/// The spellings of a label: folded, and without umlauts.
type Spellings = [String; 2];

/// Labels of topics and names of areas, folded once.
pub(crate) struct Names {
    /// In the order of the vocabulary.
    topics: Vec<Vec<Spellings>>,
    /// In the order of the region.
    areas: Vec<Spellings>,
}

impl Names {
    /// Folds labels and names.
    pub(crate) fn new(vocabularies: &Vocabularies, region: &Region) -> Self {
        let labels = |c: &Concept| c.label.values().chain(c.alt_labels.values().flatten()).map(|label| spellings(label)).collect();
        Self {
            topics: vocabularies.get(ids::TOPICS).map(|topics| topics.concepts.iter().map(labels).collect()).unwrap_or_default(),
            areas: region.areas().iter().map(|area| spellings(&area.name)).collect(),
        }
    }
}

fn spellings(text: &str) -> Spellings {
    [fold(text), without_umlauts(&text.to_lowercase())]
}

fn topics(documents: &Documents, language: &str, text: &str) -> Vec<Suggestion> {
    let Some(topics) = documents.vocabularies.get(ids::TOPICS) else { return Vec::new() };
    let mut found = Vec::new();
    let typed = spellings(text);
    for (concept, labels) in topics.concepts.iter().zip(&documents.names.topics) {
        if labels.iter().any(|label| begins(label, &typed)) {
            found.push(Suggestion { code: Some(concept.code.clone()), ..simple(SuggestionKind::Topic, concept.label_in(language), text) });
        }
        if found.len() >= EACH {
            break;
        }
    }
    found
}

fn places(documents: &Documents, text: &str) -> Vec<Suggestion> {
    let typed = spellings(text);
    let named = documents.region.areas().iter().zip(&documents.names.areas);
    let mut areas: Vec<_> = named.filter(|(area, name)| area.kind != AreaKind::County && begins(name, &typed)).map(|(area, _)| area).collect();
    areas.sort_by_key(|area| (area.kind != AreaKind::Municipality, std::cmp::Reverse(area.population), area.key.clone()));
    let suggestion = |area: &&domain::areas::Area| Suggestion { code: Some(area.key.clone()), ..simple(SuggestionKind::Place, &area.name, text) };
    areas.iter().take(EACH).map(suggestion).collect()
}

/// Whether one of the words of a label begins with what was typed, whatever the spelling.
fn begins(label: &Spellings, typed: &Spellings) -> bool {
    let starts = |label: &str, typed: &str| {
        label.match_indices(typed).any(|(at, _)| label.get(..at).is_some_and(|before| !before.chars().next_back().is_some_and(char::is_alphanumeric)))
    };
    label.iter().zip(typed).any(|(label, typed)| !typed.is_empty() && starts(label, typed))
}

/// Shown records with one of the completed words in the title, and with all words typed before.
fn records(
    snapshot: &Snapshot,
    completions: &[Completion],
    typed: &[(usize, usize, String)],
    language: &str,
    shown: impl Fn(u32) -> bool,
) -> Result<Vec<(u32, String, String)>, SearchError> {
    let words: Vec<Spellings> = typed.iter().map(|(_, _, word)| spellings(word)).collect();
    let mut found: Vec<(u32, String, String)> = Vec::new();
    let mut read = 0;
    for term in completions.iter().take(4).flat_map(|c| c.terms.iter()) {
        let mut docs = Vec::new();
        let term = Term::from_field_text(snapshot.fields.prefix, term);
        snapshot.each_posting(
            |s| &s.prefix,
            &term,
            |doc| {
                if docs.len() < 8 && shown(doc) {
                    docs.push(doc);
                }
            },
        )?;
        for doc in docs {
            // Labels complete words too; only records whose title has the word are suggested.
            if found.len() >= EACH || read >= 12 {
                return Ok(found);
            }
            if found.iter().any(|(known, _, _)| *known == doc) {
                continue;
            }
            read += 1;
            let (title, slug) = snapshot.item(doc, |item| {
                let title = item.text_in(language).map_or_else(String::new, |t| t.title.to_owned());
                Ok((title, item.slug().to_owned()))
            })?;
            let folded = spellings(&title);
            if words.iter().all(|word| begins(&folded, word)) && !found.iter().any(|(_, known, _)| *known == title) {
                found.push((doc, title, slug));
            }
        }
    }
    Ok(found)
}

fn record(snapshot: &Snapshot, kind: SuggestionKind, doc: u32, title: String, slug: String, typed: &str) -> Suggestion {
    Suggestion { id: Some(Uuid::from_u128(snapshot.id(doc))), slug: Some(slug), ..simple(kind, &title, typed) }
}

fn simple(kind: SuggestionKind, text: &str, typed: &str) -> Suggestion {
    Suggestion { kind, text: text.to_owned(), highlight: marked(text, &typed_in(text, typed)), id: None, slug: None, code: None }
}

/// Where what was typed stands at the beginning of words.
fn typed_in(text: &str, typed: &str) -> Vec<(usize, usize)> {
    let wanted = [fold(typed), without_umlauts(&typed.to_lowercase())];
    let mut ranges = Vec::new();
    for_each_word(text, |from, to, _| {
        let word = text.get(from..to).unwrap_or_default();
        // The shortest beginning that folds to what was typed: umlauts fold to two letters.
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = ends.into_iter().find(|end| {
            let head = word.get(..*end).unwrap_or_default();
            fold(head) == wanted[0] || without_umlauts(&head.to_lowercase()) == wanted[1]
        });
        ranges.extend(end.map(|end| (from, from + end)));
    });
    ranges
}
