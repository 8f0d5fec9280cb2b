//! `GET /hsds/services`: standing services.

use super::{numbered, writer};
use crate::catalogue::found;
use crate::feeds::roll::{self, Roll};
use crate::feeds::{records, site, validator};
use crate::problem::{self, ApiError};
use crate::query::{Query, uuid};
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::catalogue::{Offer, Organization};
use exchange::out::hsds::{Provider, page, service, service_in_full};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use utoipa::IntoParams;

/// Parameters of the list of services.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub(crate) struct HsdsServiceParameters {
    /// Words to be found.
    #[param(max_length = 200, example = "beratung")]
    search: Option<String>,
    /// Only services of this organisation.
    organization_id: Option<Uuid>,
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 1_000_000, example = 1)]
    page: Option<u64>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100, example = 20)]
    per_page: Option<u64>,
    /// `true`: each service with everything around it.
    full: Option<bool>,
    /// `true` also hands out invented records.
    example: Option<bool>,
    /// Language of names and descriptions; overrides `Accept-Language`.
    #[param(example = "de")]
    lang: Option<String>,
}

/// Standing services
///
/// Offers that stand and need no date (counselling, services, open groups) as services of Open Referral HSDS 3.0, in order of id. Without `full`
/// each has only what it says itself. The licence of a full record is its attribute `record_licence`.
#[utoipa::path(
    get, path = "/hsds/services", operation_id = "listHsdsServices", tag = "services", params(HsdsServiceParameters), security(()),
    responses(
        (status = 200, description = "A page of services.", body = Object, content_type = "application/json", example = json!({
            "total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "first_page": true, "last_page": true, "empty": false,
            "contents": [{ "id": "019ab1c2-0000-7000-8000-000000000001", "name": "Bildungsberatung", "status": "active" }]
        })),
        problem::Parameters
    )
)]
pub(crate) async fn list_hsds_services(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let words = parameters.words("search", 200);
    let organization = parameters.one("organization_id", uuid);
    let asked = numbered(&mut parameters);
    let examples = parameters.flag("example").unwrap_or(false);
    let language = parameters.finish()?;
    let site = site(&state, &request);
    let validator = found::changing(&state, validator(&state, &request, language, &site));
    let representation = Representation::public(language, validator);
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let all: Arc<[Uuid]> = if words.is_none() && organization.is_none() {
        roll::call(&state, Roll::Standing, examples).await?
    } else {
        let mut query = Roll::Standing.query(examples);
        query.text = words;
        query.organizations = organization.into_iter().collect();
        let (shared, now) = (web::Data::clone(&state), state.now());
        state.searching.run(move || roll::walk(&shared.index, query, now)).await?.into()
    };
    let ids = roll::page(&all, asked.number, asked.size);
    let full = asked.full;
    let (offers, known) = state
        .read(move |connection| {
            let offers: Vec<Offer> = records::in_order(connection, &ids)?;
            let from: BTreeSet<Uuid> = offers.iter().filter(|_| full).map(|offer| offer.organization.id).collect();
            let from: Vec<Uuid> = from.into_iter().collect();
            let known: Vec<Organization> = records::in_order(connection, &from)?;
            Ok((offers, known))
        })
        .await?;
    let known: HashMap<Uuid, Organization> = known.into_iter().map(|organization| (organization.meta.id, organization)).collect();
    let writer = writer(&state, &site, language.tag());
    let contents = offers.iter().map(|offer| match full {
        true => service_in_full(&writer, offer, known.get(&offer.organization.id).map_or(Provider::Summary, Provider::Known)),
        false => service(&writer, offer),
    });
    let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
    representation.json(&page(contents.collect(), asked.number, asked.size, total))
}
