//! `GET /organizations`: search and list.

use crate::catalogue::OrganizationItem;
use crate::list::{FacetCount, SearchPage};
use crate::problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A page of organisations.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct OrganizationList {
    /// The organisations.
    pub data: Vec<OrganizationItem>,
    /// Where the list stands.
    pub page: SearchPage,
    /// Counts by facet (`kind`, `area`, `sponsor`) and value, if asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<BTreeMap<String, Vec<FacetCount>>>,
}

/// Order of a list of organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OrganizationSort {
    /// Best match first.
    Relevance,
    /// By name.
    Name,
    /// Nearest first; needs `near`.
    Distance,
}

/// Parameters of the search for organisations.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct OrganizationParameters {
    /// Words to be found.
    #[param(max_length = 200, example = "volkshochschule")]
    pub q: Option<String>,
    /// Codes of the vocabulary `organization-kinds`.
    pub kind: Option<Vec<String>>,
    /// Keys of areas; a county or Amt includes its municipalities.
    pub area: Option<Vec<String>>,
    /// Kinds of sponsor.
    pub sponsor: Option<Vec<domain::catalogue::Sponsor>>,
    /// `true`: members of the Bildungsnetzwerk only.
    pub network_member: Option<bool>,
    /// `lat,lon` or a postcode of the region.
    #[param(example = "19370")]
    pub near: Option<String>,
    /// Kilometres around `near`; 10 if not given.
    #[param(minimum = 1, maximum = 200)]
    pub radius: Option<u32>,
    /// Order; `relevance` with `q`, else `name`.
    pub sort: Option<OrganizationSort>,
    /// `true` adds `facets`.
    pub facets: Option<bool>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before, all other parameters unchanged.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of titles, labels and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Search and list organisations
///
/// Whoever offers education in the region, with the number of offers that can be found now.
#[utoipa::path(
    get, path = "/organizations", operation_id = "listOrganizations", tag = "organizations", params(OrganizationParameters), security(()),
    responses(
        (status = 200, description = "A page of organisations.", body = OrganizationList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule", "kind": "adult-education-centre",
                "sponsor": "public", "municipality": "Parchim", "ags": "13076108", "geo": { "lat": 53.42, "lon": 11.84 }, "offerCount": 214 }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub async fn list_organizations() {}
