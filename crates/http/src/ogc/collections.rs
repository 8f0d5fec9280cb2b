//! `GET /ogc/collections`: which collections there are.

use super::ask::acceptable;
use super::{CRS, FeatureCollection, FormatParameter};
use crate::feeds::{links, site, validator};
use crate::language::Language;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use exchange::out::Site;
use persistence::changes;
use serde_json::{Value, json};

/// Collections of features
///
/// `places` and `organizations`, each with its extent.
#[utoipa::path(
    get, path = "/ogc/collections", operation_id = "listFeatureCollections", tag = "ogc", params(FormatParameter), security(()),
    responses(
        (status = 200, description = "The collections.", body = Object, content_type = "application/json",
            example = json!({ "collections": [{ "id": "places", "title": "Orte", "itemType": "feature" }], "links": [] })),
        problem::Parameters, problem::Negotiated
    )
)]
pub(crate) async fn list_feature_collections(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.one("f", super::format);
    let language = parameters.finish()?;
    acceptable(&request, &["application/json"])?;
    let site = site(&state, &request);
    let (representation, unchanged) = beginning(&state, &request, language, &site).await?;
    if let Some(unchanged) = unchanged {
        return Ok(unchanged);
    }
    let mut collections = Vec::new();
    for collection in FeatureCollection::ALL {
        collections.push(described(&state, collection, language, &site).await?);
    }
    let own = json!({ "rel": "self", "type": "application/json", "href": links::with(&site, &request, &[]) });
    representation.json(&json!({ "collections": collections, "links": [own] }))
}

/// Extents change with the records.
pub(super) async fn beginning(
    state: &AppState,
    request: &HttpRequest,
    language: Language,
    site: &Site,
) -> Result<(Representation, Option<HttpResponse>), ApiError> {
    let seq = state.read(changes::last_seq).await?;
    let representation = Representation::public(language, validator(state, request, language, site).number(seq));
    let unchanged = representation.unchanged(request);
    Ok((representation, unchanged))
}

/// A collection as the standard describes it.
pub(super) async fn described(state: &AppState, collection: FeatureCollection, language: Language, site: &Site) -> Result<Value, ApiError> {
    let shelf = state.shelves.positions.clone();
    let extent = state.read(move |connection| shelf.extent(connection, collection)).await?;
    let extent = extent.unwrap_or(state.services.region.info().bbox);
    let (title, description) = match collection {
        FeatureCollection::Places => {
            (language.pick("Orte", "Places"), language.pick("Orte, an denen etwas stattfindet.", "Places where something takes place."))
        }
        FeatureCollection::Organizations => {
            (language.pick("Einrichtungen", "Organisations"), language.pick("Alle, die Bildung anbieten.", "Whoever offers education."))
        }
    };
    let at = site.address(&format!("{}/ogc/collections/{}", crate::openapi::PREFIX, collection.id()));
    Ok(json!({
        "id": collection.id(), "title": title, "description": description, "itemType": "feature", "crs": [CRS],
        "extent": { "spatial": { "bbox": [extent], "crs": CRS } },
        "links": [
            { "rel": "self", "type": "application/json", "href": at },
            { "rel": "items", "type": "application/geo+json", "href": format!("{at}/items") }
        ]
    }))
}
