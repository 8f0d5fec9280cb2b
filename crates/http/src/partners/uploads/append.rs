//! `PATCH /sources/{source}/uploads/{upload}`: the next piece of a file.

use super::{UPLOAD_OFFSET, UploadId, UploadView, elsewhere, show, upload_of};
use crate::access::{Access, May};
use crate::body::{Allowance, Arriving, announced};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::RunImports;
use domain::partners::FilePurpose;
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::access::owned_source;
use persistence::files::{self, CHUNK, StoredFile};
use persistence::{Error, Store};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

const OCTETS: &str = "application/octet-stream";

/// Send a piece of an upload
///
/// The body is the piece, `Upload-Offset` the place where it begins: as many bytes as are here. Anything else is 409, with that number in
/// `Upload-Offset`. What arrived of a piece that broke off is kept; ask with `HEAD` how far it came and go on from there. With the last piece the
/// file is checked against the digest that was announced; if it is another (422 `invalid`), all of it has to be sent again.
#[utoipa::path(
    patch, path = "/sources/{source}/uploads/{upload}", operation_id = "appendUpload", tag = "imports",
    params(
        crate::params::SourceKey, UploadId, crate::params::Lang,
        ("Upload-Offset" = u64, Header, description = "Where the piece begins, in bytes.", example = 0)
    ),
    request_body(description = "The piece.", content_type = "application/octet-stream", content = String, example = json!("<xml/>")),
    responses(
        (status = 200, description = "How far the upload is.", body = UploadView, content_type = "application/json",
            headers(("Upload-Offset" = u64, description = "Bytes that are here.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000011", "name": "kurse.xml", "size": 20971520, "received": 20971520,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "createdAt": "2026-11-24T04:00:00Z", "expiresAt": "2026-11-25T04:00:00Z"
        })),
        problem::Parameters, problem::Missing, problem::OfUploads
    )
)]
pub(crate) async fn append_upload(
    access: Access<May<RunImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let offset = offset(&request)?;
    check_type(&request)?;
    let (actor, key, id, now) = (access.actor().clone(), source_key(&request), upload_of(&request)?, state.now());
    let asked = key.clone();
    let mut file = state
        .read(move |connection| {
            let source = owned_source::<RunImports>(connection, &actor, &asked, now)?;
            files::of_source(connection, &source, FilePurpose::Upload, id, now)?.ok_or(Error::NotFound)
        })
        .await?;
    if offset != file.received {
        return Err(elsewhere(file.received));
    }
    let limits = &state.limits;
    let allowance = Allowance { idle: limits.body_idle, total: limits.body_total, rate: Some(limits.body_rate), bytes: file.size - file.received };
    let mut body = Arriving::new(body, announced(&request), allowance)?;
    let mut piece = Vec::with_capacity(CHUNK);
    let arrived = loop {
        match body.next().await {
            Ok(Some(bytes)) => piece.extend_from_slice(&bytes),
            Ok(None) => break Ok(()),
            // What came before is not lost.
            Err(error) => break Err(error),
        }
        if piece.len() >= CHUNK {
            piece = append(&state, &mut file, piece).await?;
        }
    };
    append(&state, &mut file, piece).await?;
    arrived?;
    if file.is_complete() {
        file = complete(&state, file).await?;
    }
    show(StatusCode::OK, language, &key, &UploadView::from(file))
}

fn offset(request: &HttpRequest) -> Result<u64, ApiError> {
    let offset = request.headers().get(&UPLOAD_OFFSET).and_then(|value| value.to_str().ok()?.parse().ok());
    offset.ok_or_else(|| {
        let error = ValueError::new("number-invalid", "Eine ganze Zahl ab 0 gehört hierher.", "A whole number from 0 belongs here.");
        ApiError::new(ErrorCode::ParameterInvalid).field("/header/upload-offset", error)
    })
}

fn check_type(request: &HttpRequest) -> Result<(), ApiError> {
    if request.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(OCTETS.as_bytes())) {
        return Ok(());
    }
    let error = ApiError::new(ErrorCode::UnsupportedMediaType).header(header::ACCEPT, HeaderValue::from_static(OCTETS));
    Err(error.detail(format!("Angenommen wird {OCTETS}."), format!("Accepted is {OCTETS}.")))
}

/// Keeps a piece; gives its buffer back, empty.
async fn append(state: &AppState, file: &mut StoredFile, piece: Vec<u8>) -> Result<Vec<u8>, ApiError> {
    let (id, start) = (file.id, file.received);
    let kept = state
        .write(move |tx| match files::append(tx, id, start, &piece) {
            Ok(received) => Ok(Ok(received)),
            // Another request was faster.
            Err(Error::Conflict(received)) => Ok(Err(received)),
            Err(error) => Err(error),
        })
        .await?;
    file.received = kept.map_err(|received| elsewhere(u64::try_from(received).unwrap_or_default()))?;
    Ok(Vec::with_capacity(CHUNK))
}

/// Checks a file of which all is here.
async fn complete(state: &AppState, file: StoredFile) -> Result<StoredFile, ApiError> {
    let (store, id, announced) = (state.services.store.clone(), file.id, file.sha256.clone());
    let found = state.reading.run(move || digest(&store, id)).await?;
    if announced.is_some_and(|announced| announced != found) {
        state.write(move |tx| files::restart(tx, id)).await?;
        let (de, en) = (
            format!("Angekommen ist eine andere Datei: Ihr SHA-256 ist {found}. Bitte senden Sie sie noch einmal von vorn."),
            format!("What arrived is another file: its SHA-256 is {found}. Please send it again from the beginning."),
        );
        return Err(ApiError::new(ErrorCode::Invalid).field("/body/sha256", ValueError::new("digest-mismatch", de, en)));
    }
    let (sha256, expires_at) = (found.clone(), file.expires_at);
    state.write(move |tx| files::finish(tx, id, &sha256, expires_at)).await?;
    Ok(StoredFile { sha256: Some(found), ..file })
}

fn digest(store: &Store, id: Uuid) -> Result<String, ApiError> {
    struct Hash(Sha256);
    impl Write for Hash {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut hash = Hash(Sha256::new());
    let mut file = files::read(store, id)?;
    std::io::copy(&mut file.by_ref(), &mut hash).map_err(ApiError::internal)?;
    Ok(hex::encode(hash.0.finalize()))
}
