//! Which documents have what a text asks for, and how well.
//!
//! BM25 over four fields; of the fields a word stands in, the best one counts, the others add a little. A word inside a compound
//! counts less than the word itself.

use super::understand::{Leaf, Node};
use crate::SearchError;
use crate::analysis::PART;
use crate::index::{FOREIGN, Snapshot, TEXT_FIELDS, TOPIC};
use tantivy::Term;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;

/// How much a word counts in title, labels, text, other languages and wide words.
const WEIGHTS: [f32; TEXT_FIELDS] = [3.0, 1.4, 0.8, 1.0, 0.4];
/// How much the length of each field is held against it.
const LENGTH: [f32; TEXT_FIELDS] = [0.4, 0.2, 0.6, 0.5, 0.1];
/// How much a part of a compound counts.
const INSIDE: f32 = 0.7;
/// How soon more occurrences of a word stop to matter.
const K1: f32 = 1.2;
/// How much of what the other fields say is added to the best one.
const OTHERS: f32 = 0.15;

/// A document and how well it matches.
pub(super) type Hit = (u32, f32);

/// A term of a leaf: its field, weight, and where its postings are in each segment.
struct FoundTerm {
    field: usize,
    weight: f32,
    infos: Vec<Option<TermInfo>>,
    frequency: u64,
}

/// The terms of a leaf that the index has.
pub(super) struct Terms(Vec<FoundTerm>);

impl Terms {
    /// Looks the terms of a leaf up.
    pub(super) fn find(snapshot: &Snapshot, leaf: &Leaf) -> Result<Self, SearchError> {
        let fields = snapshot.fields;
        let mut found = Vec::new();
        let part = format!("{PART}{}", leaf.term);
        let german = if leaf.only_named { 2 } else { 3 };
        for (at, field) in [fields.title, fields.labels, fields.text].into_iter().enumerate().take(german) {
            for (term, weight) in [(leaf.term.as_str(), 1.0), (part.as_str(), INSIDE)] {
                found.extend(find_term(snapshot, at, &Term::from_field_text(field, term), weight)?);
            }
        }
        for form in &leaf.foreign {
            found.extend(find_term(snapshot, FOREIGN, &Term::from_field_text(fields.foreign, form), 1.0)?);
        }
        for form in leaf.foreign.iter().chain([&leaf.term, &part]) {
            found.extend(find_term(snapshot, TOPIC, &Term::from_field_text(fields.topic, form), 1.0)?);
        }
        Ok(Self(found))
    }

    /// Whether no document has it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn find_term(snapshot: &Snapshot, field: usize, term: &Term, weight: f32) -> Result<Option<FoundTerm>, SearchError> {
    let mut infos = Vec::with_capacity(snapshot.segments.len());
    let mut frequency = 0;
    for placed in &snapshot.segments {
        let info = match placed.segment.text.get(field) {
            Some(text) => text.postings.get_term_info(term)?,
            None => None,
        };
        frequency += info.as_ref().map_or(0, |i| u64::from(i.doc_freq));
        infos.push(info);
    }
    Ok((frequency > 0).then_some(FoundTerm { field, weight, infos, frequency }))
}

/// Matches texts against a snapshot.
pub(super) struct Matcher<'a> {
    snapshot: &'a Snapshot,
    /// For each field, by the code of a document's length: how much it is held against it.
    lengths: Box<[[f32; 256]; TEXT_FIELDS]>,
    /// Whether wide words count.
    pub(super) wide: bool,
    best: Vec<f32>,
    sum: Vec<f32>,
    touched: Vec<u64>,
}

impl<'a> Matcher<'a> {
    /// A matcher.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        let mut lengths = Box::new([[0.0; 256]; TEXT_FIELDS]);
        let documents: u64 = snapshot.segments.iter().map(|s| u64::from(s.segment.max_doc)).sum();
        for ((at, norms), length) in lengths.iter_mut().enumerate().zip(LENGTH) {
            let tokens: u64 = snapshot.segments.iter().filter_map(|s| s.segment.text.get(at)).map(|t| t.postings.total_num_tokens()).sum();
            let mean = (tokens as f32 / documents.max(1) as f32).max(1.0);
            for (code, norm) in (0u8..=255).zip(norms.iter_mut()) {
                *norm = K1 * (1.0 - length + length * FieldNormReader::id_to_fieldnorm(code) as f32 / mean);
            }
        }
        Self { snapshot, lengths, wide: false, best: Vec::new(), sum: Vec::new(), touched: Vec::new() }
    }

    /// The documents that match at least `needed` of the nodes, in ascending order.
    pub(super) fn at_least(&mut self, nodes: &[Node], needed: usize) -> Result<Vec<Hit>, SearchError> {
        if needed >= nodes.len() {
            return self.all(nodes);
        }
        let mut hits: Vec<(u32, f32, usize)> = Vec::new();
        for node in nodes {
            hits.extend(self.node(node)?.into_iter().map(|(doc, score)| (doc, score, 1)));
        }
        hits.sort_unstable_by_key(|h| h.0);
        hits.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
                kept.2 += 1;
            }
            same
        });
        Ok(hits.into_iter().filter(|h| h.2 >= needed).map(|h| (h.0, h.1)).collect())
    }

    fn all(&mut self, nodes: &[Node]) -> Result<Vec<Hit>, SearchError> {
        let mut hits: Option<Vec<Hit>> = None;
        for node in nodes {
            let found = self.node(node)?;
            hits = Some(match hits {
                None => found,
                Some(hits) => intersect(&hits, &found),
            });
            if hits.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
        }
        Ok(hits.unwrap_or_default())
    }

    fn node(&mut self, node: &Node) -> Result<Vec<Hit>, SearchError> {
        match node {
            Node::Leaf(leaf) => self.leaf(&Terms::find(self.snapshot, leaf)?),
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                let mut hits: Vec<Hit> = Vec::new();
                for (node, weight) in nodes {
                    let found = self.node(node)?;
                    hits = if hits.is_empty() { found.into_iter().map(|(d, s)| (d, s * weight)).collect() } else { unite(&hits, &found, *weight) };
                }
                Ok(hits)
            }
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn leaf(&mut self, terms: &Terms) -> Result<Vec<Hit>, SearchError> {
        let mut hits = Vec::new();
        let wide = self.wide;
        let Some(frequency) = terms.0.iter().filter(|t| wide || t.field != TOPIC).map(|t| t.frequency).max() else { return Ok(hits) };
        let (n, df) = (self.snapshot.documents.max(frequency) as f32, frequency as f32);
        let rarity = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        for (at, placed) in self.snapshot.segments.iter().enumerate() {
            let size = placed.segment.max_doc as usize;
            self.best.resize(size.max(self.best.len()), 0.0);
            self.sum.resize(size.max(self.sum.len()), 0.0);
            self.touched.clear();
            self.touched.resize(size.div_ceil(64), 0);
            for term in terms.0.iter().filter(|term| wide || term.field != TOPIC) {
                let (Some(Some(info)), Some(field)) = (term.infos.get(at), placed.segment.text.get(term.field)) else { continue };
                let weight = rarity * term.weight * WEIGHTS.get(term.field).copied().unwrap_or(1.0) * (K1 + 1.0);
                let Some(lengths) = self.lengths.get(term.field) else { continue };
                let (best, sum, touched) = (&mut self.best, &mut self.sum, &mut self.touched);
                let mut block = field.postings.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                while !block.docs().is_empty() {
                    for (doc, occurrences) in block.docs().iter().zip(block.freqs()) {
                        let length = lengths.get(usize::from(field.norms.fieldnorm_id(*doc))).copied().unwrap_or(K1);
                        let occurrences = *occurrences as f32;
                        add(best, sum, touched, *doc as usize, weight * occurrences / (occurrences + length));
                    }
                    block.advance();
                }
            }
            self.drain(placed.base, &mut hits);
        }
        Ok(hits)
    }

    /// Moves the scores of a segment to `hits` and leaves zeroes behind.
    fn drain(&mut self, base: u32, hits: &mut Vec<Hit>) {
        for (at, word) in (0u32..).step_by(64).zip(&self.touched) {
            let mut rest = *word;
            while rest != 0 {
                let doc = at + rest.trailing_zeros();
                rest &= rest - 1;
                if let (Some(best), Some(sum)) = (self.best.get_mut(doc as usize), self.sum.get_mut(doc as usize)) {
                    hits.push((base + doc, *best + OTHERS * (*sum - *best)));
                    *best = 0.0;
                    *sum = 0.0;
                }
            }
        }
    }
}

#[inline]
fn add(best: &mut [f32], sum: &mut [f32], touched: &mut [u64], at: usize, score: f32) {
    if let (Some(best), Some(sum), Some(word)) = (best.get_mut(at), sum.get_mut(at), touched.get_mut(at / 64)) {
        *best = best.max(score);
        *sum += score;
        *word |= 1 << (at % 64);
    }
}

fn intersect(one: &[Hit], other: &[Hit]) -> Vec<Hit> {
    let mut both = Vec::with_capacity(one.len().min(other.len()));
    let (mut a, mut b) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                both.push((x.0, x.1 + y.1));
                a.next();
                b.next();
            }
        }
    }
    both
}

fn unite(one: &[Hit], other: &[Hit], weight: f32) -> Vec<Hit> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut a, mut b) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                all.push((x.0, x.1.max(y.1 * weight)));
                a.next();
                b.next();
            }
            (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                all.push(**x);
                a.next();
            }
            (_, Some(y)) => {
                all.push((y.0, y.1 * weight));
                b.next();
            }
            _ => return all,
        }
    }
}
