//! `PUT /sources/{source}/settings`: say how carefully a source is imported.

use super::VersionedSettings;
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ConfigureSources;
use domain::partners::SourceSettings;
use persistence::access::owned_source;
use persistence::settings;
use std::sync::Arc;

/// Change the settings of a source
///
/// An import that would withdraw more than `brakePercent` of the published records and more than `brakeRecords` of them waits for somebody to confirm
/// it. Counts for imports that begin from now on.
#[utoipa::path(
    put, path = "/sources/{source}/settings", operation_id = "putSourceSettings", tag = "partners",
    params(crate::params::SourceKey, versions::IfMatch, crate::params::Lang),
    request_body(content = SourceSettings, content_type = "application/json", example = json!({
        "brakePercent": 20, "brakeRecords": 5, "contactEmail": "edv@vhs.example.org"
    })),
    responses(
        (status = 200, description = "The settings as they are now.", body = VersionedSettings, content_type = "application/json", example = json!({
            "brakePercent": 20, "brakeRecords": 5, "contactEmail": "edv@vhs.example.org", "version": 4
        })),
        problem::Bodies, problem::Parameters, problem::Versioned
    )
)]
pub(crate) async fn put_source_settings(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<SourceSettings>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let version = if_match(&request)?;
    let new = body.read().await?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let settings = new.clone();
    let version = state
        .write(move |tx| {
            let source = owned_source::<ConfigureSources>(tx, &actor, &key, now)?;
            settings::change(tx, &source, version, &new, &*rng, now)
        })
        .await?;
    versions::json(StatusCode::OK, language, version, &VersionedSettings::new(settings, version))
}
