//! `GET /offers/{id}.ics`: its sessions as iCalendar (RFC 5545).

use crate::problem;

/// Sessions of an offer as iCalendar
///
/// One event per session, or one per run that has no sessions; days without an hour are all-day events. Cancelled runs stay in the file
/// with `STATUS:CANCELLED`, so that a calendar that subscribed to it takes them out.
#[utoipa::path(
    get, path = "/offers/{id}.ics", operation_id = "getOfferCalendar", tag = "offers", params(crate::params::RecordId, crate::params::Lang), security(()),
    responses(
        (status = 200, description = "The sessions.", body = String, content_type = "text/calendar",
            example = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bildungsregion//API//DE\r\nEND:VCALENDAR\r\n"),
        problem::Parameters, problem::MissingOrGone
    )
)]
pub async fn get_offer_calendar() {}
