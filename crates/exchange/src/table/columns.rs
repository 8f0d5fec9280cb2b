//! Which column is which field.

use super::grid::{Grid, Row, letters};
use super::names::{field_of, normal};
use crate::{FileError, problems};
use domain::partners::{ColumnMapping, MappedColumn, TableField};
use domain::problem::ValueError;
use std::collections::HashSet;

/// Rows among which the names are looked for.
const HEAD: usize = 20;

/// A column of the table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) index: usize,
    /// Name, unique in the table: without one, "Spalte C".
    pub(super) name: String,
}

#[derive(Debug)]
pub(super) struct Columns {
    /// All of them, in order.
    pub(super) all: Vec<Column>,
    /// Fields, each with its column and, if there is a mapping, the line of it.
    pub(super) fields: Vec<(TableField, usize, Option<MappedColumn>)>,
    /// Fields that are the same everywhere.
    fixed: HashSet<TableField>,
    /// Number of the row with the names.
    header: u64,
    mapped: bool,
    filled: HashSet<usize>,
}

impl Columns {
    /// Finds the row with the names and what they are. A table that lacks a column of its mapping is not the table it was made for.
    pub(super) fn find(grid: &Grid, mapping: Option<&ColumnMapping>) -> Result<Self, FileError> {
        let mut columns = Self::header(grid, mapping)?;
        match mapping {
            Some(mapping) => {
                for mapped in &mapping.columns {
                    let Some(column) = columns.all.iter().find(|column| normal(&column.name) == normal(&mapped.column)) else {
                        return Err(FileError::new(Some(columns.header), problems::column_missing(&mapped.column, &columns.names())));
                    };
                    columns.fields.push((mapped.field, column.index, Some(mapped.clone())));
                }
                columns.fixed = mapping.fixed.keys().copied().collect();
            }
            None => {
                for column in &columns.all {
                    let known = field_of(&column.name).filter(|field| columns.fields.iter().all(|(other, ..)| other != field));
                    columns.fields.extend(known.map(|field| (field, column.index, None)));
                }
            }
        }
        if !columns.has(TableField::Title) {
            return Err(FileError::new(Some(columns.header), problems::column_missing("title", &columns.names())));
        }
        Ok(columns)
    }

    /// The names of the columns; nothing is asked of them yet.
    pub(super) fn header(grid: &Grid, mapping: Option<&ColumnMapping>) -> Result<Self, FileError> {
        let stated = mapping.and_then(|mapping| mapping.header_row).map(u64::from);
        let wanted: HashSet<String> = mapping.into_iter().flat_map(|mapping| &mapping.columns).map(|column| normal(&column.column)).collect();
        let known = |row: &&Row| {
            let names = row.cells.iter().filter(|name| wanted.contains(&normal(name)) || (wanted.is_empty() && field_of(name).is_some()));
            names.count() >= wanted.len().clamp(1, 2)
        };
        let row = match stated {
            Some(number) => grid.rows.iter().find(|row| row.number == number),
            None => grid.rows.iter().take(HEAD).find(known).or(grid.rows.first()),
        };
        let Some(row) = row else { return Err(FileError::new(stated, problems::file_empty())) };
        let body = || grid.rows.iter().filter(|other| other.number > row.number);
        let width = body().map(|row| row.cells.len()).chain([row.cells.len()]).max().unwrap_or_default();
        let filled: HashSet<usize> =
            body().flat_map(|row| row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).map(|(index, _)| index)).collect();
        let mut seen = HashSet::new();
        let all = (0..width)
            .filter(|index| !row.cell(*index).is_empty() || filled.contains(index))
            .map(|index| {
                let stated = row.cell(index).split_whitespace().collect::<Vec<_>>().join(" ");
                let letter = letters(index);
                let name = if stated.is_empty() { format!("Spalte {letter}") } else { stated };
                let name = if seen.insert(normal(&name)) { name } else { format!("{name} ({letter})") };
                seen.insert(normal(&name));
                Column { index, name }
            })
            .collect();
        Ok(Self { all, fields: vec![], fixed: HashSet::new(), header: row.number, mapped: mapping.is_some(), filled })
    }

    pub(super) fn body<'g>(&self, grid: &'g Grid) -> impl Iterator<Item = &'g Row> {
        let header = self.header;
        grid.rows.iter().filter(move |row| row.number > header)
    }

    pub(super) fn has(&self, field: TableField) -> bool {
        self.fixed.contains(&field) || self.fields.iter().any(|(known, ..)| *known == field)
    }

    pub(super) fn name(&self, index: usize) -> &str {
        self.all.iter().find(|column| column.index == index).map_or("", |column| &column.name)
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.all.iter().map(|column| column.name.as_str()).collect();
        names.join(", ")
    }

    /// Columns with content that nobody said to leave out.
    pub(super) fn strange(&self) -> Option<String> {
        if self.mapped {
            return None;
        }
        let used: HashSet<usize> = self.fields.iter().map(|(_, index, _)| *index).collect();
        let names: Vec<&str> =
            self.all.iter().filter(|c| self.filled.contains(&c.index) && !used.contains(&c.index)).map(|c| c.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Where a required cell of a row is missing, and the message.
    pub(super) fn missing(&self, row: u64, field: TableField) -> (String, ValueError) {
        let place = self.fields.iter().find(|(known, ..)| *known == field);
        match place {
            Some((_, index, _)) => {
                let letter = letters(*index);
                (format!("/{row}/{letter}"), problems::in_cell(row, &letter, self.name(*index), problems::cell_missing(&field.label())))
            }
            None => (format!("/{row}"), problems::in_row(row, problems::cell_missing(&field.label()))),
        }
    }
}
