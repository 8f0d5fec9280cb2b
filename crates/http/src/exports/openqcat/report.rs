//! `GET /exports/openqcat/report`: what is not sent to KURSNET, and why.

use super::scope;
use crate::exports::stream::Broken;
use crate::feeds::site;
use crate::problem::{self, ApiError};
use crate::query::{Query, uuid};
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{Offer, Organization, RecordKind};
use domain::problem::ValueError;
use domain::{Moment, Problem, Uuid};
use exchange::out::openqcat::Catalogue;
use persistence::Store;
use persistence::records::{self, StoredRecord};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// Records looked through for one page at most: a catalogue in which everything can be sent costs many short answers, not a long one.
const LOOKED_THROUGH: usize = 4000;

/// Parameters of the report.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub struct OpenQCatReportParameters {
    /// Only this organisation and its offers.
    pub organization: Option<domain::Uuid>,
    /// Records per page; 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// Continues the list: `page.next` of the page before, all other parameters unchanged.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// A record that is not sent to KURSNET.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenQCatGap {
    /// Id of the record.
    pub record_id: Uuid,
    /// `organization` or `offer`.
    pub kind: RecordKind,
    /// Title or name.
    pub name: String,
    /// Last part of the page address.
    pub slug: String,
    /// What it lacks; `pointer` is the field of the record.
    pub problems: Vec<Problem>,
}

/// A page of the report.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct OpenQCatReport {
    /// The records. A page may be empty although there are more.
    pub data: Vec<OpenQCatGap>,
    /// Where the list stands.
    pub page: OpenQCatReportPage,
}

/// Where the report stands.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenQCatReportPage {
    /// The `cursor` of the next page; `null` at the end.
    pub next: Option<String>,
    /// Most records per page.
    pub limit: u32,
    /// Records looked through for this page.
    pub checked: usize,
    /// Of these, the ones that are sent.
    pub sent: usize,
}

/// What is not sent to KURSNET, and why
///
/// Organisations first, then offers, each with every mandatory field that is missing. Offers of an organisation that is not sent say so.
#[utoipa::path(
    get, path = "/exports/openqcat/report", operation_id = "getOpenQCatReport", tag = "exports", params(OpenQCatReportParameters), security(()),
    responses(
        (status = 200, description = "A page of the report.", body = OpenQCatReport, content_type = "application/json", example = json!({
            "data": [{ "recordId": "019ab1c2-0000-7000-8000-000000000001", "kind": "offer", "name": "Deutsch A1", "slug": "deutsch-a1", "problems": [{
                "severity": "error", "pointer": "/languages", "code": "export-field-missing",
                "message": { "de": "Das Angebot braucht für KURSNET: die Unterrichtssprache.", "en": "For KURSNET the offer needs: the language of instruction." }
            }] }],
            "page": { "next": null, "limit": 50, "checked": 12, "sent": 11 }
        })),
        problem::Cursors
    )
)]
pub(crate) async fn get_open_q_cat_report(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let organization = parameters.one("organization", uuid);
    let limit = parameters.limit(50, 200);
    let cursor = parameters.cursor();
    let language = parameters.finish()?;
    let begin = cursor.as_deref().map(position).transpose()?.unwrap_or(Position { kind: RecordKind::Organization, after: None });
    let site = site(&state, &request);
    let seq = state.read(persistence::changes::last_seq).await?;
    let today = state.now().with_timezone(&site.zone).date_naive();
    let representation = Representation::public(language, Validator::new(&request, language).number(seq).and(today.to_string()));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let services = state.services.clone();
    let report = state
        .exporting
        .run(move || {
            let at = Moment::Date(today).earliest(site.zone);
            let catalogue = Catalogue { site: &site, vocabularies: &services.vocabularies, own_source: None, at, seq };
            look_through(&catalogue, &services.store, organization, begin, limit).map_err(ApiError::internal)
        })
        .await?;
    representation.json(&report)
}

/// After which record of which kind the list goes on.
#[derive(Clone, Copy)]
struct Position {
    kind: RecordKind,
    after: Option<Uuid>,
}

fn position(cursor: &str) -> Result<Position, ApiError> {
    let parse = || {
        let (kind, id) = cursor.split_once('.')?;
        let kind = kind.parse().ok().filter(|kind| *kind != RecordKind::Place)?;
        Some(Position { kind, after: if id.is_empty() { None } else { Some(id.parse().ok()?) } })
    };
    parse().ok_or_else(ApiError::cursor)
}

fn look_through(catalogue: &Catalogue<'_>, store: &Store, organization: Option<Uuid>, begin: Position, limit: u32) -> Result<OpenQCatReport, Broken> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut report = OpenQCatReport { data: Vec::new(), page: OpenQCatReportPage { next: None, limit, checked: 0, sent: 0 } };
    let mut owners: HashMap<Uuid, bool> = HashMap::new();
    let mut at = begin;
    loop {
        let page = next(store, organization, at)?;
        if page.is_empty() {
            if at.kind == RecordKind::Offer {
                return Ok(report);
            }
            at = Position { kind: RecordKind::Offer, after: None };
            continue;
        }
        learn(catalogue, store, &page, &mut owners)?;
        for record in &page {
            at.after = Some(record.id);
            report.page.checked += 1;
            let (name, problems) = check(catalogue, record, &owners)?;
            if problems.is_empty() {
                report.page.sent += 1;
            } else {
                report.data.push(OpenQCatGap { record_id: record.id, kind: record.kind, name, slug: record.slug.clone(), problems });
            }
            if report.data.len() == most || report.page.checked >= LOOKED_THROUGH {
                report.page.next = Some(format!("{}.{}", at.kind.code(), record.id));
                return Ok(report);
            }
        }
    }
}

fn next(store: &Store, organization: Option<Uuid>, at: Position) -> Result<Vec<StoredRecord>, Broken> {
    match (at.kind, organization) {
        (RecordKind::Offer, _) => scope::page(store, organization, at.after),
        (_, Some(_)) if at.after.is_some() => Ok(Vec::new()),
        (_, Some(id)) => {
            let mut found = store.read(|connection| records::get_many(connection, &[id]))?;
            found.retain(|record| record.kind == RecordKind::Organization && record.state == domain::catalogue::PublicationState::Published);
            Ok(found)
        }
        (_, None) => Ok(store.read(|connection| records::page(connection, RecordKind::Organization, at.after, scope::PAGE))?),
    }
}

/// Finds out which of the organisations of these offers are sent.
fn learn(catalogue: &Catalogue<'_>, store: &Store, page: &[StoredRecord], owners: &mut HashMap<Uuid, bool>) -> Result<(), Broken> {
    let unknown: Vec<Uuid> = page.iter().filter_map(|record| record.organization_id).filter(|id| !owners.contains_key(id)).collect();
    for owner in store.read(|connection| records::get_many(connection, &unknown))? {
        let organization: Organization = serde_json::from_str(&owner.document)?;
        owners.insert(owner.id, catalogue.supplier(&organization).is_ok());
    }
    Ok(())
}

fn check(catalogue: &Catalogue<'_>, record: &StoredRecord, owners: &HashMap<Uuid, bool>) -> Result<(String, Vec<Problem>), Broken> {
    if record.kind == RecordKind::Organization {
        let organization: Organization = serde_json::from_str(&record.document)?;
        return Ok((organization.name.to_string(), catalogue.supplier(&organization).err().unwrap_or_default()));
    }
    let offer: Offer = serde_json::from_str(&record.document)?;
    let mut problems = catalogue.offer(&offer, "0").err().unwrap_or_default();
    if record.organization_id.and_then(|id| owners.get(&id)) != Some(&true) {
        let value = ValueError::new(
            "export-organization-refused",
            "Die Einrichtung selbst kann nicht gesendet werden; dieser Bericht nennt, was ihr fehlt.",
            "The organisation itself cannot be sent; this report names what it lacks.",
        );
        problems.push(Problem::error("/organization", value));
    }
    Ok((offer.title.to_string(), problems))
}
