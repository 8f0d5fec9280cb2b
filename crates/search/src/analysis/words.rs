//! Where words begin and end, and forms that name both genders.

/// Signs between a word and its feminine ending: `Erzieher:innen`, `Erzieher*innen`, `Erzieher_innen`, `Erzieher/innen`,
/// `Erzieher/-innen`, `Erzieher(innen)`, `Erzieher·innen`.
const GENDER_SIGNS: &[&str] = &["/-", ":", "*", "_", "/", "·", "•", "("];

/// The endings behind such a sign.
const GENDER_ENDINGS: &[&str] = &["innen", "in", "r", "n", "e"];

/// Combining marks and signs that stand inside a word without being part of it.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200c}' | '\u{200d}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`')
}

/// Calls `sink` with byte range and lower-case form of each word. A word with a gender sign is one word: `Erzieher:innen` is
/// `erzieherinnen`.
pub(crate) fn for_each_word(text: &str, mut sink: impl FnMut(usize, usize, &str)) {
    while_words(text, |from, to, word| {
        sink(from, to, word);
        true
    });
}

/// Like [`for_each_word`], as long as `sink` wants more.
pub(crate) fn while_words(text: &str, mut sink: impl FnMut(usize, usize, &str) -> bool) {
    let mut word = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        if !first.is_alphanumeric() {
            at += first.len_utf8();
            continue;
        }
        word.clear();
        let mut end = at;
        for (offset, c) in rest.char_indices() {
            if c.is_alphanumeric() {
                push_lower(&mut word, c);
            } else if is_apostrophe(c) {
                let next = rest.get(offset + c.len_utf8()..).and_then(|r| r.chars().next());
                if !next.is_some_and(char::is_alphabetic) {
                    break;
                }
            } else if c == '-' && offset > 0 && word.chars().nth(1).is_none() && word.chars().all(char::is_alphabetic) {
                // "E-Mail" and "Email", "I-Kurs" and "IKurs" are the same.
                if !rest.get(offset + 1..).and_then(|r| r.chars().next()).is_some_and(char::is_alphabetic) {
                    break;
                }
            } else if !is_silent(c) {
                break;
            }
            end = at + offset + c.len_utf8();
        }
        if let Some((length, ending)) = text.get(end..).and_then(gender_ending)
            && word.chars().count() >= 3
        {
            word.push_str(ending);
            end += length;
        }
        if !sink(at, end, &word) {
            return;
        }
        at = end;
    }
}

fn push_lower(word: &mut String, c: char) {
    match c {
        'ẞ' => word.push('ß'),
        // Arabic spelling varies in these letters, readers do not care.
        'أ' | 'إ' | 'آ' => word.push('ا'),
        'ى' => word.push('ي'),
        'ة' => word.push('ه'),
        _ => word.extend(c.to_lowercase()),
    }
}

/// The gender ending `rest` begins with: how many bytes it takes, and the ending.
fn gender_ending(rest: &str) -> Option<(usize, &'static str)> {
    let sign = GENDER_SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
    let after = rest.get(sign.len()..)?;
    for ending in GENDER_ENDINGS {
        let matches = after.get(..ending.len()).is_some_and(|head| head.eq_ignore_ascii_case(ending));
        if !matches {
            continue;
        }
        let tail = after.get(ending.len()..)?;
        let closing = usize::from(*sign == "(");
        let closed = closing == 0 || tail.starts_with(')');
        let boundary = !tail.chars().next().is_some_and(char::is_alphanumeric);
        // "und/in" or "Montag/e" are no gender forms; a slash only joins "in" and "innen".
        let plausible = ending.len() >= 2 || matches!(*sign, ":" | "*" | "_");
        if closed && boundary && plausible {
            return Some((sign.len() + ending.len() + closing, ending));
        }
    }
    None
}
