//! Marks the words that were found.

use super::Highlights;
use super::understand::Meaning;
use crate::Analysis;
use crate::analysis::{foreign_term, while_words};
use crate::index::Snippet;

/// The longest passage, in characters.
const PASSAGE: usize = 240;

/// Escapes text for HTML.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Text with marks around byte ranges, escaped.
pub(super) fn marked(text: &str, ranges: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len() + ranges.len() * 13);
    let mut last = 0;
    for (from, to) in ranges {
        escape(text.get(last..*from).unwrap_or_default(), &mut out);
        out.push_str("<mark>");
        escape(text.get(*from..*to).unwrap_or_default(), &mut out);
        out.push_str("</mark>");
        last = *to;
    }
    escape(text.get(last..).unwrap_or_default(), &mut out);
    out
}

/// The highlights of an item: its title, and the passage of summary or description with the first found word.
pub(super) fn highlights(analysis: &Analysis, meaning: &Meaning, text: &Snippet<'_>) -> Highlights {
    let find = |part: &str| ranges(analysis, meaning, text.language, part);
    let in_title = find(text.title);
    // The description is only read where neither title nor summary show why the item was found: reading it takes longest.
    let parts: &[&str] = if in_title.is_empty() { &[text.summary, text.body] } else { &[text.summary] };
    let passage = parts.iter().find_map(|part| {
        let found = find(part);
        (!found.is_empty()).then(|| passage(part, &found))
    });
    Highlights { title: marked(text.title, &in_title), text: passage }
}

/// Where found words stand in a text, as far as a passage around the first of them can reach.
fn ranges(analysis: &Analysis, meaning: &Meaning, language: &str, text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let german = language.starts_with("de");
    while_words(text, |from, to, word| {
        let found = if german {
            let word = analysis.word(word);
            meaning.marked.contains(&word.whole) || word.parts.iter().any(|part| meaning.marked.contains(part))
        } else {
            meaning.marked_foreign.contains(&foreign_term(word, language))
        };
        if found {
            ranges.push((from, to));
        }
        // A character has at most four bytes.
        ranges.first().is_none_or(|(first, _)| from < first + 4 * PASSAGE)
    });
    ranges
}

/// A passage that begins a little before the first found word, cut at words.
fn passage(text: &str, ranges: &[(usize, usize)]) -> String {
    if text.chars().count() <= PASSAGE {
        return marked(text, ranges);
    }
    let first = ranges.first().map_or(0, |r| r.0);
    let before = text.get(..first).unwrap_or_default();
    let start = before.char_indices().rev().nth(PASSAGE / 4).map_or(0, |(at, _)| at);
    let start = if start == 0 { 0 } else { before.get(start..).and_then(|b| b.find(' ')).map_or(first, |at| start + at + 1) };
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .char_indices()
        .nth(PASSAGE)
        .map_or(text.len(), |(at, _)| rest.get(..at).and_then(|r| r.rfind(' ')).map_or(start + at, |space| start + space));
    let inside: Vec<_> = ranges.iter().filter(|(from, to)| *from >= start && *to <= end).map(|(from, to)| (from - start, to - start)).collect();
    let mut out = String::new();
    if start > 0 {
        out.push_str("… ");
    }
    out.push_str(&marked(text.get(start..end).unwrap_or_default(), &inside));
    if end < text.len() {
        out.push_str(" …");
    }
    out
}
