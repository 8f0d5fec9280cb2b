//! `POST /sources/{source}/uploads`: announce a file that comes in pieces.

use super::{UploadView, show};
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Days, SubsecRound};
use domain::accounts::Identity;
use domain::accounts::may::RunImports;
use domain::partners::FilePurpose;
use domain::problem::ValueError;
use domain::text::Title;
use domain::{ErrorCode, new_id};
use persistence::access::owned_source;
use persistence::files::{self, StoredFile};
use serde::Deserialize;
use utoipa::ToSchema;

/// How long an upload may take, and waits to be imported.
const LASTS: Days = Days::new(1);

/// Uploads of a source at a time.
const AT_ONCE: i64 = 5;

/// A file that is to come.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUpload {
    /// Name of the file.
    name: Title,
    /// Its size in bytes.
    #[schema(minimum = 1, examples(20_971_520))]
    size: u64,
    /// Its SHA-256 in hexadecimal, if what arrives is to be checked against it.
    #[serde(default)]
    #[schema(pattern = "^[0-9A-Fa-f]{64}$")]
    sha256: Option<String>,
}

/// Begin an upload
///
/// For large files and slow lines. The pieces follow with `PATCH …/uploads/{upload}`; when all of them are here,
/// `POST …/imports?upload={upload}&format=…` imports the file. An upload lasts a day; a source may have five at a time.
#[utoipa::path(
    post, path = "/sources/{source}/uploads", operation_id = "createUpload", tag = "imports",
    params(crate::params::SourceKey, crate::params::Lang),
    request_body(content = NewUpload, content_type = "application/json", example = json!({ "name": "kurse.xml", "size": 20_971_520 })),
    responses(
        (status = 201, description = "Begun.", body = UploadView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the upload."), ("Upload-Offset" = u64, description = "Bytes that are here.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000011", "name": "kurse.xml", "size": 20_971_520, "received": 0,
            "createdAt": "2026-11-24T04:00:00Z", "expiresAt": "2026-11-25T04:00:00Z"
        })),
        problem::Bodies, problem::Parameters, problem::Missing, problem::Clashing
    )
)]
pub(crate) async fn create_upload(
    access: Access<May<RunImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewUpload>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let NewUpload { name, size, sha256 } = body.read().await?;
    check(size, sha256.as_deref(), state.limits.import_bytes)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now().trunc_subsecs(6));
    let owner = match &actor.identity {
        Identity::Account { id, .. } | Identity::Client { id, .. } => Some(id.to_string()),
        Identity::Anonymous | Identity::System => None,
    };
    let upload = StoredFile {
        id: new_id(&*state.services.clock, &*state.services.rng),
        purpose: FilePurpose::Upload,
        source_id: None,
        owner,
        name: name.to_string(),
        media_type: "application/octet-stream".to_owned(),
        size,
        received: 0,
        sha256: sha256.map(|digest| digest.to_ascii_lowercase()),
        change_seq: None,
        created_at: now,
        expires_at: now.checked_add_days(LASTS),
    };
    let asked = key.clone();
    let begun = state
        .write(move |tx| {
            let source = owned_source::<RunImports>(tx, &actor, &asked, now)?;
            files::expire(tx, now)?;
            if files::number_of_source(tx, &source, FilePurpose::Upload)? >= AT_ONCE {
                return Ok(None);
            }
            let upload = StoredFile { source_id: Some(source.value().id), ..upload.clone() };
            files::create(tx, &upload)?;
            Ok(Some(upload))
        })
        .await?;
    match begun {
        Some(upload) => show(StatusCode::CREATED, language, &key, &UploadView::from(upload)),
        None => Err(ApiError::new(ErrorCode::Conflict).detail(
            format!("Diese Quelle hat schon {AT_ONCE} Uploads. Sie enden nach einem Tag oder mit ihrem Import."),
            format!("This source has {AT_ONCE} uploads already. They end after a day, or when they are imported."),
        )),
    }
}

fn check(size: u64, sha256: Option<&str>, most: u64) -> Result<(), ApiError> {
    let mut wrong = Vec::new();
    if size == 0 {
        let error = ValueError::new("number-out-of-range", "Die Datei ist leer.", "The file is empty.");
        wrong.push(("/body/size".to_owned(), error));
    }
    if sha256.is_some_and(|digest| digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit())) {
        let error = ValueError::new("digest-invalid", "64 hexadezimale Ziffern.", "64 hexadecimal digits.");
        wrong.push(("/body/sha256".to_owned(), error));
    }
    if !wrong.is_empty() {
        return Err(ApiError::new(ErrorCode::Invalid).fields(wrong));
    }
    if size > most {
        let most = most >> 20;
        return Err(ApiError::new(ErrorCode::PayloadTooLarge).detail(format!("Erlaubt sind {most} MiB."), format!("Allowed are {most} MiB.")));
    }
    Ok(())
}
