//! `GET /areas/holidays`: school and public holidays.

use crate::areas::of_files;
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::{Query, choice, date};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::areas::{Holiday, HolidayKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Holidays.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct HolidayList {
    /// The holidays in order of their first day, always all on one page.
    pub data: Vec<Holiday>,
    /// Where the list stands.
    pub page: Page,
}

const KINDS: &[(&str, HolidayKind)] = &[("school", HolidayKind::School), ("public", HolidayKind::Public)];

/// Parameters of the list of holidays.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HolidayParameters {
    /// School or public holidays; both if not given.
    pub kind: Option<Vec<HolidayKind>>,
    /// Holidays that end on or after this day.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<chrono::NaiveDate>,
    /// Holidays that begin on or before this day.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<chrono::NaiveDate>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// School and public holidays
///
/// Of the region's federal state, both days included.
#[utoipa::path(
    get, path = "/areas/holidays", operation_id = "listHolidays", tag = "region", params(HolidayParameters), security(()),
    responses(
        (status = 200, description = "Holidays.", body = HolidayList, content_type = "application/json", example = json!({
            "data": [{ "kind": "public", "name": { "de": "Neujahr", "en": "New Year's Day" }, "start": "2027-01-01", "end": "2027-01-01" }],
            "page": { "next": null, "limit": 1, "total": 1 }
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_holidays(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let kinds = parameters.many("kind", |_, text| choice(text, KINDS));
    let (from, to) = (parameters.one("from", date), parameters.one("to", date));
    let representation = of_files(&state, &request, parameters.finish()?);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let fits = |holiday: &&Holiday| {
        (kinds.is_empty() || kinds.contains(&holiday.kind)) && from.is_none_or(|day| holiday.end >= day) && to.is_none_or(|day| holiday.start <= day)
    };
    let mut data: Vec<&Holiday> = state.services.region.holidays().iter().filter(fits).collect();
    data.sort_by_key(|holiday| holiday.start);
    let page = Page::whole(data.len());
    representation.json(&List { data, page })
}
