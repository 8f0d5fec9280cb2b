//! `GET /ogc/collections/{collection}`: one collection.

use super::ask::acceptable;
use super::collections::{beginning, described};
use super::{CollectionId, FeatureCollection, FormatParameter};
use crate::feeds::site;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};

/// One collection of features
///
/// Its title, extent and reference system, and where its features are.
#[utoipa::path(
    get, path = "/ogc/collections/{collection}", operation_id = "getFeatureCollection", tag = "ogc", params(CollectionId, FormatParameter), security(()),
    responses(
        (status = 200, description = "The collection.", body = Object, content_type = "application/json", example = json!({
            "id": "places", "title": "Orte", "itemType": "feature", "extent": { "spatial": { "bbox": [[10.59, 53.11, 12.37, 53.8]] } },
            "links": [{ "rel": "items", "type": "application/geo+json", "href": "https://bildung.example.org/api/v1/ogc/collections/places/items" }]
        })),
        problem::Parameters, problem::Missing, problem::Negotiated
    )
)]
pub(crate) async fn get_feature_collection(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.one("f", super::format);
    let language = parameters.finish()?;
    acceptable(&request, &["application/json"])?;
    let collection = FeatureCollection::of(request.match_info().query("collection"))?;
    let site = site(&state, &request);
    let (representation, unchanged) = beginning(&state, &request, language, &site).await?;
    match unchanged {
        Some(unchanged) => Ok(unchanged),
        None => representation.json(&described(&state, collection, language, &site).await?),
    }
}
