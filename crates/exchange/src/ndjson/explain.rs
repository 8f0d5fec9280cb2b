//! Decoding with explanations: serde's first English error becomes every problem of the record, with its place and in two languages.

use super::untagged::Untagged;
use crate::problems;
use domain::Problem;
use domain::problem::ValueError;
use serde::de::DeserializeOwned;

/// Decodes a record. The fast path knows no places; only a record that fails is walked again slowly.
pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Problem>> {
    let mut json = serde_json::Deserializer::from_str(text);
    if let Ok(draft) = T::deserialize(Untagged(&mut json))
        && json.end().is_ok()
    {
        return Ok(draft);
    }
    Err(every_problem::<T>(text))
}

fn every_problem<T: DeserializeOwned>(text: &str) -> Vec<Problem> {
    let mut json = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, T>(Untagged(&mut json)) {
        Ok(_) => vec![],
        Err(error) => vec![Problem::error(error.path().to_string(), problems::value_invalid(&error.inner().to_string()))],
    }
}

/// What is wrong with a line whose type or id is not even a text.
pub(super) fn head(_text: &str, error: &serde_json::Error) -> Vec<Problem> {
    vec![Problem::error("", problems::value_invalid(&error.to_string()))]
}

/// What is wrong with a line that is not JSON.
pub(super) fn syntax(error: &serde_json::Error) -> ValueError {
    let detail = error.to_string();
    let detail = detail.split(" at line ").next().unwrap_or_default();
    problems::not_json(error.column(), detail)
}
