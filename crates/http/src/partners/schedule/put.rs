//! `PUT /sources/{source}/schedule`: say how a source is fetched.

use super::{ScheduleView, view};
use crate::access::{Access, May};
use crate::body::JsonBody;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::state::AppState;
use crate::versions::{self, if_match};
use actix_web::http::StatusCode;
use actix_web::http::header::IF_MATCH;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ErrorCode;
use domain::accounts::may::ConfigureSources;
use domain::partners::ScheduleDraft;
use domain::problem::ValueError;
use persistence::access::owned_source;
use persistence::schedules;
use std::sync::Arc;
use sync::outbound::{self, Addresses};
use url::Url;

/// Say how a source is fetched
///
/// The portal then fetches the feed by itself, the first time at once: only if it has changed (`ETag`, `Last-Modified`, or the content itself), and
/// less and less often while it cannot be fetched. The address has to be on the public internet, and so has every address that it redirects to. A
/// schedule that is there already is replaced; then `If-Match` has to name its version.
#[utoipa::path(
    put, path = "/sources/{source}/schedule", operation_id = "putSchedule", tag = "partners",
    params(
        crate::params::SourceKey, crate::params::Lang,
        ("If-Match" = Option<String>, Header, description = "`ETag` of the schedule, as it was read; not for the first one.", example = "\"3\"")
    ),
    request_body(content = ScheduleDraft, content_type = "application/json", example = json!({
        "url": "https://vhs.example.org/export/kurse.xml", "format": "openvhs", "mode": "full", "everyMinutes": 1440, "enabled": true
    })),
    responses(
        (status = 200, description = "Replaced.", body = ScheduleView, content_type = "application/json", example = json!({
            "url": "https://vhs.example.org/export/kurse.xml", "format": "openvhs", "mode": "full", "everyMinutes": 1440, "enabled": true,
            "nextAt": "2026-11-24T04:00:00Z", "failures": 0, "stale": false, "version": 2
        })),
        (status = 201, description = "From now on it is fetched. `Location` is the address of the schedule.", body = ScheduleView,
            content_type = "application/json", headers(("Location" = String, description = "Address of the schedule.")), example = json!({
            "url": "https://vhs.example.org/export/kurse.xml", "format": "openvhs", "mode": "full", "everyMinutes": 1440, "enabled": true,
            "nextAt": "2026-11-24T04:00:00Z", "failures": 0, "stale": false, "version": 1
        })),
        problem::Bodies, problem::Parameters, problem::Versioned
    )
)]
pub(crate) async fn put_schedule(
    access: Access<May<ConfigureSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
    body: JsonBody<ScheduleDraft>,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let version = if request.headers().contains_key(IF_MATCH) { Some(if_match(&request)?) } else { None };
    let draft = body.read().await?;
    check(&draft, state.limits.loopback_allowed).map_err(|error| ApiError::new(ErrorCode::Invalid).field("/body/url", error))?;
    let (actor, key, rng, now) = (access.actor().clone(), source_key(&request), Arc::clone(&state.services.rng), state.now());
    let location = format!("/sources/{key}/schedule");
    let put = state
        .write(move |tx| {
            let source = owned_source::<ConfigureSources>(tx, &actor, &key, now)?;
            if version.is_none() && schedules::get(tx, &source)?.is_some() {
                return Ok(None);
            }
            schedules::put(tx, &source, version, &draft, &*rng, now).map(Some)
        })
        .await?;
    let Some(put) = put else {
        // There is one already: whoever replaces it says which one they have seen.
        return Err(if_match(&request).err().unwrap_or_else(|| ApiError::new(ErrorCode::PreconditionRequired)));
    };
    let schedule = view(put, language, now);
    if version.is_none() {
        return versions::created(&location, language, schedule.version, &schedule);
    }
    versions::json(StatusCode::OK, language, schedule.version, &schedule)
}

/// Refuses addresses that would never be fetched, before somebody waits for it. What a name resolves to is looked at with every fetch.
fn check(draft: &ScheduleDraft, loopback_allowed: bool) -> Result<(), ValueError> {
    let addresses = if loopback_allowed { Addresses::LoopbackToo } else { Addresses::GlobalOnly };
    let refused = |_| ValueError::new("url-invalid", "Das ist keine Web-Adresse.", "This is not a web address.");
    let url = Url::parse(draft.url.as_str()).map_err(refused)?;
    outbound::check(&url, addresses).map_err(|error| error.value())
}
