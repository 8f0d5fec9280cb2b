//! Content lines of a calendar: folded lines put together again, with an end to everything.
//!
//! Folding may cut through a character of several bytes, so lines are joined before they are decoded.

use crate::xml::Element;
use crate::{FileError, Limits, problems};
use domain::problem::ValueError;
use std::io::{BufRead, ErrorKind, Read};

/// One content line.
#[derive(Debug)]
pub(super) struct Logical {
    /// Line on which it begins, from 1.
    pub number: u64,
    /// Its bytes without the line end.
    pub bytes: Vec<u8>,
}

pub(super) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    limits: Limits,
    total: usize,
    number: u64,
    /// The physical line after the one that was returned.
    ahead: Option<Logical>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, limits: Limits) -> Self {
        Self { input, limits, total: 0, number: 0, ahead: None }
    }

    /// The next content line that is not blank. Blank lines between the parts of a folded line do not end it: old calendars have them.
    pub(super) fn next_line(&mut self) -> Result<Option<Logical>, FileError> {
        let first = match self.ahead.take() {
            Some(line) => Some(line),
            None => self.physical()?,
        };
        let Some(mut line) = first else { return Ok(None) };
        while let Some(next) = self.physical()? {
            let Some(rest) = next.bytes.strip_prefix(b" ").or_else(|| next.bytes.strip_prefix(b"\t")) else {
                self.ahead = Some(next);
                break;
            };
            line.bytes.extend_from_slice(rest);
            if line.bytes.len() > self.limits.text_bytes {
                return Err(FileError::new(Some(line.number), problems::token_too_long(self.limits.text_bytes)));
            }
        }
        Ok(Some(line))
    }

    /// The next line of the file that is not blank.
    fn physical(&mut self) -> Result<Option<Logical>, FileError> {
        loop {
            let number = self.number + 1;
            let fail = |value: ValueError| Err(FileError::new(Some(number), value));
            let mut bytes = Vec::new();
            let most = self.limits.text_bytes.saturating_add(1);
            let read = loop {
                match Read::take(&mut *self.input, u64::try_from(most).unwrap_or(u64::MAX)).read_until(b'\n', &mut bytes) {
                    Ok(read) => break read,
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(_) => return fail(problems::read_failed()),
                }
            };
            if read == 0 {
                return Ok(None);
            }
            self.number = number;
            self.total += read;
            if self.total > self.limits.document_bytes {
                return fail(problems::document_too_large(self.limits.document_bytes));
            }
            if bytes.len() > self.limits.text_bytes {
                return fail(problems::token_too_long(self.limits.text_bytes));
            }
            if bytes.contains(&0) || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1f\x8b") {
                return fail(problems::file_binary());
            }
            if number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            while matches!(bytes.last(), Some(b'\n' | b'\r')) {
                bytes.pop();
            }
            if bytes.iter().any(|b| !b.is_ascii_whitespace()) {
                return Ok(Some(Logical { number, bytes }));
            }
        }
    }
}

/// Takes a content line apart: name, parameters as attributes, value as text (still escaped). `None` if it is no content line.
pub(super) fn property(text: &str, line: u64) -> Option<Element> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    let (name, mut rest) = text.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut property = Element::new(&name.to_ascii_uppercase(), &[]);
    property.line = line;
    loop {
        // Blank space before a separator is not allowed but was seen.
        rest = rest.trim_start();
        if let Some(value) = rest.strip_prefix(':') {
            property.text = value.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>().trim().to_owned();
            property.attributes.sort();
            return Some(property);
        }
        rest = rest.strip_prefix(';')?.trim_start();
        let end = rest.find(['=', ';', ':'])?;
        let (parameter, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            // A bare value, as in vCalendar 1.0.
            rest = after;
            continue;
        };
        let end = end_of_value(value)?;
        let (value, after) = value.split_at(end);
        rest = after;
        let parameter = parameter.trim().to_ascii_uppercase();
        let shaped = parameter.starts_with(|c: char| c.is_ascii_uppercase()) && parameter.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if shaped && property.attribute(&parameter).is_none() {
            let value: String = value.chars().filter(|c| !c.is_control() && *c != '"').collect();
            property.attributes.push((parameter, value.trim().to_owned()));
        }
    }
}

/// Where the value of a parameter ends: at a separator outside quotation marks.
fn end_of_value(value: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, c) in value.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ':' | ';' if !quoted => return Some(at),
            _ => {}
        }
    }
    // A quotation mark that is never closed: the next separator has to do.
    value.find([':', ';'])
}

/// `\n`, `\,`, `\;` and `\\` of a TEXT value.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match characters.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(other @ (',' | ';' | '\\' | ':' | '"')) => out.push(other),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// The values of a list, separated by commas that are not escaped.
pub(super) fn list(text: &str) -> Vec<String> {
    let mut values = vec![];
    let (mut from, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == ',' && !escaped {
            values.push(text.get(from..at).unwrap_or_default());
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    values.push(text.get(from..).unwrap_or_default());
    values.into_iter().map(|value| unescape(value.trim())).filter(|value| !value.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, String)> {
        let mut input = text.as_bytes();
        let mut lines = Lines::new(&mut input, Limits::default());
        let mut all = vec![];
        while let Some(line) = lines.next_line().unwrap() {
            all.push((line.number, String::from_utf8_lossy(&line.bytes).into_owned()));
        }
        all
    }

    #[test]
    fn folded_lines_are_one() {
        assert_eq!(lines("A:1\r\n 2\r\n\r\n\t3\r\nB:4"), [(1, "A:123".into()), (5, "B:4".into())]);
        assert_eq!(lines("\u{feff}A\n\n :x\n\n"), [(1, "A:x".into())]);
        let folded_in_a_character = [b"A:Stra\xc3\r\n ".as_slice(), b"\x9fe\r\n"].concat();
        let mut input = folded_in_a_character.as_slice();
        assert_eq!(Lines::new(&mut input, Limits::default()).next_line().unwrap().unwrap().bytes, "A:Straße".as_bytes());
    }

    #[test]
    fn parameters_and_values() {
        let property = property("attendee;CN=\"Amt: Bildung; Kultur\";ROLE=CHAIR;ROLE=x:mailto:a@example.org", 1).unwrap();
        assert_eq!((property.name.as_str(), property.text.as_str()), ("ATTENDEE", "mailto:a@example.org"));
        assert_eq!((property.attribute("CN"), property.attribute("ROLE")), (Some("Amt: Bildung; Kultur"), Some("CHAIR")));
        for bad in ["", "no line", ":x", "1A:x", "A;B", "A;B=c", "Ä:x"] {
            assert!(super::property(bad, 1).is_none(), "{bad}");
        }
        assert_eq!(unescape(r"a\, b\n\\c\x"), "a, b\n\\c\\x");
        assert_eq!(list(r"Musik,Kunst\, Kultur, ,"), ["Musik", "Kunst, Kultur"]);
    }
}
