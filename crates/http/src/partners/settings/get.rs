//! `GET /sources/{source}/settings`: how carefully a source is imported.

use super::VersionedSettings;
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ConfigureSources;
use persistence::access::owned_source;
use persistence::settings;

/// Show the settings of a source
///
/// How much an import may withdraw without a question, and who is told when something is wrong.
#[utoipa::path(
    get, path = "/sources/{source}/settings", operation_id = "getSourceSettings", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The settings.", body = VersionedSettings, content_type = "application/json", example = json!({
            "brakePercent": 20, "brakeRecords": 5, "contactEmail": "edv@vhs.example.org", "version": 3
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_source_settings(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let found = state
        .read(move |connection| {
            let source = owned_source::<ConfigureSources>(connection, &actor, &key, now)?;
            Ok(VersionedSettings::new(settings::get(connection, &source)?, source.value().version))
        })
        .await?;
    versions::json(StatusCode::OK, language, found.version, &found)
}
