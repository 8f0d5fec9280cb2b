//! `GET /organizations/{id}/offers.ics`: the calendar of an organisation.

use super::calendar::{EVENTS, OFFERS};
use crate::catalogue::{document, found};
use crate::feeds::offers::{Asked, found_offers};
use crate::feeds::{site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Organization, RecordKind};
use exchange::out::ics::Calendar;
use search::{OfferQuery, OfferSort};

/// The calendar of an organisation
///
/// The dates of all its offers as iCalendar to subscribe to. At most its next 500 offers and 5,000 events.
#[utoipa::path(
    get, path = "/organizations/{id}/offers.ics", operation_id = "getOrganizationCalendar", tag = "exports",
    params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The calendar.", body = String, content_type = "text/calendar",
            example = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bildungsregion//API//DE\r\nEND:VCALENDAR\r\n"),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_organization_calendar(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Organization, document::id_of(&request)?).await?;
    let site = site(&state, &request);
    let tag = validator(&state, &request, language, &site).number(record.version);
    let representation = Representation::public(language, found::changing(&state, tag));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let organization: Organization = serde_json::from_str(&record.document).map_err(ApiError::internal)?;
    let query = OfferQuery { organizations: [record.id].into_iter().collect(), sort: Some(OfferSort::Start), ..OfferQuery::default() };
    let found = found_offers(&state, Asked { query, limit: OFFERS, language }).await?;
    let calendar = Calendar {
        site: &site,
        vocabularies: &state.services.vocabularies,
        language: language.tag(),
        name: organization.name.as_str(),
        since: Some(state.now()),
        events: EVENTS,
    };
    Ok(representation.bytes("text/calendar; charset=utf-8", calendar.write(&found.offers).text))
}
