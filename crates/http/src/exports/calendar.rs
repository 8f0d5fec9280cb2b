//! `GET /offers.ics`: any search as a calendar.

use crate::catalogue::found;
use crate::catalogue::offers::list::{OfferParameters, read};
use crate::feeds::offers::{Asked, found_offers};
use crate::feeds::{site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use exchange::out::ics::Calendar;

/// Offers of a calendar at most; a search that finds more is cut off in its order.
pub(crate) const OFFERS: u32 = 500;

/// Events of a calendar at most.
pub(crate) const EVENTS: usize = 5000;

/// A search as a calendar
///
/// Everything that `GET /offers` can search for, as iCalendar to subscribe to (RFC 5545, RFC 7986). Only runs with dates are in it; what is over
/// leaves it. At most the first 500 offers and 5,000 events: narrow the search if that is not enough. `limit` and `cursor` are ignored.
#[utoipa::path(
    get, path = "/offers.ics", operation_id = "getOfferListCalendar", tag = "exports", params(OfferParameters), security(()),
    responses(
        (status = 200, description = "The calendar.", body = String, content_type = "text/calendar",
            example = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bildungsregion//API//DE\r\nEND:VCALENDAR\r\n"),
        problem::Cursors
    )
)]
pub(crate) async fn get_offer_list_calendar(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.limit(20, 100);
    let mut query = read(&mut parameters);
    let language = parameters.finish()?;
    query.cursor = None;
    let site = site(&state, &request);
    let representation = Representation::public(language, found::changing(&state, validator(&state, &request, language, &site)));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let name = query.text.clone().map_or_else(|| site.name.to_string(), |words| format!("{words} – {}", site.name));
    let found = found_offers(&state, Asked { query, limit: OFFERS, language }).await?;
    let calendar = Calendar {
        site: &site,
        vocabularies: &state.services.vocabularies,
        language: language.tag(),
        name: &name,
        since: Some(state.now()),
        events: EVENTS,
    };
    Ok(representation.bytes("text/calendar; charset=utf-8", calendar.write(&found.offers).text))
}
