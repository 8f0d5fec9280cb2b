//! From words to terms, German first.
//!
//! A text is taken apart into words, forms that name both genders are read as one word ([`words`]), compounds are split before their
//! umlauts are folded ([`compounds`]), and every word and part is reduced to its stem ([`stems`]). A word gives one term for itself and
//! one, marked with [`PART`], for each of its parts, so that a part found inside a compound can count less than the word itself.

mod compounds;
mod foreign;
mod stems;
mod stop;
mod synonyms;
mod tokenizer;
mod words;

pub(crate) use foreign::{foreign_forms, foreign_term};
pub(crate) use stop::is_stop_word;
pub(crate) use synonyms::{Synonyms, content_words};
pub(crate) use tokenizer::GermanTokenizer;
pub(crate) use words::{for_each_word, while_words};

use compounds::Compounds;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use stems::Stems;

/// Stands before the term of a part of a compound.
pub(crate) const PART: char = '~';

/// So many analysed words are remembered; texts repeat themselves.
const REMEMBERED: usize = 40_000;

/// The terms of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Term of the word as a whole.
    pub(crate) whole: String,
    /// Terms of its parts, without the mark; empty if it is not a compound.
    pub(crate) parts: Vec<String>,
    /// Whether the parts make up the whole word.
    pub(crate) complete: bool,
    /// Whether all of it is in the word lists, so that it is surely not a typing mistake.
    pub(crate) known: bool,
}

/// The word lists and rules that texts and queries are analysed with.
#[derive(Debug)]
pub struct Analysis {
    compounds: Compounds,
    stems: Stems,
    synonyms: Synonyms,
    fingerprint: [u8; 32],
    memo: RwLock<HashMap<String, Arc<Word>>>,
}

impl Analysis {
    /// Reads the word lists: `synonyms.txt`, `compounds.txt` and `stem-overrides.txt`. Lines that say nothing are skipped.
    pub fn from_data(synonyms: &str, compounds: &str, stem_overrides: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(compounds.as_bytes());
        hash.update([0]);
        hash.update(stem_overrides.as_bytes());
        let mut analysis = Self {
            compounds: Compounds::parse(compounds),
            stems: Stems::parse(stem_overrides),
            synonyms: Synonyms::default(),
            fingerprint: hash.finalize().into(),
            memo: RwLock::default(),
        };
        analysis.synonyms = Synonyms::parse(synonyms, &analysis);
        analysis
    }

    /// Digest of everything that shapes the index. Synonyms do not: they work on the query.
    pub(crate) fn fingerprint(&self) -> &[u8] {
        &self.fingerprint
    }

    /// What a word of a query can also mean.
    pub(crate) fn synonyms(&self) -> &Synonyms {
        &self.synonyms
    }

    /// The terms of a lower-case word as it comes from [`for_each_word`].
    pub(crate) fn word(&self, word: &str) -> Arc<Word> {
        if let Some(known) = self.memo.read().unwrap_or_else(PoisonError::into_inner).get(word) {
            return known.clone();
        }
        let analysed = Arc::new(self.analyse(word));
        let mut memo = self.memo.write().unwrap_or_else(PoisonError::into_inner);
        if memo.len() >= REMEMBERED {
            memo.clear();
        }
        memo.insert(word.to_owned(), analysed.clone());
        analysed
    }

    fn analyse(&self, word: &str) -> Word {
        if let Some(stem) = self.stems.fixed(word) {
            return Word { whole: stem, parts: Vec::new(), complete: false, known: true };
        }
        let base = stems::without_feminine(word);
        let split = self.compounds.split(base);
        let parts: Vec<String> = split.parts.iter().map(|part| self.stems.stem(part)).filter(|stem| stem.chars().count() >= 2).collect();
        if split.complete && parts.len() > 1 {
            return Word { whole: parts.concat(), parts, complete: true, known: true };
        }
        let whole = match (split.head_at, parts.last()) {
            (Some(at), Some(head)) => format!("{}{head}", domain::text::fold(base).get(..at).unwrap_or_default()),
            _ => self.stems.stem(base),
        };
        // A word of the list is its own and only part.
        let parts = if split.complete { Vec::new() } else { parts };
        Word { whole, parts, complete: false, known: split.complete }
    }
}

#[cfg(test)]
mod tests;
