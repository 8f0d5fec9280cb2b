//! `GET /areas`: the region's areas and how to find one.

use crate::areas::of_files;
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::{Query, choice, number};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::areas::{Area, AreaKind, GeoPoint};
use domain::problem::ValueError;
use domain::text::fold;
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

const KINDS: &[(&str, AreaKind)] = &[
    ("county", AreaKind::County),
    ("planning-area", AreaKind::PlanningArea),
    ("amt", AreaKind::Amt),
    ("municipality", AreaKind::Municipality),
    ("district", AreaKind::District),
];

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
    #[param(max_length = 100, example = "parch")]
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
pub(crate) async fn list_areas(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let kinds = parameters.many("kind", |_, text| choice(text, KINDS));
    let postcode = parameters.one("postcode", postcode);
    let lat = parameters.one("lat", |text| number(text, -90.0, 90.0));
    let lon = parameters.one("lon", |text| number(text, -180.0, 180.0));
    if parameters.has("lat") != parameters.has("lon") {
        let missing = if parameters.has("lat") { "lon" } else { "lat" };
        parameters.refuse(missing, ValueError::new("parameter-missing", "lat und lon gehören zusammen.", "lat and lon belong together."));
    }
    let beginning = parameters.words("q", 100).map(|words| fold(&words));
    let representation = of_files(&state, &request, parameters.finish()?);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let region = &state.services.region;
    let at = lat.zip(lon).map(|(lat, lon)| region.by_point(GeoPoint { lat, lon }).map(|area| area.key.as_str()));
    let fits = |area: &&Area| {
        (kinds.is_empty() || kinds.contains(&area.kind))
            && postcode.as_ref().is_none_or(|postcode| area.kind == AreaKind::Municipality && area.postcodes.contains(postcode))
            && at.is_none_or(|key| key == Some(area.key.as_str()))
            && beginning.as_ref().is_none_or(|beginning| fold(&area.name).starts_with(beginning))
    };
    let data: Vec<&Area> = region.areas().iter().filter(fits).collect();
    let page = Page::whole(data.len());
    representation.json(&List { data, page })
}

fn postcode(text: &str) -> Result<String, ValueError> {
    if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err(ValueError::new("postcode-invalid", "Eine Postleitzahl hat fünf Ziffern.", "A postcode has five digits."))
}
