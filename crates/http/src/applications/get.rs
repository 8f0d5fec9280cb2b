//! `GET /applications/{id}`: one application.

use super::{ApplicationId, ApplicationView};
use crate::access::{Access, May};
use crate::accounts::path_id;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReviewApplications;
use persistence::access::allow;
use persistence::accounts::applications;

/// Show an application
///
/// The `ETag` is what a decision has to name in `If-Match`.
#[utoipa::path(
    get, path = "/applications/{id}", operation_id = "getApplication", tag = "applications", params(ApplicationId, crate::params::Lang),
    responses(
        (status = 200, description = "The application.", body = ApplicationView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000007", "organizationName": "Musikschule Beispiel", "organizationKind": "music-school",
            "contactName": "Leitung", "email": "kontakt@example.org", "language": "de", "status": "pending",
            "createdAt": "2026-11-24T04:00:00Z", "verifiedAt": "2026-11-24T04:05:00Z", "version": 2
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_application(
    access: Access<May<ReviewApplications>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, id, now) = (access.actor().clone(), path_id(&request, "id")?, state.now());
    let found = state
        .read(move |connection| {
            let allowed = allow::<ReviewApplications>(connection, &actor, now)?;
            applications::get(connection, &allowed, id)
        })
        .await?;
    let application = ApplicationView::from(found);
    versions::json(StatusCode::OK, language, application.version, &application)
}
