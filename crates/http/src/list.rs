//! The envelope of every list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a list stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Page {
    /// Cursor of the next page; `null` on the last one.
    #[schema(required)]
    pub next: Option<String>,
    /// Entries per page.
    #[schema(minimum = 1, examples(20))]
    pub limit: u32,
    /// Entries of the whole list, exact.
    #[schema(examples(137))]
    pub total: u64,
}

/// Where the list of a search stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SearchPage {
    /// Cursor of the next page; `null` on the last one.
    #[schema(required)]
    pub next: Option<String>,
    /// Entries per page.
    #[schema(minimum = 1, maximum = 100, examples(20))]
    pub limit: u32,
    /// Entries of the whole list, exact.
    #[schema(examples(137))]
    pub total: u64,
    /// What else to try; only when the list came out empty or small.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<SearchHelp>,
}

/// What to try when a search finds little.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchHelp {
    /// The words as they were probably meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("pflege"))]
    pub did_you_mean: Option<String>,
    /// Filters without which something would be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emptied_by: Vec<EmptiedBy>,
}

/// A filter that emptied the list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmptiedBy {
    /// Name of the parameter.
    #[schema(examples("area"))]
    pub parameter: String,
    /// Its value, where one value is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("13076108"))]
    pub value: Option<String>,
    /// Hits without it.
    #[schema(examples(12))]
    pub total_without: u64,
}

/// How many entries have a value.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FacetCount {
    /// Code of the vocabulary that belongs to the facet, or key of an area.
    #[schema(examples("languages"))]
    pub code: String,
    /// Entries with it, counted without the facet's own filter.
    #[schema(examples(214))]
    pub count: u64,
}
