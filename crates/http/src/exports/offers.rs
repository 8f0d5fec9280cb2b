//! `GET /offers.csv`: any search as a table.

use super::stream;
use crate::catalogue::found;
use crate::catalogue::offers::list::{OfferParameters, read};
use crate::feeds::{records, site};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::catalogue::Offer;
use exchange::out::csv::{Table, offer_row};
use serde::Deserialize;
use std::sync::Arc;

/// Rows of a table at most.
const ROWS: usize = 20_000;

/// Offers asked for at a time.
const STEP: usize = 500;

/// The part of an item of the index that is needed here.
#[derive(Deserialize)]
pub(super) struct Identified {
    pub(super) id: Uuid,
}

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
    (query.cursor, query.limit, query.facets) = (None, STEP, false);
    let site = site(&state, &request);
    let representation = Representation::public(language, found::changing(&state, Validator::new(&request, language).and(&*site.base)));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (index, services, now) = (Arc::clone(&state.index), state.services.clone(), state.now());
    let mut response = stream::respond(&state, &representation, "text/csv; charset=utf-8; header=present", move |output| {
        let table = Table { site: &site, vocabularies: &services.vocabularies, language: language.tag(), at: now };
        output.write_all(table.offer_head().as_bytes())?;
        let mut left = ROWS;
        while left > 0 {
            let page = index.offers(&query, now)?;
            let ids: Result<Vec<Uuid>, _> =
                page.items.iter().map(|item| serde_json::from_str::<Identified>(item.get()).map(|item| item.id)).collect();
            let mut ids = ids?;
            ids.truncate(left);
            left -= ids.len();
            for offer in services.store.read(|connection| records::in_order::<Offer>(connection, &ids))? {
                output.write_all(offer_row(&table, &offer).as_bytes())?;
            }
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => break,
            }
        }
        Ok(())
    })
    .await?;
    stream::named(&mut response, "angebote.csv");
    Ok(response)
}
