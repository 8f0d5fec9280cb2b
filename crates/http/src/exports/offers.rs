//! `GET /offers.csv`: any search as a table.

use super::{stream, table};
use crate::catalogue::found;
use crate::catalogue::offers::list::{OfferParameters, read};
use crate::feeds::{site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::Offer;
use exchange::out::csv::{Table, offer_row};
use std::sync::Arc;

/// A search as a table
///
/// Everything that `GET /offers` can search for, one offer a row with its next run, for spreadsheets: UTF-8 with a byte order mark, `;` between
/// cells, headings and names in the language of the request. A cell that begins like a formula has a `'` in front. Every row names its licence.
/// At most 20,000 rows; `limit` and `cursor` are ignored. The whole catalogue is among the dumps.
#[utoipa::path(
    get, path = "/offers.csv", operation_id = "getOfferTable", tag = "exports", params(OfferParameters), security(()),
    responses(
        (status = 200, description = "The table.", body = String, content_type = "text/csv", example = "\u{feff}\"Titel\";\"Kurzbeschreibung\"\r\n\"Deutsch A1\";\"Für Menschen ohne Vorkenntnisse.\"\r\n"),
        problem::Cursors
    )
)]
pub(crate) async fn get_offer_table(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    parameters.limit(20, 100);
    let mut query = read(&mut parameters);
    let language = parameters.finish()?;
    language.tag().clone_into(&mut query.language);
    (query.cursor, query.limit, query.facets) = (None, table::STEP, false);
    let site = site(&state, &request);
    let representation = Representation::public(language, found::changing(&state, validator(&state, &request, language, &site)));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (index, services, now) = (Arc::clone(&state.index), state.services.clone(), state.now());
    let mut response = stream::respond(&state, &representation, table::KIND, move |output| {
        let columns = Table { site: &site, vocabularies: &services.vocabularies, language: language.tag(), at: now };
        output.write_all(columns.offer_head().as_bytes())?;
        let search = |cursor| {
            query.cursor = cursor;
            let page = index.offers(&query, now)?;
            Ok((page.items, page.next))
        };
        table::rows::<Offer>(&services.store, search, |record| output.write_all(offer_row(&columns, record).as_bytes()))
    })
    .await?;
    stream::named(&mut response, "angebote.csv");
    Ok(response)
}
