//! Which class a request of the API belongs to, and the middleware that counts it.

use super::Class;
use crate::client_address::ClientAddress;
use crate::problem::ApiError;
use crate::state::AppState;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};
use domain::ErrorCode;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// Where a password, a code or a link could be guessed, or a mail is sent. Below `/api/v1`.
const SIGN_IN: &[&str] = &[
    "auth/login",
    "auth/passkey",
    "auth/step-up",
    "auth/password-reset",
    "auth/invitation",
    "auth/email-change",
    "auth/oidc",
    "applications",
    "push",
];

/// What was counted, kept with the request until its answer gets the fields (draft-ietf-httpapi-ratelimit-headers).
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(super) policy: HeaderValue,
    pub(super) state: HeaderValue,
    pub(super) retry_after: Option<u32>,
}

impl Counted {
    /// Says what is left.
    pub(crate) fn describe(self, headers: &mut HeaderMap) {
        headers.insert(POLICY, self.policy);
        headers.insert(STATE, self.state);
    }
}

/// The class of a request, by method and decoded path. Who looks whether the server is alive is never held back, nor is a preflight.
fn class_of(method: &Method, path: &str) -> Option<Class> {
    if path.starts_with("/oauth/") {
        return Some(Class::Token);
    }
    let path = path.strip_prefix("/api/")?;
    let rest = path.strip_prefix("v1/").unwrap_or_default();
    let guessing = SIGN_IN.iter().any(|prefix| rest.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    match *method {
        Method::OPTIONS => None,
        _ if guessing && (*method == Method::POST || rest.starts_with("auth/oidc/")) => Some(Class::SignIn),
        Method::GET | Method::HEAD => Some(Class::Read),
        _ => Some(Class::Write),
    }
}

/// Middleware of the API: counts requests by network, and refuses what is too many.
pub(crate) async fn throttle(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    match count(request.request()) {
        Some(seconds) => Ok(request.error_response(ApiError::new(ErrorCode::TooManyRequests).retry_after(seconds))),
        None => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}

/// Counts a request; the seconds to wait if it is one too many.
fn count(request: &HttpRequest) -> Option<u32> {
    let class = class_of(request.method(), request.match_info().as_str())?;
    let state = request.app_data::<Data<AppState>>()?;
    warn_of_a_forgotten_proxy(state, request);
    let network = ClientAddress::of(request)?.network();
    let counted = state.throttle.count(class, network)?;
    let retry_after = counted.retry_after;
    request.extensions_mut().insert(counted);
    retry_after
}

/// Behind a proxy that was not named, all clients would share one allowance.
fn warn_of_a_forgotten_proxy(state: &AppState, request: &HttpRequest) {
    if state.limits.edge.is_direct()
        && request.headers().contains_key("x-forwarded-for")
        && request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback())
        && state.throttle.warns_once()
    {
        tracing::warn!("a proxy seems to be in front: name its network in `trusted_proxies`, or all its clients share one rate limit");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_of_the_api_has_the_class_of_what_it_could_do() {
        let class = |method: Method, path: &str| class_of(&method, path);
        assert_eq!(class(Method::GET, "/api/v1/offers"), Some(Class::Read));
        assert_eq!(class(Method::HEAD, "/api/docs/"), Some(Class::Read));
        assert_eq!(class(Method::GET, "/api/v1/applications"), Some(Class::Read));
        assert_eq!(class(Method::POST, "/api/v1/applications"), Some(Class::SignIn));
        for path in ["/api/v1/auth/login", "/api/v1/auth/login/second-factor", "/api/v1/auth/password-reset/confirm"] {
            assert_eq!(class(Method::POST, path), Some(Class::SignIn), "{path}");
        }
        assert_eq!(class(Method::GET, "/api/v1/auth/oidc/keycloak/callback"), Some(Class::SignIn));
        assert_eq!(class(Method::POST, "/api/v1/auth/refresh"), Some(Class::Write));
        assert_eq!(class(Method::DELETE, "/api/v1/me"), Some(Class::Write));
        assert_eq!(class(Method::POST, "/oauth/token"), Some(Class::Token));
        for free in ["/healthz", "/readyz", "/de/angebote", "/assets/index.js"] {
            assert_eq!(class(Method::GET, free), None, "{free}");
        }
        assert_eq!(class(Method::OPTIONS, "/api/v1/auth/login"), None);
    }
}
