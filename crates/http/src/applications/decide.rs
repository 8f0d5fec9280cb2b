//! `POST /applications/{id}/decision`: an editor decides.

use super::{ApplicationId, ApplicationView, organization};
use crate::access::{Access, May, Recently};
use crate::accounts::path_id;
use crate::body::JsonBody;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::accounts::may::ReviewApplications;
use domain::text::Note;
use identity::flows::Verdict;
use serde::Deserialize;
use utoipa::ToSchema;

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Decision {
    /// Whoever applied becomes administrator of an organisation.
    Approve {
        /// An organisation of the catalogue; a new one is made if none is named.
        #[serde(default)]
        organization: Option<Uuid>,
    },
    /// Whoever applied is told why not.
    Reject {
        /// Why.
        reason: Note,
    },
}

/// Decide an application
///
/// An approval invites whoever applied as administrator of the organisation, which is made under the source `portal` unless one of the catalogue
/// is named. A rejection is told with its reason. A decision is final.
#[utoipa::path(
    post, path = "/applications/{id}/decision", operation_id = "decideApplication", tag = "applications",
    params(ApplicationId, versions::IfMatch, crate::params::Lang),
    request_body(content = Decision, content_type = "application/json", example = json!({ "decision": "approve" })),
    responses(
        (status = 200, description = "The application as it is now.", body = ApplicationView, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000007", "organizationName": "Musikschule Beispiel", "organizationKind": "music-school",
            "contactName": "Leitung", "email": "kontakt@example.org", "language": "de", "status": "approved", "createdAt": "2026-11-24T04:00:00Z",
            "verifiedAt": "2026-11-24T04:05:00Z", "decidedAt": "2026-11-24T06:00:00Z", "decidedBy": "Redaktion",
            "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Musikschule Beispiel" }, "version": 3
        })),
        problem::Parameters, problem::Bodies, problem::Versioned, problem::Decisions
    )
)]
pub(crate) async fn decide_application(
    access: Access<Recently<May<ReviewApplications>>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<Decision>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, version) = (path_id(&request, "id")?, if_match(&request)?);
    let decision = body.read().await?;
    let actor = access.actor().clone();
    let verdict = match decision {
        Decision::Reject { reason } => Verdict::Reject(reason.into()),
        Decision::Approve { organization: Some(organization) } => Verdict::Approve(organization),
        Decision::Approve { organization: None } => {
            let asking = actor.clone();
            let application = state.flow(move |flows| flows.undecided(&asking, id, version)).await?;
            let services = state.services.clone();
            Verdict::Approve(state.importing.run(move || organization::create(&services, &application)).await?)
        }
    };
    let decided = state.flow(move |flows| flows.decide(&actor, id, version, verdict)).await?;
    let application = ApplicationView::from(decided);
    versions::json(StatusCode::OK, language, application.version, &application)
}
