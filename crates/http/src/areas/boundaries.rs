//! `GET /areas/boundaries`: boundaries as TopoJSON.

use crate::areas::of_files;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// Boundaries of the municipalities
///
/// TopoJSON with one object `municipalities`; each geometry has the key of its area as `id` and its name as property.
#[utoipa::path(
    get, path = "/areas/boundaries", operation_id = "getBoundaries", tag = "region", params(crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The boundaries.", body = Object, content_type = "application/json", example = json!({
            "type": "Topology", "transform": { "scale": [0.0001, 0.0001], "translate": [10.59, 53.11] }, "arcs": [],
            "objects": { "municipalities": { "type": "GeometryCollection", "geometries": [] } }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn get_boundaries(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let representation = of_files(&state, &request, Query::none(&state, &request)?);
    Ok(representation.unchanged(&request).unwrap_or_else(|| representation.bytes("application/json", state.boundaries.clone())))
}
