//! OGC API – Features: places and organisations for maps and geographic information systems.
//!
//! Part 1: Core 1.0.1 with the classes `core`, `geojson` and `oas30`. What the standard demands is noted where it is met.

pub mod api;
pub(crate) mod ask;
pub mod collection;
pub mod collections;
pub mod conformance;
pub mod item;
pub mod items;
pub mod landing;
pub mod organizations;
pub mod places;
pub(crate) mod positions;

use crate::problem::ApiError;
use domain::ErrorCode;
use domain::catalogue::RecordKind;
use domain::problem::ValueError;
use utoipa::IntoParams;

/// The reference system of all positions: longitude, latitude.
pub(crate) const CRS: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// A collection of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FeatureCollection {
    /// Places.
    Places,
    /// Organisations.
    Organizations,
}

impl FeatureCollection {
    pub(crate) const ALL: [Self; 2] = [Self::Places, Self::Organizations];

    /// Its identifier in addresses.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Organizations => "organizations",
        }
    }

    /// The kind of its records.
    pub(crate) fn kind(self) -> RecordKind {
        match self {
            Self::Places => RecordKind::Place,
            Self::Organizations => RecordKind::Organization,
        }
    }

    /// The collection of an identifier.
    pub(crate) fn of(id: &str) -> Result<Self, ApiError> {
        Self::ALL.into_iter().find(|collection| collection.id() == id).ok_or_else(|| ApiError::new(ErrorCode::NotFound))
    }
}

/// The format of an answer, where an address cannot carry `Accept`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct FormatParameter {
    /// Format of the answer: only `json`. For addresses that are typed in, where nobody can set `Accept`.
    #[param(example = "json")]
    pub(crate) f: Option<String>,
    /// Language of titles, labels and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub(crate) lang: Option<String>,
}

/// The name of a collection.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct CollectionId {
    /// `places` or `organizations`.
    #[param(example = "places")]
    pub(crate) collection: String,
}

/// `f`: only JSON is spoken.
pub(crate) fn format(text: &str) -> Result<(), ValueError> {
    if matches!(text, "json" | "geojson") {
        return Ok(());
    }
    let (de, en) = (format!("„{text}“ ist nicht erlaubt. Erlaubt sind: json."), format!("“{text}” is not allowed. Allowed: json."));
    Err(ValueError::new("value-unknown", de, en))
}
