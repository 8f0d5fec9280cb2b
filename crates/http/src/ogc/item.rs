//! `GET /ogc/collections/{collection}/items/{id}`: one feature.

use super::ask::acceptable;
use super::items::{GEOJSON, address};
use super::{CollectionId, FeatureCollection, FormatParameter};
use crate::catalogue::document;
use crate::feeds::{links, records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Organization, Place};
use exchange::out::geojson;
use serde_json::json;

/// One feature
///
/// By the id of its record. A withdrawn record answers 410.
#[utoipa::path(
    get, path = "/ogc/collections/{collection}/items/{id}", operation_id = "getFeature", tag = "ogc",
    params(CollectionId, crate::params::RecordId, FormatParameter), security(()),
    responses(
        (status = 200, description = "The feature.", body = Object, content_type = "application/geo+json", example = json!({
            "type": "Feature", "id": "019ab1c2-0000-7000-8000-000000000004", "geometry": { "type": "Point", "coordinates": [11.84, 53.42] },
            "properties": { "name": "Volkshochschule Parchim", "licence": "cc-by/4.0" },
            "links": [{ "rel": "collection", "type": "application/json", "href": "https://bildung.example.org/api/v1/ogc/collections/places" }]
        })),
        problem::Parameters, problem::MissingOrGone, problem::Negotiated
    )
)]
pub(crate) async fn get_feature(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.one("f", super::format);
    let language = parameters.finish()?;
    acceptable(&request, &[GEOJSON, "application/json"])?;
    let collection = FeatureCollection::of(request.match_info().query("collection"))?;
    let record = document::published(&state, collection.kind(), document::id_of(&request)?).await?;
    let site = site(&state, &request);
    let representation = Representation::public(language, validator(&state, &request, language, &site).number(record.version));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let mut feature = match collection {
        FeatureCollection::Places => geojson::place(&site, &records::decoded::<Place>(&record)?),
        FeatureCollection::Organizations => geojson::organization(&site, &records::decoded::<Organization>(&record)?, language.tag()),
    };
    if let Some(feature) = feature.as_object_mut() {
        let links = json!([
            { "rel": "self", "type": GEOJSON, "href": links::with(&site, &request, &[]) },
            { "rel": "collection", "type": "application/json", "href": address(&site, collection) }
        ]);
        feature.insert("links".to_owned(), links);
    }
    Ok(representation.bytes(GEOJSON, feature.to_string()))
}
