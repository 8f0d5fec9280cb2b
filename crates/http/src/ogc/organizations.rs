//! `GET /organizations.geojson`: organisations under a short address.

use super::FeatureCollection;
use super::items::{FeatureParameters, features};
use crate::problem::{self, ApiError};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Organisations as GeoJSON
///
/// The collection `organizations` of the OGC API under a short address, for programs that only take a file.
#[utoipa::path(
    get, path = "/organizations.geojson", operation_id = "getOrganizationsGeoJson", tag = "organizations", params(FeatureParameters), security(()),
    responses(
        (status = 200, description = "A page of features.", body = Object, content_type = "application/geo+json", example = json!({
            "type": "FeatureCollection", "numberMatched": 0, "numberReturned": 0, "features": [], "links": []
        })),
        problem::Cursors, problem::Negotiated
    )
)]
pub(crate) async fn get_organizations_geo_json(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    features(state, request, Ok(FeatureCollection::Organizations)).await
}
