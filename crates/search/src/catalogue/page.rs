//! Pages of lists.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Counts by parameter name, the most frequent code first. Codes that nothing has are left out.
pub type Facets = BTreeMap<&'static str, Vec<FacetCount>>;

/// How many results another choice would give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FacetCount {
    /// Code.
    #[schema(examples("languages"))]
    pub code: String,
    /// Number of results.
    pub count: u64,
}

/// A page of offers.
#[derive(Debug)]
pub struct OfferPage {
    /// Each one a JSON object of the shape of [`super::OfferItem`].
    pub items: Vec<Box<RawValue>>,
    /// All results, exact.
    pub total: u64,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Counts, if they were asked for.
    pub facets: Option<Facets>,
    /// Help, if the list came out empty or a word is not known.
    pub help: Option<Help>,
}

/// A page of organisations.
#[derive(Debug)]
pub struct OrganizationPage {
    /// Each one a JSON object of the shape of [`super::OrganizationItem`].
    pub items: Vec<Box<RawValue>>,
    /// All results, exact.
    pub total: u64,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Counts, if they were asked for.
    pub facets: Option<Facets>,
    /// Help, if the list came out empty or a word is not known.
    pub help: Option<Help>,
}

/// What to do about an empty list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Help {
    /// The query with unknown words replaced by the nearest known ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("pflege"))]
    pub did_you_mean: Option<String>,
    /// Filters without which there would be results, the most helpful first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emptied_by: Vec<EmptiedBy>,
}

impl Help {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.did_you_mean.is_none() && self.emptied_by.is_empty()
    }
}

/// A filter that emptied the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmptiedBy {
    /// Name of the parameter.
    #[schema(examples("area"))]
    pub parameter: String,
    /// Its values, joined by commas.
    #[schema(examples("13076108"))]
    pub value: String,
    /// Results without this parameter.
    pub total_without: u64,
}
