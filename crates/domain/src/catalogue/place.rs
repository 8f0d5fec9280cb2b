//! Places: address, point, accessibility, how to get there.

use super::{AccessibilityStatement, Address, RecordMeta};
use crate::areas::GeoPoint;
use crate::text::{Short, Title, Translations, WebUrl};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A place of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// What the catalogue knows about the record.
    #[serde(flatten)]
    pub meta: RecordMeta,
    /// Name.
    pub name: Title,
    /// Address.
    pub address: Address,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// AGS of the municipality, found from point or postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ags: Option<String>,
    /// Name of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Statements about accessibility.
    pub accessibility: Vec<AccessibilityStatement>,
    /// How to get there by bus and train.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_transport: Option<Short>,
    /// Web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Translations.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, crate::text::Translation>)]
    pub translations: Translations,
}

/// What an offer shows of its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceSummary {
    /// Id of the place.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub address: Address,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// AGS of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ags: Option<String>,
    /// Name of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Statements about accessibility.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<AccessibilityStatement>,
    /// How to get there by bus and train.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_transport: Option<Short>,
}

impl Place {
    /// The part an offer shows.
    pub fn summary(&self) -> PlaceSummary {
        PlaceSummary {
            id: self.meta.id,
            name: self.name.to_string(),
            address: self.address.clone(),
            geo: self.geo,
            ags: self.ags.clone(),
            municipality: self.municipality.clone(),
            accessibility: self.accessibility.clone(),
            public_transport: self.public_transport.clone(),
        }
    }
}
