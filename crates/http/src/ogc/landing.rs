//! `GET /ogc`: where to begin.

use super::FormatParameter;
use super::ask::acceptable;
use crate::feeds::{links, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

/// Begin with the OGC API
///
/// Landing page of the OGC API – Features: the definition of the API, what it conforms to, and its collections.
#[utoipa::path(
    get, path = "/ogc", operation_id = "getFeaturesLandingPage", tag = "ogc", params(FormatParameter), security(()),
    responses(
        (status = 200, description = "Where to go on.", body = Object, content_type = "application/json", example = json!({
            "title": "Bildungsregion", "links": [{ "rel": "data", "type": "application/json", "href": "https://bildung.example.org/api/v1/ogc/collections" }]
        })),
        problem::Parameters, problem::Negotiated
    )
)]
pub(crate) async fn get_features_landing_page(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.one("f", super::format);
    let language = parameters.finish()?;
    acceptable(&request, &["application/json"])?;
    let site = site(&state, &request);
    let representation = Representation::public(language, validator(&state, &request, language, &site));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let at = |path: &str| site.address(&format!("{}/ogc{path}", crate::openapi::PREFIX));
    let (places, whole) = (
        language.pick("Orte und Einrichtungen der Bildung.", "Places and organisations of education."),
        language.pick("Beschreibung der ganzen Schnittstelle", "Description of the whole API"),
    );
    representation.json(&json!({
        "title": &*site.name, "description": places,
        "links": [
            { "rel": "self", "type": "application/json", "href": links::with(&site, &request, &[]) },
            { "rel": "service-desc", "type": "application/vnd.oai.openapi+json;version=3.0", "href": at("/api") },
            { "rel": "service-doc", "type": "text/html", "href": site.address("/api/docs/"), "title": whole },
            { "rel": "conformance", "type": "application/json", "href": at("/conformance") },
            { "rel": "data", "type": "application/json", "href": at("/collections") }
        ]
    }))
}
