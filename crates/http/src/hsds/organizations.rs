//! `GET /hsds/organizations`: all organisations.

use super::{HsdsPage, numbered, writer};
use crate::feeds::{records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::Organization;
use exchange::out::hsds::{organization, organization_in_full, page};
use persistence::changes;

/// Organisations
///
/// Everybody of the catalogue as organisations of Open Referral HSDS 3.0, in order of id. The licence of a full record is its attribute
/// `record_licence`.
#[utoipa::path(
    get, path = "/hsds/organizations", operation_id = "listHsdsOrganizations", tag = "services", params(HsdsPage), security(()),
    responses(
        (status = 200, description = "A page of organisations.", body = Object, content_type = "application/json", example = json!({
            "total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "first_page": true, "last_page": true, "empty": false,
            "contents": [{ "id": "019ab1c2-0000-7000-8000-000000000002", "name": "Kreisvolkshochschule", "description": "Kurse für alle." }]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_hsds_organizations(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let asked = numbered(&mut parameters);
    let language = parameters.finish()?;
    let site = site(&state, &request);
    let seq = state.read(changes::last_seq).await?;
    let representation = Representation::public(language, validator(&state, &request, language, &site).number(seq));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (shelf, number, size) = (state.shelves.positions.clone(), asked.number, asked.size);
    let (found, total) = state
        .read(move |connection| {
            let (ids, total) = shelf.organizations(connection, number, size)?;
            Ok((records::in_order::<Organization>(connection, &ids)?, total))
        })
        .await?;
    let writer = writer(&state, &site, language.tag());
    let contents = found.iter().map(|found| if asked.full { organization_in_full(&writer, found) } else { organization(&writer, found) });
    representation.json(&page(contents.collect(), asked.number, asked.size, u64::try_from(total).unwrap_or(u64::MAX)))
}
