//! What holds for every request and answer: no compressed bodies, headers, what other origins may do, validators of compressed answers.

use crate::cross_origin::{Sharing, is_personal};
use crate::problem::ApiError;
use crate::rate_limit::Counted;
use crate::state::AppState;
use actix_web::HttpMessage;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use domain::ErrorCode;

/// Whatever is not a page: it loads nothing, runs nothing, and nobody may frame it.
const INERT: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// One year, as browsers and ASVS ask for.
const HSTS: &str = "max-age=31536000; includeSubDomains";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Whether a path belongs to the API and not to the pages.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
        || path.starts_with("/oauth/")
        || matches!(path, "/api" | "/healthz" | "/readyz" | "/.well-known/oauth-authorization-server" | "/.well-known/jwks.json")
}

/// Middleware of the API: refuses compressed bodies before anybody could unpack them.
pub(crate) async fn uncompressed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut codings = request.headers().get_all(header::CONTENT_ENCODING);
    if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(request.error_response(ApiError::new(ErrorCode::ContentEncoding)));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Middleware outside of compression: headers of every answer.
pub(crate) async fn headers(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    // The decoded path is what the routes see: `/%61pi/v1` is the API, too.
    let api = is_api(request.match_info().as_str());
    let personal = api && is_personal(request.headers());
    let state = request.app_data::<Data<AppState>>().cloned();
    let edge = state.as_ref().map(|state| &state.limits.edge);
    let sharing = if api { edge.map(|edge| Sharing::of(request.method(), request.headers(), edge)) } else { None };
    let preflight = request.method() == Method::OPTIONS;
    let mut response = next.call(request).await?;
    let status = response.status();
    let counted = if api { response.request().extensions_mut().remove::<Counted>() } else { None };
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::CONTENT_SECURITY_POLICY, INERT);
    default(header::REFERRER_POLICY, "no-referrer");
    default(PERMISSIONS_POLICY, "camera=(), microphone=(), geolocation=()");
    default(OPENER_POLICY, "same-origin");
    default(RESOURCE_POLICY, if sharing == Some(Sharing::Open) { "cross-origin" } else { "same-origin" });
    if api {
        default(header::CACHE_CONTROL, "no-store");
    }
    if personal {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(edge) = edge {
        if edge.is_secure() {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
        }
        if let Some(sharing) = sharing {
            sharing.describe(preflight, status, edge, headers);
        }
    }
    if let Some(counted) = counted {
        counted.describe(headers);
    }
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
