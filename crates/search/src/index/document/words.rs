//! Words to be completed and corrected, and words of other languages.

use super::Builder;
use crate::analysis::{for_each_word, foreign_term, is_stop_word};
use domain::text::fold;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};

/// Between the folded and the written form of a word.
pub(crate) const SEPARATOR: char = '\u{1f}';

impl Builder<'_> {
    /// Keeps the words of a title or label for completion and correction.
    pub(super) fn remember(&mut self, text: &str) {
        for_each_word(text, |from, to, word| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters >= 3 && word.len() <= 60 && !is_stop_word(word) {
                self.words.insert((word.to_owned(), text.get(from..to).unwrap_or_default().to_owned()));
            }
        });
    }

    pub(super) fn add_words(&mut self) {
        let fields = self.context.fields;
        for (word, written) in &self.words {
            self.document.add_text(fields.word, word);
            let folded = fold(word);
            let bare = without_umlauts(word);
            if bare != folded {
                self.document.add_text(fields.prefix, format!("{bare}{SEPARATOR}{written}"));
            }
            self.document.add_text(fields.prefix, format!("{folded}{SEPARATOR}{written}"));
        }
    }

    /// Adds a text in another language.
    pub(super) fn foreign(&mut self, field: Field, language: &str, text: &str) {
        let mut tokens = Vec::new();
        for_each_word(text, |offset_from, offset_to, word| {
            if !is_stop_word(word) {
                tokens.push(Token { offset_from, offset_to, position: tokens.len(), text: foreign_term(word, language), position_length: 1 });
            }
        });
        self.document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
    }
}

/// Umlauts as their vowels, for those whose keyboard has none: *Küche* → *kuche*.
pub(crate) fn without_umlauts(word: &str) -> String {
    let vowels: String = word
        .chars()
        .map(|c| match c {
            'ä' => 'a',
            'ö' => 'o',
            'ü' => 'u',
            c => c,
        })
        .collect();
    fold(&vowels)
}
