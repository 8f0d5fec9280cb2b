//! `PUT /sources/{source}/mapping`: say what the columns of a source's tables are.

use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::http::header::IF_MATCH;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::accounts::may::ConfigureSources;
use domain::partners::ColumnMapping;
use domain::problem::ValueError;
use persistence::access::owned_source;
use persistence::{Error, mapping};
use std::sync::Arc;

/// Say what the columns of a source's tables are
///
/// Every later import of a CSV file or a workbook of this source is read by it. A table that lacks one of the named columns is refused as a whole.
/// A mapping that is there already is replaced; then `If-Match` has to name its version.
#[utoipa::path(
    put, path = "/sources/{source}/mapping", operation_id = "putMapping", tag = "partners",
    params(
        crate::params::SourceKey, crate::params::Lang,
        ("If-Match" = Option<String>, Header, description = "`ETag` of the mapping, as it was read; not for the first one.", example = "\"3\"")
    ),
    request_body(content = ColumnMapping, content_type = "application/json", example = json!({
        "columns": [{ "column": "Kurs", "field": "title" }, { "column": "Datum", "field": "start" }], "fixed": { "locality": "Parchim" }
    })),
    responses(
        (status = 200, description = "Replaced.", body = ColumnMapping, content_type = "application/json", example = json!({
            "columns": [{ "column": "Kurs", "field": "title" }, { "column": "Datum", "field": "start" }], "fixed": { "locality": "Parchim" }
        })),
        (status = 201, description = "Stored. `Location` is the address of the mapping.", body = ColumnMapping, content_type = "application/json",
            headers(("Location" = String, description = "Address of the mapping.")), example = json!({
            "columns": [{ "column": "Kurs", "field": "title" }, { "column": "Datum", "field": "start" }]
        })),
        problem::Bodies, problem::Parameters, problem::Versioned
    )
)]
pub(crate) async fn put_mapping(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ColumnMapping>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let version = if request.headers().contains_key(IF_MATCH) { Some(if_match(&request)?) } else { None };
    let new = body.read().await?;
    let wrong = new.problems();
    if !wrong.is_empty() {
        let wrong = wrong.into_iter().map(|(pointer, error)| (format!("/body{pointer}"), error)).collect();
        return Err(ApiError::new(ErrorCode::Invalid).fields(wrong));
    }
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let address = format!("/sources/{key}/mapping");
    let stored = state
        .write(move |tx| {
            let source = owned_source::<ConfigureSources>(tx, &actor, &key, now)?;
            match mapping::put(tx, &source, version, new.clone(), &*rng, now) {
                // It was not said which of them is meant.
                Err(Error::Conflict(_)) if version.is_none() => Ok(None),
                stored => stored.map(Some),
            }
        })
        .await?;
    match stored {
        Some(stored) if stored.version == 1 => versions::created(&address, language, stored.version, &stored.mapping),
        Some(stored) => versions::json(StatusCode::OK, language, stored.version, &stored.mapping),
        None => Err(ApiError::new(ErrorCode::PreconditionRequired).field(
            "/header/if-match",
            ValueError::new(
                "version-missing",
                "Es gibt schon eine Zuordnung. Nennen Sie das ETag der Fassung, die Sie gelesen haben.",
                "There is a mapping already. Name the ETag of the version you have read.",
            ),
        )),
    }
}
