//! `PATCH /sources/{source}`: change a source.

use super::{SourceView, is_known, organization_unknown, view};
use crate::access::{Access, May, Recently};
use crate::body::{JsonBody, given};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::accounts::may::ManageSources;
use domain::catalogue::Licence;
use domain::text::Title;
use persistence::access::owned_source;
use persistence::sources::{self, Particulars};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What to change of a source; what is not named stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceChange {
    /// Name for people.
    #[serde(default)]
    name: Option<Title>,
    /// Licence of records that name none, from the next import on.
    #[serde(default)]
    licence: Option<Licence>,
    /// The organisation it belongs to; `null` for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Uuid>)]
    organization: Option<Option<Uuid>>,
}

/// Change a source
///
/// A new licence holds for what is imported from then on.
#[utoipa::path(
    patch, path = "/sources/{source}", operation_id = "changeSource", tag = "partners",
    params(crate::params::SourceKey, versions::IfMatch, crate::params::Lang),
    request_body(content = SourceChange, content_type = "application/json", example = json!({ "name": "Kreisvolkshochschule Ludwigslust-Parchim" })),
    responses(
        (status = 200, description = "The source as it is now.", body = SourceView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000004", "key": "kvhs-lup", "name": "Kreisvolkshochschule Ludwigslust-Parchim",
            "licence": "cc-by/4.0", "createdAt": "2026-11-24T04:00:00Z", "version": 2
        })),
        problem::Bodies, problem::Parameters, problem::Versioned
    )
)]
pub(crate) async fn change_source(
    access: Access<Recently<May<ManageSources>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<SourceChange>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let version = if_match(&request)?;
    let input = body.read().await?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let changed = state
        .write(move |tx| {
            let source = owned_source::<ManageSources>(tx, &actor, &key, now)?;
            let mut particulars = Particulars::from(source.value());
            let SourceChange { name, licence, organization } = input.clone();
            name.into_iter().for_each(|name| particulars.name = name.into());
            licence.into_iter().for_each(|licence| particulars.licence = licence);
            if let Some(organization) = organization.filter(|wanted| *wanted != particulars.organization_id) {
                if !is_known(tx, organization)? {
                    return Ok(None);
                }
                particulars.organization_id = organization;
            }
            let changed = sources::change(tx, &source, version, &particulars, &*rng, now)?;
            let organization = sources::organization(tx, &changed)?;
            Ok(Some(view(changed, organization)))
        })
        .await?
        .ok_or_else(organization_unknown)?;
    versions::json(StatusCode::OK, language, changed.version, &changed)
}
