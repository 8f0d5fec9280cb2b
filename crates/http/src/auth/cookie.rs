//! Cookies. The one that carries the refresh token: for no script, no other site, and no host beside this one (`__Host-`, RFC 6265bis).

use crate::problem::ApiError;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use identity::secrets::Secret;

const NAME: &str = "__Host-refresh";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// Knows a browser again that comes back from another provider: sent along when another site leads here, as that one does.
const AWAY: &str = "__Host-oidc";
const AWAY_ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

/// The refresh token of a request.
pub(super) fn presented(request: &HttpRequest) -> Option<&str> {
    value(request, NAME)
}

fn value<'a>(request: &'a HttpRequest, wanted: &str) -> Option<&'a str> {
    let pairs = request.headers().get_all(header::COOKIE).filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

/// `Set-Cookie` with a token that the browser keeps for so many seconds.
pub(super) fn keep(token: &Secret, seconds: i64) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(&format!("{NAME}={}; Max-Age={seconds}; {ATTRIBUTES}", token.reveal())).map_err(ApiError::internal)
}

/// `Set-Cookie` that takes the token away.
pub(super) fn clear() -> HeaderValue {
    HeaderValue::from_static("__Host-refresh=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict")
}

/// What a browser brings back from another provider.
pub(super) fn away(request: &HttpRequest) -> Option<&str> {
    value(request, AWAY)
}

/// `Set-Cookie` for a browser that goes to another provider.
pub(crate) fn keep_away(browser: &Secret) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(&format!("{AWAY}={}; Max-Age=600; {AWAY_ATTRIBUTES}", browser.reveal())).map_err(ApiError::internal)
}

/// `Set-Cookie` once it is back.
pub(super) fn clear_away() -> HeaderValue {
    HeaderValue::from_static("__Host-oidc=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    // ASVS 5.0 V3.3.1
    // ASVS 5.0 V3.3.2
    // ASVS 5.0 V3.3.3
    // ASVS 5.0 V3.3.4
    #[test]
    fn the_cookie_is_for_this_host_and_no_script() {
        let token = Secret::new(identity::secrets::SecretKind::Refresh, &domain::SystemRng);
        let expected = format!("__Host-refresh={}; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Strict", token.reveal());
        assert_eq!(keep(&token, 60).unwrap(), expected.as_str());
        assert!(clear().to_str().unwrap().ends_with(ATTRIBUTES));
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let request = TestRequest::get().append_header(("cookie", "a=b; __Host-refresh=brr_x; c=d")).to_http_request();
        assert_eq!(presented(&request), Some("brr_x"));
        let other = TestRequest::get().append_header(("cookie", "refresh=brr_x; x__Host-refresh=y")).to_http_request();
        assert_eq!(presented(&other), None);
    }
}
