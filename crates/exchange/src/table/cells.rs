//! The cells of a row by field, and what is kept of a row.

use super::columns::Columns;
use super::grid::{Row, letters};
use crate::mapping::PlaceParts;
use crate::{Decoded, problems};
use domain::Problem;
use domain::partners::{ColumnMapping, MappedColumn, TableField};
use domain::problem::ValueError;
use domain::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A cell that says something.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CellOf {
    /// Letters of the column; empty for what is the same everywhere.
    #[serde(rename = "c", default, skip_serializing_if = "String::is_empty")]
    pub(super) column: String,
    /// Name of the column.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    /// Its values, translated.
    #[serde(rename = "v")]
    pub(super) values: Vec<String>,
}

/// A row by field.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RowOf {
    /// Number as a spreadsheet shows it.
    pub(super) row: u64,
    pub(super) cells: BTreeMap<TableField, CellOf>,
}

impl RowOf {
    pub(super) fn read(row: &Row, columns: &Columns, mapping: Option<&ColumnMapping>) -> Self {
        let mut cells = BTreeMap::new();
        for (field, index, mapped) in &columns.fields {
            let values = values(row.cell(*index), *field, mapped.as_ref());
            if !values.is_empty() {
                cells.insert(*field, CellOf { column: letters(*index), name: columns.name(*index).to_owned(), values });
            }
        }
        // Rows of nothing else are no rows.
        if !cells.is_empty() {
            for (field, text) in mapping.into_iter().flat_map(|mapping| &mapping.fixed).filter(|(_, text)| !text.trim().is_empty()) {
                let values = values(text, *field, None);
                cells.entry(*field).or_insert(CellOf { column: String::new(), name: field.label().de, values });
            }
        }
        Self { row: row.number, cells }
    }

    pub(super) fn says_something(&self) -> bool {
        !self.cells.is_empty()
    }

    pub(super) fn cell(&self, field: TableField) -> Option<&CellOf> {
        self.cells.get(&field)
    }

    pub(super) fn text(&self, field: TableField) -> Option<&str> {
        self.cell(field)?.values.first().map(String::as_str)
    }

    pub(super) fn place(&self) -> PlaceParts<'_> {
        PlaceParts {
            name: self.text(TableField::Place),
            street: self.text(TableField::Street),
            postal_code: self.text(TableField::PostalCode),
            locality: self.text(TableField::Locality),
            district: self.text(TableField::District),
            country: None,
        }
    }

    /// Only these fields.
    pub(super) fn only(&self, fields: &[TableField]) -> Self {
        let cells = self.cells.iter().filter(|(field, _)| fields.contains(field)).map(|(field, cell)| (*field, cell.clone())).collect();
        Self { row: self.row, cells }
    }

    /// What it says, wherever it stands.
    fn essence(&self) -> BTreeMap<TableField, &[String]> {
        self.cells.iter().map(|(field, cell)| (*field, cell.values.as_slice())).collect()
    }
}

/// The values of a cell: separated, and translated as a whole or one by one.
fn values(text: &str, field: TableField, mapped: Option<&MappedColumn>) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() {
        return vec![];
    }
    let translate = |word: &str| -> Option<String> {
        let folded = fold(word.trim());
        mapped?.values.iter().find(|(from, _)| fold(from.trim()) == folded).map(|(_, to)| to.trim().to_owned())
    };
    let separator = mapped.and_then(|mapped| mapped.separator.as_deref());
    let parts: Vec<&str> = match (translate(text), separator) {
        (Some(whole), _) => {
            return if field.many() {
                split(&whole).map(str::to_owned).collect()
            } else {
                Some(whole).filter(|w| !w.is_empty()).into_iter().collect()
            };
        }
        (None, Some(separator)) => text.split(separator).collect(),
        (None, None) if field.many() => split(text).collect(),
        (None, None) => vec![text],
    };
    parts.into_iter().map(str::trim).map(|part| translate(part).unwrap_or_else(|| part.to_owned())).filter(|part| !part.is_empty()).collect()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// An offer with its rows, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) organization: String,
    pub(super) rows: Vec<RowOf>,
    /// Columns that nothing was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) strange: Option<String>,
}

impl Record {
    pub(super) fn payload(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// What has to change for the offer to change: not the number of its row, nor the order of columns.
    pub(super) fn essence(&self) -> String {
        let rows: Vec<_> = self.rows.iter().map(RowOf::essence).collect();
        serde_json::json!([self.id, self.organization, rows]).to_string()
    }

    /// Says of every problem in which cell it is.
    pub(super) fn placed(&self, decoded: Decoded) -> Decoded {
        place(&self.rows, decoded)
    }
}

/// Turns `/17/C/Beginn/…` into `/17/C` and a message that says so.
pub(super) fn place(rows: &[RowOf], decoded: Decoded) -> Decoded {
    let first = rows.first().map_or(0, |row| row.row);
    let placed = |problem: Problem| {
        let Problem { severity, pointer, code, message } = problem;
        let value = ValueError::new(&code, message.de, message.en);
        let mut parts = pointer.split('/').skip(1);
        let row = parts.next().and_then(|row| row.parse::<u64>().ok()).unwrap_or(first);
        let (column, name) = (parts.next().unwrap_or_default().to_owned(), parts.next().unwrap_or_default().replace("~1", "/").replace("~0", "~"));
        let (pointer, value) = if column.is_empty() && name.is_empty() {
            (format!("/{row}"), problems::in_row(row, value))
        } else {
            (format!("/{row}/{column}"), problems::in_cell(row, &column, &name, value))
        };
        Problem { severity, ..Problem::error(pointer, value) }
    };
    match decoded {
        Ok((draft, warnings)) => Ok((draft, warnings.into_iter().map(placed).collect())),
        Err(errors) => Err(errors.into_iter().map(placed).collect()),
    }
}
