//! `GET /sources/{source}/imports/{id}/problems`: what was wrong with an import's records.

use super::list::PageParameters;
use crate::list::Page;
use crate::problem;
use domain::catalogue::RecordKind;
use domain::problem::{Message, Severity};
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
    get, path = "/sources/{source}/imports/{id}/problems", operation_id = "listImportProblems", tag = "imports", security(("sourceSecret" = [])),
    params(crate::params::SourceKey, crate::params::ImportId, PageParameters),
    responses(
        (status = 200, description = "A page of problems.", body = ImportProblemList, content_type = "application/json", example = json!({
            "data": [{ "line": 17, "recordKind": "offer", "recordId": "27F40600", "severity": "error", "pointer": "/topics/0", "code": "concept-unknown",
                "message": "“cooking” is not in the vocabulary topics.", "messages": { "de": "„cooking“ steht nicht im Vokabular topics.",
                "en": "“cooking” is not in the vocabulary topics." } }],
            "page": { "next": null, "limit": 20, "total": 1 }
        })),
        problem::Cursors, problem::OfSources
    )
)]
pub async fn list_import_problems() {}
