//! `GET /region`: the region as a whole.

use crate::language::{CONTENT_LANGUAGES, INTERFACE_LANGUAGES};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::{AppState, Question};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::areas::RegionInfo;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The region and its catalogue as a whole.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegionOverview {
    /// The region.
    #[serde(flatten)]
    pub info: RegionInfo,
    /// What the catalogue holds now.
    pub counts: CatalogueCounts,
    /// Languages of the interface and of error texts.
    pub interface_languages: Vec<String>,
    /// Languages in which content may be asked for with `lang`.
    pub content_languages: Vec<String>,
}

/// How much the catalogue holds.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct CatalogueCounts {
    /// Offers that can be found now.
    #[schema(examples(2013))]
    pub offers: u64,
    /// Organisations.
    #[schema(examples(61))]
    pub organizations: u64,
}

/// Describe the region
///
/// Name, time zone, extent, sources that have to be named, languages, and how much the catalogue holds.
#[utoipa::path(
    get, path = "/region", operation_id = "getRegion", tag = "region", params(crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The region.", body = RegionOverview, content_type = "application/json", example = json!({
            "key": "13076", "name": "Landkreis Ludwigslust-Parchim", "shortName": "LUP", "timeZone": "Europe/Berlin", "centre": [11.53412, 53.45004],
            "bbox": [10.5937, 53.1103, 12.3636, 53.7971], "attribution": [], "counts": { "offers": 2013, "organizations": 61 },
            "interfaceLanguages": ["de", "en"], "contentLanguages": ["de", "de-simple", "en"]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn get_region(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let now = state.now();
    let counts = state.search(Question::Browse, move |index| index.counts(now)).await?;
    let counts = CatalogueCounts { offers: counts.offers, organizations: counts.organizations };
    let numbers = format!("{} {}", counts.offers, counts.organizations);
    let representation = Representation::public(language, Validator::new(&request, language).and(state.data_version).and(numbers));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
    let info = state.services.region.info().clone();
    let (interface_languages, content_languages) = (tags(INTERFACE_LANGUAGES), tags(CONTENT_LANGUAGES));
    representation.json(&RegionOverview { info, counts, interface_languages, content_languages })
}
