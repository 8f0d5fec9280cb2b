//! Decoding with explanations: serde stops at its first error and speaks English; here every problem of a record is told, with its
//! place and in both languages.
//!
//! [`decode`] is for records, whose field `type` has been read before; [`document`] for any other JSON.

use super::untagged::Untagged;
use super::words;
use crate::problems;
use domain::Problem;
use domain::problem::ValueError;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use std::collections::HashMap;

/// As many problems of one record are told.
const MOST: usize = 20;

/// Decodes a record. The fast way knows no places; only a record that fails is walked again slowly.
pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Problem>> {
    let mut json = serde_json::Deserializer::from_str(text);
    let decoded = T::deserialize(Untagged(&mut json)).and_then(|draft| json.end().map(|()| draft));
    decoded.map_err(|error| every_problem(text, &error, |record| serde_path_to_error::deserialize::<_, T>(Untagged(record))))
}

/// Decodes a JSON document and says everything that is wrong with it, each with its place. Objects must be objects: a list of their values in
/// the right order is none.
pub fn document<T: DeserializeOwned>(text: &str) -> Result<T, NotDecoded> {
    let list = text.trim_start().starts_with('[');
    let error = match if list { Err(None) } else { serde_json::from_str::<T>(text).map_err(Some) } {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let said = error.to_string();
        let detail = said.split(" at line ").next().unwrap_or_default().to_owned();
        return Err(NotDecoded::Unreadable { line: error.line(), column: error.column(), detail });
    }
    Err(NotDecoded::Invalid(match error {
        None => vec![Problem::error("", problems::wrong_type(words::found_value(&Value::Array(vec![])), words::OBJECT))],
        Some(error) => every_problem(text, &error, |value| serde_path_to_error::deserialize::<_, T>(value)),
    }))
}

/// Why a JSON document could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDecoded {
    /// It is no JSON, or nested too deeply; the detail is in English.
    Unreadable {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        detail: String,
    },
    /// It is JSON, but not what is expected. At least one problem; pointers (RFC 6901) into the document.
    Invalid(Vec<Problem>),
}

/// Notes an error, puts something harmless in its place, and tries again until the record would be fine.
fn every_problem<T>(
    text: &str,
    first: &serde_json::Error,
    decode: impl Fn(&Value) -> Result<T, serde_path_to_error::Error<serde_json::Error>>,
) -> Vec<Problem> {
    let mut record = match serde_json::from_str::<Value>(text) {
        Ok(record) => record,
        Err(error) => return vec![Problem::error("", syntax(&error))],
    };
    let mut problems = Vec::new();
    let message = first.to_string();
    if message.starts_with("duplicate field") {
        problems.push(Problem::error("", words::explain(&message).value));
    }
    let mut visits: HashMap<String, u8> = HashMap::new();
    while problems.len() < MOST {
        let Err(error) = decode(&record) else { break };
        let explained = words::explain(&error.inner().to_string());
        let mut steps = steps(error.path());
        steps.extend(explained.missing.clone());
        let pointer: String = steps.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect();
        let visit = visits.entry(pointer.clone()).or_default();
        *visit += 1;
        // What was just taken out because it was wrong is missing now: that is no second problem.
        if *visit == 1 {
            problems.push(Problem::error(pointer, explained.value));
        }
        let placeholder = explained.missing.as_deref().map(|field| words::placeholder(field, &steps));
        if *visit > 2 || !put(&mut record, &steps, placeholder) {
            break;
        }
    }
    if problems.is_empty() {
        problems.push(Problem::error("", words::explain(&message).value));
    }
    problems
}

fn steps(path: &Path) -> Vec<String> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { variant } => Some(variant.clone()),
            Segment::Unknown => None,
        })
        .collect()
}

/// Sets or removes a value. A list is cut off instead, because what follows would move up and be told at the wrong place.
fn put(record: &mut Value, steps: &[String], value: Option<Value>) -> bool {
    let Some((last, parents)) = steps.split_last() else { return false };
    let mut place = record;
    for step in parents {
        let next = match place {
            Value::Object(map) => map.get_mut(step),
            Value::Array(list) => step.parse().ok().and_then(|i: usize| list.get_mut(i)),
            _ => None,
        };
        let Some(next) = next else { return false };
        place = next;
    }
    match (place, value) {
        (Value::Object(map), Some(value)) => {
            map.insert(last.clone(), value);
            true
        }
        (Value::Object(map), None) => map.remove(last).is_some(),
        (Value::Array(list), None) => last.parse().is_ok_and(|i: usize| {
            let shorter = i < list.len();
            list.truncate(i);
            shorter
        }),
        _ => false,
    }
}

/// What is wrong with a line whose `type` or `externalId` cannot even be read.
pub(super) fn head(text: &str, error: &serde_json::Error) -> Vec<Problem> {
    let message = error.to_string();
    let kind = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(record)) => record.get("type").cloned(),
        Ok(other) => return vec![Problem::error("", problems::wrong_type(words::found_value(&other), words::OBJECT))],
        Err(error) => return vec![Problem::error("", syntax(&error))],
    };
    match kind {
        Some(Value::String(_)) if message.starts_with("duplicate field") => vec![Problem::error("", words::explain(&message).value)],
        Some(Value::String(_)) => vec![Problem::error("/externalId", words::explain(&message).value)],
        Some(other) => vec![Problem::error("/type", problems::wrong_type(words::found_value(&other), words::TEXT))],
        None => vec![Problem::error("/type", problems::missing("type"))],
    }
}

/// What is wrong with a line that is not JSON.
pub(super) fn syntax(error: &serde_json::Error) -> ValueError {
    let detail = error.to_string();
    let detail = detail.split(" at line ").next().unwrap_or_default();
    problems::not_json(error.column(), detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    #[allow(dead_code)]
    struct Outer {
        name: String,
        inner: Vec<Inner>,
        count: Option<u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Small,
    }

    fn wrong(text: &str) -> Vec<(String, String)> {
        match document::<Outer>(text) {
            Err(NotDecoded::Invalid(problems)) => problems.into_iter().map(|problem| (problem.pointer, problem.code)).collect(),
            other => panic!("{text}: {other:?}"),
        }
    }

    // ASVS 5.0 V15.3.3
    // ASVS 5.0 V15.3.5
    #[test]
    fn a_document_is_told_everything_that_is_wrong_with_it() {
        let pairs = |all: &[(&str, &str)]| all.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            wrong(r#"{"inner":[{"kind":"small","role":"administrator"}],"count":"3","type":"x"}"#),
            pairs(&[("/count", "type-wrong"), ("/inner/0/role", "field-unknown"), ("/type", "field-unknown"), ("/name", "field-missing")])
        );
        assert_eq!(wrong(r#"{"name":"a","inner":[{"kind":"small"},{"kind":"large"}]}"#), pairs(&[("/inner/1/kind", "value-unknown")]));
        assert_eq!(wrong(r#"{"name":"a","name":"b","inner":[]}"#), pairs(&[("", "field-duplicate")]));
        assert_eq!(wrong(r#"["a",[],1]"#), pairs(&[("", "type-wrong")]));
        assert_eq!(wrong("7"), pairs(&[("", "type-wrong")]));
        assert!(document::<Outer>(r#"{"name":"a","inner":[]}"#).is_ok());
    }

    #[test]
    fn what_is_no_json_is_unreadable() {
        let deep = "[".repeat(100_000);
        let nested = format!(r#"{{"name":{}"#, "[".repeat(1000));
        for text in ["", "{", "{\"name\":", "{} {}", "[1", deep.as_str(), nested.as_str(), "\u{feff}{}"] {
            assert!(matches!(document::<Outer>(text), Err(NotDecoded::Unreadable { .. })), "{text:.40}");
        }
    }
}
