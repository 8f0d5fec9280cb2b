//! The last stop of every answer of the API: errors become problems, whoever raised them, and at the token endpoint what OAuth 2.0 says.

use super::error::{ApiError, Inner};
use super::{FieldError, ProblemDetails};
use crate::language::Language;
use crate::oauth::OAuthError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use domain::ErrorCode;
use domain::problem::Message;
use tracing_actix_web::RequestId;

const PROBLEM_JSON: &str = "application/problem+json";

/// Middleware: turns every error under the API into `application/problem+json`.
pub(crate) async fn problems(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?;
    if response.status().as_u16() < 400 {
        return Ok(response.map_into_boxed_body());
    }
    let problem = from_response(response.request(), &response);
    Ok(response.into_response(problem))
}

fn from_response<B>(request: &HttpRequest, response: &ServiceResponse<B>) -> HttpResponse {
    if let Some(error) = response.response().error() {
        return from_error(request, error);
    }
    let mut problem = ApiError::new(code_of(response.status()));
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem = problem.header(header::ALLOW, allow.clone());
    }
    answer(request, problem.inner())
}

fn from_error(request: &HttpRequest, error: &actix_web::Error) -> HttpResponse {
    if let Some(known) = error.as_error::<ApiError>() {
        return answer(request, known.inner());
    }
    let foreign = match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => ApiError::new(ErrorCode::PayloadTooLarge),
        Some(_) => ApiError::new(ErrorCode::BadRequest),
        None => ApiError::new(code_of(error.as_response_error().status_code())),
    };
    if foreign.code() == ErrorCode::Internal {
        return answer(request, ApiError::internal(error).inner());
    }
    answer(request, foreign.inner())
}

/// The general code of a status, for errors that the framework raised.
fn code_of(status: StatusCode) -> ErrorCode {
    match status.as_u16() {
        401 => ErrorCode::Unauthenticated,
        403 => ErrorCode::Forbidden,
        404 => ErrorCode::NotFound,
        405 => ErrorCode::MethodNotAllowed,
        406 => ErrorCode::NotAcceptable,
        408 => ErrorCode::RequestTimeout,
        413 => ErrorCode::PayloadTooLarge,
        415 => ErrorCode::UnsupportedMediaType,
        429 => ErrorCode::TooManyRequests,
        503 => ErrorCode::Unavailable,
        400..500 => ErrorCode::BadRequest,
        _ => ErrorCode::Internal,
    }
}

fn answer(request: &HttpRequest, error: &Inner) -> HttpResponse {
    if let Some(cause) = &error.cause {
        tracing::error!(code = error.code.code(), %cause, path = request.path(), "a request failed");
    }
    let (status, content_type, body) = if request.path().starts_with("/oauth/") {
        oauth(error)
    } else {
        (error.code.status(), PROBLEM_JSON, serde_json::to_vec(&problem(request, error)))
    };
    let mut response = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    response.insert_header((header::CONTENT_TYPE, content_type)).insert_header((header::CACHE_CONTROL, "no-store"));
    if content_type == PROBLEM_JSON {
        response.insert_header((header::CONTENT_LANGUAGE, Language::of(request).pick("de", "en"))).insert_header((header::VARY, "accept-language"));
    }
    for (name, value) in &error.headers {
        response.insert_header((HeaderName::clone(name), HeaderValue::clone(value)));
    }
    if matches!(error.code, ErrorCode::RequestTimeout | ErrorCode::PayloadTooLarge) {
        // The rest of the body is not wanted any more.
        response.force_close();
    }
    response.body(body.unwrap_or_default())
}

fn problem(request: &HttpRequest, error: &Inner) -> ProblemDetails {
    let language = Language::of(request);
    let words = |message: &Message| language.choose(message).to_owned();
    ProblemDetails {
        kind: format!("/problems/{}", error.code.code()),
        title: language.pick(error.code.title_de(), error.code.title_en()).to_owned(),
        status: error.code.status(),
        code: error.code.code().to_owned(),
        detail: error.detail.as_ref().map(words),
        trace_id: request.extensions().get::<RequestId>().map_or_else(String::new, ToString::to_string),
        errors: error
            .fields
            .iter()
            .map(|(pointer, e)| FieldError { pointer: pointer.clone(), code: e.code.clone(), message: language.choose_error(e.clone()) })
            .collect(),
        import: error.import.clone(),
    }
}

/// Status and body of an error of the token endpoint (RFC 6749, section 5.2), which knows fewer codes and no 422.
fn oauth(error: &Inner) -> (u16, &'static str, serde_json::Result<Vec<u8>>) {
    let status = if error.code == ErrorCode::Invalid { 400 } else { error.code.status() };
    let code = match status {
        401 => "invalid_client",
        429 | 503 => "temporarily_unavailable",
        500.. => "server_error",
        _ => "invalid_request",
    };
    let (code, description) = error.oauth.unwrap_or((code, error.code.title_en()));
    let body = OAuthError { error: code.to_owned(), error_description: description.to_owned() };
    (status, "application/json", serde_json::to_vec(&body))
}
