//! `GET /runs`: the calendar.

use crate::catalogue::found;
use crate::cursor;
use crate::language::Language;
use crate::list::{List, Page};
use crate::problem::{self, ApiError};
use crate::query::{Query, date, uuid};
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use domain::areas::{AreaKind, Region};
use domain::catalogue::{Offer, Run};
use domain::problem::ValueError;
use domain::text::LanguageTag;
use domain::time::local_to_utc;
use domain::{Timestamp, Uuid};
use persistence::runs::{CalendarRun, RunFilter};
use persistence::{changes, records, runs};
use search::catalogue::ItemOrganization;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use utoipa::{IntoParams, ToSchema};

/// Longest time span in days.
const SPAN: i64 = 92;

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
    /// The run, with its status now, and with the offer's place where it has none of its own.
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
    pub organization: ItemOrganization,
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
pub(crate) async fn list_runs(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let filter = read(&mut parameters);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint("runs");
    let language = parameters.finish()?;
    let after = cursor.map(|cursor| cursor::decode(list, &cursor, position)).transpose()?;
    let now = state.now();
    let seq = state.read(changes::last_seq).await?;
    let validator = Validator::new(&request, language).number(seq).number(now.timestamp().div_euclid(60));
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (data, page) = state
        .read(move |connection| {
            let total = u64::try_from(runs::count(connection, &filter)?).unwrap_or(0);
            let mut found = runs::between(connection, &filter, after, i64::from(limit) + 1)?;
            let next = found::next_page(&mut found, limit, |run| cursor::encode(list, &format!("{}.{}", run.starts_at.timestamp_micros(), run.id)));
            let ids: BTreeSet<Uuid> = found.iter().map(|run| run.offer_id).collect();
            let ids: Vec<Uuid> = ids.into_iter().collect();
            let offers = offers(&records::get_many(connection, &ids)?)?;
            let data: Vec<RunItem> = found.iter().filter_map(|run| item(run, &offers, language, now)).collect();
            Ok((data, Page { next, limit, total }))
        })
        .await?;
    representation.json(&List { data, page })
}

/// Reads the parameters; what is wrong stays in `parameters`.
fn read(parameters: &mut Query<'_>) -> RunFilter {
    let (from, to) = (parameters.required("from", date), parameters.required("to", date));
    let areas = parameters.areas();
    let organizations = parameters.many("organization", |_, text| uuid(text));
    let region = &parameters.state().services.region;
    let (Some(from), Some(to)) = (from, to) else { return RunFilter::default() };
    if to < from || to.signed_duration_since(from).num_days() > SPAN {
        let (de, en) = (format!("to liegt 0 bis {SPAN} Tage nach from."), format!("to is 0 to {SPAN} days after from."));
        parameters.refuse("to", ValueError::new("span-invalid", de, en));
    }
    let midnight = |day: NaiveDate| local_to_utc(day, NaiveTime::MIN, region.info().time_zone).0;
    let until = midnight(to.checked_add_days(Days::new(1)).unwrap_or(to));
    RunFilter { from: midnight(from), until, ags: municipalities(region, &areas), organizations }
}

/// The municipalities of areas.
fn municipalities(region: &Region, areas: &[String]) -> Vec<String> {
    if areas.is_empty() {
        return vec![];
    }
    let of_areas = |key: &String| region.with_ancestors(key).iter().any(|ancestor| areas.contains(ancestor));
    region.areas().iter().filter(|area| area.kind == AreaKind::Municipality).map(|area| area.key.clone()).filter(of_areas).collect()
}

fn position(text: &str) -> Option<(Timestamp, Uuid)> {
    let (micros, id) = text.split_once('.')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

fn offers(records: &[records::StoredRecord]) -> persistence::Result<HashMap<Uuid, Offer>> {
    let corrupt = |error: serde_json::Error| persistence::Error::Corrupt(error.to_string());
    records.iter().map(|record| Ok((record.id, serde_json::from_str(&record.document).map_err(corrupt)?))).collect()
}

fn item(found: &CalendarRun, offers: &HashMap<Uuid, Offer>, language: Language, now: Timestamp) -> Option<RunItem> {
    let offer = offers.get(&found.offer_id)?;
    let mut run = offer.runs.iter().find(|run| run.id == found.id)?.clone();
    run.status = run.status_at(now);
    run.place = run.place.or_else(|| offer.place.clone());
    let translation = LanguageTag::try_from(language.tag().to_owned()).ok().and_then(|tag| offer.translations.get(&tag));
    let title = translation.and_then(|t| t.title.as_ref()).unwrap_or(&offer.title).to_string();
    let organization = ItemOrganization { id: offer.organization.id, slug: offer.organization.slug.clone(), name: offer.organization.name.clone() };
    let offer = RunOffer { id: offer.meta.id, slug: offer.meta.slug.clone(), title, kind: offer.kind.clone(), organization };
    Some(RunItem { run, offer })
}
