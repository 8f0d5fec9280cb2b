//! Reading foreign and own exchange formats: pure functions from bytes to drafts.
//!
//! [`read`] walks a file once, without holding it in memory, and hands every record to a sink. A record is told apart from its
//! earlier self by [`Item::hash`] alone; only what is new or changed is decoded ([`LazyDraft::decode`]), on whatever thread the
//! caller likes. A broken *record* is an item with its problems; a broken *file* is a [`FileError`] and nothing of it counts.
//!
//! The formats are described in `docs/formats/`.

mod collect;
mod geojson;
mod gml;
mod ics;
mod integreat;
mod json;
mod jsonld;
mod kufer;
mod mapping;
mod ndjson;
mod openqcat;
mod openvhs;
pub mod out;
mod problems;
mod schema;
mod seen;
mod table;
mod vhsjson;
mod xml;

pub use ndjson::{NotDecoded, document};
pub use schema::ndjson_schema;
pub use table::{TableColumn, TablePreview, TableProblem, preview as preview_table};

use domain::catalogue::{Draft, RecordKind};
use domain::partners::{ColumnMapping, ImportFormat, ImportMode};
use domain::vocabularies::Vocabularies;
use domain::{Problem, Severity};
use std::io::BufRead;
use std::sync::Arc;

/// How much of a file is read before it is refused.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest record in bytes; a longer one is broken and skipped.
    pub record_bytes: usize,
    /// Most records of one file; one more and the file is refused.
    pub records: u64,
    /// Longest single text or tag of an XML file, or line of a calendar, in bytes; a longer one and the file is refused.
    pub text_bytes: usize,
    /// Largest file in bytes of formats whose records refer to each other, so that the file has to be held as a whole.
    pub document_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record_bytes: 1 << 20, records: 2_000_000, text_bytes: 1 << 18, document_bytes: 1 << 24 }
    }
}

/// What a reader has to know of the world. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ReadContext {
    /// The vocabularies; foreign codes are mapped through their notations.
    pub vocabularies: Arc<Vocabularies>,
    /// The zone of times that come without one.
    pub zone: chrono_tz::Tz,
    /// Name of the organisation in files that name none.
    pub provider: Option<Arc<str>>,
    /// How the columns of tables become fields; the documented names of columns count where it is missing.
    pub mapping: Option<Arc<ColumnMapping>>,
    /// Limits.
    pub limits: Limits,
}

impl ReadContext {
    /// A context with the default limits.
    pub fn new(vocabularies: Arc<Vocabularies>, zone: chrono_tz::Tz) -> Self {
        Self { vocabularies, zone, provider: None, mapping: None, limits: Limits::default() }
    }
}

/// One record of a file.
#[derive(Debug, Clone)]
pub struct Item {
    /// Line on which the record begins, from 1.
    pub line: Option<u64>,
    /// Kind of the record, if it could be told.
    pub kind: Option<RecordKind>,
    /// The record's identifier at the source, if it could be read. [`Body::Upsert`] and [`Body::Delete`] always have kind and id, and
    /// no file yields the same pair twice: the second one is [`Body::Broken`].
    pub external_id: Option<String>,
    /// SHA-256 over the raw record and the version of the reader: the same hash means the same draft.
    pub hash: [u8; 32],
    /// The raw record: the line of an NDJSON file, canonical XML or JSON of the others. [`decode`] reads it again at any later time.
    pub payload: Arc<[u8]>,
    /// What to do with it.
    pub body: Body,
}

/// What a record asks for.
#[derive(Debug, Clone)]
pub enum Body {
    /// Create or change the record.
    Upsert(LazyDraft),
    /// Withdraw the record.
    Delete,
    /// Nothing: the record cannot be read.
    Broken(Vec<Problem>),
}

/// A draft and what was lost on the way, or why there is none.
pub type Decoded = Result<(Draft, Vec<Problem>), Vec<Problem>>;

/// A draft that is not decoded yet.
#[derive(Debug, Clone)]
pub struct LazyDraft {
    format: ImportFormat,
    kind: RecordKind,
    payload: Arc<[u8]>,
    context: ReadContext,
}

impl LazyDraft {
    /// Decodes the draft. Everything that is wrong is told at once.
    pub fn decode(&self) -> Decoded {
        decode(self.format, self.kind, &self.payload, &self.context)
    }
}

/// Why the whole file is refused. The caller takes back whatever it did with items that came before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line:?}: {}", problem.message.en)]
pub struct FileError {
    /// What is wrong.
    pub problem: Problem,
    /// Line where it showed, from 1.
    pub line: Option<u64>,
}

impl FileError {
    fn new(line: Option<u64>, value: domain::problem::ValueError) -> Self {
        Self { problem: Problem { severity: Severity::Error, ..Problem::error("", value) }, line }
    }

    /// Whether the sink asked to stop (the file itself may be sound).
    pub fn stopped(&self) -> bool {
        self.problem.code == problems::STOPPED
    }

    /// Whether the input could not be read to its end (the file itself may be sound).
    pub fn interrupted(&self) -> bool {
        self.problem.code == problems::READ_FAILED
    }
}

/// Returned by a sink that wants no more; [`read`] then ends with a [`FileError`] that is [`FileError::stopped`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// What a file said about itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileSummary {
    /// Records handed to the sink, broken ones included.
    pub records: u64,
    /// Whether the file claims to be complete (`FULLCATALOG`, Open-vhs) or to be an update.
    pub mode_hint: Option<ImportMode>,
}

/// Where records go.
pub type Sink<'a> = dyn FnMut(Item) -> Result<(), Stop> + 'a;

/// Reads a file of `format` and hands its records to `sink` in the order in which they can be told.
pub fn read(format: ImportFormat, input: &mut dyn BufRead, context: &ReadContext, sink: &mut Sink<'_>) -> Result<FileSummary, FileError> {
    match format {
        ImportFormat::Ndjson => ndjson::read(input, context, sink),
        ImportFormat::OpenVhs => openvhs::read(input, context, sink),
        ImportFormat::OpenQCat => openqcat::read(input, context, sink),
        ImportFormat::Ics => ics::read(input, context, sink),
        ImportFormat::Kufer => kufer::read(input, context, sink),
        ImportFormat::VhsJson => vhsjson::read(input, context, sink),
        ImportFormat::JsonLd => jsonld::read(input, context, sink),
        ImportFormat::Csv | ImportFormat::Xlsx => table::read(format, input, context, sink),
        ImportFormat::GeoJson => geojson::read(input, context, sink),
        ImportFormat::Gml => gml::read(input, context, sink),
        ImportFormat::Integreat => integreat::read(input, context, sink),
    }
}

/// Decodes the payload of an [`Item`], also long after the import: a changed vocabulary may map it differently.
pub fn decode(format: ImportFormat, kind: RecordKind, payload: &[u8], context: &ReadContext) -> Decoded {
    match format {
        ImportFormat::Ndjson => ndjson::decode(kind, payload),
        // The JSON dialect is Open-vhs once it is read.
        ImportFormat::OpenVhs | ImportFormat::VhsJson => openvhs::decode(kind, payload, context),
        ImportFormat::OpenQCat => openqcat::decode(kind, payload, context),
        ImportFormat::Ics => ics::decode(kind, payload, context),
        ImportFormat::Kufer => kufer::decode(kind, payload, context),
        ImportFormat::JsonLd => jsonld::decode(kind, payload, context),
        ImportFormat::Csv | ImportFormat::Xlsx => table::decode(kind, payload, context),
        ImportFormat::GeoJson => geojson::decode(kind, payload),
        ImportFormat::Gml => gml::decode(kind, payload),
        ImportFormat::Integreat => integreat::decode(kind, payload, context),
    }
}
