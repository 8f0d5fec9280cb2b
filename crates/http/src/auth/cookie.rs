//! The cookie that carries the refresh token: for no script, no other site, and no host beside this one (`__Host-`, RFC 6265bis).

use crate::problem::ApiError;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use identity::secrets::Secret;

const NAME: &str = "__Host-refresh";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// The refresh token of a request.
pub(super) fn presented(request: &HttpRequest) -> Option<&str> {
    let pairs = request.headers().get_all(header::COOKIE).filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == NAME).map(|(_, value)| value)
}

/// `Set-Cookie` with a token that the browser keeps for so many seconds.
pub(super) fn keep(token: &Secret, seconds: i64) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(&format!("{NAME}={}; Max-Age={seconds}; {ATTRIBUTES}", token.reveal())).map_err(ApiError::internal)
}

/// `Set-Cookie` that takes the token away.
pub(super) fn clear() -> HeaderValue {
    HeaderValue::from_static("__Host-refresh=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict")
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
