//! `GET /offers`: search and list.

use crate::catalogue::found;
use crate::list::{SearchList, SearchPage};
use crate::problem::{self, ApiError};
use crate::query::{Query, choice, date, uuid};
use crate::state::{AppState, Question};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::problem::ValueError;
use search::catalogue::{FacetCount, OfferItem};
use search::{OfferFacet, OfferQuery};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A page of offers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct OfferList {
    /// The offers.
    pub data: Vec<OfferItem>,
    /// Where the list stands.
    pub page: SearchPage,
    /// Counts by facet and value, if asked for. Facets are named like their parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<BTreeMap<String, Vec<FacetCount>>>,
}

/// Order of a list of offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfferSort {
    /// Best match first.
    Relevance,
    /// Next start first.
    Start,
    /// Nearest first; needs `near`.
    Distance,
    /// Newest record first.
    Newest,
    /// By title.
    Title,
}

const SORTS: &[(&str, search::OfferSort)] = &[
    ("relevance", search::OfferSort::Relevance),
    ("start", search::OfferSort::Start),
    ("distance", search::OfferSort::Distance),
    ("newest", search::OfferSort::Newest),
    ("title", search::OfferSort::Title),
];

/// Parameters of the search for offers. Values of one parameter are alternatives, different parameters narrow.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct OfferParameters {
    /// Words to be found: German stems, compounds, synonyms and typing mistakes are understood.
    #[param(max_length = 200, example = "deutsch kurs")]
    pub q: Option<String>,
    /// Codes of the vocabulary `topics`; a topic includes its narrower topics.
    pub topic: Option<Vec<String>>,
    /// Codes of the vocabulary `life-phases`.
    pub life_phase: Option<Vec<String>>,
    /// Codes of the vocabulary `target-groups`.
    pub target_group: Option<Vec<String>>,
    /// Codes of the vocabulary `offer-kinds`.
    pub kind: Option<Vec<String>>,
    /// Codes of the vocabulary `delivery-modes`.
    pub delivery_mode: Option<Vec<String>>,
    /// Codes of the vocabulary `languages`: languages of instruction.
    pub language: Option<Vec<String>>,
    /// Codes of the vocabulary `language-levels`.
    pub level: Option<Vec<String>>,
    /// Codes of the vocabulary `bamf-course-types`.
    pub bamf_course_type: Option<Vec<String>>,
    /// Codes of the vocabulary `funding-types`.
    pub funding: Option<Vec<String>>,
    /// Codes of the vocabulary `entry-requirements`.
    pub entry_requirement: Option<Vec<String>>,
    /// Codes of the vocabulary `price-types`.
    pub price: Option<Vec<String>>,
    /// Codes of the vocabulary `organization-kinds`.
    pub organization_kind: Option<Vec<String>>,
    /// Codes of the vocabulary `weekdays`.
    pub weekday: Option<Vec<String>>,
    /// Codes of the vocabulary `day-times`.
    pub day_time: Option<Vec<String>>,
    /// Codes of the vocabulary `accessibility-criteria`: offers (or their places) that state *yes* or *partly*. All must hold.
    pub accessibility: Option<Vec<String>>,
    /// Keys of areas; a county or Amt includes its municipalities.
    pub area: Option<Vec<String>>,
    /// Ids of organisations.
    pub organization: Option<Vec<domain::Uuid>>,
    /// `lat,lon` or a postcode of the region.
    #[param(example = "53.4258,11.8481")]
    pub near: Option<String>,
    /// Kilometres around `near`; 10 if not given.
    #[param(minimum = 1, maximum = 200)]
    pub radius: Option<u32>,
    /// First day `YYYY-MM-DD` in the region's zone: offers with a session on or after it.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<chrono::NaiveDate>,
    /// Last day `YYYY-MM-DD`: offers with a session on or before it.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<chrono::NaiveDate>,
    /// Age in years.
    #[param(minimum = 0, maximum = 120)]
    pub age: Option<u8>,
    /// Highest price in minor units; free offers included.
    #[param(minimum = 0, maximum = 100_000_000)]
    pub price_max: Option<u32>,
    /// `true`: at least one run can be booked now.
    pub bookable: Option<bool>,
    /// `true`: with childcare on site.
    pub childcare: Option<bool>,
    /// `false` hides invented records.
    pub example: Option<bool>,
    /// Order; `relevance` with `q`, else `start`.
    pub sort: Option<OfferSort>,
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

/// Search and list offers
///
/// Offers that are over leave the list by themselves. Each facet is counted without its own filter, so that one sees what another
/// choice would give. When little is found, `page.help` says what to try.
#[utoipa::path(
    get, path = "/offers", operation_id = "listOffers", tag = "offers", params(OfferParameters), security(()),
    responses(
        (status = 200, description = "A page of offers.", body = OfferList, content_type = "application/json", example = json!({
            "data": [{
                "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-a1", "title": "Deutsch A1", "summary": "Für Menschen ohne Vorkenntnisse.",
                "contentLanguage": "de", "kind": "course",
                "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule" },
                "topics": ["german-second-language"], "deliveryMode": "onsite", "languages": ["de"], "languageLevel": { "from": "A0", "to": "A1" },
                "price": { "type": "paid", "amount": 4700, "currency": "EUR" }, "entryRequirements": ["none"], "funding": [],
                "accessibility": { "step-free-entrance": "yes" }, "childcare": true,
                "nextRun": { "id": "019ab1c2-0000-7000-8000-000000000003", "start": "2027-01-11T17:00:00Z", "end": "2027-03-29", "status": "bookable",
                    "bookable": true, "rollingStart": false,
                    "place": { "id": "019ab1c2-0000-7000-8000-000000000004", "name": "Volkshochschule Parchim", "locality": "Parchim",
                        "municipality": "Parchim", "ags": "13076108", "geo": { "lat": 53.42, "lon": 11.84 } } },
                "runCount": 3, "confirmedAt": "2026-11-24T04:00:00Z", "example": true, "distanceKm": 4.2,
                "highlights": { "title": "<mark>Deutsch</mark> A1" }
            }],
            "page": { "next": null, "limit": 20, "total": 1 },
            "facets": { "topic": [{ "code": "german-second-language", "count": 1 }] }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn list_offers(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let mut query = OfferQuery { limit: found::large(limit), ..read(&mut parameters) };
    let language = parameters.finish()?;
    language.tag().clone_into(&mut query.language);
    let representation = found::representation(&state, &request, language);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (now, question) = (state.now(), Question::of_list(query.text.is_some(), query.facets));
    let words = query.text.clone();
    let page = state.search(question, move |index| index.offers(&query, now)).await?;
    if let Some(words) = words.filter(|_| page.total == 0) {
        // Demand that nobody meets yet. Outside of the request's span: the words alone, without anything that came with them.
        tracing::info!(target: "demand", parent: None, words, "a search found nothing");
    }
    let listed = SearchPage { next: page.next, limit, total: page.total, help: page.help };
    representation.json(&SearchList { data: &page.items, page: listed, facets: page.facets })
}

/// Reads the parameters; what is wrong stays in `parameters`.
pub(crate) fn read(parameters: &mut Query<'_>) -> OfferQuery {
    let mut query = OfferQuery { text: parameters.words("q", 200), ..OfferQuery::default() };
    for facet in OfferFacet::ALL {
        let more: &[&str] = if *facet == OfferFacet::EntryRequirement { &[search::catalogue::NOT_STATED] } else { &[] };
        let codes = match facet.vocabulary() {
            Some(vocabulary) => parameters.codes(facet.parameter(), vocabulary, more),
            None => parameters.areas(),
        };
        if !codes.is_empty() {
            query.filters.insert(*facet, codes.into_iter().collect());
        }
    }
    query.organizations = parameters.many("organization", |_, text| uuid(text)).into_iter().collect();
    query.near = found::near(parameters);
    query.from = parameters.one("from", date);
    query.to = parameters.one("to", date);
    if let (Some(from), Some(to)) = (query.from, query.to)
        && to < from
    {
        parameters.refuse("to", ValueError::new("span-invalid", "to liegt vor from.", "to is before from."));
    }
    query.age = parameters.number("age", 0, 120);
    query.price_max = parameters.number("priceMax", 0, 100_000_000);
    query.bookable = parameters.flag("bookable").unwrap_or(false);
    query.childcare = parameters.flag("childcare").unwrap_or(false);
    query.without_examples = !parameters.flag("example").unwrap_or(true);
    query.sort = parameters.one("sort", |text| choice(text, SORTS));
    if query.sort == Some(search::OfferSort::Distance) && !parameters.has("near") {
        parameters.refuse("sort", found::distance_without_near());
    }
    query.facets = parameters.flag("facets").unwrap_or(false);
    query.cursor = parameters.cursor();
    query
}
