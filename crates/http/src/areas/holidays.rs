//! `GET /areas/holidays`: school and public holidays.

use crate::list::Page;
use crate::problem;
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
pub async fn list_holidays() {}
