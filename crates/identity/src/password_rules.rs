//! What a new password must be (NIST SP 800-63B-4, 3.1.1.2): long, and not one of those that are tried first. No demands on kinds of
//! characters, no expiry.

mod strength;

pub use strength::{Strength, strength};

use domain::problem::ValueError;
use domain::text::fold;
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Fewest characters (Unicode scalar values after NFC). Shorter than the 15 that NIST asks for where a password stands alone: every role that
/// can do harm has a second factor.
pub const MIN_CHARS: usize = 12;
/// Most characters; more would only cost time.
pub const MAX_CHARS: usize = 128;
/// Fewest letters and digits that have to remain beside words that belong to the person or the portal.
const MIN_BESIDE_CONTEXT: usize = 8;
/// Fewest characters that have to remain beside runs like `1234` or `asdf`.
const MIN_BESIDE_RUNS: usize = 6;
/// Fewest different characters.
const MIN_DIFFERENT: usize = 5;

static LISTED: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../../../data/passwords.txt").lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});
const LONGEST_LISTED: usize = 24;

/// Rows of keys, German and English, and the orders of letters and digits.
const ROWS: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertzuiopü",
    "qwertyuiop",
    "asdfghjklöä",
    "yxcvbnm,.-",
    "zxcvbnm",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm",
];

/// Words that belong to the person or the portal and so are tried early.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Folded, at least four characters each, longest first.
    words: Vec<String>,
}

impl Context {
    /// The parts of the e-mail address, of the name, and of the name of the region or portal, and the name of the platform.
    pub fn new(email: Option<&str>, name: Option<&str>, portal: &str) -> Self {
        let mut words = BTreeSet::from(["bildungsregion".to_owned(), "bildungsportal".to_owned()]);
        for text in [email, name, Some(portal)].into_iter().flatten() {
            let folded = fold(text);
            words.extend(folded.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            // The whole without its separators, so that "erika.muster" also covers "erikamuster".
            words.insert(folded.split('@').next().unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect());
        }
        let mut words: Vec<String> = words.into_iter().filter(|word| word.chars().count() >= 4).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { words }
    }

    fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }
}

/// Checks a new password and gives every reason against it; none means it is taken.
pub fn check(password: &str, context: &Context) -> Vec<ValueError> {
    let password: String = password.nfc().collect();
    let count = password.chars().count();
    if count < MIN_CHARS {
        return vec![ValueError::new(
            "password-too-short",
            format!("Das Passwort braucht mindestens {MIN_CHARS} Zeichen; dieses hat {count}. Vier zufällige Wörter sind leicht zu merken."),
            format!("The password needs at least {MIN_CHARS} characters; this one has {count}. Four random words are easy to remember."),
        )];
    }
    if count > MAX_CHARS {
        return vec![ValueError::new(
            "password-too-long",
            format!("Das Passwort darf höchstens {MAX_CHARS} Zeichen haben."),
            format!("The password may have at most {MAX_CHARS} characters."),
        )];
    }
    let rules: [(bool, &str, &str, &str); 5] = [
        (
            password.chars().any(char::is_control),
            "password-control-character",
            "Das Passwort enthält ein unsichtbares Steuerzeichen, das sich nicht überall tippen lässt.",
            "The password contains an invisible control character that cannot be typed everywhere.",
        ),
        (is_repeated(&password), "password-repeated", "Das Passwort besteht aus Wiederholungen.", "The password consists of repetitions."),
        (
            is_run(&password),
            "password-sequence",
            "Das Passwort besteht aus einer Folge von Zahlen, Buchstaben oder benachbarten Tasten.",
            "The password consists of a sequence of digits, letters or neighbouring keys.",
        ),
        (
            is_listed(&password),
            "password-common",
            "Das Passwort gehört zu denen, die zuerst ausprobiert werden.",
            "The password is one of those that are tried first.",
        ),
        (
            is_context(&password, context),
            "password-context",
            "Das Passwort besteht fast nur aus Ihrem Namen, Ihrer E-Mail-Adresse oder dem Namen des Portals.",
            "The password is hardly more than your name, your e-mail address or the name of the portal.",
        ),
    ];
    rules.into_iter().filter(|rule| rule.0).map(|(_, code, de, en)| ValueError::new(code, de, en)).collect()
}

/// Few different characters, or one part over and over.
fn is_repeated(password: &str) -> bool {
    let chars: Vec<char> = fold(password).chars().collect();
    let different: HashSet<_> = chars.iter().collect();
    let repeats = |period: usize| chars.iter().zip(chars.iter().skip(period)).all(|(a, b)| a == b);
    different.len() < MIN_DIFFERENT || (1..=chars.len() / 2).any(repeats)
}

/// Hardly anything beside runs of at least three neighbours.
fn is_run(password: &str) -> bool {
    let chars: Vec<char> = password.to_lowercase().chars().collect();
    let neighbours = |a: char, b: char| {
        a == b || ROWS.iter().any(|row| row.chars().zip(row.chars().skip(1)).any(|(left, right)| (a, b) == (left, right) || (b, a) == (left, right)))
    };
    let steps: Vec<bool> = chars.iter().zip(chars.iter().skip(1)).map(|(a, b)| neighbours(*a, *b)).collect();
    let mut left = chars.len();
    for run in steps.split(|step| !step) {
        if run.len() >= 2 {
            left -= run.len() + 1;
        }
    }
    left < MIN_BESIDE_RUNS
}

/// At most two listed entries with digits and signs around them, also with digits and signs for letters (`p4$$w0rt`).
fn is_listed(password: &str) -> bool {
    let read_as = |one: char| {
        let letter = move |c: char| match c {
            '0' => 'o',
            '1' | '!' | '|' => one,
            '3' | '€' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            '8' => 'b',
            other => other,
        };
        fold(password).chars().map(|c| (c, letter(c))).collect::<Vec<_>>()
    };
    ['i', 'l'].into_iter().map(read_as).any(|chars| chars.iter().any(|(c, _)| c.is_alphabetic()) && only_listed(&chars, 2))
}

/// Whether nothing but `words` listed entries is left, beside digits and signs. Each character comes as it is and as the letter it stands for.
fn only_listed(chars: &[(char, char)], words: usize) -> bool {
    let Some(letter) = chars.iter().position(|(c, _)| c.is_alphabetic()) else { return true };
    let listed = |from: &[(char, char)], length: usize| {
        from.split_at_checked(length).is_some_and(|(word, after)| {
            let (plain, read): (String, String) = word.iter().copied().unzip();
            (LISTED.contains(plain.as_str()) || LISTED.contains(read.as_str())) && only_listed(after, words - 1)
        })
    };
    // An entry may begin with a digit or sign: at once (`4dm1n`), or just before the first letter (`1q2w3e4r`).
    words > 0
        && [0, letter.saturating_sub(1), letter]
            .into_iter()
            .filter_map(|start| chars.get(start..))
            .any(|from| (3..=from.len().min(LONGEST_LISTED)).rev().any(|length| listed(from, length)))
}

/// Too little beside words of the context.
fn is_context(password: &str, context: &Context) -> bool {
    let folded = fold(password);
    let without = context.words.iter().fold(folded.clone(), |rest, word| rest.replace(word.as_str(), " "));
    // A password may be written with separators where the context has none.
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let joined = context.words.iter().fold(letters.clone(), |rest, word| rest.replace(word.as_str(), " "));
    let left = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    (without != folded && left(&without) < MIN_BESIDE_CONTEXT) || (joined != letters && left(&joined) < MIN_BESIDE_CONTEXT)
}

#[cfg(test)]
mod tests;
