//! `GET /duplicates/{id}`: both offers in full.

use super::record;
use crate::access::{Access, May};
use crate::catalogue::document::id_of;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use domain::Uuid;
use domain::accounts::may::ReviewDuplicates;
use domain::catalogue::Offer;
use domain::partners::{DuplicatePair, DuplicateReason, DuplicateState};
use persistence::access::allow;
use persistence::records::StoredRecord;
use persistence::{duplicates, records};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Two offers that may be the same, both in full.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateDetail {
    /// Id of the pair.
    pub id: Uuid,
    /// How alike they are, 0 to 100.
    #[schema(minimum = 0, maximum = 100, examples(97))]
    pub score: u8,
    /// Why they may be the same.
    pub reasons: Vec<DuplicateReason>,
    /// What was decided.
    pub state: DuplicateState,
    /// The one offer, as it is kept; `state` says whether it is public.
    pub first: Offer,
    /// The other offer.
    pub second: Offer,
    /// Of two that were merged: the one that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Uuid>,
    /// When they were noticed.
    pub found_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Counts up with every decision.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
}

/// Show two offers that may be the same
///
/// Both in full, to be compared. The `ETag` is what a decision has to name in `If-Match`.
#[utoipa::path(
    get, path = "/duplicates/{id}", operation_id = "getDuplicate", tag = "duplicates", params(crate::params::RecordId, crate::params::Lang),
    responses(
        (status = 200, description = "The pair.", body = DuplicateDetail, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000031", "score": 97, "reasons": ["same-title", "same-organization", "no-dates"], "state": "open",
            "first": { "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-a1", "state": "published", "version": 1, "textVersion": 1,
                "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-20T04:00:00Z",
                "source": { "key": "kvhs-lup", "name": "Kreisvolkshochschule", "externalId": "27F40600" }, "licence": "cc-by/4.0",
                "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 86, "missing": ["contact"] },
                "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule", "kind": "adult-education-centre" },
                "kind": "course", "title": "Deutsch A1", "topics": [], "lifePhases": [], "targetGroups": [], "deliveryMode": "onsite", "languages": ["de"],
                "literacyCourse": false, "entryRequirements": [], "price": { "type": "unknown" }, "funding": [], "accessibility": [], "images": [],
                "keywords": [], "runs": [], "example": false },
            "second": { "id": "019ab1c2-0000-7000-8000-000000000021", "slug": "deutsch-a1", "state": "published", "version": 1, "textVersion": 1,
                "createdAt": "2026-11-20T04:00:00Z", "updatedAt": "2026-11-20T04:00:00Z",
                "source": { "key": "kursportal", "name": "Kursportal", "externalId": "27F40600" }, "licence": "cc-by/4.0",
                "freshness": { "confirmedAt": "2026-11-24T04:00:00Z", "confirmedBy": "feed" }, "completeness": { "score": 86, "missing": ["contact"] },
                "organization": { "id": "019ab1c2-0000-7000-8000-000000000022", "slug": "kvhs", "name": "Kreisvolkshochschule", "kind": "adult-education-centre" },
                "kind": "course", "title": "Deutsch A1", "topics": [], "lifePhases": [], "targetGroups": [], "deliveryMode": "onsite", "languages": ["de"],
                "literacyCourse": false, "entryRequirements": [], "price": { "type": "unknown" }, "funding": [], "accessibility": [], "images": [],
                "keywords": [], "runs": [], "example": false },
            "foundAt": "2026-11-24T04:00:00Z", "version": 1
        })),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn get_duplicate(
    access: Access<May<ReviewDuplicates>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, id, now) = (access.actor().clone(), id_of(&request)?, state.now());
    let (pair, offers) = state
        .read(move |connection| {
            let reviews = allow::<ReviewDuplicates>(connection, &actor, now)?;
            let pair = duplicates::get(connection, &reviews, id)?;
            let offers = records::get_many(connection, &[pair.first, pair.second])?;
            Ok((pair, offers))
        })
        .await?;
    let (first, second) = (offer(record(&offers, pair.first)?)?, offer(record(&offers, pair.second)?)?);
    let DuplicatePair { score, reasons, state, kept, found_at, decided_at, version, .. } = pair;
    let detail = DuplicateDetail { id, score, reasons, state, first, second, kept, found_at, decided_at, version };
    versions::json(StatusCode::OK, language, version, &detail)
}

/// The document, with the state and version of its row: a withdrawn record keeps the document it had.
fn offer(record: &StoredRecord) -> Result<Offer, ApiError> {
    let mut offer: Offer = serde_json::from_str(&record.document).map_err(ApiError::internal)?;
    (offer.meta.state, offer.meta.version, offer.meta.updated_at) = (record.state, record.version, record.updated_at);
    Ok(offer)
}
