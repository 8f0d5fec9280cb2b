//! From bytes to nodes: a JSON file, or the script blocks of a web page.

use super::node::normalized;
use crate::{FileError, Limits, problems};
use domain::problem::ValueError;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};

/// As many values a document may have; memory grows with their number and not only with their length.
const MAX_VALUES: usize = 1_000_000;

/// Something that stands at the top of a document, or why it cannot be read.
pub(super) struct Top {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// The normalised value.
    pub value: Result<Value, ValueError>,
}

/// Reads the whole file and takes it apart.
pub(super) fn tops(input: &mut dyn BufRead, limits: Limits) -> Result<Vec<Top>, FileError> {
    let fail = |value: ValueError| Err(FileError::new(None, value));
    let mut bytes = Vec::new();
    let most = u64::try_from(limits.document_bytes).unwrap_or(u64::MAX).saturating_add(1);
    if Read::take(input, most).read_to_end(&mut bytes).is_err() {
        return fail(problems::read_failed());
    }
    if bytes.len() > limits.document_bytes {
        return fail(problems::document_too_large(limits.document_bytes));
    }
    if bytes.contains(&0) || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1f\x8b") {
        return fail(problems::file_binary());
    }
    if bytes.iter().filter(|b| matches!(b, b',' | b'[' | b'{')).count() > MAX_VALUES {
        return fail(problems::too_many_values(MAX_VALUES));
    }
    let text = decoded(&bytes).map_err(|value| FileError::new(None, value))?;
    let text = text.as_str();
    match text.trim_start().chars().next() {
        None => fail(problems::file_empty()),
        Some('<') => Ok(scripts(text).flat_map(|script| block(text, script).unwrap_or_else(|broken| vec![broken])).collect()),
        Some('{' | '[') => block(text, text).map_err(|top| FileError::new(Some(top.line), top.value.err().unwrap_or_else(problems::file_truncated))),
        Some(other) => fail(problems::not_json_ld(other)),
    }
}

/// The text of the file; web pages may name their encoding.
fn decoded(bytes: &[u8]) -> Result<String, ValueError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
            let label = head.split_once("charset=").map(|(_, after)| after.trim_start_matches(['"', '\'']));
            let label = label.and_then(|after| after.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next());
            let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())).filter(|e| *e != encoding_rs::UTF_8);
            let text = encoding.and_then(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
            text.map(std::borrow::Cow::into_owned).ok_or_else(|| problems::not_utf8(error.valid_up_to() + 1))
        }
    }
}

/// The contents of `<script type="application/ld+json">`. What stands in comments or in other scripts is not looked at.
fn scripts(page: &str) -> impl Iterator<Item = &str> {
    let lower = page.to_ascii_lowercase();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = lower.get(at..)?;
            let begin = at + rest.find("<script").into_iter().chain(rest.find("<!--")).min()?;
            if lower.get(begin..)?.starts_with("<!--") {
                at = begin + lower.get(begin..)?.find("-->")? + 3;
                continue;
            }
            let content = begin + lower.get(begin..)?.find('>')? + 1;
            let end = content + lower.get(content..)?.find("</script")?;
            at = end;
            if lower.get(begin..content)?.contains("application/ld+json") {
                return page.get(content..end);
            }
        }
    })
}

/// The nodes at the top of one block: the elements of a list or of `@graph`, or the one object. `Err` has the place of a mistake.
fn block(file: &str, text: &str) -> Result<Vec<Top>, Top> {
    let line_of = |part: &str| {
        let offset = (part.as_ptr() as usize).saturating_sub(file.as_ptr() as usize);
        let before = file.as_bytes().get(..offset.min(file.len())).unwrap_or_default();
        before.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>() + 1
    };
    let text = text.trim().trim_start_matches("//").trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches("//").trim();
    let broken = |error: &serde_json::Error| {
        let line = line_of(text) + u64::try_from(error.line()).unwrap_or(1).saturating_sub(1);
        let value = if error.is_eof() { problems::file_truncated_json() } else { problems::not_json(error.column(), &error.to_string()) };
        Top { line, value: Err(value) }
    };
    let graph: Option<&RawValue> = if text.starts_with('{') {
        serde_json::from_str::<BTreeMap<String, &RawValue>>(text).ok().and_then(|mut root| root.remove("@graph"))
    } else {
        None
    };
    let list = graph.map_or(text, RawValue::get);
    if list.starts_with('[') {
        let parts: Vec<&RawValue> = serde_json::from_str(list).map_err(|error| broken(&error))?;
        let mut lines = line_of(list);
        let mut counted = list;
        return Ok(parts
            .into_iter()
            .map(|part| {
                // Counting on from the part before, not from the beginning of the file.
                let offset = (part.get().as_ptr() as usize).saturating_sub(counted.as_ptr() as usize);
                let (before, after) = counted.split_at_checked(offset).unwrap_or((counted, ""));
                lines += before.bytes().map(|b| u64::from(b == b'\n')).sum::<u64>();
                counted = after;
                let value = serde_json::from_str::<Value>(part.get()).map(normalized);
                Top { line: lines, value: value.map_err(|error| problems::not_json(error.column(), &error.to_string())) }
            })
            .collect());
    }
    let read = serde_json::from_str::<Value>(text).or_else(|error| {
        // Line ends inside of texts: forbidden, and in many pages.
        let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str::<Value>(&one_line).map_err(|_| error)
    });
    match read {
        Ok(value) => Ok(vec![Top { line: line_of(text), value: Ok(normalized(value)) }]),
        Err(error) => Err(broken(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_of_the_right_type_outside_of_comments() {
        let page = "<!-- <script type='application/ld+json'>1</script> --><script>if (a<b) '<script type=application/ld+json>'</script>\n\
                    <SCRIPT async TYPE=\"application/ld+json\">2</SCRIPT><script type=application/ld+json>3</script><script type=application/ld+json>4";
        assert_eq!(scripts(page).collect::<Vec<_>>(), ["2", "3"]);
    }

    #[test]
    fn lines_of_the_elements_of_a_list() {
        let text = "\n{ \"@graph\": [\n  {\"a\": 1},\n\n  {\"a\": 2}\n] }";
        let tops = block(text, text).unwrap_or_default();
        assert_eq!(tops.iter().map(|top| top.line).collect::<Vec<_>>(), [3, 5]);
    }
}
