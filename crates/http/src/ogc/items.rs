//! `GET /ogc/collections/{collection}/items`: features of a collection, page by page.

use super::ask::{acceptable, part};
use super::{CollectionId, FeatureCollection};
use crate::feeds::{links, records, site, validator};
use crate::language::Language;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use crate::{catalogue::found, cursor};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::catalogue::{Organization, Place};
use exchange::out::{Site, geojson};
use persistence::{AnyConnection, changes};
use serde_json::{Value, json};
use utoipa::IntoParams;

pub(super) const GEOJSON: &str = "application/geo+json";

/// Parameters of a collection of features.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct FeatureParameters {
    /// Only features in this box: west,south,east,north in degrees. West may lie east of east: then the box goes across the antimeridian.
    #[param(example = "10.59,53.11,12.37,53.8")]
    bbox: Option<String>,
    /// An instant or interval of RFC 3339. Understood as the standard demands; places and organisations have no time, so all of them match.
    #[param(example = "2026-01-01T00:00:00Z/..")]
    datetime: Option<String>,
    /// Features per page, 100 if not given. A larger number than 1000 counts as 1000.
    #[param(minimum = 1, example = 100)]
    limit: Option<u32>,
    /// Continues a collection: from the link `next` of the page before, all other parameters unchanged.
    #[param(max_length = 400)]
    cursor: Option<String>,
    /// Format of the answer: only `json`.
    #[param(example = "json")]
    f: Option<String>,
    /// Language of names, summaries and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    lang: Option<String>,
}

/// Features of a collection
///
/// `places` or `organizations` as GeoJSON, in order of id. `links` has the next page; `numberMatched` counts all that match, `numberReturned`
/// those of this page. Each feature carries its licence. Records without a position have `geometry: null` and are left out where there is a `bbox`.
#[utoipa::path(
    get, path = "/ogc/collections/{collection}/items", operation_id = "listFeatures", tag = "ogc", params(CollectionId, FeatureParameters), security(()),
    responses(
        (status = 200, description = "A page of features.", body = Object, content_type = "application/geo+json", example = json!({
            "type": "FeatureCollection", "numberMatched": 1, "numberReturned": 1, "links": [{ "rel": "self", "type": "application/geo+json", "href": "https://bildung.example.org/api/v1/ogc/collections/places/items" }],
            "features": [{ "type": "Feature", "id": "019ab1c2-0000-7000-8000-000000000004", "geometry": { "type": "Point", "coordinates": [11.84, 53.42] },
                "properties": { "name": "Volkshochschule Parchim", "postalCode": "19370", "licence": "cc-by/4.0" } }]
        })),
        problem::Cursors, problem::Missing, problem::Negotiated
    )
)]
pub(crate) async fn list_features(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let collection = FeatureCollection::of(request.match_info().query("collection"));
    features(state, request, collection).await
}

/// A page of a collection. What is wrong with the parameters is told before an unknown collection is.
pub(super) async fn features(
    state: web::Data<AppState>,
    request: HttpRequest,
    collection: Result<FeatureCollection, ApiError>,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let part = part(&mut parameters);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint("features");
    let language = parameters.finish()?;
    let collection = collection?;
    acceptable(&request, &[GEOJSON, "application/json"])?;
    let after: Option<Uuid> = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    let site = site(&state, &request);
    let seq = state.read(changes::last_seq).await?;
    let representation = Representation::public(language, validator(&state, &request, language, &site).number(seq));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (shelf, of) = (state.shelves.positions.clone(), site.clone());
    let (selection, features) = state
        .read(move |connection| {
            let selection = shelf.select(connection, collection, part.bbox, after, found::large(part.limit))?;
            let features = written(connection, collection, &selection.ids, &of, language)?;
            Ok((selection, features))
        })
        .await?;
    let link = |relation: &str, kind: &str, href: String| json!({ "rel": relation, "type": kind, "href": href });
    let mut found = vec![link("self", GEOJSON, links::with(&site, &request, &[]))];
    if let Some(last) = selection.ids.last().filter(|_| selection.more) {
        let cursor = cursor::encode(list, &last.to_string());
        found.push(link("next", GEOJSON, links::with(&site, &request, &[("cursor", Some(cursor))])));
    }
    found.push(link("collection", "application/json", address(&site, collection)));
    let body = json!({
        "type": "FeatureCollection", "numberMatched": selection.matched, "numberReturned": features.len(), "features": features, "links": found
    });
    Ok(representation.bytes(GEOJSON, body.to_string()))
}

/// The address of a collection.
pub(super) fn address(site: &Site, collection: FeatureCollection) -> String {
    site.address(&format!("{}/ogc/collections/{}", crate::openapi::PREFIX, collection.id()))
}

fn written(
    connection: &mut AnyConnection,
    collection: FeatureCollection,
    ids: &[Uuid],
    site: &Site,
    language: Language,
) -> persistence::Result<Vec<Value>> {
    Ok(match collection {
        FeatureCollection::Places => records::in_order::<Place>(connection, ids)?.iter().map(|place| geojson::place(site, place)).collect(),
        FeatureCollection::Organizations => {
            records::in_order::<Organization>(connection, ids)?.iter().map(|told| geojson::organization(site, told, language.tag())).collect()
        }
    })
}
