//! Tables: CSV files and XLSX workbooks, by a mapping of their columns. `docs/formats/csv.md`, `docs/formats/xlsx.md`.
//!
//! One row is one offer with one run; rows with the same identifier are runs of one offer. The organisation and the place are made of the same
//! row. Messages name row and column as a spreadsheet shows them.

mod cells;
mod columns;
mod grid;
mod names;
mod offer;
mod others;
mod preview;
mod run;
mod text;
mod values;
mod workbook;

pub use preview::{TableColumn, TablePreview, TableProblem, preview};

use crate::collect::Collector;
use crate::{Decoded, FileError, FileSummary, ReadContext, Sink, problems};
use cells::{CellOf, Record, RowOf};
use columns::Columns;
use domain::Problem;
use domain::catalogue::RecordKind;
use domain::partners::{ColumnMapping, ImportFormat, TableField};
use grid::Grid;
use std::collections::HashMap;
use std::io::{BufRead, Read};

const VERSION: &[u8] = b"table/1\n";

/// Identifier of the organisation of rows that name none.
const DEFAULT_ORGANIZATION: &str = "default";

pub(crate) fn read(format: ImportFormat, input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    let bytes = whole(input, context.limits.document_bytes)?;
    let mapping = context.mapping.as_deref();
    let grid = grid_of(format, &bytes, mapping, context)?;
    drop(bytes);
    let columns = Columns::find(&grid, mapping)?;
    let mut collector = Collector::new(format, VERSION, context, sink);
    hand_on(&grid, &columns, mapping, context, &mut collector)?;
    if collector.records() == 0 {
        return Err(FileError::new(None, problems::file_empty()));
    }
    Ok(FileSummary { records: collector.records(), mode_hint: None })
}

fn whole(input: &mut dyn BufRead, limit: usize) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    Read::take(&mut *input, most).read_to_end(&mut bytes).map_err(|_| FileError::new(None, problems::read_failed()))?;
    match bytes.len() {
        0 => Err(FileError::new(None, problems::file_empty())),
        length if length > limit => Err(FileError::new(None, problems::document_too_large(limit))),
        _ => Ok(bytes),
    }
}

fn grid_of(format: ImportFormat, bytes: &[u8], mapping: Option<&ColumnMapping>, context: &ReadContext) -> Result<Grid, FileError> {
    match format {
        ImportFormat::Xlsx => workbook::grid(bytes, mapping, context.limits),
        _ => text::grid(bytes, mapping, context.limits),
    }
}

/// The rows of one offer.
struct Group {
    record: Record,
    line: u64,
}

fn hand_on(
    grid: &Grid,
    columns: &Columns,
    mapping: Option<&ColumnMapping>,
    context: &ReadContext,
    collector: &mut Collector<'_, '_>,
) -> Result<(), FileError> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let identified = columns.has(TableField::ExternalId);
    for row in columns.body(grid) {
        let row = RowOf::read(row, columns, mapping);
        if !row.says_something() {
            continue;
        }
        let organization = organization(&row, context, collector)?;
        if let Some(id) = row.place().external_id() {
            collector.once(row.row, RecordKind::Place, id.as_str(), || others::place_payload(&row))?;
        }
        let stated = row.text(TableField::ExternalId).map(str::to_owned);
        let id = match (stated, row.text(TableField::Title)) {
            (Some(id), _) => id,
            (None, Some(title)) if !identified => hashed("offer", [title, &organization]),
            (None, title) => {
                let field = if title.is_some() { TableField::ExternalId } else { TableField::Title };
                let (pointer, value) = columns.missing(row.row, field);
                collector.broken(row.row, Some(RecordKind::Offer), None, None, &pointer, value)?;
                continue;
            }
        };
        let line = row.row;
        match known.get(&id).and_then(|at| groups.get_mut(*at)) {
            Some(group) => group.record.rows.push(row),
            None => {
                known.insert(id.clone(), groups.len());
                groups.push(Group { record: Record { id, organization, rows: vec![row], strange: None }, line });
            }
        }
    }
    // Once is enough: it is the same for every row.
    if let Some(first) = groups.first_mut() {
        first.record.strange = columns.strange();
    }
    for Group { record, line } in groups {
        let (payload, same) = (record.payload(), record.essence());
        if payload.len() > context.limits.record_bytes {
            let limit = problems::record_too_large(context.limits.record_bytes);
            collector.broken(line, Some(RecordKind::Offer), Some(&record.id), None, "", limit)?;
            continue;
        }
        collector.upsert_by(line, RecordKind::Offer, &record.id, payload, same.as_bytes())?;
    }
    Ok(())
}

/// The identifier of who offers it; its record comes first.
fn organization(row: &RowOf, context: &ReadContext, collector: &mut Collector<'_, '_>) -> Result<String, FileError> {
    let name = row.text(TableField::Organization);
    let id = match (row.text(TableField::OrganizationId), name) {
        (Some(id), _) => id.to_owned(),
        (None, Some(name)) => hashed("organization", [name, ""]),
        (None, None) => DEFAULT_ORGANIZATION.to_owned(),
    };
    let provider = context.provider.as_deref().unwrap_or("Anbieter");
    collector.once(row.row, RecordKind::Organization, &id, || others::organization_payload(row, &id, name.unwrap_or(provider)))?;
    Ok(id)
}

/// An identifier made of texts, spelling folded.
fn hashed(kind: &str, texts: [&str; 2]) -> String {
    crate::mapping::hashed_id(kind, &texts)
}

pub(crate) fn decode(kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    let invalid = |error: serde_json::Error| vec![Problem::error("", problems::not_json(error.column(), &error.to_string()))];
    match kind {
        RecordKind::Organization => others::organization(payload),
        RecordKind::Place => others::place(payload),
        RecordKind::Offer => {
            let record: Record = serde_json::from_slice(payload).map_err(invalid)?;
            record.placed(offer::decode(&record, context))
        }
    }
}

/// The place of a cell in a message; taken apart again when the message is made.
fn pointer_of(row: u64, cell: &CellOf) -> String {
    format!("/{row}/{}/{}", cell.column, cell.name.replace('~', "~0").replace('/', "~1"))
}
