//! What was wrong with something that was handed in, precisely and in both languages.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Whether the record was refused or only taken with a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The record was not taken.
    Error,
    /// The record was taken; something in it was changed or left out.
    Warning,
}

/// A message in the two languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

/// One thing that is wrong at one place of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Whether the record was refused.
    pub severity: Severity,
    /// JSON pointer (RFC 6901) or XPath-like place inside the record.
    #[schema(examples("/runs/0/start"))]
    pub pointer: String,
    /// Stable code, also the translation key of the interface.
    #[schema(examples("concept-unknown"))]
    pub code: String,
    /// What is wrong, and what would be right.
    pub message: Message,
}

impl Problem {
    /// A problem that refuses the record.
    pub fn error(pointer: impl Into<String>, value: ValueError) -> Self {
        Self { severity: Severity::Error, pointer: pointer.into(), code: value.code, message: Message { de: value.de, en: value.en } }
    }

    /// A problem that only costs a part of the record.
    pub fn warning(pointer: impl Into<String>, value: ValueError) -> Self {
        Self { severity: Severity::Warning, ..Self::error(pointer, value) }
    }
}

/// Why a value cannot be built. Travels through serde's string-only errors and is taken apart again by [`ValueError::recover`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ValueError {
    /// Stable code.
    pub code: String,
    /// German message.
    pub de: String,
    /// English message.
    pub en: String,
}

const SEPARATOR: char = '\u{1f}';

impl ValueError {
    /// A new value error.
    pub fn new(code: &str, de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: code.to_owned(), de: de.into(), en: en.into() }
    }

    /// Finds the value error inside a serde message ("… at line 1 column 7" is cut off).
    pub fn recover(message: &str) -> Option<Self> {
        let mut parts = message.split(SEPARATOR);
        let (_, code, de, en) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Self::new(code, de, en))
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SEPARATOR}{}{SEPARATOR}{}{SEPARATOR}{}{SEPARATOR}", self.code, self.de, self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_error_survives_serde() {
        let error = ValueError::new("text-too-long", "zu lang", "too long");
        let through_serde = format!("{error} at line 1 column 7");
        assert_eq!(ValueError::recover(&through_serde), Some(error));
        assert_eq!(ValueError::recover("missing field `title`"), None);
    }
}
