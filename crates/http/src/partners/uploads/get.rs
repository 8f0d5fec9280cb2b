//! `GET /sources/{source}/uploads/{upload}`: how far an upload is.

use super::{UploadId, UploadView, show, upload_of};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::RunImports;
use domain::partners::FilePurpose;
use persistence::access::owned_source;
use persistence::{Error, files};

/// Show an upload
///
/// How many bytes have arrived, also in the header `Upload-Offset`; `HEAD` is enough to ask for it.
#[utoipa::path(
    get, path = "/sources/{source}/uploads/{upload}", operation_id = "getUpload", tag = "imports",
    params(crate::params::SourceKey, UploadId, crate::params::Lang),
    responses(
        (status = 200, description = "The upload.", body = UploadView, content_type = "application/json",
            headers(("Upload-Offset" = u64, description = "Bytes that are here.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000011", "name": "kurse.xml", "size": 20971520, "received": 8388608,
            "createdAt": "2026-11-24T04:00:00Z", "expiresAt": "2026-11-25T04:00:00Z"
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_upload(access: Access<May<RunImports>>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, id, now) = (access.actor().clone(), source_key(&request), upload_of(&request)?, state.now());
    let asked = key.clone();
    let file = state
        .read(move |connection| {
            let source = owned_source::<RunImports>(connection, &actor, &asked, now)?;
            files::of_source(connection, &source, FilePurpose::Upload, id, now)?.ok_or(Error::NotFound)
        })
        .await?;
    show(StatusCode::OK, language, &key, &file.into())
}
