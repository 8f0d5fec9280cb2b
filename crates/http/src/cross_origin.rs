//! What pages of other origins may do: read what everybody may read, and nothing else, unless their origin is on the list.
//!
//! Cookies are only for the portal's own pages: no answer allows credentials, and [`same_origin`] guards whatever a cookie opens.

use crate::edge::Edge;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use domain::ErrorCode;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What a page of another origin gets from an answer (Fetch standard, CORS protocol).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Everybody may read it.
    Open,
    /// Pages of this origin may use it.
    Listed(HeaderValue),
    /// Nobody else gets anything.
    Closed,
}

/// Whether a request comes with something that proves who asks.
pub(crate) fn is_personal(headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION) || headers.contains_key(header::COOKIE)
}

impl Sharing {
    /// What a request may share with other origins.
    pub(crate) fn of(method: &Method, headers: &HeaderMap, edge: &Edge) -> Self {
        let preflight = if *method == Method::OPTIONS { headers.get(header::ACCESS_CONTROL_REQUEST_METHOD) } else { None };
        let asked = preflight.map_or(method.as_str().as_bytes(), HeaderValue::as_bytes);
        let reads = matches!(asked, b"GET" | b"HEAD" | b"OPTIONS");
        if reads && preflight.is_none() && !is_personal(headers) {
            return Self::Open;
        }
        let listed = headers.get(header::ORIGIN).filter(|origin| origin.to_str().is_ok_and(|origin| edge.allows(origin)));
        match listed {
            Some(origin) => Self::Listed(origin.clone()),
            None if reads && preflight.is_some() => Self::Open,
            None => Self::Closed,
        }
    }

    /// Writes it into an answer.
    pub(crate) fn describe(self, preflight: bool, status: StatusCode, edge: &Edge, headers: &mut HeaderMap) {
        let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        let (origin, methods, fields) = match self {
            // Whoever is sent away has nothing to read.
            Self::Open if status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN => return,
            Self::Open => (HeaderValue::from_static("*"), "GET, HEAD", "accept, accept-language, if-none-match"),
            Self::Listed(origin) => (
                origin,
                "GET, HEAD, POST, PUT, PATCH, DELETE",
                "accept, accept-language, authorization, content-type, idempotency-key, if-match, if-none-match",
            ),
            Self::Closed => {
                if edge.lists_origins() {
                    headers.append(header::VARY, HeaderValue::from_static("origin"));
                }
                return;
            }
        };
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, content-language, location, retry-after, ratelimit, ratelimit-policy, www-authenticate");
        if preflight {
            set(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
            set(header::ACCESS_CONTROL_ALLOW_HEADERS, fields);
            set(header::ACCESS_CONTROL_MAX_AGE, "7200");
        }
        if origin != "*" {
            headers.append(header::VARY, HeaderValue::from_static("origin"));
        }
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
}

/// Whether a request was made by one of the portal's own pages: for everything that a cookie opens. Browsers say so in `Sec-Fetch-Site`, older
/// ones in `Origin`; a request that says nothing is refused.
pub(crate) fn same_origin(request: &HttpRequest) -> Result<(), ApiError> {
    let edge = request.app_data::<Data<AppState>>().map(|state| &state.limits.edge).ok_or_else(|| ApiError::internal("no state"))?;
    if is_same_origin(edge, request) { Ok(()) } else { Err(ApiError::new(ErrorCode::OriginForbidden)) }
}

fn is_same_origin(edge: &Edge, request: &HttpRequest) -> bool {
    let the_only = |name: &HeaderName| {
        let mut values = request.headers().get_all(name);
        let first = values.next().map(|value| value.to_str().unwrap_or_default());
        if values.next().is_some() { Some("") } else { first }
    };
    match (the_only(&FETCH_SITE), the_only(&header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => edge.is_own(origin, request),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn request(headers: &[(&str, &str)]) -> HttpRequest {
        let request = TestRequest::post().insert_header(("host", "portal.test"));
        headers.iter().fold(request, |request, header| request.append_header(*header)).to_http_request()
    }

    // ASVS 5.0 V3.5.1
    #[test]
    fn only_own_pages_may_use_what_a_cookie_opens() {
        let edge = Edge::new(&[], &["https://app.example.org".into()], Some("https://portal.test")).unwrap();
        let own = |headers: &[(&str, &str)]| is_same_origin(&edge, &request(headers));
        assert!(own(&[("origin", "https://portal.test")]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "same-origin"), ("origin", "https://portal.test")]));
        for foreign in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "http://portal.test")],
            &[("origin", "https://portal.test.evil.test")],
            &[("origin", "https://app.example.org")],
            &[("origin", "https://portal.test"), ("origin", "https://evil.test")],
            &[("referer", "https://portal.test/")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://portal.test")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "none")],
        ] {
            assert!(!own(foreign), "{foreign:?}");
        }
    }

    // ASVS 5.0 V3.4.2
    #[test]
    fn what_is_shared_depends_on_who_could_have_asked() {
        let edge = Edge::new(&[], &["https://app.example.org".into()], None).unwrap();
        let sharing = |method: Method, headers: &[(&str, &str)]| Sharing::of(&method, request(headers).headers(), &edge);
        let listed = || Sharing::Listed(HeaderValue::from_static("https://app.example.org"));
        let (app, evil) = (("origin", "https://app.example.org"), ("origin", "https://evil.test"));
        assert_eq!(sharing(Method::GET, &[evil]), Sharing::Open);
        assert_eq!(sharing(Method::GET, &[app]), Sharing::Open, "one cached answer for everybody");
        assert_eq!(sharing(Method::GET, &[evil, ("authorization", "Bearer x")]), Sharing::Closed);
        assert_eq!(sharing(Method::GET, &[evil, ("cookie", "__Host-refresh=x")]), Sharing::Closed);
        assert_eq!(sharing(Method::GET, &[app, ("authorization", "Bearer x")]), listed());
        assert_eq!(sharing(Method::POST, &[evil]), Sharing::Closed);
        assert_eq!(sharing(Method::POST, &[app]), listed());
        let asks = |method: &'static str| ("access-control-request-method", method);
        assert_eq!(sharing(Method::OPTIONS, &[evil, asks("GET")]), Sharing::Open);
        assert_eq!(sharing(Method::OPTIONS, &[evil, asks("DELETE")]), Sharing::Closed);
        assert_eq!(sharing(Method::OPTIONS, &[app, asks("PATCH")]), listed());
        assert_eq!(sharing(Method::OPTIONS, &[app, asks("GET")]), listed(), "it may want to send a token");
    }
}
