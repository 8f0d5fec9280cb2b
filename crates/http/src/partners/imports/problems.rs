//! `GET /sources/{source}/imports/{id}/problems`: what was wrong with an import's records.

use super::list::PageParameters;
use crate::access::{Access, May};
use crate::catalogue::{document, found};
use crate::cursor;
use crate::language::Language;
use crate::list::Page;
use crate::partners::source_key;
use crate::problem::{self, ApiError};
use crate::query::Query;
use crate::respond::private_json;
use crate::state::AppState;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::accounts::may::ReadImports;
use domain::catalogue::RecordKind;
use domain::partners::ImportProblem;
use domain::problem::{Message, Severity};
use persistence::access::owned_source;
use persistence::imports;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A page of problems.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ImportProblemList {
    /// The problems in the order of the file.
    pub data: Vec<ImportProblemItem>,
    /// Where the list stands.
    pub page: Page,
}

/// A problem of one record of an import.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportProblemItem {
    /// Line of the file on which the record begins, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Kind of the record, if it could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_kind: Option<RecordKind>,
    /// The record's identifier at the source, if it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// Whether the record was refused, or only taken with a loss.
    pub severity: Severity,
    /// JSON pointer (RFC 6901) or XPath-like place inside the record.
    #[schema(examples("/runs/0/start"))]
    pub pointer: String,
    /// Stable code.
    #[schema(examples("concept-unknown"))]
    pub code: String,
    /// What is wrong, and what would be right, in the language of the request.
    pub message: String,
    /// The same in both languages.
    pub messages: Message,
}

/// List the problems of an import
///
/// Errors and warnings of single records in the order of the file, each with line, identifier, place, code and message.
#[utoipa::path(
    get, path = "/sources/{source}/imports/{id}/problems", operation_id = "listImportProblems", tag = "imports",
    params(crate::params::SourceKey, crate::params::ImportId, PageParameters),
    responses(
        (status = 200, description = "A page of problems.", body = ImportProblemList, content_type = "application/json", example = json!({
            "data": [{ "line": 17, "recordKind": "offer", "recordId": "27F40600", "severity": "error", "pointer": "/topics/0", "code": "concept-unknown",
                "message": "“cooking” is not in the vocabulary topics.", "messages": { "de": "„cooking“ steht nicht im Vokabular topics.",
                "en": "“cooking” is not in the vocabulary topics." } }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors, problem::Missing
    )
)]
pub(crate) async fn list_import_problems(
    access: Access<May<ReadImports>>,
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut parameters = Query::new(&state, &request);
    let limit = parameters.limit(20, 100);
    let cursor = parameters.cursor();
    let list = parameters.fingerprint(&format!("problems {}", request.match_info().query("id")));
    let language = parameters.finish()?;
    let (actor, key, id, now) = (access.actor().clone(), source_key(&request), document::id_of(&request)?, state.now());
    let after = cursor.map(|cursor| cursor::decode(list, &cursor, |text| text.parse().ok())).transpose()?.unwrap_or(-1);
    let (mut found, total) = state
        .read(move |connection| {
            let source = owned_source::<ReadImports>(connection, &actor, &key, now)?;
            Ok((imports::problems(connection, &source, id, after, i64::from(limit) + 1)?, imports::problems_kept(connection, &source, id)?))
        })
        .await?;
    let next = found::next_page(&mut found, limit, |(ordinal, _)| cursor::encode(list, &ordinal.to_string()));
    let data = found.into_iter().map(|(_, problem)| item(problem, language)).collect();
    private_json(&request, language, &ImportProblemList { data, page: Page { next, limit, total: u64::try_from(total).unwrap_or(0) } })
}

fn item(found: ImportProblem, language: Language) -> ImportProblemItem {
    let ImportProblem { line, record_kind, record_id, problem } = found;
    ImportProblemItem {
        line,
        record_kind,
        record_id,
        severity: problem.severity,
        pointer: problem.pointer,
        code: problem.code,
        message: language.choose(&problem.message).to_owned(),
        messages: problem.message,
    }
}
