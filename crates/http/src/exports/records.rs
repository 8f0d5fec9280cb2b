//! `GET /sources/{source}/records.ndjson`: what a source has here, as it would be handed in.

use super::stream::{self, Broken};
use crate::access::{Access, May};
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::accounts::may::ReadSources;
use domain::catalogue::{Draft, Offer, RecordKind};
use domain::text::ExternalId;
use exchange::out::ndjson::{self, ExternalIds};
use persistence::access::owned_source;
use persistence::dumps;
use persistence::records::StoredRecord;
use std::collections::HashMap;

/// Records read at a time.
const PAGE: i64 = 500;

struct Known(HashMap<Uuid, ExternalId>);

impl ExternalIds for Known {
    fn of(&self, id: Uuid) -> Option<ExternalId> {
        self.0.get(&id).cloned()
    }
}

/// Export the records of a source
///
/// Every published record of the source as a line of the own exchange format, under its own identifiers, with what was edited here. Handing the
/// file in again changes nothing. Withdrawn records are not in it.
#[utoipa::path(
    get, path = "/sources/{source}/records.ndjson", operation_id = "exportRecords", tag = "partners",
    params(crate::params::SourceKey, crate::params::Lang),
    responses(
        (status = 200, description = "The records.", body = String, content_type = "application/x-ndjson",
            example = "{\"type\":\"organization\",\"externalId\":\"kvhs\",\"name\":\"Kreisvolkshochschule\",\"kind\":\"adult-education-centre\",\"licence\":\"cc-by/4.0\"}\n"),
        problem::Parameters, problem::Missing
    )
)]
pub(crate) async fn export_records(
    access: Access<May<ReadSources>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = Query::none(&state, &request)?;
    let (actor, key, now) = (access.actor().clone(), source_key(&request), state.now());
    let (asked, named) = (actor.clone(), key.clone());
    let seq = state
        .read(move |connection| {
            owned_source::<ReadSources>(connection, &asked, &named, now)?;
            persistence::changes::last_seq(connection)
        })
        .await?;
    let representation = Representation::private(language, Validator::new(&request, language).number(seq));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let store = state.services.store.clone();
    let file = format!("{key}.ndjson");
    let mut response = stream::respond(&state, &representation, "application/x-ndjson", move |output| {
        for kind in RecordKind::ALL {
            let mut after = String::new();
            loop {
                // Asked anew for every page: whoever loses the right meanwhile gets no more.
                let page = store.read(|connection| {
                    let source = owned_source::<ReadSources>(connection, &actor, &key, now)?;
                    dumps::of_source(connection, &source, *kind, &after, PAGE)
                })?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.external_id);
                for draft in drafts(&store, &page)? {
                    ndjson::write(&draft, output)?;
                }
            }
        }
        Ok(())
    })
    .await?;
    stream::named(&mut response, &file);
    Ok(response)
}

fn drafts(store: &persistence::Store, page: &[StoredRecord]) -> Result<Vec<Draft>, Broken> {
    let mut drafts = Vec::with_capacity(page.len());
    let mut offers: Vec<Offer> = Vec::new();
    for record in page {
        match record.kind {
            RecordKind::Organization => drafts.push(ndjson::organization(serde_json::from_str(&record.document)?)?),
            RecordKind::Place => drafts.push(ndjson::place(serde_json::from_str(&record.document)?)?),
            RecordKind::Offer => offers.push(serde_json::from_str(&record.document)?),
        }
    }
    let mut ids: Vec<Uuid> = offers.iter().map(|offer| offer.organization.id).collect();
    ids.extend(offers.iter().flat_map(|offer| offer.places().into_iter().map(|place| place.id).collect::<Vec<_>>()));
    ids.sort_unstable();
    ids.dedup();
    let known = Known(store.read(|connection| dumps::external_ids(connection, &ids))?);
    for offer in offers {
        drafts.push(ndjson::offer(offer, &known)?);
    }
    Ok(drafts)
}
