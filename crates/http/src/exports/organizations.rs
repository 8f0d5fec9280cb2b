//! `GET /organizations.csv`: any search for organisations as a table.

use super::{stream, table};
use crate::catalogue::found;
use crate::catalogue::organizations::list::{OrganizationParameters, read};
use crate::feeds::{site, validator};
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::Representation;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::catalogue::Organization;
use exchange::out::csv::{Table, organization_row};
use std::sync::Arc;

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
    (query.cursor, query.limit, query.facets) = (None, table::STEP, false);
    let site = site(&state, &request);
    let representation = Representation::public(language, found::changing(&state, validator(&state, &request, language, &site)));
    if let Some(unchanged) = representation.unchanged(&request) {
        return Ok(unchanged);
    }
    let (index, services, now) = (Arc::clone(&state.index), state.services.clone(), state.now());
    let mut response = stream::respond(&state, &representation, table::KIND, move |output| {
        let columns = Table { site: &site, vocabularies: &services.vocabularies, language: language.tag(), at: now };
        output.write_all(columns.organization_head().as_bytes())?;
        let search = |cursor| {
            query.cursor = cursor;
            let page = index.organizations(&query, now)?;
            Ok((page.items, page.next))
        };
        table::rows::<Organization>(&services.store, search, |record| output.write_all(organization_row(&columns, record).as_bytes()))
    })
    .await?;
    stream::named(&mut response, "einrichtungen.csv");
    Ok(response)
}
