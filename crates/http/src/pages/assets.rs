//! The built application: compiled into the binary, named by content hash, cached for a year.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use rust_embed::RustEmbed;

/// `frontend/dist`. Empty in a build without the application: the API then serves alone.
#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Dist;

const A_YEAR: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

/// The template of every page; `None` if the application was not built.
pub(super) fn index_html() -> Option<String> {
    Dist::get("index.html").and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// A file of the application by its path without leading slash; `None` if there is none. The page template itself is not a file.
pub(super) fn serve(path: &str, if_none_match: Option<&str>) -> Option<HttpResponse> {
    if path == "index.html" || path.starts_with('.') {
        return None;
    }
    let file = Dist::get(path)?;
    let etag = format!("\"{}\"", file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect::<String>());
    let caching = if path.starts_with("assets/") { A_YEAR } else { A_DAY };
    if if_none_match.is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)) {
        return Some(HttpResponse::NotModified().insert_header((ETAG, etag)).insert_header((CACHE_CONTROL, caching)).finish());
    }
    let body = match file.data {
        std::borrow::Cow::Borrowed(bytes) => actix_web::web::Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => bytes.into(),
    };
    Some(
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, content_type(path)))
            .insert_header((CACHE_CONTROL, caching))
            .insert_header((ETAG, etag))
            .body(body),
    )
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
