//! `GET /ogc/api`: the definition of the OGC API alone, in OpenAPI 3.0 as its class `oas30` demands. The whole API is described in 3.1.

use super::FormatParameter;
use super::ask::{MAX_LIMIT, acceptable};
use crate::feeds::{site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// Definition of the OGC API
///
/// OpenAPI 3.0, only for the addresses below `/ogc`; for geographic information systems that read it.
#[utoipa::path(
    get, path = "/ogc/api", operation_id = "getFeaturesDefinition", tag = "ogc", params(FormatParameter), security(()),
    responses(
        (status = 200, description = "The definition.", body = Object, content_type = "application/vnd.oai.openapi+json;version=3.0",
            example = json!({ "openapi": "3.0.3", "info": { "title": "Bildungsregion", "version": "1.0.0" }, "paths": {} })),
        problem::Parameters, problem::Negotiated
    )
)]
pub(crate) async fn get_features_definition(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.one("f", super::format);
    let language = parameters.finish()?;
    acceptable(&request, &["application/vnd.oai.openapi+json", "application/json"])?;
    let site = site(&state, &request);
    let representation = Representation::public(language, validator(&state, &request, language, &site));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let server = site.address(crate::openapi::PREFIX);
    Ok(representation.bytes(OPENAPI, definition(&site.name, &server).to_string()))
}

fn definition(title: &str, server: &str) -> Value {
    let answer = |description: &str, kind: &str, schema: &str| {
        json!({
            "200": { "description": description, "content": { kind: { "schema": { "$ref": format!("#/components/schemas/{schema}") } } } },
            "default": { "description": "A problem (RFC 9457).", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } } }
        })
    };
    let get = |id: &str, summary: &str, parameters: &[&str], responses: Value| {
        let parameters: Vec<Value> = parameters.iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect();
        json!({ "get": { "operationId": id, "summary": summary, "tags": ["features"], "parameters": parameters, "responses": responses } })
    };
    let json_answer = |description: &str, schema: &str| answer(description, "application/json", schema);
    let geojson = |description: &str, schema: &str| answer(description, "application/geo+json", schema);
    let of_page = ["collectionId", "limit", "bbox", "datetime", "cursor", "f"];
    json!({
        "openapi": "3.0.3",
        "info": { "title": title, "version": "1.0.0", "description": "OGC API – Features Part 1: places and organisations of education." },
        "servers": [{ "url": server }],
        "tags": [{ "name": "features", "description": "Features of the collections." }],
        "paths": {
            "/ogc": get("landing", "Where to begin.", &["f"], json_answer("Links.", "landing")),
            "/ogc/conformance": get("conformance", "The classes that are met.", &["f"], json_answer("The classes.", "conformance")),
            "/ogc/api": get("definition", "This document.", &["f"], answer("The definition.", OPENAPI, "anything")),
            "/ogc/collections": get("collections", "The collections.", &["f"], json_answer("The collections.", "collections")),
            "/ogc/collections/{collectionId}": get("collection", "One collection.", &["collectionId", "f"], json_answer("The collection.", "collection")),
            "/ogc/collections/{collectionId}/items": get("features", "Features of a collection.", &of_page, geojson("A page of features.", "features")),
            "/ogc/collections/{collectionId}/items/{featureId}":
                get("feature", "One feature.", &["collectionId", "featureId", "f"], geojson("The feature.", "feature"))
        },
        "components": { "parameters": parameters(), "schemas": schemas() }
    })
}

fn parameters() -> Value {
    let number = json!({ "type": "number" });
    json!({
        "collectionId": { "name": "collectionId", "in": "path", "required": true, "schema": { "type": "string", "enum": ["places", "organizations"] } },
        "featureId": { "name": "featureId", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } },
        "limit": { "name": "limit", "in": "query", "required": false, "style": "form", "explode": false,
            "schema": { "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 100 } },
        "bbox": { "name": "bbox", "in": "query", "required": false, "style": "form", "explode": false,
            "schema": { "type": "array", "oneOf": [{ "minItems": 4, "maxItems": 4 }, { "minItems": 6, "maxItems": 6 }], "items": number } },
        "datetime": { "name": "datetime", "in": "query", "required": false, "style": "form", "explode": false, "schema": { "type": "string" } },
        "cursor": { "name": "cursor", "in": "query", "required": false, "description": "From the link `next`.", "schema": { "type": "string" } },
        "f": { "name": "f", "in": "query", "required": false, "schema": { "type": "string", "enum": ["json"] } }
    })
}

fn schemas() -> Value {
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "properties": properties });
    let list_of = |name: &str| json!({ "type": "array", "items": { "$ref": format!("#/components/schemas/{name}") } });
    let string = json!({ "type": "string" });
    let links = list_of("link");
    json!({
        "anything": { "type": "object" },
        "link": object(&["href"], json!({ "href": string, "rel": string, "type": string, "title": string })),
        "landing": object(&["links"], json!({ "title": string, "description": string, "links": links })),
        "conformance": object(&["conformsTo"], json!({ "conformsTo": { "type": "array", "items": string } })),
        "collections": object(&["collections", "links"], json!({ "collections": list_of("collection"), "links": links })),
        "collection": object(&["id", "links"], json!({
            "id": string, "title": string, "description": string, "itemType": string, "crs": { "type": "array", "items": string },
            "extent": { "type": "object" }, "links": links
        })),
        "features": object(&["type", "features"], json!({
            "type": { "type": "string", "enum": ["FeatureCollection"] }, "features": list_of("feature"), "links": links,
            "numberMatched": { "type": "integer", "minimum": 0 }, "numberReturned": { "type": "integer", "minimum": 0 }
        })),
        "feature": object(&["type", "geometry", "properties"], json!({
            "type": { "type": "string", "enum": ["Feature"] }, "id": string, "links": links, "properties": { "type": "object", "nullable": true },
            "geometry": { "type": "object", "nullable": true, "required": ["type", "coordinates"], "properties": {
                "type": { "type": "string", "enum": ["Point"] }, "coordinates": { "type": "array", "minItems": 2, "items": { "type": "number" } }
            } }
        })),
        "problem": object(&["type", "title", "status", "code"], json!({
            "type": string, "title": string, "status": { "type": "integer" }, "code": string, "detail": string
        }))
    })
}
