//! Words that mean the same in this field.

use super::{Analysis, for_each_word, is_stop_word};
use std::collections::HashMap;

/// Meanings by the stems of a word or phrase.
#[derive(Debug, Default)]
pub(crate) struct Synonyms {
    /// Stems of a phrase, joined by spaces, to the phrases it can also mean, as lower-case words.
    meanings: HashMap<String, Vec<Vec<String>>>,
    longest: usize,
}

impl Synonyms {
    /// Reads lines: `a, b, c` mean the same; `a, b => c` finds c when a or b is searched, not the other way round.
    pub(super) fn parse(list: &str, analysis: &Analysis) -> Self {
        let mut synonyms = Self::default();
        for line in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let phrases = |side: &str| -> Vec<Vec<String>> { side.split(',').map(content_words).filter(|p| !p.is_empty()).collect() };
            if let Some((from, to)) = line.split_once("=>") {
                for phrase in &phrases(from) {
                    synonyms.add(analysis, phrase, &phrases(to));
                }
            } else {
                let all = phrases(line);
                for phrase in &all {
                    synonyms.add(analysis, phrase, &all);
                }
            }
        }
        synonyms
    }

    fn add(&mut self, analysis: &Analysis, phrase: &[String], meanings: &[Vec<String>]) {
        let key = stems(analysis, phrase);
        self.longest = self.longest.max(phrase.len());
        let known = self.meanings.entry(key.clone()).or_default();
        for meaning in meanings {
            if stems(analysis, meaning) != key && !known.contains(meaning) {
                known.push(meaning.clone());
            }
        }
    }

    /// The longest phrase with a meaning that `stems` begin with: how many words it has, and what it can mean.
    pub(crate) fn of(&self, stems: &[&str]) -> Option<(usize, &[Vec<String>])> {
        (1..=stems.len().min(self.longest)).rev().find_map(|length| {
            let key = stems.get(..length)?.join(" ");
            self.meanings.get(&key).map(|meanings| (length, meanings.as_slice()))
        })
    }
}

/// The words of a phrase that are looked for.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(text, |_, _, word| words.push(word.to_owned()));
    let content: Vec<String> = words.iter().filter(|w| !is_stop_word(w)).cloned().collect();
    if content.is_empty() { words } else { content }
}

fn stems(analysis: &Analysis, phrase: &[String]) -> String {
    phrase.iter().map(|word| analysis.word(word).whole.clone()).collect::<Vec<_>>().join(" ")
}
