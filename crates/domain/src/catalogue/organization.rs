//! Organisations: whoever offers education.

use super::{AccessibilityStatement, Address, ContactPoint, Image, RecordMeta, Sponsor};
use crate::areas::GeoPoint;
use crate::text::{LanguageTag, Markdown, Short, Title, Translations, WebUrl};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Official identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfficialIds {
    /// Number of the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_number: Option<Title>,
    /// Provider number of the Federal Employment Agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ba_provider_id: Option<Title>,
    /// Number in the statistics of the German Institute for Adult Education.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub die_number: Option<Title>,
}

impl OfficialIds {
    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An organisation of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// What the catalogue knows about the record.
    #[serde(flatten)]
    pub meta: RecordMeta,
    /// Name.
    pub name: Title,
    /// Short or former name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<Title>,
    /// Code of the vocabulary `organization-kinds`.
    pub kind: String,
    /// Legal form, for example "e. V.".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<Title>,
    /// Who sponsors it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,
    /// Official identifiers.
    #[serde(skip_serializing_if = "OfficialIds::is_empty", default)]
    pub identifiers: OfficialIds,
    /// Summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Short>,
    /// Description (Markdown subset).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Description as safe HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_html: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// AGS of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ags: Option<String>,
    /// Name of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Opening hours in the syntax of OpenStreetMap, for example `Mo-Th 09:00-16:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<Short>,
    /// Whom to ask.
    pub contacts: Vec<ContactPoint>,
    /// Languages spoken.
    pub languages: Vec<LanguageTag>,
    /// Statements about accessibility.
    pub accessibility: Vec<AccessibilityStatement>,
    /// Logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Image>,
    /// Web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Pages in social networks.
    pub social_links: Vec<WebUrl>,
    /// Member of the Bildungsnetzwerk since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_member_since: Option<NaiveDate>,
    /// Whether a cooperation agreement with the county exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cooperation_agreement: Option<bool>,
    /// Translations.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, crate::text::Translation>)]
    pub translations: Translations,
}

/// What an offer shows of its organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationSummary {
    /// Id of the organisation.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Code of the vocabulary `organization-kinds`.
    pub kind: String,
}

impl Organization {
    /// The part an offer shows.
    pub fn summary(&self) -> OrganizationSummary {
        OrganizationSummary { id: self.meta.id, slug: self.meta.slug.clone(), name: self.name.to_string(), kind: self.kind.clone() }
    }
}
