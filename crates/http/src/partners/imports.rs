//! Imports of a source.

pub mod confirm;
pub mod create;
mod formats;
pub mod get;
pub mod list;
pub mod problems;
pub mod records;
mod repeating;
pub mod undo;

use crate::language::Language;
use crate::problem::ApiError;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use domain::ErrorCode;
use domain::accounts::Actor;
use domain::partners::{Import, ImportState};
use domain::problem::ValueError;
use sync::import::ImportError;

/// Seconds after which to look again when an import of the source is running.
const PATIENCE: u32 = 10;

/// Who hands in, and for which source.
#[derive(Clone)]
struct Errand {
    actor: Actor,
    source: String,
}

/// Lets an import that this process runs say how far it is: only the process knows for sure.
fn is_at(import: &mut Import) {
    if import.state == ImportState::Running {
        import.progress = sync::import::progress(import.id).or(import.progress);
    }
}

/// Why an import was not tried, or not finished.
pub(crate) fn not_tried(error: ImportError) -> ApiError {
    match error {
        ImportError::InProgress => ApiError::new(ErrorCode::ImportInProgress).retry_after(PATIENCE),
        ImportError::Revoked => ApiError::new(ErrorCode::Conflict)
            .detail("Diese Quelle ist beendet; sie nimmt nichts mehr an.", "This source has been ended; it takes nothing any more."),
        ImportError::TooOld => ApiError::new(ErrorCode::Conflict).detail(
            "Der Import liegt so lange zurück, dass nicht mehr bekannt ist, was vorher dort stand.",
            "The import is so long ago that what was there before is no longer known.",
        ),
        ImportError::Store(error) => error.into(),
    }
}

/// The answer to a file that was handed in: 201 applied or tried, 202 held, 422 refused.
pub(crate) fn answer(import: &Import, language: Language) -> Result<HttpResponse, ApiError> {
    let location = format!("{}/sources/{}/imports/{}", crate::openapi::PREFIX, import.source, import.id);
    if import.state == ImportState::Failed {
        let mut error = ApiError::new(ErrorCode::FileInvalid).import(import.clone());
        if let Some(failure) = &import.failure {
            let message = &failure.message;
            error = error.detail(&message.de, &message.en).field(&failure.pointer, ValueError::new(&failure.code, &message.de, &message.en));
        }
        return Err(match HeaderValue::from_str(&location) {
            Ok(location) => error.header(header::LOCATION, location),
            Err(_) => error,
        });
    }
    let status = if import.state == ImportState::AwaitingConfirmation { StatusCode::ACCEPTED } else { StatusCode::CREATED };
    let body = serde_json::to_vec(import).map_err(ApiError::internal)?;
    Ok(HttpResponse::build(status)
        .insert_header((header::LOCATION, location))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .content_type("application/json")
        .body(body))
}
