//! Titles, so that small differences do not count: case, umlauts, punctuation, forms of gender, small words, the order of words.

use domain::text::fold;
use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words that say nothing about what an offer is.
const SMALL: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "fuer", "mit", "im", "in", "am", "an", "auf",
    "aus", "zum", "zur", "zu", "vom", "von", "bei", "beim", "ueber", "als", "the", "and", "or", "for", "of", "to", "with", "on", "at",
];

/// Endings of gender behind one of the signs that announce them.
const ENDINGS: &[&str] = &["innen", "in"];

/// So many letters of a word are compared when offers are looked up.
const BEGINNING: usize = 5;

/// A title, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// Says that two titles are the same.
    pub(super) whole: u64,
    /// Levels, numbers and letters: `A1`, `2`, `III`, `B`. Courses that differ in them are different courses, however alike the rest is. In order,
    /// with spaces between them.
    pub(super) marks: Box<str>,
    /// The other words, in order, with spaces between them.
    words: Box<str>,
}

/// Words are taken for the same if they share so much.
const NEAR_WORD: f64 = 0.5;

impl Title {
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut marks = Vec::new();
        let all = words_of(text);
        let tells = |word: &&String| !is_year(word) && !SMALL.contains(&word.as_str());
        // A title of nothing but small words is made of those.
        let only_small = !all.iter().any(|word| tells(&word));
        for word in all.iter().filter(|word| only_small || tells(word)) {
            if is_mark(word) { marks.push(word.clone()) } else { words.push(word.clone()) }
        }
        marks.sort_unstable();
        words.sort_unstable();
        Self { whole: hash(&(&words, &marks)), marks: marks.join(" ").into(), words: words.join(" ").into() }
    }

    /// Beginnings of the words, for the look-up.
    pub(super) fn beginnings(&self) -> Vec<u64> {
        let named = if self.words.is_empty() { &self.marks } else { &self.words };
        let mut beginnings: Vec<u64> = named.split_whitespace().map(beginning).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        beginnings
    }

    /// Groups of three letters word by word.
    fn trigrams(&self) -> Vec<Vec<u32>> {
        self.words.split_whitespace().map(trigrams).collect()
    }

    /// How alike two titles are, from 0 to 1: what their letters share, the less the more words of the shorter one are missing in the other.
    /// `Kochen für Fortgeschrittene` and `Yoga für Fortgeschrittene` share most letters, but not what they are about.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        if self.whole == other.whole {
            return 1.0;
        }
        let (one, other) = (self.trigrams(), other.trigrams());
        let all = |words: &[Vec<u32>]| {
            let mut all = words.concat();
            all.sort_unstable();
            all
        };
        let shared = dice(&all(&one), &all(&other));
        let (fewer, more) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let found = fewer.iter().filter(|word| more.iter().any(|near| dice(word, near) >= NEAR_WORD)).count();
        let covered = if fewer.is_empty() { 1.0 } else { as_float(found) / as_float(fewer.len()) };
        shared * (0.5 + covered / 2.0)
    }
}

/// Twice what two ordered lists share of what they have, from 0 to 1.
fn dice(one: &[u32], other: &[u32]) -> f64 {
    let (mut ones, mut others, mut shared) = (one.iter().peekable(), other.iter().peekable(), 0);
    while let (Some(a), Some(b)) = (ones.peek(), others.peek()) {
        match a.cmp(b) {
            Ordering::Less => drop(ones.next()),
            Ordering::Greater => drop(others.next()),
            Ordering::Equal => {
                shared += 1;
                ones.next();
                others.next();
            }
        }
    }
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * as_float(shared) / as_float(all) }
}

fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A number for something that is the same in every run of the program.
pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The words of a text, folded, without forms of gender.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let folded = fold(&without_inner_i(text));
    let mut words: Vec<String> = Vec::new();
    let mut sign = ' ';
    for part in split(&folded) {
        match part {
            Part::Sign(c) => sign = c,
            Part::Word(word) => {
                let announced = matches!(sign, '*' | ':' | '_' | '/' | '·' | '(');
                let gender = announced && !words.is_empty() && ENDINGS.contains(&word);
                sign = ' ';
                if !gender {
                    words.push(masculine(word).to_owned());
                }
            }
        }
    }
    words
}

enum Part<'a> {
    Word(&'a str),
    Sign(char),
}

/// Words and the sign in front of each. A hyphen after a sign (`/-innen`) does not hide it; a space does.
fn split(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            from.get_or_insert(at);
            continue;
        }
        if let Some(word) = from.take().and_then(|from: usize| text.get(from..at)) {
            parts.push(Part::Word(word));
        }
        if c != '-' {
            parts.push(Part::Sign(c));
        }
    }
    parts.extend(from.and_then(|from| text.get(from..)).map(Part::Word));
    parts
}

/// `TeilnehmerInnen` is written `Teilnehmer*Innen`, so that it is told like the others.
fn without_inner_i(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == 'I' && before.is_lowercase() && text.get(at..).is_some_and(|rest| rest.starts_with("Innen")) {
            out.push('*');
        }
        out.push(c);
        before = c;
    }
    out
}

/// `teilnehmerinnen` without its ending; short words (`innen`, `finnen`) are left alone.
fn masculine(word: &str) -> &str {
    word.strip_suffix("innen").filter(|stem| stem.len() >= 5).unwrap_or(word)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_mark(word: &str) -> bool {
    word.len() == 1 || word.bytes().any(|b| b.is_ascii_digit()) || matches!(word, "ii" | "iii" | "iv" | "vi")
}

fn beginning(word: &str) -> u64 {
    let end = word.char_indices().nth(BEGINNING).map_or(word.len(), |(at, _)| at);
    hash(word.get(..end).unwrap_or(word))
}

/// Groups of three letters of a word with two spaces in front and one behind, so that its beginning counts most.
fn trigrams(word: &str) -> Vec<u32> {
    let letters: Vec<char> = "  ".chars().chain(word.chars()).chain(" ".chars()).collect();
    let group = |group: &[char]| group.iter().fold(0u32, |sum, c| sum.wrapping_mul(0x0001_000f).wrapping_add(u32::from(*c)));
    let mut groups: Vec<u32> = letters.windows(3).map(group).collect();
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        Title::new(one).likeness(&Title::new(other))
    }

    #[test]
    fn small_differences_do_not_count() {
        for (one, other) in [
            ("Kochen für Anfänger", "KOCHEN FUER ANFAENGER"),
            ("Kochen für Anfänger*innen", "Kochen für Anfänger"),
            ("Kochen für Anfänger:innen", "Kochen für AnfängerInnen"),
            ("Kochen für Anfänger/-innen", "Kochen für Anfängerinnen"),
            ("Deutsch für den Beruf – B2", "Deutsch im Beruf (B2)"),
            ("Excel: Grundlagen 2027", "Grundlagen Excel"),
        ] {
            assert_eq!(Title::new(one).whole, Title::new(other).whole, "{one} / {other}");
        }
    }

    #[test]
    fn near_titles_are_near_and_others_are_not() {
        for (one, other) in [
            ("Yoga für Anfänger", "Hatha-Yoga für Anfänger/innen"),
            ("Nähkurs für Einsteiger", "Nähkurse für Einsteiger"),
            ("Bewerbungstraining", "Bewerbungs-Training"),
        ] {
            assert!(likeness(one, other) > 0.7, "{one} / {other}: {}", likeness(one, other));
        }
        for (one, other) in [
            ("Kochen für Anfänger", "Yoga für Anfänger"),
            ("Kochen für Fortgeschrittene", "Yoga für Fortgeschrittene"),
            ("Töpfern", "Zumba"),
            ("Englisch", "Spanisch"),
        ] {
            assert!(likeness(one, other) < 0.6, "{one} / {other}: {}", likeness(one, other));
        }
    }

    #[test]
    fn levels_and_numbers_stand_apart() {
        assert_ne!(Title::new("Deutsch A1").marks, Title::new("Deutsch A2").marks);
        assert_ne!(Title::new("Yoga I").marks, Title::new("Yoga II").marks);
        assert_eq!(Title::new("Deutsch A1 (2026)").marks, Title::new("A1 Deutsch").marks);
    }

    #[test]
    fn a_title_of_small_words_is_found_too() {
        let title = Title::new("Und 1");
        assert!(!title.beginnings().is_empty());
        let small = Title::new("Die und der");
        assert!(!small.beginnings().is_empty());
        assert_ne!(small.whole, Title::new("Das").whole);
    }
}
