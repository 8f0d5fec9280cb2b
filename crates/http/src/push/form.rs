//! The form of a push, read while it arrives: the file goes into a nameless file, everything else has to be short.

use super::token::{self, Holder};
use crate::body::{self, Allowance, Arriving};
use crate::problem::ApiError;
use crate::state::AppState;
use actix_multipart::{Field, Multipart};
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::Payload;
use actix_web::{HttpRequest, http::header::HeaderValue};
use domain::ErrorCode;
use domain::accounts::Origin;
use domain::partners::{ImportFormat, ImportMode};
use domain::problem::ValueError;
use futures_util::{StreamExt, stream};
use std::cell::RefCell;
use std::fs::File;
use std::io::{Seek, Write};
use std::rc::Rc;
use std::str::FromStr;

/// Longest field that is not the file, in bytes. Access tokens have about a thousand.
const LONGEST_FIELD: usize = 8 << 10;

/// Most fields; programs send a few of their own, which mean nothing here.
const MOST_FIELDS: usize = 20;

/// Largest file, in bytes, that is received from somebody who has not said who they are.
const MOST_UNKNOWN: u64 = 8 << 20;

/// Bytes that are gathered before they are written.
const CHUNK: usize = 256 * 1024;

/// What a form says.
pub(super) struct PushForm {
    /// Whoever its token speaks of.
    pub(super) holder: Option<Holder>,
    /// The file, at its beginning.
    pub(super) file: Option<File>,
    /// Its format, if it is said.
    pub(super) format: Option<ImportFormat>,
    /// Its mode, if it is said.
    pub(super) mode: Option<ImportMode>,
}

/// Why the body gave up; the library between passes on only that it did.
type GivenUp = Rc<RefCell<Option<ApiError>>>;

/// Receives a form. 401 without a token that is right, as soon as that is clear.
pub(super) async fn receive(
    state: &AppState,
    request: &HttpRequest,
    payload: Payload,
    holder: Option<Holder>,
    origin: &Origin,
) -> Result<PushForm, ApiError> {
    let given_up = GivenUp::default();
    let mut parts = parts(state, request, payload, &given_up)?;
    let mut form = PushForm { holder, file: None, format: None, mode: None };
    let mut fields = 0;
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|error| broken(&given_up, &error))?;
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(wrong("/body", "too-many-values", format!("Höchstens {MOST_FIELDS} Felder."), format!("At most {MOST_FIELDS} fields.")));
        }
        match part.name().unwrap_or_default().to_owned().as_str() {
            "file" if form.file.is_some() => {
                return Err(wrong("/body/file", "too-many-values", "Nur eine Datei auf einmal.", "Only one file at a time."));
            }
            "file" => {
                let most = if form.holder.is_some() { state.limits.import_bytes } else { MOST_UNKNOWN };
                form.file = Some(spool(state, &mut part, most, form.holder.is_some(), &given_up).await?);
            }
            "access_token" if form.holder.is_none() => {
                let token = text(&mut part, &given_up).await?;
                form.holder = Some(token::holder(state, token.trim(), origin).await?);
            }
            "format" => form.format = Some(code("/body/format", &text(&mut part, &given_up).await?)?),
            "mode" => form.mode = Some(code("/body/mode", &text(&mut part, &given_up).await?)?),
            _ => drop(text(&mut part, &given_up).await?),
        }
    }
    if form.holder.is_none() { Err(token::unauthenticated()) } else { Ok(form) }
}

/// The parts of the body, which has the time and the size of an import.
fn parts(state: &AppState, request: &HttpRequest, payload: Payload, given_up: &GivenUp) -> Result<Multipart, ApiError> {
    const WANTED: &str = "multipart/form-data";
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(WANTED) {
        let error = ApiError::new(ErrorCode::UnsupportedMediaType).header(header::ACCEPT, HeaderValue::from_static(WANTED));
        return Err(error.detail(format!("Angenommen wird {WANTED}."), format!("Accepted is {WANTED}.")));
    }
    let limits = &state.limits;
    // Around the file comes a little: boundaries, heads of parts, short fields.
    let bytes = limits.import_bytes.saturating_add((MOST_FIELDS * LONGEST_FIELD) as u64);
    let allowance = Allowance { idle: limits.body_idle, total: limits.body_total, rate: Some(limits.body_rate), bytes };
    let arriving = Arriving::new(payload, body::announced(request), allowance)?;
    let given_up = Rc::clone(given_up);
    // The library asks again after the end, which only a fused stream allows.
    let chunks = stream::unfold(Some(arriving), move |arriving| {
        let given_up = Rc::clone(&given_up);
        async move {
            let mut arriving = arriving?;
            match arriving.next().await {
                Ok(chunk) => chunk.map(|chunk| (Ok(chunk), Some(arriving))),
                Err(error) => {
                    given_up.replace(Some(error));
                    Some((Err(PayloadError::Incomplete(None)), None))
                }
            }
        }
    });
    Ok(Multipart::new(request.headers(), Box::pin(chunks.fuse())))
}

fn broken(given_up: &GivenUp, error: &actix_multipart::MultipartError) -> ApiError {
    given_up.take().unwrap_or_else(|| {
        tracing::debug!(%error, "a form could not be read");
        ApiError::new(ErrorCode::BadRequest).detail("Das Formular ist unvollständig oder nicht lesbar.", "The form is incomplete or cannot be read.")
    })
}

fn wrong(pointer: &str, code: &str, de: impl Into<String>, en: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::Invalid).field(pointer, ValueError::new(code, de, en))
}

fn code<T: FromStr<Err = ValueError>>(pointer: &str, text: &str) -> Result<T, ApiError> {
    text.trim().parse().map_err(|error| ApiError::new(ErrorCode::Invalid).field(pointer, error))
}

/// A short field.
async fn text(part: &mut Field, given_up: &GivenUp) -> Result<String, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        bytes.extend_from_slice(&chunk.map_err(|error| broken(given_up, &error))?);
        if bytes.len() > LONGEST_FIELD {
            return Err(wrong(
                "/body",
                "field-too-long",
                "Ein Feld, das nicht die Datei ist, ist zu lang.",
                "A field other than the file is too long.",
            ));
        }
    }
    String::from_utf8(bytes).map_err(|_| wrong("/body", "field-not-text", "Ein Feld ist kein Text in UTF-8.", "A field is no text in UTF-8."))
}

/// Writes the file while it arrives.
async fn spool(state: &AppState, part: &mut Field, most: u64, known: bool, given_up: &GivenUp) -> Result<File, ApiError> {
    let folder = state.limits.spool.clone();
    let mut file = blocking(move || tempfile::tempfile_in(folder)).await?;
    let (mut buffer, mut received) = (Vec::with_capacity(CHUNK), 0u64);
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|error| broken(given_up, &error))?;
        received = received.saturating_add(chunk.len() as u64);
        if received > most {
            return Err(if known { ApiError::new(ErrorCode::PayloadTooLarge) } else { token::unauthenticated() });
        }
        buffer.extend_from_slice(&chunk);
        if buffer.len() >= CHUNK {
            (file, buffer) = write(file, buffer).await?;
        }
    }
    let (mut file, _) = write(file, buffer).await?;
    blocking(move || file.rewind().map(|()| file)).await
}

async fn write(mut file: File, mut buffer: Vec<u8>) -> Result<(File, Vec<u8>), ApiError> {
    blocking(move || {
        file.write_all(&buffer)?;
        buffer.clear();
        Ok((file, buffer))
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?.map_err(ApiError::internal)
}
