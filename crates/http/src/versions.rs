//! Things that can be changed: their version is their `ETag`, and whoever changes them says which version they have seen.

use crate::language::Language;
use crate::problem::ApiError;
use crate::respond::without_coding;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use domain::ErrorCode;
use domain::problem::ValueError;
use serde::Serialize;
use utoipa::IntoParams;

/// What every change of an existing thing needs, for the documentation.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "documents what `if_match` reads")]
pub(crate) struct IfMatch {
    /// `ETag` of what is to be changed, as it was read.
    #[param(rename = "If-Match", required, pattern = r#"^"[1-9][0-9]{0,17}"$"#, example = "\"3\"")]
    pub(crate) if_match: String,
}

/// The version that `If-Match` names. 428 without one; 412 for a tag that is none of ours, such as a weak one or a list.
pub(crate) fn if_match(request: &HttpRequest) -> Result<i64, ApiError> {
    let mut given = request.headers().get_all(header::IF_MATCH);
    let (Some(tag), None) = (given.next(), given.next()) else { return Err(missing(request)) };
    match tag.to_str().map(str::trim) {
        // Any version would do: that is what the demand is there to prevent.
        Ok("*") => Err(missing(request)),
        Ok(tag) => version_of(tag).ok_or_else(|| ApiError::new(ErrorCode::PreconditionFailed)),
        Err(_) => Err(ApiError::new(ErrorCode::PreconditionFailed)),
    }
}

fn missing(request: &HttpRequest) -> ApiError {
    if request.headers().get_all(header::IF_MATCH).count() > 1 {
        return ApiError::new(ErrorCode::PreconditionFailed);
    }
    ApiError::new(ErrorCode::PreconditionRequired).field(
        "/header/if-match",
        ValueError::new(
            "version-missing",
            "Nennen Sie das ETag der Fassung, die Sie gelesen haben, zum Beispiel \"3\".",
            "Name the ETag of the version you have read, for example \"3\".",
        ),
    )
}

fn version_of(tag: &str) -> Option<i64> {
    let digits = without_coding(tag.strip_prefix('"')?.strip_suffix('"')?);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

/// Takes the header of a version for an answer.
pub(crate) fn etag(version: i64) -> (HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}

/// JSON of a thing as it is now, for whoever asks alone. Never 304: what is shown with the thing but does not count as a change of it, such as
/// the last use, would be missed.
pub(crate) fn json(status: StatusCode, language: Language, version: i64, body: &impl Serialize) -> Result<HttpResponse, ApiError> {
    let bytes = serde_json::to_vec(body).map_err(ApiError::internal)?;
    Ok(described(status, language, version).content_type("application/json").body(bytes))
}

/// 201 with JSON and the address of what was made, below `/api/v1`.
pub(crate) fn created(location: &str, language: Language, version: i64, body: &impl Serialize) -> Result<HttpResponse, ApiError> {
    let bytes = serde_json::to_vec(body).map_err(ApiError::internal)?;
    let mut response = described(StatusCode::CREATED, language, version);
    response.insert_header((header::LOCATION, format!("{}{location}", crate::openapi::PREFIX)));
    Ok(response.content_type("application/json").body(bytes))
}

fn described(status: StatusCode, language: Language, version: i64) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header(etag(version))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "accept-language, authorization"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn given(tags: &[&str]) -> Result<i64, ErrorCode> {
        let request = tags.iter().fold(TestRequest::patch(), |request, tag| request.append_header((header::IF_MATCH, *tag)));
        if_match(&request.to_http_request()).map_err(|error| error.code())
    }

    #[test]
    fn one_strong_tag_names_the_version_whatever_its_coding() {
        for (tag, version) in [("\"3\"", 3), ("\"12-br\"", 12), ("\"12-gzip\"", 12), (" \"1\" ", 1)] {
            assert_eq!(given(&[tag]), Ok(version), "{tag}");
        }
        for missing in [&[][..], &["*"]] {
            assert_eq!(given(missing), Err(ErrorCode::PreconditionRequired), "{missing:?}");
        }
        for other in ["3", "W/\"3\"", "\"\"", "\"x\"", "\"03\"", "\"-3\"", "\"3\", \"4\"", "\"99999999999999999999\""] {
            assert_eq!(given(&[other]), Err(ErrorCode::PreconditionFailed), "{other}");
        }
        assert_eq!(given(&["\"3\"", "\"4\""]), Err(ErrorCode::PreconditionFailed));
    }
}
