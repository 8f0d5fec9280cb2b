//! What the lists of the search index have in common.

use crate::language::Language;
use crate::query::{Query, point};
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::HttpRequest;
use domain::problem::ValueError;
use search::catalogue::Near;

/// Kilometres around a point if nothing else is said.
const RADIUS: u32 = 10;

/// A list of the index changes with the index, and with time: offers begin and end on the minute.
pub(super) fn representation(state: &AppState, request: &HttpRequest, language: Language) -> Representation {
    Representation::public(language, changing(state, Validator::new(request, language)))
}

/// What the lists of the index depend on, besides what is in `validator` already.
pub(crate) fn changing(state: &AppState, validator: Validator) -> Validator {
    let minute = state.now().timestamp().div_euclid(60);
    validator.and(state.index.generation().to_string()).number(state.index.last_seq()).number(minute)
}

/// `near` and `radius`.
pub(super) fn near(parameters: &mut Query<'_>) -> Option<Near> {
    let region = std::sync::Arc::clone(&parameters.state().services.region);
    let given = parameters.has("near");
    let centre = parameters.one("near", |text| point(text, &region));
    let radius = parameters.number("radius", 1, 200);
    if radius.is_some() && !given {
        parameters.refuse("radius", ValueError::new("near-missing", "radius braucht near.", "radius needs near."));
    }
    centre.map(|point| Near { point, radius_km: f64::from(radius.unwrap_or(RADIUS)) })
}

/// Sorting by distance needs a point.
pub(super) fn distance_without_near() -> ValueError {
    ValueError::new("near-missing", "Nach Entfernung kann nur mit near sortiert werden.", "Sorting by distance needs near.")
}

/// A page size as the index wants it.
pub(crate) fn large(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// Cuts off what was fetched beyond the page and makes the cursor of the next one.
pub(crate) fn next_page<T>(found: &mut Vec<T>, limit: u32, cursor: impl FnOnce(&T) -> String) -> Option<String> {
    let limit = large(limit);
    let more = found.len() > limit;
    found.truncate(limit);
    found.last().filter(|_| more).map(cursor)
}
