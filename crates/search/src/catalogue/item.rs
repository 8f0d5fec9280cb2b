//! Items of lists, as the API shows them.

use chrono::{DateTime, Utc};
use domain::Moment;
use domain::Uuid;
use domain::areas::GeoPoint;
use domain::catalogue::{AccessibilityValue, DeliveryMode, LanguageLevel, PriceType, RunStatus, Sponsor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Answers by code of the vocabulary `accessibility-criteria`; only what is stated.
pub type AccessibilityValues = BTreeMap<String, AccessibilityValue>;

/// An offer in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferItem {
    /// Id.
    pub id: Uuid,
    /// Readable last part of the page address.
    pub slug: String,
    /// Title, in the wished language where there is one.
    pub title: String,
    /// Summary, in the same language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Language of title and summary.
    #[schema(examples("de"))]
    pub content_language: String,
    /// Code of the vocabulary `offer-kinds`.
    pub kind: String,
    /// Who offers it.
    pub organization: ItemOrganization,
    /// Codes of the vocabulary `topics`.
    pub topics: Vec<String>,
    /// How it is taught.
    pub delivery_mode: DeliveryMode,
    /// Languages of instruction.
    pub languages: Vec<String>,
    /// Language levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_level: Option<ItemLevels>,
    /// Price.
    pub price: ItemPrice,
    /// Codes of the vocabulary `entry-requirements`; empty means not stated.
    pub entry_requirements: Vec<String>,
    /// Codes of the vocabulary `funding-types`.
    pub funding: Vec<String>,
    /// What is said about accessibility by the offer and its places.
    #[schema(value_type = BTreeMap<String, AccessibilityValue>)]
    pub accessibility: AccessibilityValues,
    /// Childcare on site; absent means not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub childcare: Option<bool>,
    /// The run that meets next, else one that is under way; `null` for an offer without dates.
    pub next_run: Option<ItemRun>,
    /// Where it takes place if it has no dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ItemPlace>,
    /// Runs that are neither over nor cancelled.
    pub run_count: u32,
    /// Last confirmation.
    pub confirmed_at: DateTime<Utc>,
    /// Invented for demonstration.
    pub example: bool,
    /// Kilometres to the nearest of its places, if the list is around a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    pub distance_km: Option<f64>,
    /// Where the words of the search stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

/// The organisation of an offer in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemOrganization {
    /// Id.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Name.
    pub name: String,
}

/// Language levels of an offer in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemLevels {
    /// Level needed at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LanguageLevel>,
    /// Level reached at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<LanguageLevel>,
}

/// Price of an offer in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemPrice {
    /// How it is stated.
    #[serde(rename = "type")]
    pub kind: PriceType,
    /// Amount in minor units; the lower one of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
    /// Upper amount of a range in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_amount: Option<u32>,
    /// ISO 4217.
    pub currency: String,
}

/// A run of an offer in a list, as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemRun {
    /// Id.
    pub id: Uuid,
    /// Start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// One can start at any time.
    pub rolling_start: bool,
    /// Where; the offer's place unless the run has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ItemPlace>,
    /// Start of its next session; later than `start` once it has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_session: Option<DateTime<Utc>>,
    /// Status now.
    pub status: RunStatus,
    /// Whether one can still get in.
    pub bookable: bool,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemPlace {
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

/// HTML-escaped text with `<mark>` around the words that were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Highlights {
    /// Title or name.
    #[schema(examples("<mark>Deutsch</mark> A1"))]
    pub title: String,
    /// A passage of summary or description, if a word was found there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An organisation in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationItem {
    /// Id.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Name, in the wished language where there is one.
    pub name: String,
    /// Summary, in the same language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Language of name and summary.
    #[schema(examples("de"))]
    pub content_language: String,
    /// Code of the vocabulary `organization-kinds`.
    pub kind: String,
    /// Who sponsors it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,
    /// Member of the Bildungsnetzwerk.
    pub network_member: bool,
    /// Name of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// AGS of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ags: Option<String>,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// Its offers that the lists show now.
    pub offer_count: u32,
    /// Kilometres, if the list is around a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    pub distance_km: Option<f64>,
    /// Where the words of the search stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}
