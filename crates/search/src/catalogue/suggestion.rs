//! Suggestions while typing.

use domain::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionKind {
    /// Words to search for.
    Query,
    /// A topic; `code` is of the vocabulary `topics`.
    Topic,
    /// An organisation with `id` and `slug`.
    Organization,
    /// A municipality or Amt; `code` is the key of the area.
    Place,
    /// An offer with `id` and `slug`.
    Offer,
}

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: SuggestionKind,
    /// Text to show and to search for.
    #[schema(examples("Deutsch"))]
    pub text: String,
    /// HTML-escaped text with `<mark>` around what was typed.
    #[schema(examples("<mark>Deut</mark>sch"))]
    pub highlight: String,
    /// Id of the organisation or offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Readable last part of its page address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Code of the topic or key of the area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}
