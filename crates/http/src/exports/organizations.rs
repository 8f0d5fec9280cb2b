//! `GET /organizations.csv`: any search for organisations as a table.

use super::offers::Identified;
use super::stream;
use crate::catalogue::found;
use crate::catalogue::organizations::list::{OrganizationParameters, read};
use crate::feeds::{records, site};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::{Representation, Validator};
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::Uuid;
use domain::catalogue::Organization;
use exchange::out::csv::{Table, organization_row};
use std::sync::Arc;

/// Rows of a table at most.
const ROWS: usize = 20_000;

/// Organisations asked for at a time.
const STEP: usize = 500;

/// A search for organisations as a table
///
/// Everything that `GET /organizations` can search for, one a row, made like `GET /offers.csv`. At most 20,000 rows; `limit` and `cursor` are
/// ignored.
#[utoipa::path(
    get, path = "/organizations.csv", operation_id = "getOrganizationTable", tag = "exports", params(OrganizationParameters), security(()),
    responses(
        (status = 200, description = "The table.", body = String, content_type = "text/csv", example = "\u{feff}\"Name\";\"Kurzbeschreibung\"\r\n\"Kreisvolkshochschule\";\"\"\r\n"),
        problem::Cursors
    )
)]
pub(crate) async fn get_organization_table(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
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
        output.write_all(table.organization_head().as_bytes())?;
        let mut left = ROWS;
        while left > 0 {
            let page = index.organizations(&query, now)?;
            let ids: Result<Vec<Uuid>, _> =
                page.items.iter().map(|item| serde_json::from_str::<Identified>(item.get()).map(|item| item.id)).collect();
            let mut ids = ids?;
            ids.truncate(left);
            left -= ids.len();
            for organization in services.store.read(|connection| records::in_order::<Organization>(connection, &ids))? {
                output.write_all(organization_row(&table, &organization).as_bytes())?;
            }
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => break,
            }
        }
        Ok(())
    })
    .await?;
    stream::named(&mut response, "einrichtungen.csv");
    Ok(response)
}
