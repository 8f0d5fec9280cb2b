//! `POST /push`: hand in a file the way course management software does: a form with a file and a token, and nothing else to know.

mod form;
mod token;

use crate::access::{Access, Public};
use crate::language::Language;
use crate::partners::imports::not_tried;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::partners::{Handing, Import, ImportFormat, ImportMode, ImportState};
use domain::problem::ValueError;
use form::PushForm;
use serde::{Deserialize, Serialize};
use std::io::BufReader;
use sync::import;
use utoipa::ToSchema;

/// What became of a file that was pushed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PushAnswer {
    /// `ok`, or `held` if somebody has to confirm it first.
    #[schema(examples("ok"))]
    pub status: String,
    /// The same in a sentence.
    pub message: String,
    /// The import.
    pub import: Import,
}

/// The form, for the documentation.
#[derive(ToSchema)]
#[allow(dead_code, reason = "documents a form that is read as it arrives")]
pub(crate) struct PushRequest {
    /// `<client id>.<secret>`, or an access token from `POST /oauth/token`. Comes before the file; `Authorization` (Basic or Bearer) does, too.
    access_token: Option<String>,
    /// Format of the file; `openvhs` if not given.
    format: Option<ImportFormat>,
    /// `full` (if not given) withdraws what the file does not contain, `delta` says nothing about it.
    mode: Option<ImportMode>,
    /// The file. At most 512 MiB; 8 MiB if no token comes before it.
    #[schema(format = Binary, content_media_type = "application/octet-stream", value_type = String)]
    file: String,
}

/// Push a file
///
/// For software that can send a form but no more: course management programs send `file` and `access_token`. The file becomes an import of the source
/// that the token belongs to, exactly as by `POST /sources/{source}/imports`. With `Accept: text/plain` the answer is one line of text.
#[utoipa::path(
    post, path = "/push", operation_id = "push", tag = "imports", security(("clientSecret" = []), ()),
    params(crate::params::Lang),
    request_body(content = PushRequest, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "Imported.", content(
            (PushAnswer = "application/json", example = json!({
                "status": "ok", "message": "3 new, 1 changed, 211 unchanged, 2 withdrawn, 0 refused", "import": {
                    "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "openvhs", "mode": "full", "state": "succeeded",
                    "counts": { "created": 3, "changed": 1, "unchanged": 211, "withdrawn": 2, "rejected": 0 }, "problemCount": 0,
                    "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z", "dryRun": false }
            })),
            (String = "text/plain", example = "OK: 3 new, 1 changed, 211 unchanged, 2 withdrawn, 0 refused\n")
        )),
        (status = 202, description = "Held: it would withdraw too much. Nothing was changed; somebody has to confirm or discard it.",
            body = PushAnswer, content_type = "application/json"),
        problem::OfPushes, problem::OfImports, problem::Parameters
    )
)]
pub(crate) async fn push(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let origin = access.actor().origin.clone();
    let given = match token::of_header(&request)? {
        Some(token) => Some(token::holder(&state, &token, &origin).await?),
        None => None,
    };
    // A file takes a place in the spool while it arrives, like every other one.
    let turn = state.importing.admit().await?;
    let PushForm { holder, file, format, mode } = form::receive(&state, &request, body, given, &origin).await?;
    let (Some(holder), Some(file)) = (holder, file) else { return Err(missing_file()) };
    let handing = Handing::new(format.unwrap_or(ImportFormat::OpenVhs), mode.unwrap_or(ImportMode::Full));
    let services = state.services.clone();
    let import = turn
        .run(move || {
            let mut input = BufReader::with_capacity(256 * 1024, file);
            import::run(&services, &holder.actor, &holder.source, &handing, &mut input, &mut |_| {}).map_err(not_tried)
        })
        .await?;
    answer(&request, language, import)
}

fn missing_file() -> ApiError {
    ApiError::new(ErrorCode::Invalid)
        .field("/body/file", ValueError::new("field-missing", "Das Feld „file“ mit der Datei fehlt.", "The field “file” with the file is missing."))
}

fn answer(request: &HttpRequest, language: Language, import: Import) -> Result<HttpResponse, ApiError> {
    if import.state == ImportState::Failed {
        return crate::partners::imports::answer(&import, language);
    }
    let held = import.state == ImportState::AwaitingConfirmation;
    let (status, word, message) =
        if held { (StatusCode::ACCEPTED, "held", held_message(language)) } else { (StatusCode::OK, "ok", counted(&import, language)) };
    let location = format!("{}/sources/{}/imports/{}", crate::openapi::PREFIX, import.source, import.id);
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "accept, accept-language, authorization"));
    if wants_text(request) {
        return Ok(response.content_type("text/plain; charset=utf-8").body(format!("{}: {message}\n", word.to_ascii_uppercase())));
    }
    let body = serde_json::to_vec(&PushAnswer { status: word.to_owned(), message, import }).map_err(ApiError::internal)?;
    Ok(response.content_type("application/json").body(body))
}

/// Whether plain text is asked for by name, and JSON is not.
fn wants_text(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    accept.contains("text/plain") && !accept.contains("json")
}

fn held_message(language: Language) -> String {
    language
        .pick(
            "Der Import würde zu viel zurückziehen und wartet, bis jemand zustimmt.",
            "The import would withdraw too much and waits until somebody agrees.",
        )
        .to_owned()
}

fn counted(import: &Import, language: Language) -> String {
    let domain::partners::ImportCounts { created, changed, unchanged, withdrawn, rejected } = import.counts;
    if language.tag() == "en" {
        format!("{created} new, {changed} changed, {unchanged} unchanged, {withdrawn} withdrawn, {rejected} refused")
    } else {
        format!("{created} neu, {changed} geändert, {unchanged} unverändert, {withdrawn} zurückgezogen, {rejected} abgelehnt")
    }
}
