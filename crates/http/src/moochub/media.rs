//! The media type of MOOChub and its versions.

use crate::feeds::accept::ranges;
use crate::problem::ApiError;
use actix_web::HttpRequest;
use domain::ErrorCode;

/// The type of every answer.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.api+json; moochub-version=3";

const JSON_API: &str = "application/vnd.api+json";
const VERSION_PARAMETER: &str = "moochub-version";

/// Refuses requests that accept none of what is spoken: JSON:API without parameters or with `moochub-version=3`, or any JSON. JSON:API demands that
/// a range with other parameters counts for nothing.
pub(crate) fn acceptable(request: &HttpRequest) -> Result<(), ApiError> {
    let spoken = ranges(request).iter().any(|range| {
        let known = |(name, value): &(String, String)| name == VERSION_PARAMETER && (value == "3" || value.starts_with("3."));
        let parameters = range.kind != JSON_API || range.parameters.iter().all(known);
        let kind = range.covers(JSON_API).is_some() || range.kind == "application/json";
        range.weight > 0.0 && kind && parameters
    });
    if spoken {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::NotAcceptable).detail(format!("Es gibt nur {MEDIA_TYPE}."), format!("Only {MEDIA_TYPE} is available.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::ACCEPT;
    use actix_web::test::TestRequest;

    #[test]
    fn other_versions_are_not_spoken() {
        let accepts = |accept: &str| acceptable(&TestRequest::get().insert_header((ACCEPT, accept)).to_http_request()).is_ok();
        for good in [
            "application/vnd.api+json; moochub-version=3",
            "application/vnd.api+json;moochub-version=\"3\"",
            "application/vnd.api+json",
            "application/json",
            "*/*",
            "application/vnd.api+json; moochub-version=2, application/vnd.api+json; moochub-version=3.0;q=0.1",
        ] {
            assert!(accepts(good), "{good}");
        }
        for bad in ["application/vnd.api+json; moochub-version=2", "application/vnd.api+json; ext=x", "text/html", "application/vnd.api+json;q=0"] {
            assert!(!accepts(bad), "{bad}");
        }
        assert!(acceptable(&TestRequest::get().to_http_request()).is_ok());
    }
}
