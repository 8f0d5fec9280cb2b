//! `POST /applications/verify`: the address of an application is right.

use crate::access::{Access, Public};
use crate::auth::invitation::LinkToken;
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::ApplicationStatus;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of an application.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct VerifiedApplication {
    /// It waits for an editor.
    pub status: ApplicationStatus,
}

/// Confirm the address of an application
///
/// Editors see it from now on.
#[utoipa::path(
    post, path = "/applications/verify", operation_id = "verifyApplication", tag = "applications", params(crate::params::Lang),
    request_body = LinkToken,
    responses(
        (status = 200, description = "It waits for an editor.", body = VerifiedApplication, content_type = "application/json",
            example = json!({ "status": "pending" })),
        problem::Parameters, problem::Bodies, problem::Links
    )
)]
pub(crate) async fn verify_application(
    access: Access<Public>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<LinkToken>,
) -> Result<HttpResponse, ApiError> {
    Query::none(&state, &request)?;
    let LinkToken { token } = body.read().await?;
    let origin = access.actor().origin.clone();
    state.flow(move |flows| flows.verify_application(&token, &origin)).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(VerifiedApplication { status: ApplicationStatus::Pending }))
}
