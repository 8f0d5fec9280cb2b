//! The documentation for people: Swagger UI from the binary, and the OpenAPI document it reads.

use crate::problem::ApiError;
use crate::routes::{read, read_only};
use actix_web::http::header;
use actix_web::web::{self, Bytes, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::ErrorCode;
use sha2::{Digest, Sha256};
use std::sync::{Arc, LazyLock};
use utoipa_swagger_ui::Config;

/// Swagger UI loads nothing from elsewhere and has no inline scripts; its logo is a `data:` image with one style of its own, named by its hash.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const CACHING: &str = "public, max-age=3600";

static DOCUMENT: LazyLock<(Bytes, String)> = LazyLock::new(|| {
    // Serialising a document that a test serialises too cannot fail here.
    let json = crate::openapi_json().map(|document| document.to_string()).unwrap_or_default();
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(json.as_bytes()).get(..12).unwrap_or_default()));
    (json.into(), tag)
});

static CONFIGURATION: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    Arc::new(Config::from("../openapi.json").deep_linking(true).display_request_duration(true).default_models_expand_depth(0).validator_url("none"))
});

/// Serves `/api/openapi.json` and `/api/docs/`.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(read_only("/openapi.json").route(read().to(document)))
        .service(read_only("/docs").route(read().to(to_folder)))
        .service(read_only("/docs/{file:.*}").route(read().to(file)));
}

async fn document(request: HttpRequest) -> HttpResponse {
    let (json, tag) = &*DOCUMENT;
    let given = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bare = tag.trim_end_matches('"');
    let known = given.split(',').map(|candidate| candidate.trim().trim_start_matches("W/")).any(|candidate| candidate.starts_with(bare));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag.as_str())).insert_header((header::CACHE_CONTROL, CACHING));
    if known { response.finish() } else { response.content_type("application/json").body(json.clone()) }
}

/// Relative addresses only work below `/api/docs/`.
async fn to_folder() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/docs/")).finish()
}

async fn file(path: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let file = utoipa_swagger_ui::serve(&path, Arc::clone(&CONFIGURATION)).map_err(ApiError::internal)?;
    let file = file.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header((header::CACHE_CONTROL, CACHING))
        .body(file.bytes.into_owned()))
}
