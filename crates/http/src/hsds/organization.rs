//! `GET /hsds/organizations/{id}`: one organisation with everything around it.

use super::writer;
use crate::catalogue::{document, found};
use crate::feeds::roll::{self, Roll};
use crate::feeds::{records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Organization, RecordKind};
use exchange::out::hsds::organization_in_full;
use serde_json::{Value, json};

/// One organisation
///
/// With locations, opening hours, contacts, official identifiers, licence, and the ids of its standing services. A withdrawn one answers 410.
#[utoipa::path(
    get, path = "/hsds/organizations/{id}", operation_id = "getHsdsOrganization", tag = "services", security(()),
    params(crate::params::RecordId, crate::params::Lang),
    responses(
        (status = 200, description = "The organisation.", body = Object, content_type = "application/json", example = json!({
            "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule", "description": "Kurse für alle.",
            "services": [{ "id": "019ab1c2-0000-7000-8000-000000000001" }]
        })),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_hsds_organization(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Organization, document::id_of(&request)?).await?;
    let site = site(&state, &request);
    // Its services come and go without it.
    let validator = found::changing(&state, validator(&state, &request, language, &site).number(record.version));
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let organization: Organization = records::decoded(&record)?;
    let mut query = Roll::Standing.query(false);
    query.organizations = [record.id].into();
    let (shared, now) = (web::Data::clone(&state), state.now());
    let services = state.searching.run(move || roll::walk(&shared.index, query, now)).await?;
    let mut body = organization_in_full(&writer(&state, &site, language.tag()), &organization);
    if let Some(fields) = body.as_object_mut() {
        let services: Vec<Value> = services.iter().map(|id| json!({ "id": id })).collect();
        fields.insert("services".to_owned(), services.into());
    }
    representation.json(&body)
}
