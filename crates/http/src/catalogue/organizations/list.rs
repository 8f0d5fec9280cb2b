//! `GET /organizations`: search and list.

use crate::catalogue::found;
use crate::list::{SearchList, SearchPage};
use crate::problem::{self, ApiError};
use crate::query::{Query, choice};
use crate::state::{AppState, Question};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::Sponsor;
use search::catalogue::{FacetCount, OrganizationItem};
use search::{OrganizationFacet, OrganizationQuery};
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

const SORTS: &[(&str, search::OrganizationSort)] =
    &[("relevance", search::OrganizationSort::Relevance), ("name", search::OrganizationSort::Name), ("distance", search::OrganizationSort::Distance)];

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
    pub sponsor: Option<Vec<Sponsor>>,
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
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule", "contentLanguage": "de", "kind": "adult-education-centre", "networkMember": true,
                "sponsor": "public", "municipality": "Parchim", "ags": "13076108", "geo": { "lat": 53.42, "lon": 11.84 }, "offerCount": 214 }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn list_organizations(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let mut query = OrganizationQuery { limit: found::large(limit), ..read(&mut parameters) };
    let language = parameters.finish()?;
    language.tag().clone_into(&mut query.language);
    let representation = found::representation(&state, &request, language);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (now, question) = (state.now(), Question::of_list(query.text.is_some(), query.facets));
    let page = state.search(question, move |index| index.organizations(&query, now)).await?;
    let listed = SearchPage { next: page.next, limit, total: page.total, help: page.help };
    representation.json(&SearchList { data: &page.items, page: listed, facets: page.facets })
}

/// Reads the parameters; what is wrong stays in `parameters`.
pub(crate) fn read(parameters: &mut Query<'_>) -> OrganizationQuery {
    let mut query = OrganizationQuery { text: parameters.words("q", 200), ..OrganizationQuery::default() };
    for facet in OrganizationFacet::ALL {
        let codes: Vec<String> = match (facet, facet.vocabulary()) {
            (OrganizationFacet::Sponsor, _) => parameters.values::<Sponsor>("sponsor").into_iter().map(|sponsor| sponsor.code().to_owned()).collect(),
            (_, Some(vocabulary)) => parameters.codes(facet.parameter(), vocabulary, &[]),
            (_, None) => parameters.areas(),
        };
        if !codes.is_empty() {
            query.filters.insert(*facet, codes.into_iter().collect());
        }
    }
    query.network_member = parameters.flag("networkMember").unwrap_or(false);
    query.near = found::near(parameters);
    query.sort = parameters.one("sort", |text| choice(text, SORTS));
    if query.sort == Some(search::OrganizationSort::Distance) && !parameters.has("near") {
        parameters.refuse("sort", found::distance_without_near());
    }
    query.facets = parameters.flag("facets").unwrap_or(false);
    query.cursor = parameters.cursor();
    query
}
