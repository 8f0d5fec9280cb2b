//! What can be asked.

use super::{OfferFacet, OrganizationFacet};
use chrono::NaiveDate;
use domain::Uuid;
use domain::areas::GeoPoint;
use std::collections::{BTreeMap, BTreeSet};

/// A circle around a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Centre.
    pub point: GeoPoint,
    /// Kilometres.
    pub radius_km: f64,
}

/// Order of offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfferSort {
    /// The best match first; without words like [`OfferSort::Start`].
    Relevance,
    /// The next session first; offers without a coming session after all others.
    Start,
    /// The nearest first; needs [`OfferQuery::near`].
    Distance,
    /// The last added first.
    Newest,
    /// By title, in the order of the German alphabet.
    Title,
}

/// A question for offers. `Default` asks for the first 20 of all.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferQuery {
    /// Words.
    pub text: Option<String>,
    /// Codes by filter: alternatives within one filter, different filters narrow.
    pub filters: BTreeMap<OfferFacet, BTreeSet<String>>,
    /// Organisations, as alternatives.
    pub organizations: BTreeSet<Uuid>,
    /// Only around a point; only offers whose place is known.
    pub near: Option<Near>,
    /// Only with a session on or after this day of the region.
    pub from: Option<NaiveDate>,
    /// Only with a session on or before this day of the region.
    pub to: Option<NaiveDate>,
    /// Only offers that state an age range which contains this age.
    pub age: Option<u8>,
    /// Only offers that cost nothing or at most this many minor units.
    pub price_max: Option<u32>,
    /// Only offers with a run that can be booked now.
    pub bookable: bool,
    /// Only offers with childcare.
    pub childcare: bool,
    /// Without invented offers.
    pub without_examples: bool,
    /// Order; by default relevance with words and start without.
    pub sort: Option<OfferSort>,
    /// Language in which titles are wished (BCP 47).
    pub language: String,
    /// Whether to count facets.
    pub facets: bool,
    /// Items a page.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl Default for OfferQuery {
    fn default() -> Self {
        Self {
            text: None,
            filters: BTreeMap::new(),
            organizations: BTreeSet::new(),
            near: None,
            from: None,
            to: None,
            age: None,
            price_max: None,
            bookable: false,
            childcare: false,
            without_examples: false,
            sort: None,
            language: "de".to_owned(),
            facets: false,
            limit: 20,
            cursor: None,
        }
    }
}

impl OfferQuery {
    /// A question for words.
    pub fn words(text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..Self::default() }
    }

    /// Adds an alternative to a filter.
    #[must_use]
    pub fn with(mut self, facet: OfferFacet, code: &str) -> Self {
        self.filters.entry(facet).or_default().insert(code.to_owned());
        self
    }
}

/// Order of organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganizationSort {
    /// The best match first; without words like [`OrganizationSort::Name`].
    Relevance,
    /// By name, in the order of the German alphabet.
    Name,
    /// The nearest first; needs [`OrganizationQuery::near`].
    Distance,
}

/// A question for organisations. `Default` asks for the first 20 of all.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationQuery {
    /// Words.
    pub text: Option<String>,
    /// Codes by filter: alternatives within one filter, different filters narrow.
    pub filters: BTreeMap<OrganizationFacet, BTreeSet<String>>,
    /// Only members of the Bildungsnetzwerk.
    pub network_member: bool,
    /// Only around a point.
    pub near: Option<Near>,
    /// Order; by default relevance with words and name without.
    pub sort: Option<OrganizationSort>,
    /// Language in which names are wished (BCP 47).
    pub language: String,
    /// Whether to count facets.
    pub facets: bool,
    /// Items a page.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl Default for OrganizationQuery {
    fn default() -> Self {
        Self {
            text: None,
            filters: BTreeMap::new(),
            network_member: false,
            near: None,
            sort: None,
            language: "de".to_owned(),
            facets: false,
            limit: 20,
            cursor: None,
        }
    }
}

impl OrganizationQuery {
    /// A question for words.
    pub fn words(text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..Self::default() }
    }

    /// Adds an alternative to a filter.
    #[must_use]
    pub fn with(mut self, facet: OrganizationFacet, code: &str) -> Self {
        self.filters.entry(facet).or_default().insert(code.to_owned());
        self
    }
}
