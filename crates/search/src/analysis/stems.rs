//! Stems: a table of our own for what the Snowball stemmer gets wrong in this field, else Snowball German.

use domain::text::fold;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};

/// A Snowball stemmer.
pub(super) struct Snowball(Mutex<TextAnalyzer>);

impl fmt::Debug for Snowball {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Snowball")
    }
}

impl Snowball {
    /// The stemmer of a language.
    pub(super) fn new(language: Language) -> Self {
        Self(Mutex::new(TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build()))
    }

    /// The stem of a lower-case word.
    pub(super) fn stem(&self, word: &str) -> String {
        let mut analyzer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut stream = analyzer.token_stream(word);
        if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
    }
}

/// German stems.
#[derive(Debug)]
pub(super) struct Stems {
    fixed: HashMap<String, String>,
    snowball: Snowball,
}

impl Stems {
    /// Reads lines of a word and its stem.
    pub(super) fn parse(list: &str) -> Self {
        let mut fixed = HashMap::new();
        for line in list.lines().map(str::trim).filter(|l| !l.starts_with('#')) {
            if let Some((word, stem)) = line.split_once(char::is_whitespace) {
                fixed.insert(fold(word), fold(stem.trim()));
            }
        }
        Self { fixed, snowball: Snowball::new(Language::German) }
    }

    /// The stem the table gives to a word.
    pub(super) fn fixed(&self, word: &str) -> Option<String> {
        self.fixed.get(&fold(word)).cloned()
    }

    /// The stem of a lower-case word, folded to ASCII.
    pub(super) fn stem(&self, word: &str) -> String {
        if let Some(stem) = self.fixed(word) {
            return stem;
        }
        let base = without_feminine(word);
        if base.len() != word.len()
            && let Some(stem) = self.fixed(base)
        {
            return stem;
        }
        fold(&self.snowball.stem(&with_umlauts(base)))
    }
}

/// `ae`, `oe`, `ue` as umlauts, so that both spellings get one stem. Wrong readings (*aktüll*) do no harm: they are wrong everywhere.
fn with_umlauts(word: &str) -> String {
    if !["ae", "oe", "ue"].iter().any(|pair| word.contains(pair)) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let umlaut = match (c, chars.peek()) {
            ('a', Some('e')) => Some('ä'),
            ('o', Some('e')) => Some('ö'),
            // "neue", "treue", "Quelle", "Bauer" keep their vowels.
            ('u', Some('e')) if !matches!(before, 'a' | 'e' | 'q' | 'ä' | 'o') => Some('ü'),
            _ => None,
        };
        before = c;
        if let Some(umlaut) = umlaut {
            chars.next();
            out.push(umlaut);
            before = umlaut;
        } else {
            out.push(c);
        }
    }
    out
}

/// The endings of words for people, before the feminine ending.
const AGENTS: &[&str] = &["er", "or", "ist", "ent", "ant", "eur", "iker", "log", "gog", "at", "af", "nom", "et", "ier"];

/// The word without its feminine ending: *Erzieherinnen*, *Erzieherin* → *Erzieher*; *Medizin*, *beginnen* stay.
pub(super) fn without_feminine(word: &str) -> &str {
    if let Some(base) = word.strip_suffix("innen") {
        let verb = matches!(base, "entr" | "zerr" | "verr" | "besp" | "gew" | "beg");
        return if base.chars().count() >= 4 && !verb { base } else { word };
    }
    match word.strip_suffix("in") {
        Some(base) if base.chars().count() >= 4 && AGENTS.iter().any(|a| base.ends_with(a)) => base,
        _ => word,
    }
}
