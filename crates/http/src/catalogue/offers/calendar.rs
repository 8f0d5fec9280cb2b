//! `GET /offers/{id}.ics`: its sessions as iCalendar (RFC 5545).

use crate::catalogue::document;
use crate::exports::calendar::EVENTS;
use crate::feeds::site;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Offer, RecordKind};
use domain::text::LanguageTag;
use exchange::out::ics::Calendar;

/// Sessions of an offer as iCalendar
///
/// One event per run, with its rule if it has one, or one per session; days without an hour are all-day events. Cancelled runs stay in the file
/// with `STATUS:CANCELLED`, so that a calendar that subscribed to it takes them out.
#[utoipa::path(
    get, path = "/offers/{id}.ics", operation_id = "getOfferCalendar", tag = "offers", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The sessions.", body = String, content_type = "text/calendar",
            example = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bildungsregion//API//DE\r\nEND:VCALENDAR\r\n"),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub(crate) async fn get_offer_calendar(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let record = document::published(&state, RecordKind::Offer, document::id_of(&request)?).await?;
    let representation = document::representation(&request, language, &record);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let offer: Offer = serde_json::from_str(&record.document).map_err(ApiError::internal)?;
    let site = site(&state, &request);
    let language = language.tag();
    let title = LanguageTag::try_from(language.to_owned()).ok().and_then(|tag| offer.translations.get(&tag)?.title.clone());
    let calendar = Calendar {
        site: &site,
        vocabularies: &state.services.vocabularies,
        language,
        name: title.as_ref().unwrap_or(&offer.title).as_str(),
        since: None,
        events: EVENTS,
    };
    let mut response = representation.bytes("text/calendar; charset=utf-8", calendar.write([&offer]).text);
    // The name is a slug: letters, digits and hyphens.
    if let Ok(disposition) = format!("inline; filename=\"{}.ics\"", record.slug).parse() {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
