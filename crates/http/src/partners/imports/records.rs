//! `GET /sources/{source}/imports/{id}/records`: what an import did to each record.

use crate::access::{Access, May};
use crate::catalogue::{document, found};
use crate::cursor;
use crate::list::Page;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadImports;
use domain::partners::{ChangeAction, ImportRecord};
use persistence::access::owned_source;
use persistence::imports;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// A page of records that an import touched.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ImportRecordList {
    /// The records, in order of their ids.
    pub data: Vec<ImportRecord>,
    /// Where the list stands.
    pub page: Page,
}

/// Parameters of the list of records that an import touched.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "documents parameters that are read by name")]
pub struct ImportRecordParameters {
    /// Only records to which this happened.
    pub action: Option<ChangeAction>,
    /// Entries per page; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Continues a list: `page.next` of the page before.
    pub cursor: Option<String>,
    /// Language of errors; overrides `Accept-Language`.
    #[param(example = "de")]
    pub lang: Option<String>,
}

/// List what an import did to each record
///
/// Created, changed and withdrawn records; unchanged ones are only counted. Of a dry run, and of an import that waits, it is what would happen: the
/// first 50,000 records, and created ones have no id yet. Kept for 90 days.
#[utoipa::path(
    get, path = "/sources/{source}/imports/{id}/records", operation_id = "listImportRecords", tag = "imports",
    params(crate::params::SourceKey, crate::params::ImportId, ImportRecordParameters),
    responses(
        (status = 200, description = "A page of records.", body = ImportRecordList, content_type = "application/json", example = json!({
            "data": [{ "recordId": "019ab1c2-0000-7000-8000-000000000001", "kind": "offer", "externalId": "27F40600", "action": "changed", "version": 4,
                "name": "Deutsch für den Beruf" }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors, problem::Missing
    )
)]
pub(crate) async fn list_import_records(
    access: Access<May<ReadImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let action = parameters.one("action", ChangeAction::from_str);
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint(&format!("records {}", request.match_info().query("id")));
    let language = parameters.finish()?;
    let (actor, key, id, now) = (access.actor().clone(), source_key(&request), document::id_of(&request)?, state.now());
    let after = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?;
    let (mut found, total) = state
        .read(move |connection| {
            let source = owned_source::<ReadImports>(connection, &actor, &key, now)?;
            imports::reported(connection, &source, id, action, after, i64::from(limit) + 1)
        })
        .await?;
    let next = found::next_page(&mut found, limit, |(id, _)| cursor::encode(list, &id.to_string()));
    let data = found.into_iter().map(|(_, record)| record).collect();
    private_json(&request, language, &ImportRecordList { data, page: Page { next, limit, total: u64::try_from(total).unwrap_or(0) } })
}
