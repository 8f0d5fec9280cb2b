//! The envelope of every list.

use search::catalogue::Help;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
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

impl Page {
    /// The page of a list that is always shown as a whole.
    pub(crate) fn whole(total: usize) -> Self {
        let limit = u32::try_from(total).unwrap_or(u32::MAX).max(1);
        Self { next: None, limit, total: u64::try_from(total).unwrap_or(u64::MAX) }
    }
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
    pub help: Option<Help>,
}

/// A list as the search index hands it out: its items are JSON already.
#[derive(Serialize)]
pub(crate) struct SearchList<'a> {
    pub(crate) data: &'a [Box<RawValue>],
    pub(crate) page: SearchPage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) facets: Option<search::catalogue::Facets>,
}

/// A list that is written out.
#[derive(Serialize)]
pub(crate) struct List<T: Serialize> {
    pub(crate) data: T,
    pub(crate) page: Page,
}
