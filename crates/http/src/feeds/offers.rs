//! `GET /offers.jsonld`: any search as schema.org.

use crate::catalogue::found;
use crate::catalogue::offers::list::{OfferParameters, read};
use crate::feeds::{links, records, site, validator};
use crate::language::Language;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::{AppState, Question};
use actix_web::http::header::{HeaderValue, LINK};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::Offer;
use exchange::out::jsonld::{JsonLd, list};
use search::OfferQuery;

/// A search for whole records.
pub(crate) struct Asked {
    pub(crate) query: OfferQuery,
    pub(crate) limit: u32,
    pub(crate) language: Language,
}

/// What was found.
pub(crate) struct Found {
    pub(crate) offers: Vec<Offer>,
    pub(crate) next: Option<String>,
    pub(crate) total: u64,
}

/// Searches, then reads the records of the page.
pub(crate) async fn found_offers(state: &web::Data<AppState>, asked: Asked) -> Result<Found, ApiError> {
    let mut query = OfferQuery { limit: found::large(asked.limit), facets: false, ..asked.query };
    asked.language.tag().clone_into(&mut query.language);
    let (now, question) = (state.now(), Question::of_list(query.text.is_some(), false));
    let page = state.search(question, move |index| index.offers(&query, now)).await?;
    let ids = records::ids(&page.items).map_err(ApiError::internal)?;
    let offers = state.read(move |connection| records::in_order::<Offer>(connection, &ids)).await?;
    Ok(Found { offers, next: page.next, total: page.total })
}

/// A search in JSON-LD
///
/// Everything that `GET /offers` can search for, as an `ItemList` of schema.org with whole offers (`Course`, `Event`, `Service`). The next page
/// is in the header `Link` with `rel="next"`. Each offer names its licence in `mainEntityOfPage`.
#[utoipa::path(
    get, path = "/offers.jsonld", operation_id = "getOfferJsonLdList", tag = "offers", params(OfferParameters), security(()),
    responses(
        (status = 200, description = "A page of offers.", body = Object, content_type = "application/ld+json", headers(("Link" = String, description = "The next page, if there is one.")), example = json!({
            "@context": "https://schema.org", "@type": "ItemList", "name": "Bildungsangebote", "numberOfItems": 1,
            "itemListElement": [{ "@type": "ListItem", "position": 1, "item": { "@type": "Course", "name": "Deutsch A1" } }]
        })),
        problem::Cursors
    )
)]
pub(crate) async fn get_offer_json_ld_list(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let query = read(&mut parameters);
    let language = parameters.finish()?;
    let site = site(&state, &request);
    let validator = validator(&state, &request, language, &site);
    let representation = Representation::public(language, found::changing(&state, validator));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let found = found_offers(&state, Asked { query, limit, language }).await?;
    let writer = JsonLd { site: &site, vocabularies: &state.services.vocabularies, language: language.tag() };
    let nodes = found.offers.iter().map(|offer| writer.offer(offer)).collect();
    let body = list(language.pick("Bildungsangebote", "Education offers"), found.total, nodes);
    let mut response = representation.bytes("application/ld+json", body.to_string());
    if let Some(next) = found.next {
        let address = links::with(&site, &request, &[("cursor", Some(next))]);
        let link = HeaderValue::from_str(&format!("<{address}>; rel=\"next\"")).map_err(ApiError::internal)?;
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}
