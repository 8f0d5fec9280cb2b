//! `POST /sources/{source}/imports`: hand in records.

use crate::access::{Access, May};
use crate::body;
use crate::language::Language;
use crate::partners::{source_key, spool};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::Days;
use domain::accounts::Actor;
use domain::accounts::may::RunImports;
use domain::partners::{Handing, Import, ImportFormat, ImportMode, ImportState};
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::access::owned_source;
use persistence::idempotency::{self, FirstUse};
use persistence::imports;
use sha2::{Digest, Sha256};
use std::io::BufReader;
use std::str::FromStr;
use sync::Services;
use sync::import::{self, ImportError};
use utoipa::IntoParams;

/// How long an `Idempotency-Key` is remembered.
const REMEMBERED: Days = Days::new(7);

/// Seconds after which to look again when an import of the source is running.
const PATIENCE: u32 = 10;

/// Parameters of an import.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportParameters {
    /// `delta` says nothing about records that are missing, `full` withdraws them; `delta` if not given.
    pub mode: Option<ImportMode>,
    /// Format of the file. Follows from the content type, except for `application/xml` (`openqcat`, `openvhs` or `kufer`) and
    /// `application/json` (`jsonld` or `vhs-json`).
    pub format: Option<ImportFormat>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Hand in records
///
/// The body is streamed and applied in one transaction. A broken record harms no other: it is counted as rejected and its problems are
/// listed under `…/imports/{id}/problems`. A broken file changes nothing (422 `file-invalid`). Records that are the same as before are
/// counted as unchanged and write nothing. With an `Idempotency-Key` the request can be repeated safely: the first answer comes again.
#[utoipa::path(
    post, path = "/sources/{source}/imports", operation_id = "createImport", tag = "imports",
    params(
        crate::params::SourceKey, ImportParameters,
        ("Idempotency-Key" = Option<String>, Header, description = "Any text of 1 to 200 visible ASCII characters, new for every new file. The same key with another file is refused (422).")
    ),
    request_body(
        description = "The records: one JSON object a line, an XML file, a calendar, a JSON-LD document or a web page with JSON-LD. At most 512 MiB, uncompressed.",
        content(
            (String = "application/x-ndjson", example = "{\"type\":\"organization\",\"externalId\":\"o-1\",\"name\":\"Volkshochschule\",\"kind\":\"adult-education-centre\"}\n"),
            (String = "application/xml", example = "<OPENQCAT/>"),
            (String = "text/calendar", example = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
            (String = "application/ld+json", example = "{\"@context\":\"https://schema.org\",\"@type\":\"Course\",\"name\":\"Deutsch B1\"}"),
            (String = "text/html", example = "<script type=\"application/ld+json\">{}</script>")
        )
    ),
    responses(
        (status = 201, description = "Imported. `Location` is the address of the import.", body = Import, content_type = "application/json",
            headers(("Location" = String, description = "Address of the import.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 2, "changed": 0, "unchanged": 211, "withdrawn": 1, "rejected": 1 }, "problemCount": 3,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z"
        })),
        problem::Parameters, problem::Missing, problem::OfImports
    )
)]
pub(crate) async fn create_import(
    access: Access<May<RunImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let mode = parameters.one("mode", ImportMode::from_str).unwrap_or(ImportMode::Delta);
    let wanted = parameters.one("format", ImportFormat::from_str);
    let language = parameters.finish()?;
    let format = format_of(&request, wanted)?;
    let key = idempotency_key(&request)?;
    let errand = Errand { actor: access.actor().clone(), source: source_key(&request) };
    // Before anything is received: a file for a source of somebody else is not worth the wait. Proved again by the import itself.
    let (asking, now) = (errand.clone(), state.now());
    state.look_up(move |connection| owned_source::<RunImports>(connection, &asking.actor, &asking.source, now).map(|_| ())).await?;

    let turn = state.importing.admit().await?;
    let spooled = spool::receive(body, body::announced(&request), &state.limits).await?;
    let request_hash =
        hex::encode(Sha256::new().chain_update(format.code()).chain_update([0]).chain_update(mode.code()).chain_update(spooled.digest).finalize());
    let first = key.map(|key| (key, request_hash));
    let services = state.services.clone();
    let import = turn
        .run(move || {
            let (source_id, earlier) = repeated(&services, &errand, first.as_ref())?;
            if let Some(earlier) = earlier {
                return Ok(earlier);
            }
            let mut input = BufReader::with_capacity(256 * 1024, spooled.file);
            let import = import::run(&services, &errand.actor, &errand.source, &Handing::new(format, mode), &mut input, &mut |_| {}).map_err(not_tried)?;
            remember(&services, source_id, first, &import)?;
            Ok(import)
        })
        .await?;
    answer(&import, language)
}

/// Who hands in, and for which source.
#[derive(Clone)]
struct Errand {
    actor: Actor,
    source: String,
}

/// Media types, the formats that come in them, and whether `format` has to say which: JSON and XML say nothing about what they are.
const MEDIA_TYPES: [(&[&str], &[ImportFormat], bool); 5] = [
    (&["application/x-ndjson", "application/ndjson"], &[ImportFormat::Ndjson], false),
    (&["application/xml", "text/xml"], &[ImportFormat::OpenQCat, ImportFormat::OpenVhs, ImportFormat::Kufer], true),
    (&["text/calendar"], &[ImportFormat::Ics], false),
    (&["application/ld+json", "text/html"], &[ImportFormat::JsonLd], false),
    (&["application/json"], &[ImportFormat::JsonLd, ImportFormat::VhsJson], true),
];

/// The format: from the content type, and where that fits several, from `format`.
fn format_of(request: &HttpRequest, wanted: Option<ImportFormat>) -> Result<ImportFormat, ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((_, formats, has_to_be_named)) = MEDIA_TYPES.iter().find(|(names, ..)| names.contains(&media_type.as_str())) else {
        let accepted: Vec<&str> = MEDIA_TYPES.iter().flat_map(|(names, ..)| names.first()).copied().collect();
        let error = ApiError::new(ErrorCode::UnsupportedMediaType)
            .detail(format!("Angenommen werden {}.", accepted.join(", ")), format!("Accepted are {}.", accepted.join(", ")));
        return Err(match HeaderValue::from_str(&accepted.join(", ")) {
            Ok(accepted) => error.header(header::ACCEPT, accepted),
            Err(_) => error,
        });
    };
    match (wanted, *formats) {
        (None, [only]) if !has_to_be_named => Ok(*only),
        (Some(format), fitting) if fitting.contains(&format) => Ok(format),
        _ => {
            let fitting: Vec<String> = formats.iter().map(|format| format!("format={}", format.code())).collect();
            let (de, en) =
                (format!("Zu {media_type} gehört {}.", fitting.join(" oder ")), format!("With {media_type} comes {}.", fitting.join(" or ")));
            Err(ApiError::new(ErrorCode::ParameterInvalid).field("/query/format", ValueError::new("format-mismatch", de, en)))
        }
    }
}

fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    match key.to_str() {
        Ok(key) if (1..=200).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => Ok(Some(key.to_owned())),
        _ => Err(ApiError::new(ErrorCode::ParameterInvalid).field(
            "/header/idempotency-key",
            ValueError::new("key-invalid", "1 bis 200 sichtbare ASCII-Zeichen.", "1 to 200 visible ASCII characters."),
        )),
    }
}

/// The id of the source, and the import of an earlier request with the same key and the same file.
fn repeated(services: &Services, errand: &Errand, first: Option<&(String, String)>) -> Result<(Uuid, Option<Import>), ApiError> {
    let now = services.clock.now();
    let (source_id, earlier) = services.store.read(|connection| {
        let source = owned_source::<RunImports>(connection, &errand.actor, &errand.source, now)?;
        let source_id = source.value().id;
        let Some((key, _)) = first else { return Ok((source_id, None)) };
        Ok(match idempotency::find(connection, source_id, key)? {
            Some(found) => (source_id, Some((found.request_hash, imports::get(connection, &source, found.import_id)?))),
            None => (source_id, None),
        })
    })?;
    match (earlier, first) {
        (Some((hash, _)), Some((_, request_hash))) if hash != *request_hash => Err(ApiError::new(ErrorCode::IdempotencyMismatch)),
        (Some((_, import)), _) => Ok((source_id, import)),
        (None, _) => Ok((source_id, None)),
    }
}

fn remember(services: &Services, source_id: Uuid, first: Option<(String, String)>, import: &Import) -> Result<(), ApiError> {
    let Some((key, request_hash)) = first else { return Ok(()) };
    let now = services.clock.now();
    let first_use = FirstUse { request_hash, import_id: import.id };
    services.store.write(move |tx| {
        if let Some(before) = now.checked_sub_days(REMEMBERED) {
            idempotency::forget(tx, before)?;
        }
        idempotency::remember(tx, source_id, &key, &first_use, now)
    })?;
    Ok(())
}

fn not_tried(error: ImportError) -> ApiError {
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

fn answer(import: &Import, language: Language) -> Result<HttpResponse, ApiError> {
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
    let body = serde_json::to_vec(import).map_err(ApiError::internal)?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .content_type("application/json")
        .body(body))
}
