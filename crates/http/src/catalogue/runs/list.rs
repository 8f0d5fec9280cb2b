//! `GET /runs`: the calendar.

use crate::catalogue::OrganizationRef;
use crate::list::Page;
use crate::problem;
use domain::Uuid;
use domain::catalogue::Run;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of the calendar.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RunList {
    /// The runs in order of their start.
    pub data: Vec<RunItem>,
    /// Where the list stands.
    pub page: Page,
}

/// A run with the offer it belongs to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RunItem {
    /// The run.
    #[serde(flatten)]
    pub run: Run,
    /// What is run.
    pub offer: RunOffer,
}

/// What a run shows of its offer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RunOffer {
    /// Id of the offer.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Title in the language of the request if there is a translation, else in German.
    pub title: String,
    /// Code of the vocabulary `offer-kinds`.
    pub kind: String,
    /// Who offers it.
    pub organization: OrganizationRef,
}

/// Parameters of the calendar.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct RunParameters {
    /// First day `YYYY-MM-DD` in the region's zone.
    #[param(value_type = String, format = Date, example = "2027-01-01")]
    pub from: chrono::NaiveDate,
    /// Last day `YYYY-MM-DD`, at most 92 days after `from`.
    #[param(value_type = String, format = Date, example = "2027-01-31")]
    pub to: chrono::NaiveDate,
    /// Keys of areas; a county or Amt includes its municipalities.
    pub area: Option<Vec<String>>,
    /// Ids of organisations.
    pub organization: Option<Vec<Uuid>>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before, all other parameters unchanged.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of titles, labels and errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// Calendar of runs
///
/// All runs that touch the time span, in order of their start: a run that began before `from` and is not over is part of it.
#[utoipa::path(
    get, path = "/runs", operation_id = "listRuns", tag = "offers", params(RunParameters), security(()),
    responses(
        (status = 200, description = "A page of the calendar.", body = RunList, content_type = "application/json", example = json!({
            "data": [{
                "id": "019ab1c2-0000-7000-8000-000000000003", "start": "2027-01-11T17:00:00Z", "timeZone": "Europe/Berlin",
                "sessions": [{ "start": "2027-01-11T17:00:00Z", "end": "2027-01-11T18:30:00Z" }], "rollingStart": false, "status": "bookable",
                "offer": { "id": "019ab1c2-0000-7000-8000-000000000001", "slug": "deutsch-a1", "title": "Deutsch A1", "kind": "course",
                    "organization": { "id": "019ab1c2-0000-7000-8000-000000000002", "slug": "kvhs", "name": "Kreisvolkshochschule" } }
            }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors
    )
)]
pub async fn list_runs() {}
