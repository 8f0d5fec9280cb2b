//! `GET /applications`: what organisations ask for.

use super::ApplicationView;
use crate::access::{Access, May};
use crate::catalogue::found;
use crate::cursor;
use crate::list::Page;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::ApplicationStatus;
use domain::accounts::may::ReviewApplications;
use persistence::access::allow;
use persistence::accounts::applications;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of applications.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ApplicationList {
    /// The applications, the newest first.
    pub data: Vec<ApplicationView>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of applications.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApplicationParameters {
    /// Status; all if not given.
    pub status: Option<Vec<ApplicationStatus>>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List the applications
///
/// Those whose address was confirmed, the newest first.
#[utoipa::path(
    get, path = "/applications", operation_id = "listApplications", tag = "applications", params(ApplicationParameters),
    responses(
        (status = 200, description = "A page of applications.", body = ApplicationList, content_type = "application/json", example = json!({
            "data": [{ "id": "019ab1c2-0000-7000-8000-000000000007", "organizationName": "Musikschule Beispiel", "organizationKind": "music-school",
                "contactName": "Leitung", "email": "kontakt@example.org", "language": "de", "status": "pending",
                "createdAt": "2026-11-24T04:00:00Z", "verifiedAt": "2026-11-24T04:05:00Z", "version": 2 }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn list_applications(
    access: Access<May<ReviewApplications>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let status = parameters.values("status");
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint("applications");
    let language = parameters.finish()?;
    let before = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    let (actor, now) = (access.actor().clone(), state.now());
    let (mut found, total) = state
        .read(move |connection| {
            let allowed = allow::<ReviewApplications>(connection, &actor, now)?;
            applications::list(connection, &allowed, &status, before, i64::from(limit) + 1)
        })
        .await?;
    let next = found::next_page(&mut found, limit, |application| cursor::encode(list, &application.id.to_string()));
    let data = found.into_iter().map(Into::into).collect();
    private_json(&request, language, &ApplicationList { data, page: Page { next, limit, total } })
}
