//! `GET /ogc/conformance`: what the OGC API conforms to.

use super::FormatParameter;
use super::ask::acceptable;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

/// The classes that are met. The HTML class is not: the pages of the portal show places in their own way.
const CLASSES: [&str; 3] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
];

/// What the OGC API conforms to
///
/// The conformance classes of OGC API – Features that this server meets.
#[utoipa::path(
    get, path = "/ogc/conformance", operation_id = "getFeaturesConformance", tag = "ogc", params(FormatParameter), security(()),
    responses(
        (status = 200, description = "The classes.", body = Object, content_type = "application/json",
            example = json!({ "conformsTo": ["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"] })),
        problem::Parameters, problem::Negotiated
    )
)]
pub(crate) async fn get_features_conformance(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.one("f", super::format);
    let language = parameters.finish()?;
    acceptable(&request, &["application/json"])?;
    let representation = Representation::public(language, Validator::new(&request, language));
    match representation.unchanged(&request) {
        Some(unchanged) => Ok(unchanged),
        None => representation.json(&json!({ "conformsTo": CLASSES })),
    }
}
