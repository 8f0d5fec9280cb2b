//! Words of other languages: translations and labels that are not German.

use super::stems::Snowball;
use domain::text::fold;
use std::sync::LazyLock;
use tantivy::tokenizer::Language;

struct Stemmers {
    english: Snowball,
    russian: Snowball,
    romanian: Snowball,
    arabic: Snowball,
}

static STEMMERS: LazyLock<Stemmers> = LazyLock::new(|| Stemmers {
    english: Snowball::new(Language::English),
    russian: Snowball::new(Language::Russian),
    romanian: Snowball::new(Language::Romanian),
    arabic: Snowball::new(Language::Arabic),
});

fn cyrillic(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

fn arabic(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}'))
}

/// The term of a lower-case word in a text of `language`. Languages without a stemmer keep their words.
pub(crate) fn foreign_term(word: &str, language: &str) -> String {
    match language.split('-').next().unwrap_or_default() {
        "en" => fold(&STEMMERS.english.stem(word)),
        "ru" => STEMMERS.russian.stem(word),
        "ro" => fold(&STEMMERS.romanian.stem(word)),
        "ar" => STEMMERS.arabic.stem(word),
        _ => fold(word),
    }
}

/// Every form a lower-case word of a query can have in a text of another language; nobody says in which language they ask.
pub(crate) fn foreign_forms(word: &str) -> Vec<String> {
    let mut forms = vec![fold(word)];
    if cyrillic(word) {
        forms.push(foreign_term(word, "ru"));
    } else if arabic(word) {
        forms.push(foreign_term(word, "ar"));
    } else {
        forms.push(foreign_term(word, "en"));
        forms.push(foreign_term(word, "ro"));
    }
    forms.sort();
    forms.dedup();
    forms
}
