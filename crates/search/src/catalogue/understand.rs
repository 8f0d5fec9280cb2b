//! What a text asks for: words, compounds, synonyms and typing mistakes as a tree of terms.

use crate::SearchError;
use crate::analysis::{Analysis, Word, content_words, for_each_word, foreign_forms};
use crate::index::Snapshot;
use std::collections::HashSet;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

/// More words than this are not looked at.
const MOST_WORDS: usize = 12;

/// Longer words are cut.
const LONGEST_WORD: usize = 60;

/// How much a synonym counts.
const SYNONYM: f32 = 0.6;
/// How much the parts of a compound count that stand apart.
const APART: f32 = 0.5;
/// How much a word counts that two typed words make together: as much as both.
const TOGETHER: f32 = 2.0;
/// How much a corrected word counts.
const CORRECTED: f32 = 0.5;
/// So many corrections of one word are tried.
const CORRECTIONS: usize = 4;

/// What has to be in a document.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// One word.
    Leaf(Leaf),
    /// All of them.
    All(Vec<Node>),
    /// One of them, each with its weight.
    Any(Vec<(Node, f32)>),
}

/// A word in all fields.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Term in German fields.
    pub(super) term: String,
    /// Terms in the field of other languages.
    pub(super) foreign: Vec<String>,
    /// Whether it is only looked for in titles and labels.
    pub(super) only_named: bool,
}

/// A text understood.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// What a document must have, one entry for each word or phrase. Empty: no text was given.
    pub(super) groups: Vec<Node>,
    /// Terms to mark in texts.
    pub(super) marked: HashSet<String>,
    /// Terms to mark in texts of other languages.
    pub(super) marked_foreign: HashSet<String>,
    /// The text with corrected words, if there was something to correct.
    pub(super) corrected: Option<String>,
}

/// Understands a text.
pub(super) fn understand(snapshot: &Snapshot, analysis: &Analysis, text: &str) -> Result<Meaning, SearchError> {
    let words: Vec<String> = content_words(text).into_iter().take(MOST_WORDS).map(|w| w.chars().take(LONGEST_WORD).collect()).collect();
    let analysed: Vec<_> = words.iter().map(|w| analysis.word(w)).collect();
    let stems: Vec<&str> = analysed.iter().map(|w| w.whole.as_str()).collect();
    let mut reader = Reader { snapshot, analysis, meaning: Meaning::default(), corrections: Vec::new() };
    let mut groups: Vec<(usize, usize, Node)> = Vec::new();
    let mut at = 0;
    while let (Some(word), Some(analysed_word), Some(rest)) = (words.get(at), analysed.get(at), stems.get(at..)) {
        let Some((length, meanings)) = analysis.synonyms().of(rest) else {
            groups.push((at, 1, reader.word(word, analysed_word)?));
            at += 1;
            continue;
        };
        let mut said = Vec::new();
        for (word, analysed) in words.iter().zip(&analysed).skip(at).take(length) {
            said.push(reader.plain(word, analysed));
        }
        let mut ways = vec![(Node::All(said), 1.0)];
        for meaning in meanings {
            let nodes = meaning.iter().map(|word| reader.plain(word, &analysis.word(word))).collect();
            ways.push((Node::All(nodes), SYNONYM));
        }
        groups.push((at, length, Node::Any(ways)));
        at += length;
    }
    reader.meaning.groups = reader.joined(groups, &words)?;
    reader.finish(text)
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    analysis: &'a Analysis,
    meaning: Meaning,
    corrections: Vec<(String, String)>,
}

impl Reader<'_> {
    fn leaf(&mut self, term: &str, foreign: Vec<String>, only_named: bool) -> Node {
        self.meaning.marked.insert(term.to_owned());
        self.meaning.marked_foreign.extend(foreign.iter().cloned());
        Node::Leaf(Leaf { term: term.to_owned(), foreign, only_named })
    }

    /// A word as it is, compounds also with their parts apart.
    fn plain(&mut self, word: &str, analysed: &Word) -> Node {
        let whole = self.leaf(&analysed.whole, foreign_forms(word), false);
        if !analysed.complete {
            return whole;
        }
        let parts = analysed.parts.iter().map(|part| self.leaf(part, Vec::new(), true)).collect();
        Node::Any(vec![(whole, 1.0), (Node::All(parts), APART)])
    }

    /// A word, corrected if the index does not know it.
    fn word(&mut self, word: &str, analysed: &Word) -> Result<Node, SearchError> {
        let plain = self.plain(word, analysed);
        if analysed.known || !correctable(word) || self.exists(&plain)? {
            return Ok(plain);
        }
        let corrections = self.corrections_of(word)?;
        if let Some(best) = corrections.first() {
            self.corrections.push((word.to_owned(), best.clone()));
        }
        let mut ways = vec![(plain, 1.0)];
        for correction in &corrections {
            ways.push((self.plain(correction, &self.analysis.word(correction)), CORRECTED));
        }
        Ok(Node::Any(ways))
    }

    /// Neighbours that are one word in the index (*line dance* – *Linedance*, *deutsch kurs* – *Deutschkurs*) may also be that word.
    fn joined(&mut self, groups: Vec<(usize, usize, Node)>, words: &[String]) -> Result<Vec<Node>, SearchError> {
        let mut nodes = Vec::with_capacity(groups.len());
        let mut rest = groups.into_iter().peekable();
        while let Some((at, length, node)) = rest.next() {
            let term = match (rest.peek(), words.get(at), words.get(at + 1)) {
                (Some((_, 1, _)), Some(one), Some(other)) if length == 1 => {
                    let joined = self.analysis.word(&format!("{one}{other}"));
                    self.has_term(&joined.whole)?.then(|| joined.whole.clone())
                }
                _ => None,
            };
            match term.and_then(|term| rest.next().map(|next| (term, next.2))) {
                None => nodes.push(node),
                Some((term, next)) => {
                    let together = self.leaf(&term, Vec::new(), false);
                    nodes.push(Node::Any(vec![(Node::All(vec![node, next]), 1.0), (together, TOGETHER)]));
                }
            }
        }
        Ok(nodes)
    }

    fn has_term(&self, term: &str) -> Result<bool, SearchError> {
        Ok(!super::matching::Terms::find(self.snapshot, &Leaf { term: term.to_owned(), foreign: Vec::new(), only_named: false })?.is_empty())
    }

    fn exists(&self, node: &Node) -> Result<bool, SearchError> {
        Ok(match node {
            Node::Leaf(leaf) => !super::matching::Terms::find(self.snapshot, leaf)?.is_empty(),
            Node::All(nodes) => {
                for node in nodes {
                    if !self.exists(node)? {
                        return Ok(false);
                    }
                }
                true
            }
            Node::Any(nodes) => {
                for (node, _) in nodes {
                    if self.exists(node)? {
                        return Ok(true);
                    }
                }
                false
            }
        })
    }

    /// Known words next to a mistyped one, the nearest and most frequent first.
    fn corrections_of(&self, word: &str) -> Result<Vec<String>, SearchError> {
        let distance = if word.chars().count() >= 8 { 2 } else { 1 };
        let mut found: Vec<(usize, bool, i64, String)> = Vec::new();
        let mut spellings = vec![word.to_owned()];
        let umlauts = word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü");
        if umlauts != word {
            spellings.push(umlauts);
        }
        for spelling in &spellings {
            for placed in &self.snapshot.segments {
                let automaton = FuzzyTermQuery::new(Term::from_field_text(self.snapshot.fields.word, spelling), distance, true).automaton()?;
                let mut terms = placed.segment.word.terms().search(automaton).into_stream()?;
                while terms.advance() {
                    let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                    let frequency = i64::from(terms.value().doc_freq);
                    match found.iter_mut().find(|f| f.3 == term) {
                        Some(known) => known.2 -= frequency,
                        None => {
                            let first_differs = term.chars().next() != spelling.chars().next();
                            found.push((edits(spelling, term), first_differs, -frequency, term.to_owned()));
                        }
                    }
                }
            }
        }
        found.sort();
        let nearest = found.first().map_or(0, |f| f.0);
        Ok(found.into_iter().filter(|f| f.0 == nearest).take(CORRECTIONS).map(|f| f.3).collect())
    }

    fn finish(mut self, text: &str) -> Result<Meaning, SearchError> {
        if !self.corrections.is_empty() {
            let mut corrected = String::new();
            let mut last = 0;
            for_each_word(text, |from, to, word| {
                corrected.push_str(text.get(last..from).unwrap_or_default());
                let better = self.corrections.iter().find(|(typed, _)| typed == word);
                corrected.push_str(better.map_or(text.get(from..to).unwrap_or_default(), |(_, better)| better));
                last = to;
            });
            corrected.push_str(text.get(last..).unwrap_or_default());
            self.meaning.corrected = Some(corrected.trim().to_owned());
        }
        Ok(self.meaning)
    }
}

/// Whether a word can be a typing mistake: letters only, and long enough that a neighbour means something.
fn correctable(word: &str) -> bool {
    word.chars().count() >= 4 && word.chars().all(char::is_alphabetic)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).
fn edits(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: [Vec<usize>; 3] = [vec![0; b.len() + 1], (0..=b.len()).collect(), vec![0; b.len() + 1]];
    let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
    for (i, x) in a.iter().enumerate() {
        let [before, last, next] = &mut rows;
        next.clear();
        next.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = (cell(last, j + 1) + 1).min(cell(next, j) + 1).min(cell(last, j) + usize::from(x != y));
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(cell(before, j - 1) + 1);
            }
            next.push(cost);
        }
        rows.rotate_left(1);
    }
    let [_, last, _] = &rows;
    cell(last, b.len())
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn swaps_count_once() {
        for (one, other, count) in [
            ("pfelge", "pflege", 1),
            ("", "abc", 3),
            ("kurs", "kurs", 0),
            ("gitare", "gitarre", 1),
            ("deustch", "deutsch", 1),
            ("kita", "vita", 1),
            ("abcd", "badc", 2),
        ] {
            assert_eq!(edits(one, other), count, "{one} {other}");
        }
    }
}
