//! Columns of a source's tables: what they are, and what would become of a table.

pub mod get;
pub mod preview;
pub mod put;

use domain::partners::{TableEncoding, TableField};
use domain::problem::Message;
use exchange::{TableColumn, TablePreview, TableProblem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field that a column can be.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MappingField {
    /// Code of the field.
    #[schema(examples("title"))]
    pub field: TableField,
    /// What people call it.
    pub label: Message,
    /// Whether every record needs it.
    pub required: bool,
    /// Whether a cell may hold several values.
    pub many: bool,
}

/// A table, and what would become of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MappingPreview {
    /// Columns of the table.
    pub columns: Vec<TableColumn>,
    /// Rows below the names that say anything.
    pub rows: usize,
    /// Encoding of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<TableEncoding>,
    /// What stands between the columns of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples(";"))]
    pub delimiter: Option<String>,
    /// Sheets of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheets: Option<Vec<String>>,
    /// All fields that a column can be.
    pub fields: Vec<MappingField>,
    /// The first five offers as they would be read, in the form of our own format (`docs/formats/ndjson.md`).
    #[schema(value_type = Vec<Object>)]
    pub records: Vec<serde_json::Value>,
    /// What is wrong, by row and column; at most 200 of it.
    pub problems: Vec<TableProblem>,
}

fn view(preview: TablePreview) -> Result<MappingPreview, serde_json::Error> {
    let TablePreview { columns, rows, encoding, delimiter, sheets, records, problems } = preview;
    let field = |field: &TableField| MappingField { field: *field, label: field.label(), required: field.required(), many: field.many() };
    Ok(MappingPreview {
        columns,
        rows,
        encoding,
        delimiter: delimiter.map(String::from),
        sheets: Some(sheets).filter(|sheets| !sheets.is_empty()),
        fields: TableField::ALL.iter().map(field).collect(),
        records: records.iter().map(serde_json::to_value).collect::<Result<_, _>>()?,
        problems,
    })
}
