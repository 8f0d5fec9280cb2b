//! `POST /sources/{source}/imports`: hand in records.

use super::formats::format_of;
use super::repeating::{hash, idempotency_key, remember, repeated};
use super::{Errand, answer, not_tried};
use crate::access::{Access, May};
use crate::body;
use crate::partners::{source_key, spool};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::RunImports;
use domain::partners::{FilePurpose, Handing, Import, ImportFormat, ImportMode, ImportState};
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::access::owned_source;
use persistence::files::{self, StoredFile};
use persistence::{Error, Store};
use std::io::BufReader;
use std::str::FromStr;
use sync::import::{self, Input};
use utoipa::IntoParams;

/// Parameters of an import.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub struct ImportParameters {
    /// `delta` says nothing about records that are missing, `full` withdraws them; `delta` if not given.
    pub mode: Option<ImportMode>,
    /// Format of the file. Follows from the content type, except where several formats come in one, such as `application/xml` (`openqcat`,
    /// `openvhs`, `kufer` or `gml`) and `application/json` (`jsonld`, `vhs-json`, `geojson` or `integreat`). Always to be named with `upload`.
    pub format: Option<ImportFormat>,
    /// `true`: the file is read, checked and compared like any other, and then nothing of it is kept. The answer and the reports below its
    /// address say exactly what would have happened.
    #[param(rename = "dryRun")]
    pub dry_run: Option<bool>,
    /// Id of a complete upload (`POST /sources/{source}/uploads`) whose file is imported; the request then has no body. The upload is used up,
    /// unless it was a dry run or the file was refused.
    pub upload: Option<Uuid>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Hand in records
///
/// The body is streamed and applied in one transaction. A broken record harms no other: it is counted as rejected and its problems are
/// listed under `…/imports/{id}/problems`. A broken file changes nothing (422 `file-invalid`). Records that are the same as before are
/// counted as unchanged and write nothing. With an `Idempotency-Key` the request can be repeated safely: the first answer comes again.
///
/// A full import that would withdraw more than the source allows (as a rule more than 20 % and more than 5 of its published records), or that
/// contains no record at all, changes nothing and waits for somebody to confirm it: 202.
#[utoipa::path(
    post, path = "/sources/{source}/imports", operation_id = "createImport", tag = "imports",
    params(
        crate::params::SourceKey, ImportParameters,
        ("Idempotency-Key" = Option<String>, Header, description = "Any text of 1 to 200 visible ASCII characters, new for every new file. The same key with another file is refused (422).")
    ),
    request_body(
        description = "The records: one JSON object a line, an XML file, a calendar, a table, a JSON-LD document or a web page with JSON-LD, GeoJSON. At most 512 MiB, uncompressed.",
        content(
            (String = "application/x-ndjson", example = "{\"type\":\"organization\",\"externalId\":\"o-1\",\"name\":\"Volkshochschule\",\"kind\":\"adult-education-centre\"}\n"),
            (String = "application/xml", example = "<OPENQCAT/>"),
            (String = "text/calendar", example = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
            (String = "application/ld+json", example = "{\"@context\":\"https://schema.org\",\"@type\":\"Course\",\"name\":\"Deutsch B1\"}"),
            (String = "text/csv", example = "Titel;Beginn\nDeutsch B1;11.01.2027\n"),
            (String = "application/geo+json", example = "{\"type\":\"FeatureCollection\",\"features\":[]}"),
            (String = "text/html", example = "<script type=\"application/ld+json\">{}</script>")
        )
    ),
    responses(
        (status = 201, description = "Imported, or tried. `Location` is the address of the import.", body = Import, content_type = "application/json",
            headers(("Location" = String, description = "Address of the import.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "succeeded",
            "counts": { "created": 2, "changed": 0, "unchanged": 211, "withdrawn": 1, "rejected": 1 }, "problemCount": 3,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z", "dryRun": false,
            "actor": { "kind": "client", "id": "019ab1c2-0000-7000-8000-000000000005", "name": "Kursverwaltung" }
        })),
        (status = 202, description = "Held: it would withdraw too much. Nothing was changed; somebody has to confirm or discard it.", body = Import, content_type = "application/json",
            headers(("Location" = String, description = "Address of the import.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000009", "source": "kvhs-lup", "format": "ndjson", "mode": "full", "state": "awaiting-confirmation",
            "counts": { "created": 0, "changed": 0, "unchanged": 12, "withdrawn": 200, "rejected": 0 }, "problemCount": 0,
            "startedAt": "2026-11-24T04:00:00Z", "finishedAt": "2026-11-24T04:00:01Z", "dryRun": false,
            "confirmation": { "reason": "shrinks", "withdrawals": 200, "published": 212 },
            "actor": { "kind": "client", "id": "019ab1c2-0000-7000-8000-000000000005", "name": "Kursverwaltung" }
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
    let dry_run = parameters.flag("dryRun").unwrap_or(false);
    let upload = parameters.one("upload", upload_id);
    let wanted =
        if upload.is_some() { parameters.required("format", ImportFormat::from_str) } else { parameters.one("format", ImportFormat::from_str) };
    let language = parameters.finish()?;
    let format = match wanted.filter(|_| upload.is_some()) {
        Some(format) => format,
        None => format_of(&request, wanted)?,
    };
    let key = idempotency_key(&request)?;
    let errand = Errand { actor: access.actor().clone(), source: source_key(&request) };
    // Before anything is received: a file for a source of somebody else is not worth the wait. Proved again by the import itself.
    let (asking, now) = (errand.clone(), state.now());
    let uploaded = state
        .look_up(move |connection| {
            let source = owned_source::<RunImports>(connection, &asking.actor, &asking.source, now)?;
            let Some(id) = upload else { return Ok(None) };
            files::of_source(connection, &source, FilePurpose::Upload, id, now)?.map(Some).ok_or(Error::NotFound)
        })
        .await?;

    let handing = Handing { dry_run, ..Handing::new(format, mode) };
    let turn = state.importing.admit().await?;
    let file = match uploaded {
        Some(file) => uploaded_file(&state.services.store, file)?,
        None => {
            let spooled = spool::receive(body, body::announced(&request), &state.limits).await?;
            HandedIn { input: Box::new(BufReader::with_capacity(256 * 1024, spooled.file)), digest: spooled.digest.to_vec(), upload: None }
        }
    };
    let first = key.map(|key| (key, hash(&handing, &file.digest)));
    let services = state.services.clone();
    let import = turn
        .run(move || {
            let (source_id, earlier) = repeated(&services, &errand, first.as_ref())?;
            if let Some(earlier) = earlier {
                return Ok(earlier);
            }
            let HandedIn { mut input, upload, .. } = file;
            let import = import::run(&services, &errand.actor, &errand.source, &handing, &mut *input, &mut |_| {}).map_err(not_tried)?;
            remember(&services, source_id, first, &import)?;
            if let Some(upload) = upload.filter(|_| !import.dry_run && import.state != ImportState::Failed) {
                services.store.write(move |tx| files::remove(tx, upload))?;
            }
            Ok(import)
        })
        .await?;
    answer(&import, language)
}

/// A file that is here.
struct HandedIn {
    input: Box<dyn Input + Send>,
    digest: Vec<u8>,
    upload: Option<Uuid>,
}

fn upload_id(text: &str) -> Result<Uuid, ValueError> {
    text.parse().map_err(|_| ValueError::new("id-invalid", "Das ist keine Kennung eines Uploads.", "This is not the id of an upload."))
}

/// The file of an upload. 409 if it has not arrived completely.
fn uploaded_file(store: &Store, file: StoredFile) -> Result<HandedIn, ApiError> {
    if !file.is_complete() {
        let (received, size) = (file.received, file.size);
        return Err(ApiError::new(ErrorCode::Conflict).detail(
            format!("Von dieser Datei sind erst {received} von {size} Bytes angekommen."),
            format!("Of this file only {received} of {size} bytes have arrived."),
        ));
    }
    let digest = file.sha256.unwrap_or_default().into_bytes();
    Ok(HandedIn { input: Box::new(files::read(store, file.id)?), digest, upload: Some(file.id) })
}
