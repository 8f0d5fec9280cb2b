//! `GET /exports/openqcat.xml`: the whole catalogue for KURSNET, or what changed.

use super::organization::nothing_to_send;
use super::scope::{self, Suppliers};
use crate::exports::stream::{self, Broken};
use crate::feeds::{links, site};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::http::header::{HeaderName, HeaderValue, LINK};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::{PublicationState, RecordKind, SourceRef};
use domain::partners::ChangeAction;
use domain::{ErrorCode, Moment, Uuid};
use exchange::out::openqcat::{Catalogue, Delivery};
use persistence::records::{self, StoredRecord};
use persistence::{Store, changes};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::IntoParams;

/// Changes that go into one update at most.
const CHANGES: i64 = 5000;

/// Parameters of the catalogue for KURSNET.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub struct OpenQCatParameters {
    /// The `Next-Cursor` of the delivery before: what changed since.
    #[param(minimum = 0, example = 0)]
    pub after: Option<i64>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// The catalogue for KURSNET
///
/// Without `after` everything (`NEW_CATALOG FULLCATALOG="true"`), with it what changed since (`UPDATE_CATALOG`: `DELETE` for what was withdrawn or
/// changed, `NEW` for what is there now). Keep the header `Next-Cursor` for the next update; `Link` with `rel="next"` says that there is more at
/// once. 204 means that nothing changed. Identifiers have the key of their source in front. Records that lack a mandatory field are left out:
/// `GET /exports/openqcat/report` names them. When an organisation's own address or number has changed, fetch everything anew.
#[utoipa::path(
    get, path = "/exports/openqcat.xml", operation_id = "getOpenQCat", tag = "exports", params(OpenQCatParameters), security(()),
    responses(
        (status = 200, description = "The catalogue.", body = String, content_type = "application/xml", headers(
            ("Next-Cursor" = i64, description = "The `after` of the next update."),
            ("Link" = String, description = "The next part, if there is more at once.")
        ), example = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><OPENQCAT version=\"1.1\"/>"),
        (status = 204, description = "Nothing changed that is sent.", headers(("Next-Cursor" = i64, description = "The `after` of the next update."))),
        problem::Parameters, problem::Clashing, problem::Feeds
    )
)]
pub(crate) async fn get_open_q_cat(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let after: Option<i64> = parameters.number("after", 0, i64::MAX);
    let language = parameters.finish()?;
    let site = site(&state, &request);
    let (oldest, newest) = state.read(|connection| Ok((changes::oldest_seq(connection)?, changes::last_seq(connection)?))).await?;
    if after.is_some_and(|after| changes::has_gap(after, oldest, newest)) {
        return Err(ApiError::new(ErrorCode::FeedGap).detail(
            "So weit zurück reicht die Liste nicht: holen Sie alles neu, ohne after.",
            "The list does not reach back that far: fetch everything anew, without after.",
        ));
    }
    let today = state.now().with_timezone(&site.zone).date_naive();
    let validator = Validator::new(&request, language).and(&*site.base).number(newest).and(today.to_string());
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let at = Moment::Date(today).earliest(site.zone);
    let services = state.services.clone();
    let plan = {
        let (services, site) = (services.clone(), site.clone());
        let prepared = move || match after {
            None => everything(&Catalogue { site: &site, vocabularies: &services.vocabularies, own_source: None, at, seq: newest }, &services.store),
            Some(after) => {
                since(&Catalogue { site: &site, vocabularies: &services.vocabularies, own_source: None, at, seq: newest }, &services.store, after)
            }
        };
        state.exporting.run(move || prepared().map_err(ApiError::internal)).await?
    };
    let next = plan.next.unwrap_or(newest);
    let cursor = (HeaderName::from_static("next-cursor"), HeaderValue::from(next));
    if plan.empty {
        return match after {
            None => Err(nothing_to_send()),
            Some(_) => Ok(HttpResponse::NoContent().insert_header(cursor).finish()),
        };
    }
    let more = plan.next.filter(|next| *next < newest && plan.more);
    let link = more.map(|next| format!("<{}>; rel=\"next\"", links::with(&site, &request, &[("after", Some(next.to_string()))])));
    let mut response = stream::respond(&state, &representation, "application/xml; charset=utf-8", move |output| {
        let catalogue = Catalogue { site: &site, vocabularies: &services.vocabularies, own_source: None, at, seq: newest };
        let delivery = if after.is_some() { Delivery::Update(next) } else { Delivery::Full };
        for part in [catalogue.begin(), plan.header, catalogue.services(delivery, &plan.deleted)] {
            output.write_all(part.as_bytes())?;
        }
        let mut write =
            |page: &[StoredRecord]| scope::write(&catalogue, &plan.suppliers, page, &mut |xml| Ok::<(), Broken>(output.write_all(xml.as_bytes())?));
        match plan.changed {
            Some(ids) => {
                for chunk in ids.chunks(usize::try_from(scope::PAGE).unwrap_or(1)) {
                    write(&published(&services.store, chunk)?)?;
                }
            }
            None => {
                let mut last = None;
                loop {
                    let page = scope::page(&services.store, None, last)?;
                    let Some(record) = page.last() else { break };
                    last = Some(record.id);
                    write(&page)?;
                }
            }
        }
        Ok(output.write_all(catalogue.end(delivery).as_bytes())?)
    })
    .await?;
    response.headers_mut().insert(cursor.0, cursor.1);
    if let Some(link) = link {
        response.headers_mut().insert(LINK, HeaderValue::from_str(&link).map_err(ApiError::internal)?);
    }
    stream::named(&mut response, "openqcat.xml");
    Ok(response)
}

/// What a file will hold.
struct Plan {
    header: String,
    suppliers: Suppliers,
    deleted: Vec<String>,
    /// The offers of an update; `None` for all there are.
    changed: Option<Vec<Uuid>>,
    next: Option<i64>,
    more: bool,
    empty: bool,
}

fn everything(catalogue: &Catalogue<'_>, store: &Store) -> Result<Plan, Broken> {
    let (header, suppliers) = scope::suppliers(catalogue, store)?;
    let empty = suppliers.is_empty() || scope::is_empty(catalogue, store, None, &suppliers)?;
    Ok(Plan { header, suppliers, deleted: Vec::new(), changed: None, next: None, more: false, empty })
}

fn since(catalogue: &Catalogue<'_>, store: &Store, after: i64) -> Result<Plan, Broken> {
    let entries = store.read(|connection| changes::after(connection, after, CHANGES, &[RecordKind::Offer]))?;
    let more = i64::try_from(entries.len()).unwrap_or(i64::MAX) == CHANGES;
    let next = entries.last().filter(|_| more).map(|entry| entry.seq);
    // Whether the recipient can know the record already: not if it came into the catalogue meanwhile.
    let mut known: BTreeMap<Uuid, bool> = BTreeMap::new();
    for entry in &entries {
        known.entry(entry.record_id).or_insert(entry.action != ChangeAction::Created);
    }
    let mut plan =
        Plan { header: String::new(), suppliers: Suppliers::new(), deleted: Vec::new(), changed: Some(Vec::new()), next, more, empty: true };
    let ids: Vec<Uuid> = known.keys().copied().collect();
    let mut seen = std::collections::BTreeSet::new();
    for chunk in ids.chunks(usize::try_from(scope::PAGE).unwrap_or(1)) {
        let records = Arc::new(store.read(|connection| records::get_many(connection, chunk))?);
        let owners: Vec<Uuid> = records.iter().filter_map(|record| record.organization_id).filter(|id| seen.insert(*id)).collect();
        let owners = store.read(|connection| records::get_many(connection, &owners))?;
        scope::add(catalogue, &owners, &mut plan.header, &mut plan.suppliers)?;
        for record in records.iter().filter(|record| record.organization_id.is_some_and(|id| plan.suppliers.contains_key(&id))) {
            if known.get(&record.id) == Some(&true) {
                plan.deleted.push(catalogue.product_id(&source_of(record)?));
            }
        }
        let shown: Vec<StoredRecord> = records.iter().filter(|record| record.state == PublicationState::Published).cloned().collect();
        plan.empty &= scope::write(catalogue, &plan.suppliers, &shown, &mut |_| Ok(()))? == 0;
        if let Some(changed) = &mut plan.changed {
            changed.extend(shown.iter().map(|record| record.id));
        }
    }
    plan.empty &= plan.deleted.is_empty();
    Ok(plan)
}

fn published(store: &Store, ids: &[Uuid]) -> Result<Vec<StoredRecord>, Broken> {
    let mut found = store.read(|connection| records::get_many(connection, ids))?;
    found.retain(|record| record.state == PublicationState::Published);
    found.sort_by_key(|record| record.id);
    Ok(found)
}

fn source_of(record: &StoredRecord) -> Result<SourceRef, Broken> {
    #[derive(serde::Deserialize)]
    struct Sourced {
        source: SourceRef,
    }
    Ok(serde_json::from_str::<Sourced>(&record.document)?.source)
}
