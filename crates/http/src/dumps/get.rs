//! `GET /dumps/{name}`: a dump.

use super::list::latest;
use crate::exports::stream;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::without_coding;
use crate::state::AppState;
use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use domain::ErrorCode;
use persistence::{dumps, files};
use utoipa::IntoParams;

/// The name of a dump.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct DumpName {
    /// `name` of a dump, or `latest` for the newest one of its kind.
    #[param(example = "catalogue.ndjson.gz")]
    name: String,
}

/// Download a dump
///
/// Under its own `name` a file never changes and may be kept for ever; under its `latest` name the newest one is handed out, with the time it was
/// made in `Last-Modified`. `ETag` is its SHA-256.
#[utoipa::path(
    get, path = "/dumps/{name}", operation_id = "getDump", tag = "exports", params(DumpName, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The file.", body = Vec<u8>, content_type = "application/gzip", headers(
            ("Content-Length" = u64, description = "Size in bytes."),
            ("Last-Modified" = String, description = "When it was made.")
        )),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_dump(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let (name, now) = (request.match_info().query("name").to_owned(), state.now());
    let found = state.read(move |connection| dumps::list(connection, now)).await?.into_iter().map(|dump| dump.file);
    // Of the files of a kind the one made last.
    let file = found.filter(|file| file.name == name || latest(&file.name) == name).max_by_key(|file| (file.created_at, file.id));
    let file = file.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    let tag = file.sha256.clone().unwrap_or_default();
    let exact = request.match_info().query("name") == file.name;
    let describe = |response: &mut HttpResponseBuilder| {
        response
            .insert_header((header::ETAG, format!("\"{tag}\"")))
            .insert_header((header::CACHE_CONTROL, if exact { "public, max-age=604800, immutable" } else { "public, max-age=600" }))
            .insert_header((header::LAST_MODIFIED, header::HttpDate::from(std::time::SystemTime::from(file.created_at))));
    };
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_own = |candidate: &str| candidate == "*" || without_coding(candidate.trim_start_matches("W/").trim_matches('"')) == tag;
    if known.split(',').map(str::trim).any(is_own) {
        let mut response = HttpResponse::NotModified();
        describe(&mut response);
        return Ok(response.finish());
    }
    let (store, id, size) = (state.services.store.clone(), file.id, file.size);
    let pieces = stream::pieces(&state, move |output| {
        let mut input = files::read(&store, id)?;
        std::io::copy(&mut input, output)?;
        Ok(())
    })
    .await?;
    let mut response = HttpResponse::Ok();
    describe(&mut response);
    response.insert_header((header::CONTENT_TYPE, file.media_type.as_str()));
    // It is packed already.
    response.insert_header(header::ContentEncoding::Identity);
    let mut response = response.body(SizedStream::new(size, pieces));
    stream::named(&mut response, &file.name);
    Ok(response)
}
