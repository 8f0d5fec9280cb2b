//! `POST /duplicates/{id}/decision`: decide about two offers, or take it back.

use super::{DuplicateSummary, summary};
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::catalogue::document::id_of;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReviewDuplicates;
use domain::partners::DuplicateDecision;
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::records;
use serde::Deserialize;
use sync::duplicates::{self, DecideError};
use utoipa::ToSchema;

/// What to do about two offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DuplicateVerdict {
    /// They are the same: `keep` is shown in the place of both.
    Merge,
    /// They are the same: both are shown, and each names the other.
    Link,
    /// They are not the same.
    Apart,
    /// Take back what was decided.
    Reopen,
}

/// A decision about two offers.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DuplicateDecisionInput {
    /// What to do.
    decision: DuplicateVerdict,
    /// The offer that is shown; only to merge.
    #[serde(default)]
    keep: Option<Uuid>,
}

/// Decide about two offers that may be the same
///
/// `merge` shows `keep` in the place of both: the other one is withdrawn, its address leads to the one kept, and its feed goes on to update it unseen.
/// `link` shows both, each with the other in `alsoOfferedBy`. `apart` remembers that they are not the same. A decision stands until `reopen` takes it
/// back; then everything is as it was, and whatever the feeds have handed in since is shown.
#[utoipa::path(
    post, path = "/duplicates/{id}/decision", operation_id = "decideDuplicate", tag = "duplicates",
    params(crate::params::RecordId, versions::IfMatch, crate::params::Lang),
    request_body(content = DuplicateDecisionInput, content_type = "application/json", example = json!({
        "decision": "merge", "keep": "019ab1c2-0000-7000-8000-000000000001"
    })),
    responses(
        (status = 200, description = "The pair as it is now.", body = DuplicateSummary, content_type = "application/json", example = json!({
                "id": "019ab1c2-0000-7000-8000-000000000031", "score": 97, "reasons": ["same-title", "same-place", "same-dates"], "state": "merged",
                "first": { "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-a1", "title": "Deutsch A1",
                    "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule" },
                    "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule" }, "shown": true },
                "second": { "id": "019ab1c2-0000-7000-8000-000000000021", "slug": "deutsch-a1", "title": "Deutsch A 1",
                    "organization": { "id": "019ab1c2-0000-7000-8000-000000000022", "name": "KVHS" },
                    "source": { "key": "kursportal", "name": "Kursportal" }, "shown": false },
                "kept": "019ab1c2-0000-7000-8000-000000000001", "foundAt": "2026-11-24T04:00:00Z", "version": 2
        })),
        problem::Bodies, problem::Parameters, problem::Versioned, problem::OfDuplicates
    )
)]
pub(crate) async fn decide_duplicate(
    access: Access<May<ReviewDuplicates>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<DuplicateDecisionInput>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (id, version) = (id_of(&request)?, if_match(&request)?);
    let decision = decision(body.read().await?)?;
    let (actor, services) = (access.actor().clone(), state.services.clone());
    let (pair, offers) = state
        .writing
        .run(move || {
            let pair = duplicates::decide(&services, &actor, id, version, decision)?;
            let offers = services.store.read(|connection| records::get_many(connection, &[pair.first, pair.second]))?;
            Ok((pair, offers))
        })
        .await?;
    let version = pair.version;
    versions::json(StatusCode::OK, language, version, &summary(pair, &offers)?)
}

fn decision(input: DuplicateDecisionInput) -> Result<DuplicateDecision, ApiError> {
    let wrong = |error| Err(ApiError::new(ErrorCode::Invalid).field("/body/keep", error));
    match (input.decision, input.keep) {
        (DuplicateVerdict::Merge, Some(keep)) => Ok(DuplicateDecision::Merge(keep)),
        (DuplicateVerdict::Merge, None) => {
            wrong(ValueError::new("field-missing", "Nennen Sie das Angebot, das gezeigt werden soll.", "Name the offer that is to be shown."))
        }
        (_, Some(_)) => wrong(ValueError::new("field-unexpected", "keep gehört nur zu merge.", "keep belongs to merge only.")),
        (DuplicateVerdict::Link, None) => Ok(DuplicateDecision::Link),
        (DuplicateVerdict::Apart, None) => Ok(DuplicateDecision::Apart),
        (DuplicateVerdict::Reopen, None) => Ok(DuplicateDecision::Reopen),
    }
}

impl From<DecideError> for ApiError {
    fn from(error: DecideError) -> Self {
        let conflict = |de: &str, en: &str| Self::new(ErrorCode::Conflict).detail(de, en);
        match error {
            DecideError::NotOfThePair => Self::new(ErrorCode::Invalid).field(
                "/body/keep",
                ValueError::new("not-of-the-pair", "Dieses Angebot gehört nicht zu dem Paar.", "This offer is none of the pair."),
            ),
            DecideError::NotShown => {
                conflict("Eines der Angebote ist zurzeit nicht veröffentlicht.", "One of the offers is not published at present.")
            }
            DecideError::Undecided => conflict("Über dieses Paar ist nicht entschieden.", "Nothing was decided about this pair."),
            DecideError::Refused(problems) => {
                let fields = problems.into_iter().map(|problem| {
                    let message = problem.message;
                    (problem.pointer, ValueError::new(&problem.code, message.de, message.en))
                });
                conflict("Das verborgene Angebot kann nicht wieder gezeigt werden.", "The hidden offer cannot be shown again.")
                    .fields(fields.collect())
            }
            DecideError::Store(error) => error.into(),
        }
    }
}
