//! `GET /me/export`: everything the portal holds about a person.

use crate::access::{Access, SignedIn};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use persistence::access::myself;
use persistence::accounts::privacy::export;

/// Take the own data along
///
/// Everything the portal holds about the person, as a file (Art. 15 and 20 GDPR): account, roles, sessions, second factors, links, applications
/// and what the audit log says. Secrets and their check values are left out.
#[utoipa::path(
    get, path = "/me/export", operation_id = "exportMe", tag = "me", params(crate::params::Lang),
    responses(
        (status = 200, description = "A section for each kind of data.", body = serde_json::Value, content_type = "application/json", example = json!({
            "exportedAt": "2026-11-24T08:00:00Z",
            "account": { "id": "019ab1c2-0000-7000-8000-000000000005", "email": "redaktion@example.org", "name": "Redaktion" },
            "memberships": [], "sessions": [], "secondFactors": {}, "otherProviders": [], "links": [], "applications": [], "log": []
        })),
        problem::Parameters
    )
)]
pub(crate) async fn export_me(access: Access<SignedIn>, state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, now) = (access.actor().clone(), state.now());
    let everything = state
        .read(move |connection| {
            let myself = myself(connection, &actor, now)?;
            export::export(connection, &myself, now)
        })
        .await?;
    let name = language.pick("attachment; filename=\"meine-daten.json\"", "attachment; filename=\"my-data.json\"");
    let mut response = private_json(&request, language, &everything)?;
    let attachment = HeaderValue::from_static(name);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, attachment);
    Ok(response)
}
