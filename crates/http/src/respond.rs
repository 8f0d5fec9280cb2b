//! Answers: validators, caching and language of every representation.

use crate::language::Language;
use crate::problem::ApiError;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use sha2::{Digest, Sha256};

const PUBLIC: &str = "public, max-age=60, stale-while-revalidate=600";
const PRIVATE: &str = "no-store";

/// Names of content codings that the compression middleware appends to a validator.
const CODINGS: &[&str] = &["-br", "-gzip"];

/// The tag of a representation before it was compressed.
pub(crate) fn without_coding(tag: &str) -> &str {
    CODINGS.iter().find_map(|coding| tag.strip_suffix(coding)).unwrap_or(tag)
}

/// A strong validator made of everything the representation depends on.
pub(crate) struct Validator(Sha256);

impl Validator {
    /// Begins with the address, the language, and the version of the program that makes the representation.
    pub(crate) fn new(request: &HttpRequest, language: Language) -> Self {
        let validator = Self(Sha256::new()).and(env!("CARGO_PKG_VERSION")).and(request.path());
        validator.and(request.query_string()).and(language.tag())
    }

    /// Adds text.
    pub(crate) fn and(mut self, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref();
        self.0.update(part.len().to_be_bytes());
        self.0.update(part);
        self
    }

    /// Adds a number.
    pub(crate) fn number(self, part: i64) -> Self {
        self.and(part.to_be_bytes())
    }

    fn finish(self) -> String {
        hex::encode(self.0.finalize().get(..12).unwrap_or_default())
    }
}

/// How a representation is told apart and how it is handed out.
pub(crate) struct Representation {
    language: Language,
    tag: String,
    caching: &'static str,
    open: bool,
}

impl Representation {
    /// One for everybody.
    pub(crate) fn public(language: Language, validator: Validator) -> Self {
        Self { language, tag: validator.finish(), caching: PUBLIC, open: true }
    }

    /// One for the source that asks.
    pub(crate) fn private(language: Language, validator: Validator) -> Self {
        Self { language, tag: validator.finish(), caching: PRIVATE, open: false }
    }

    /// 304, if the client has this representation already.
    pub(crate) fn unchanged(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let given = request.headers().get(header::IF_NONE_MATCH)?.to_str().ok()?;
        let own = |candidate: &str| {
            let opaque = candidate.strip_prefix("W/").unwrap_or(candidate).strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
            opaque.is_some_and(|tag| without_coding(tag) == self.tag)
        };
        let known = given.split(',').map(str::trim).find(|candidate| *candidate == "*" || own(candidate))?;
        let mut response = HttpResponse::NotModified();
        self.describe(&mut response);
        if known != "*" {
            response.insert_header((header::ETAG, known));
        }
        Some(response.finish())
    }

    fn describe(&self, response: &mut HttpResponseBuilder) {
        response
            .insert_header((header::ETAG, format!("\"{}\"", self.tag)))
            .insert_header((header::CACHE_CONTROL, self.caching))
            .insert_header((header::CONTENT_LANGUAGE, self.language.tag()))
            .insert_header((header::VARY, if self.open { "accept-language" } else { "accept-language, authorization" }));
    }

    /// 200 with JSON.
    pub(crate) fn json(&self, body: &impl Serialize) -> Result<HttpResponse, ApiError> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        serde_json::to_writer(&mut bytes, body).map_err(ApiError::internal)?;
        Ok(self.bytes("application/json", bytes))
    }

    /// 200 with a body that is ready.
    pub(crate) fn bytes(&self, content_type: &str, body: impl Into<actix_web::web::Bytes>) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        self.describe(&mut response);
        response.insert_header((header::CONTENT_TYPE, content_type)).body(body.into())
    }
}

/// 200 with JSON for the source that asks, or 304. The validator is a digest of the body.
pub(crate) fn private_json(request: &HttpRequest, language: Language, body: &impl Serialize) -> Result<HttpResponse, ApiError> {
    let bytes = serde_json::to_vec(body).map_err(ApiError::internal)?;
    let representation = Representation::private(language, Validator::new(request, language).and(&bytes));
    Ok(representation.unchanged(request).unwrap_or_else(|| representation.bytes("application/json", bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    fn representation(request: &HttpRequest) -> Representation {
        Representation::public(Language::GERMAN, Validator::new(request, Language::GERMAN).number(7))
    }

    #[test]
    fn a_known_tag_is_answered_with_304_whatever_its_coding() {
        let tag = representation(&TestRequest::get().uri("/a").to_http_request()).tag;
        for known in [format!("\"{tag}\""), format!("W/\"{tag}\""), format!("\"x\", \"{tag}-br\""), "*".to_owned()] {
            let request = TestRequest::get().uri("/a").insert_header((header::IF_NONE_MATCH, known.as_str())).to_http_request();
            let answer = representation(&request).unchanged(&request);
            assert_eq!(answer.map(|a| a.status()), Some(StatusCode::NOT_MODIFIED), "{known}");
        }
        for unknown in [tag.clone(), format!("\"{tag}x\""), "\"\"".to_owned()] {
            let request = TestRequest::get().uri("/a").insert_header((header::IF_NONE_MATCH, unknown.as_str())).to_http_request();
            assert!(representation(&request).unchanged(&request).is_none(), "{unknown}");
        }
    }

    #[test]
    fn parts_cannot_run_into_each_other() {
        let request = TestRequest::get().to_http_request();
        let of = |a: &str, b: &str| Validator::new(&request, Language::GERMAN).and(a).and(b).finish();
        assert_ne!(of("ab", "c"), of("a", "bc"));
    }
}
