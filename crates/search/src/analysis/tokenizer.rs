//! The analysis as the index wants it.

use super::{Analysis, PART, for_each_word, is_stop_word};
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Terms of German texts: every word, and at the same position the parts of compounds. Stop words are left out.
#[derive(Clone)]
pub(crate) struct GermanTokenizer {
    analysis: Arc<Analysis>,
    tokens: Vec<Token>,
}

impl GermanTokenizer {
    /// A tokenizer.
    pub(crate) fn new(analysis: Arc<Analysis>) -> Self {
        Self { analysis, tokens: Vec::new() }
    }
}

/// The tokens of a text.
pub(crate) struct GermanStream<'a> {
    tokens: &'a mut [Token],
    next: usize,
    blank: Token,
}

impl Tokenizer for GermanTokenizer {
    type TokenStream<'a> = GermanStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GermanStream<'a> {
        let Self { analysis, tokens } = self;
        tokens.clear();
        let mut position = 0;
        for_each_word(text, |offset_from, offset_to, word| {
            if is_stop_word(word) {
                return;
            }
            let word = analysis.word(word);
            let mut push = |text: String| tokens.push(Token { offset_from, offset_to, position, text, position_length: 1 });
            push(word.whole.clone());
            for part in &word.parts {
                push(format!("{PART}{part}"));
            }
            position += 1;
        });
        GermanStream { tokens, next: 0, blank: Token::default() }
    }
}

impl TokenStream for GermanStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        self.tokens.get(self.next.wrapping_sub(1)).unwrap_or(&self.blank)
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tokens.get_mut(self.next.wrapping_sub(1)).unwrap_or(&mut self.blank)
    }
}
