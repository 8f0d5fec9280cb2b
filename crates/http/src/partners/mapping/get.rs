//! `GET /sources/{source}/mapping`: what the columns of a source's tables are.

use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadSources;
use domain::partners::ColumnMapping;
use persistence::access::owned_source;
use persistence::{Error, mapping};

/// Show what the columns of a source's tables are
///
/// 404 for a source without a mapping: its tables are read by the documented names of columns. The `ETag` is what a change has to name in
/// `If-Match`.
#[utoipa::path(
    get, path = "/sources/{source}/mapping", operation_id = "getMapping", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The mapping.", body = ColumnMapping, content_type = "application/json", example = json!({
            "headerRow": 1, "columns": [
                { "column": "Kurs", "field": "title" },
                { "column": "Bereich", "field": "topics", "values": { "PC & Co": "digital-media" } },
                { "column": "Datum", "field": "start" }
            ],
            "fixed": { "locality": "Parchim" }
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_mapping(
    access: Access<May<ReadSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ReadSources>(connection, &actor, &key, now)?;
            mapping::get(connection, &source)?.ok_or(Error::NotFound)
        })
        .await?;
    versions::json(StatusCode::OK, language, found.version, &found.mapping)
}
