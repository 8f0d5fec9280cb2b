//! `GET /hsds/services/{id}`: one service with everything around it.

use super::writer;
use crate::catalogue::document;
use crate::feeds::{records, roll, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::catalogue::{Offer, Organization, RecordKind};
use exchange::out::hsds::{Provider, service_in_full};

/// One standing service
///
/// With organisation, locations, schedules, costs, contacts, topics and licence. Schedules are those of its dates, else the opening hours of its
/// organisation. An offer that is no standing service answers 404, a withdrawn one 410.
#[utoipa::path(
    get, path = "/hsds/services/{id}", operation_id = "getHsdsService", tag = "services", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The service.", body = Object, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000001", "name": "Bildungsberatung", "status": "active",
            "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule", "description": "Kurse für alle." },
            "schedules": [{ "id": "9c1b3e1a-55d4-8e3b-9a6e-0d0b6f2f3a11", "freq": "WEEKLY", "byday": "TU,TH", "opens_at": "14:00", "closes_at": "17:00" }]
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_hsds_service(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Offer, document::id_of(&request)?).await?;
    let offer: Offer = records::decoded(&record)?;
    if !roll::stands(&offer.kind) {
        return Err(ApiError::new(ErrorCode::NotFound));
    }
    let from = offer.organization.id;
    let known: Vec<Organization> = state.look_up(move |connection| records::in_order(connection, &[from])).await?;
    let site = site(&state, &request);
    let version = known.first().map_or(0, |organization| organization.meta.version);
    let validator = validator(&state, &request, language, &site).number(record.version).number(version);
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let provider = known.first().map_or(Provider::Summary, Provider::Known);
    representation.json(&service_in_full(&writer(&state, &site, language.tag()), &offer, provider))
}
