//! What lists show of records. The search index keeps these as JSON and hands them out unchanged.

use chrono::{DateTime, Utc};
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityValue, LevelRange, Price, RunStatus, Sponsor};
use domain::{Moment, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An offer in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferItem {
    /// Id.
    pub id: Uuid,
    /// Readable last part of its page address.
    #[schema(examples("deutsch-a1"))]
    pub slug: String,
    /// Title in the language of the request if there is a translation, else in German.
    #[schema(examples("Deutsch A1"))]
    pub title: String,
    /// Summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Language of title and summary (BCP 47).
    #[schema(examples("de"))]
    pub content_language: String,
    /// Code of the vocabulary `offer-kinds`.
    #[schema(examples("course"))]
    pub kind: String,
    /// Who offers it.
    pub organization: OrganizationRef,
    /// Codes of the vocabulary `topics`.
    pub topics: Vec<String>,
    /// Code of the vocabulary `delivery-modes`.
    #[schema(examples("onsite"))]
    pub delivery_mode: String,
    /// Languages of instruction.
    pub languages: Vec<String>,
    /// Language levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_level: Option<LevelRange>,
    /// Price.
    pub price: Price,
    /// Codes of the vocabulary `entry-requirements`; empty means not stated.
    pub entry_requirements: Vec<String>,
    /// Codes of the vocabulary `funding-types`.
    pub funding: Vec<String>,
    /// What is stated, by code of the vocabulary `accessibility-criteria`. What is missing is not stated.
    pub accessibility: BTreeMap<String, AccessibilityValue>,
    /// Childcare on site; missing means not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub childcare: Option<bool>,
    /// The next run one could join; `null` if it has no dates.
    #[schema(required)]
    pub next_run: Option<NextRun>,
    /// Where it takes place if no run says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceRef>,
    /// Number of its runs that are not over.
    #[schema(examples(3))]
    pub run_count: u32,
    /// Last confirmation.
    pub confirmed_at: DateTime<Utc>,
    /// Invented for demonstration.
    pub example: bool,
    /// Distance to `near` in kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples(4.2))]
    pub distance_km: Option<f64>,
    /// Where the words of the search were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

/// Passages with the words of the search: HTML-escaped text with `<mark>`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Highlights {
    /// In the title or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("<mark>Deutsch</mark> A1"))]
    pub title: Option<String>,
    /// In another text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An organisation by name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OrganizationRef {
    /// Id.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Name.
    pub name: String,
}

/// A place in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PlaceRef {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Town or village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// Name of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// AGS of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ags: Option<String>,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
}

/// The next run of an offer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NextRun {
    /// Id of the run.
    pub id: Uuid,
    /// Start: a day, or an instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// Status.
    pub status: RunStatus,
    /// Whether one can still get in.
    pub bookable: bool,
    /// One can start at any time.
    pub rolling_start: bool,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceRef>,
}

/// An organisation in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationItem {
    /// Id.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Code of the vocabulary `organization-kinds`.
    pub kind: String,
    /// Who sponsors it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,
    /// Summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Name of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// AGS of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ags: Option<String>,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// Offers that can be found now.
    pub offer_count: u32,
    /// Distance to `near` in kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
    /// Where the words of the search were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}
