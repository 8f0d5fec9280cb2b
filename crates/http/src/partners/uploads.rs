//! Uploads: a large file arrives in pieces, and goes on where a line broke off.

pub mod append;
pub mod create;
pub mod get;

use crate::language::Language;
use crate::problem::ApiError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use domain::{ErrorCode, Uuid};
use persistence::files::StoredFile;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The header that says from where a piece goes on.
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// A file that arrives in pieces.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Upload)]
pub struct UploadView {
    /// Id.
    pub id: Uuid,
    /// Name of the file.
    pub name: String,
    /// Size of the whole file in bytes.
    pub size: u64,
    /// Bytes that are here: the next piece begins there.
    pub received: u64,
    /// SHA-256 of the whole file in hexadecimal: as announced, or as found when it was complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it is deleted, complete or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

impl From<StoredFile> for UploadView {
    fn from(file: StoredFile) -> Self {
        let StoredFile { id, name, size, received, sha256, created_at, expires_at, .. } = file;
        Self { id, name, size, received, sha256, created_at, expires_at }
    }
}

/// The id of an upload.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct UploadId {
    /// Id of the upload.
    #[param(example = "019ab1c2-0000-7000-8000-000000000011")]
    upload: Uuid,
}

/// The id in the path. 404 if it is none.
fn upload_of(request: &HttpRequest) -> Result<Uuid, ApiError> {
    request.match_info().query("upload").parse().map_err(|_| ApiError::new(ErrorCode::NotFound))
}

/// Shows an upload, and in a header how far it is.
fn show(status: StatusCode, language: Language, key: &str, upload: &UploadView) -> Result<HttpResponse, ApiError> {
    let body = serde_json::to_vec(upload).map_err(ApiError::internal)?;
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((UPLOAD_OFFSET, upload.received.to_string()))
        .content_type("application/json");
    if status == StatusCode::CREATED {
        response.insert_header((header::LOCATION, format!("{}/sources/{key}/uploads/{}", crate::openapi::PREFIX, upload.id)));
    }
    Ok(response.body(body))
}

/// A piece that does not begin where the file ends.
fn elsewhere(received: u64) -> ApiError {
    ApiError::new(ErrorCode::Conflict)
        .detail(format!("Angekommen sind {received} Bytes; dort geht es weiter."), format!("{received} bytes have arrived; go on from there."))
        .header(UPLOAD_OFFSET, HeaderValue::from(received))
}
