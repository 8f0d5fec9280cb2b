//! What a table would become, for people who choose what its columns are.

use super::columns::Columns;
use super::names::suggestion;
use super::{VERSION, grid_of, hand_on};
use crate::collect::Collector;
use crate::{Body, FileError, Item, ReadContext, problems};
use domain::Problem;
use domain::Severity;
use domain::catalogue::{Draft, RecordKind};
use domain::partners::{ImportFormat, TableEncoding, TableField};
use domain::problem::Message;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// As many records are shown.
const RECORDS: usize = 5;
/// As many values of a column are shown, and as many characters of each.
const SAMPLES: usize = 5;
const SAMPLE_CHARS: usize = 120;
/// As many problems are shown.
const PROBLEMS: usize = 200;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableColumn {
    /// Name; unique in the table ("Spalte C" where it has none).
    #[schema(examples("Kurstitel"))]
    pub name: String,
    /// Position, from 0.
    pub index: usize,
    /// Some of its values.
    pub samples: Vec<String>,
    /// The field it probably is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<TableField>,
}

/// Something that is wrong in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableProblem {
    /// Row as a spreadsheet shows it; none if it is the whole table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, examples(17))]
    pub row: Option<u64>,
    /// Letters of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("C"))]
    pub column: Option<String>,
    /// Whether the row would be refused.
    pub severity: Severity,
    /// Stable code.
    #[schema(examples("date-invalid"))]
    pub code: String,
    /// What is wrong.
    pub messages: Message,
}

/// A table and what would become of it.
#[derive(Debug, Clone, Default)]
pub struct TablePreview {
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Rows below the names that say anything.
    pub rows: usize,
    /// Encoding of a text file.
    pub encoding: Option<TableEncoding>,
    /// What stands between the columns of a text file.
    pub delimiter: Option<char>,
    /// Sheets of a workbook.
    pub sheets: Vec<String>,
    /// The first offers that would come of it.
    pub records: Vec<Draft>,
    /// What is wrong, the first 200 of it.
    pub problems: Vec<TableProblem>,
}

/// Looks at a table by the mapping of `context`, or by the documented names. A mapping that does not fit is told among the problems.
pub fn preview(format: ImportFormat, bytes: &[u8], context: &ReadContext) -> Result<TablePreview, FileError> {
    if bytes.len() > context.limits.document_bytes {
        return Err(FileError::new(None, problems::document_too_large(context.limits.document_bytes)));
    }
    let mapping = context.mapping.as_deref();
    let grid = grid_of(format, bytes, mapping, context)?;
    let header = Columns::header(&grid, mapping)?;
    let mut seen: Vec<TableField> = Vec::new();
    let mut columns = Vec::with_capacity(header.all.len());
    for column in &header.all {
        let cells = header.body(&grid).map(|row| row.cell(column.index)).filter(|cell| !cell.is_empty());
        let suggested = suggestion(&column.name).filter(|field| !seen.contains(field));
        seen.extend(suggested);
        columns.push(TableColumn {
            name: column.name.clone(),
            index: column.index,
            samples: cells.take(SAMPLES).map(|cell| cell.chars().take(SAMPLE_CHARS).collect()).collect(),
            suggestion: suggested,
        });
    }
    let mut preview = TablePreview {
        columns,
        rows: header.body(&grid).count(),
        encoding: grid.encoding,
        delimiter: grid.delimiter,
        sheets: grid.sheets.clone(),
        ..TablePreview::default()
    };
    let looked = Columns::find(&grid, mapping).and_then(|columns| {
        let mut sink = |item: Item| {
            preview.take(item);
            Ok(())
        };
        let mut collector = Collector::new(format, VERSION, context, &mut sink);
        hand_on(&grid, &columns, mapping, context, &mut collector)
    });
    if let Err(error) = looked {
        preview.note(Some(error.problem), error.line);
    }
    Ok(preview)
}

impl TablePreview {
    fn take(&mut self, item: Item) {
        let decoded = match &item.body {
            Body::Upsert(draft) => draft.decode(),
            Body::Broken(problems) => Err(problems.clone()),
            Body::Delete => return,
        };
        match decoded {
            Ok((draft, warnings)) => {
                if item.kind == Some(RecordKind::Offer) && self.records.len() < RECORDS {
                    self.records.push(draft);
                }
                self.note(warnings, item.line);
            }
            Err(errors) => self.note(errors, item.line),
        }
    }

    fn note(&mut self, problems: impl IntoIterator<Item = Problem>, line: Option<u64>) {
        let left = PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(left).map(|problem| {
            let mut parts = problem.pointer.split('/').skip(1);
            let row = parts.next().and_then(|row| row.parse().ok()).filter(|row| *row > 0).or(line);
            let letters = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase());
            let column = parts.next().filter(letters).map(str::to_owned);
            TableProblem { row, column, severity: problem.severity, code: problem.code, messages: problem.message }
        }));
    }
}
