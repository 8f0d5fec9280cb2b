//! German compounds and their parts.

use domain::text::fold;
use std::collections::HashMap;

/// Letters between two parts.
const LINKS: &[&str] = &["", "s", "n", "en", "es", "er", "e", "ns", "ens"];

/// Endings of the last part.
const ENDINGS: &[&str] = &["", "e", "n", "s", "en", "er", "es", "ern", "em", "ens", "in", "innen"];

/// The shortest part.
const SHORTEST: usize = 3;

/// Heads of four letters that are safe to find behind a part nobody listed (*Klangschalenkurs*). Longer ones all are.
const SHORT_HEADS: &[&str] = &["kurs", "test", "tanz", "yoga", "chor", "club", "cafe", "team", "spiel"];

/// The list of words that occur as parts.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    /// Folded spelling to the listed one.
    words: HashMap<String, String>,
    longest: usize,
}

/// How a word is made up.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// Parts, the last one with its ending.
    pub(super) parts: Vec<String>,
    /// Whether they are the whole word. A single part then is a word of the list.
    pub(super) complete: bool,
    /// Where the last part begins in the folded word, if only the rest of the word is not known.
    pub(super) head_at: Option<usize>,
}

/// The best way to read a word from some position on.
#[derive(Clone)]
struct Reading {
    cost: usize,
    part: String,
    ending: String,
    next: Option<usize>,
}

impl Compounds {
    /// Reads one word a line.
    pub(super) fn parse(list: &str) -> Self {
        let mut compounds = Self::default();
        for word in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let word = word.to_lowercase();
            let folded = fold(&word);
            compounds.longest = compounds.longest.max(folded.len());
            let known = compounds.words.entry(folded).or_insert_with(|| word.clone());
            if !word.is_ascii() {
                *known = word;
            }
        }
        compounds
    }

    /// Splits a lower-case word.
    pub(super) fn split(&self, word: &str) -> Split {
        let folded = fold(word);
        if folded.len() < SHORTEST || self.words.is_empty() {
            return Split::default();
        }
        let readings = self.readings(&folded);
        if readings.first().is_some_and(Option::is_some) {
            return Split { parts: collect(&readings, 0), complete: true, head_at: None };
        }
        self.partly(&folded, &readings)
    }

    /// For every position the best way to read the rest of the word.
    fn readings(&self, word: &str) -> Vec<Option<Reading>> {
        let mut readings: Vec<Option<Reading>> = vec![None; word.len() + 1];
        for start in (0..word.len()).rev() {
            let mut best: Option<Reading> = None;
            for end in (start + SHORTEST)..=word.len().min(start + self.longest) {
                let (Some(candidate), Some(rest)) = (word.get(start..end), word.get(end..)) else { continue };
                let Some(part) = self.words.get(candidate) else { continue };
                let mut offer = |cost: usize, ending: &str, next: Option<usize>| {
                    if best.as_ref().is_none_or(|b| cost < b.cost) {
                        best = Some(Reading { cost, part: part.clone(), ending: ending.to_owned(), next });
                    }
                };
                if ENDINGS.contains(&rest) {
                    offer(10 + 2 * rest.len(), rest, None);
                }
                for link in LINKS {
                    let next = end + link.len();
                    if let Some(Some(reading)) = readings.get(next)
                        && rest.starts_with(link)
                    {
                        // Short parts fit by chance more easily; a longer reading is the likelier one.
                        let short = usize::from(candidate.len() == SHORTEST) * 3;
                        offer(reading.cost + 10 + 2 * link.len() + short, "", Some(next));
                    }
                }
            }
            if let Some(slot) = readings.get_mut(start) {
                *slot = best;
            }
        }
        readings
    }

    /// A word of which only the beginning or the end is in the list.
    fn partly(&self, word: &str, readings: &[Option<Reading>]) -> Split {
        let mut parts = Vec::new();
        let front = (5..=word.len().saturating_sub(4)).rev().find_map(|end| self.words.get(word.get(..end)?).map(|part| (end, part)));
        parts.extend(front.map(|(_, part)| part.clone()));
        let head_at = (4..word.len()).find(|at| {
            let Some(Some(reading)) = readings.get(*at) else { return false };
            let length = word.len() - at;
            let behind_front = front.is_none_or(|(end, _)| *at >= end);
            let safe = length - reading.ending.len().min(length) >= 5 || SHORT_HEADS.contains(&reading.part.as_str()) || reading.next.is_some();
            behind_front && safe
        });
        if let Some(at) = head_at {
            parts.extend(collect(readings, at));
        }
        Split {
            parts,
            complete: false,
            head_at: head_at.filter(|at| readings.get(*at).is_some_and(|r| r.as_ref().is_some_and(|r| r.next.is_none()))),
        }
    }
}

fn collect(readings: &[Option<Reading>], from: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut at = Some(from);
    while let Some(reading) = at.and_then(|at| readings.get(at)).and_then(Option::as_ref) {
        parts.push(format!("{}{}", reading.part, reading.ending));
        at = reading.next;
    }
    parts
}
