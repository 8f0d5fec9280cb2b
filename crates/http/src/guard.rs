//! What holds for every request and answer of the API: no compressed bodies, headers, CORS, validators of
//! compressed answers.

use crate::problem::ApiError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use domain::ErrorCode;

/// Whether a path belongs to the API and not to the pages.
pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path == "/healthz" || path == "/readyz"
}

/// Middleware of the API: refuses compressed bodies before anybody could unpack them.
pub(crate) async fn uncompressed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let coding = request.headers().get(header::CONTENT_ENCODING);
    if coding.is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(request.error_response(ApiError::new(ErrorCode::ContentEncoding)));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Reading is open to every origin, without credentials (Fetch standard, CORS protocol).
fn open(headers: &mut HeaderMap, preflight: bool) {
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, content-language, retry-after");
    if preflight {
        set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, "accept, accept-language, if-none-match");
        set(header::ACCESS_CONTROL_MAX_AGE, "86400");
    }
}

/// Middleware outside of compression: headers of every answer.
pub(crate) async fn headers(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let api = is_api(request.path());
    let public = api && !request.path().starts_with("/api/v1/sources/");
    let preflight = request.method() == Method::OPTIONS;
    let mut response = next.call(request).await?;
    let status = response.status();
    let headers = response.headers_mut();
    if api {
        let mut default = |name: HeaderName, value: &'static str| {
            if !headers.contains_key(&name) {
                headers.insert(name, HeaderValue::from_static(value));
            }
        };
        default(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
        default(header::REFERRER_POLICY, "no-referrer");
        default(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
        default(header::CACHE_CONTROL, "no-store");
    }
    if public {
        open(headers, preflight);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if status != StatusCode::NOT_MODIFIED {
        tell_apart_coded(headers, api);
    }
    Ok(response)
}

/// A compressed answer is another representation, so it needs another validator: `"x"` becomes `"x-br"`, or weak outside of the API.
fn tell_apart_coded(headers: &mut HeaderMap, api: bool) {
    let Some(coding) = headers.get(header::CONTENT_ENCODING).and_then(|c| c.to_str().ok()).filter(|c| *c != "identity").map(ToOwned::to_owned) else {
        return;
    };
    let Some(tag) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')) else {
        return;
    };
    let coded = if api { format!("\"{tag}-{coding}\"") } else { format!("W/\"{tag}\"") };
    if let Ok(coded) = HeaderValue::from_str(&coded) {
        headers.insert(header::ETAG, coded);
    }
}
