//! Errors on their way out of a handler. They become a problem where language and trace id are known: in [`super::render`].

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use domain::ErrorCode;
use domain::partners::Import;
use domain::problem::{Message, ValueError};
use std::fmt;

/// An error of the table, with what is special about this occurrence.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) code: ErrorCode,
    pub(super) detail: Option<Message>,
    pub(super) fields: Vec<(String, ValueError)>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) import: Option<Import>,
    /// Code and description at the token endpoint.
    pub(super) oauth: Option<(&'static str, &'static str)>,
    pub(super) cause: Option<String>,
}

impl ApiError {
    /// An error without further words.
    pub(crate) fn new(code: ErrorCode) -> Self {
        Self(Box::new(Inner { code, detail: None, fields: vec![], headers: vec![], import: None, oauth: None, cause: None }))
    }

    /// A 500. The cause goes to the log and nowhere else.
    pub(crate) fn internal(cause: impl fmt::Display) -> Self {
        let mut error = Self::new(ErrorCode::Internal);
        error.0.cause = Some(cause.to_string());
        error
    }

    /// Adds what is special about this occurrence.
    #[must_use]
    pub(crate) fn detail(mut self, de: impl Into<String>, en: impl Into<String>) -> Self {
        self.0.detail = Some(Message { de: de.into(), en: en.into() });
        self
    }

    /// Adds something that is wrong with the input.
    #[must_use]
    pub(crate) fn field(mut self, pointer: impl Into<String>, error: ValueError) -> Self {
        self.0.fields.push((pointer.into(), error));
        self
    }

    /// Adds everything that is wrong with the input.
    #[must_use]
    pub(crate) fn fields(mut self, fields: Vec<(String, ValueError)>) -> Self {
        self.0.fields.extend(fields);
        self
    }

    /// Adds a header.
    #[must_use]
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Says after how many seconds to try again.
    #[must_use]
    pub(crate) fn retry_after(self, seconds: u32) -> Self {
        self.header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Says it in the words of OAuth 2.0, for its endpoints: code, and an English description in ASCII without quotes.
    #[must_use]
    pub(crate) fn oauth(mut self, code: &'static str, description: &'static str) -> Self {
        self.0.oauth = Some((code, description));
        self
    }

    /// Adds the import that failed.
    #[must_use]
    pub(crate) fn import(mut self, import: Import) -> Self {
        self.0.import = Some(import);
        self
    }

    /// The code.
    pub(crate) fn code(&self) -> ErrorCode {
        self.0.code
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code.code())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<persistence::Error> for ApiError {
    fn from(error: persistence::Error) -> Self {
        use persistence::Error;
        let code = match &error {
            Error::NotFound => ErrorCode::NotFound,
            Error::Unknown => ErrorCode::SessionEnded,
            Error::Denied(_) => ErrorCode::Forbidden,
            Error::Conflict(_) => ErrorCode::PreconditionFailed,
            Error::Exists(_) => ErrorCode::Conflict,
            Error::LastAdministrator => ErrorCode::LastAdministrator,
            Error::AlreadyDecided => ErrorCode::AlreadyDecided,
            Error::LinkInvalid => ErrorCode::LinkInvalid,
            Error::Busy(_) | Error::Unavailable(_) => ErrorCode::Unavailable,
            _ => ErrorCode::Internal,
        };
        let mut made = Self::new(code);
        if code == ErrorCode::Unavailable {
            made = made.retry_after(2);
        }
        if code == ErrorCode::SessionEnded {
            made = made.header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
        }
        // Only what is our own fault belongs into the log as an error.
        if code.status() >= 500 {
            made.0.cause = Some(error.to_string());
        }
        made
    }
}

impl From<search::SearchError> for ApiError {
    fn from(error: search::SearchError) -> Self {
        match error {
            search::SearchError::Cursor => Self::cursor(),
            search::SearchError::DistanceWithoutPoint => Self::new(ErrorCode::ParameterInvalid).field(
                "/query/sort",
                ValueError::new("near-missing", "Nach Entfernung kann nur mit near sortiert werden.", "Sorting by distance needs near."),
            ),
            other => Self::internal(other),
        }
    }
}

impl ApiError {
    /// The cursor does not belong to this list.
    pub(crate) fn cursor() -> Self {
        Self::new(ErrorCode::CursorInvalid).field(
            "/query/cursor",
            ValueError::new(
                "cursor-invalid",
                "Der Seitenzeiger gehört nicht zu dieser Liste. Beginnen Sie ohne cursor.",
                "The cursor does not belong to this list. Begin without cursor.",
            ),
        )
    }
}
