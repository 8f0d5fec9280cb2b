//! RFC 9457 `application/problem+json`: the one shape of every error.

mod documented;
mod error;
mod render;

pub(crate) use documented::*;
pub(crate) use error::ApiError;
pub(crate) use render::problems;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What went wrong (RFC 9457). `code` is stable; texts are in the language of the request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProblemDetails {
    /// Identifies the kind of problem: `/problems/` and the code.
    #[serde(rename = "type")]
    #[schema(examples("/problems/parameter-invalid"))]
    pub kind: String,
    /// The kind of problem in words.
    #[schema(examples("Ein Parameter hat einen ungültigen Wert."))]
    pub title: String,
    /// HTTP status.
    #[schema(minimum = 400, maximum = 599, examples(400))]
    pub status: u16,
    /// Stable code.
    #[schema(examples("parameter-invalid"))]
    pub code: String,
    /// What is special about this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Finds this request in the server's log.
    #[schema(examples("019ab1c2-7f4e-7d50-8a53-0f5c1f6f2f10"))]
    pub trace_id: String,
    /// Everything that is wrong with the input, all at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The failed import, where a file was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<domain::partners::Import>,
}

/// One thing that is wrong with the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where: `/query/<parameter>`, `/path/<parameter>`, `/header/<name>` or a JSON pointer into the body.
    #[schema(examples("/query/radius"))]
    pub pointer: String,
    /// Stable code.
    #[schema(examples("number-out-of-range"))]
    pub code: String,
    /// What is wrong, and what would be right.
    #[schema(examples("Erlaubt ist 1 bis 200."))]
    pub message: String,
}
