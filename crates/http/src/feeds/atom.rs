//! `GET /offers.atom`: any search as a feed.

use crate::catalogue::found;
use crate::catalogue::offers::list::{OfferParameters, read};
use crate::feeds::offers::{Asked, found_offers};
use crate::feeds::{links, site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use exchange::out::atom::{AtomFeed, write};

/// A search as an Atom feed
///
/// Everything that `GET /offers` can search for, to be followed with a feed reader (RFC 4287). Unless `sort` says otherwise the newest
/// offers come first. Each entry carries its licence (`rights`, `link rel="license"`); the next page is `link rel="next"`. An entry keeps its
/// `id` for ever, and `updated` changes only when the offer does.
#[utoipa::path(
    get, path = "/offers.atom", operation_id = "getOfferFeed", tag = "offers", params(OfferParameters), security(()),
    responses(
        (status = 200, description = "A page of the feed.", body = String, content_type = "application/atom+xml",
            example = "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>tag:bildung.example.org,2026:angebote?q=deutsch</id><title>deutsch</title><updated>2026-11-24T04:00:00Z</updated></feed>"),
        problem::Cursors
    )
)]
pub(crate) async fn get_offer_feed(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let mut query = read(&mut parameters);
    let language = parameters.finish()?;
    query.sort = query.sort.or(Some(search::OfferSort::Newest));
    let site = site(&state, &request);
    let validator = validator(&state, &request, language, &site);
    let representation = Representation::public(language, found::changing(&state, validator));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let words = query.text.clone();
    let found = found_offers(&state, Asked { query, limit, language }).await?;
    let heading = language.pick("Bildungsangebote", "Education offers");
    let title = words.map_or_else(|| format!("{heading} – {}", site.name), |words| format!("{words} – {heading} – {}", site.name));
    let essence = links::essence(&request);
    let next = found.next.map(|next| links::with(&site, &request, &[("cursor", Some(next))]));
    let feed = AtomFeed {
        site: &site,
        vocabularies: &state.services.vocabularies,
        language: language.tag(),
        title: &title,
        query: &essence,
        own: &links::with(&site, &request, &[]),
        first: &links::with(&site, &request, &[("cursor", None)]),
        next: next.as_deref(),
        page: &site.address(&format!("/de/angebote?{essence}")),
        empty_since: chrono::DateTime::UNIX_EPOCH,
        offers: &found.offers,
    };
    let body = write(&feed).map_err(ApiError::internal)?;
    Ok(representation.bytes("application/atom+xml; charset=utf-8", body))
}
