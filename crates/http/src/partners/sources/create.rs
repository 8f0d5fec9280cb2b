//! `POST /sources`: add a source.

use super::{SourceView, is_known, organization_unknown, view};
use crate::access::{Access, May, Recently};
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ManageSources;
use domain::catalogue::Licence;
use domain::partners::{Source, SourceKey};
use domain::problem::ValueError;
use domain::text::Title;
use domain::{ErrorCode, Uuid, new_id};
use persistence::{access, sources};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A source to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSource {
    /// Stable key; it can never be changed.
    key: SourceKey,
    /// Name for people.
    name: Title,
    /// Licence of its records unless a record says otherwise.
    licence: Licence,
    /// The organisation it belongs to; none for aggregators.
    #[serde(default)]
    organization: Option<Uuid>,
}

/// Add a source
///
/// Who hands in for it is said by its clients.
#[utoipa::path(
    post, path = "/sources", operation_id = "createSource", tag = "partners", params(crate::params::Lang),
    request_body(content = NewSource, content_type = "application/json", example = json!({
        "key": "kvhs-lup", "name": "Kreisvolkshochschule", "licence": "cc-by/4.0"
    })),
    responses(
        (status = 201, description = "Added. `Location` is the address of the source.", body = SourceView, content_type = "application/json",
            headers(("Location" = String, description = "Address of the source.")), example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000004", "key": "kvhs-lup", "name": "Kreisvolkshochschule", "licence": "cc-by/4.0",
            "createdAt": "2026-11-24T04:00:00Z", "version": 1
        })),
        problem::Bodies, problem::Parameters, problem::Clashing
    )
)]
pub(crate) async fn create_source(
    access: Access<Recently<May<ManageSources>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<NewSource>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let input = body.read().await?;
    let (actor, rng, now) = (access.actor().clone(), Arc::clone(&state.services.rng), state.now());
    let source = Source {
        id: new_id(&*state.services.clock, &*rng),
        key: input.key.into(),
        name: input.name.into(),
        licence: input.licence,
        created_at: now,
        revoked_at: None,
        confirmed_at: None,
        organization_id: input.organization,
        version: 1,
    };
    let created = state
        .write(move |tx| {
            let allowed = access::allow::<ManageSources>(tx, &actor, now)?;
            if !is_known(tx, source.organization_id)? {
                return Ok(None);
            }
            sources::add(tx, &allowed, &source, &*rng)?;
            let organization = sources::organization(tx, &source)?;
            Ok(Some(view(source.clone(), organization)))
        })
        .await
        .map_err(key_taken)?
        .ok_or_else(organization_unknown)?;
    versions::created(&format!("/sources/{}", created.key), language, created.version, &created)
}

fn key_taken(error: ApiError) -> ApiError {
    if error.code() != ErrorCode::Conflict {
        return error;
    }
    error.field("/body/key", ValueError::new("key-taken", "Diesen Schlüssel hat schon eine andere Quelle.", "Another source has this key already."))
}
