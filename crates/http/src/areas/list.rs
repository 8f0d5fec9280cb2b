//! `GET /areas`: the region's areas and how to find one.

use crate::list::Page;
use crate::problem;
use domain::areas::{Area, AreaKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Areas.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AreaList {
    /// The areas, always all on one page.
    pub data: Vec<Area>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of areas.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AreaParameters {
    /// Level of the area.
    pub kind: Option<Vec<AreaKind>>,
    /// Municipalities that use a postcode; several are normal.
    #[param(min_length = 5, max_length = 5, pattern = "^[0-9]{5}$", example = "19370")]
    pub postcode: Option<String>,
    /// Latitude; with `lon` finds the municipality of a point.
    #[param(minimum = -90, maximum = 90, example = 53.4258)]
    pub lat: Option<f64>,
    /// Longitude.
    #[param(minimum = -180, maximum = 180, example = 11.8481)]
    pub lon: Option<f64>,
    /// Beginning of a name; spelling is folded.
    #[param(min_length = 1, max_length = 100, example = "parch")]
    pub q: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List or look up areas
///
/// County, planning areas, Ämter and municipalities with keys, residents, centre and postcodes. An ambiguous name or postcode gives
/// several areas.
#[utoipa::path(
    get, path = "/areas", operation_id = "listAreas", tag = "region", params(AreaParameters), security(()),
    responses(
        (status = 200, description = "Areas.", body = AreaList, content_type = "application/json", example = json!({
            "data": [{ "key": "13076108", "ars": "130760108108", "kind": "municipality", "name": "Parchim", "town": true, "parent": "13076",
                "population": 17000, "populationDate": "2024-12-31", "centre": [11.8481, 53.4258], "postcodes": ["19370"] }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters
    )
)]
pub async fn list_areas() {}
