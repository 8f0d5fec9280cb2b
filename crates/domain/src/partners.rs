//! Partners: sources that hand in records, and their imports.

mod duplicate;
mod health;
mod mapping;
mod report;
mod schedule;
mod settings;
mod webhook;

pub use duplicate::*;
pub use health::*;
pub use mapping::*;
pub use report::*;
pub use schedule::*;
pub use settings::*;
pub use webhook::*;

use crate::catalogue::{Licence, RecordKind};
use crate::problem::{Problem, ValueError};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::catalogue::code_enum;

/// A partner system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// `UUIDv7`.
    pub id: Uuid,
    /// Stable key, kebab-case.
    #[schema(examples("kvhs-lup"))]
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Licence of its records unless a record says otherwise.
    pub licence: Licence,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was revoked; a revoked source can hand in nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<DateTime<Utc>>,
    /// The last full import that succeeded: it confirms every record of the source that it contained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The organisation it belongs to; none for aggregators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// Counts up with every change.
    pub version: i64,
}

/// The key of a source: 2–60 characters of lower-case letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceKey(String);

impl TryFrom<String> for SourceKey {
    type Error = ValueError;
    fn try_from(key: String) -> Result<Self, ValueError> {
        check_source_key(&key).map(|()| Self(key))
    }
}

impl From<SourceKey> for String {
    fn from(key: SourceKey) -> Self {
        key.0
    }
}

impl utoipa::PartialSchema for SourceKey {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        crate::text::string_schema(|s| s.min_length(Some(2)).max_length(Some(60)).pattern(Some("^[a-z0-9]+(-[a-z0-9]+)*$")).examples(["kvhs-lup"]))
    }
}
impl ToSchema for SourceKey {}

/// Refuses a key that is not 2–60 characters of lower-case letters, digits and single hyphens.
pub fn check_source_key(key: &str) -> Result<(), ValueError> {
    let shaped = (2..=60).contains(&key.len())
        && key.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    // `/sources/health` is the health of all of them.
    if key == "health" {
        return Err(ValueError::new("key-invalid", "„health“ ist vergeben.", "“health” is taken."));
    }
    if shaped {
        return Ok(());
    }
    Err(ValueError::new(
        "key-invalid",
        format!("„{key}“ ist kein Schlüssel: 2–60 Zeichen, Kleinbuchstaben, Ziffern und einzelne Bindestriche."),
        format!("“{key}” is not a key: 2–60 characters, lower-case letters, digits and single hyphens."),
    ))
}

code_enum! {
    /// What an import says about records it does not contain.
    ImportMode {
        /// Nothing.
        Delta = "delta",
        /// They are no longer offered.
        Full = "full",
    }
}

code_enum! {
    /// A format that can be imported.
    ImportFormat {
        /// Our own: one JSON record a line.
        Ndjson = "ndjson",
        /// openQ-cat 1.1 of the Federal Employment Agency.
        OpenQCat = "openqcat",
        /// Open-vhs 1.2 of the German adult education association.
        OpenVhs = "openvhs",
        /// iCalendar (RFC 5545).
        Ics = "ics",
        /// Course export of Kufer SQL (`internet.xml`).
        Kufer = "kufer",
        /// schema.org in JSON-LD, from a file or a web page.
        JsonLd = "jsonld",
        /// JSON of the Berlin adult education centres.
        VhsJson = "vhs-json",
        /// Table in a text file, by a mapping of its columns.
        Csv = "csv",
        /// Table in a workbook, by a mapping of its columns.
        Xlsx = "xlsx",
        /// GeoJSON of schools and places.
        GeoJson = "geojson",
        /// GML of a Web Feature Service: schools and places.
        Gml = "gml",
        /// Events and locations of the Integreat content management system.
        Integreat = "integreat",
    }
}

code_enum! {
    /// Where an import stands.
    ImportState {
        /// Being read.
        Running = "running",
        /// Applied.
        Succeeded = "succeeded",
        /// Refused as a whole; nothing was changed.
        Failed = "failed",
        /// It would withdraw so much that somebody has to confirm it; nothing was changed.
        AwaitingConfirmation = "awaiting-confirmation",
        /// Dropped without being applied: by decision, because a later import took its place, or because nobody decided.
        Discarded = "discarded",
    }
}

/// What happened to the records of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportCounts {
    /// New records.
    pub created: u64,
    /// Changed records.
    pub changed: u64,
    /// Records that were the same as before; nothing was written for them.
    pub unchanged: u64,
    /// Records taken back because a full import no longer contains them, or because the file says so.
    pub withdrawn: u64,
    /// Records refused.
    pub rejected: u64,
}

/// One execution of a sync from a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// `UUIDv7`.
    pub id: Uuid,
    /// Key of the source.
    pub source: String,
    /// Format of the file.
    pub format: ImportFormat,
    /// Delta or full.
    pub mode: ImportMode,
    /// State.
    pub state: ImportState,
    /// Counts.
    pub counts: ImportCounts,
    /// Number of problems, warnings included.
    pub problem_count: u64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it failed as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Problem>,
    /// Everything was done, reported and taken back; the catalogue is as before.
    pub dry_run: bool,
    /// What makes it wait for a person, or, of a dry run, what would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<ImportConfirmation>,
    /// The import that it takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Uuid>,
    /// The import that took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<Uuid>,
    /// Who handed it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<ImportActor>,
    /// Records read so far, while it is running.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<u64>,
}

/// A problem of one record of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportProblem {
    /// Line of the file on which the record begins, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Kind of the record, if it could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_kind: Option<RecordKind>,
    /// The record's identifier at the source, if it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

code_enum! {
    /// What happened to a record.
    ChangeAction {
        /// It was created.
        Created = "created",
        /// It was changed.
        Changed = "changed",
        /// It was withdrawn; the change stays as a tombstone.
        Withdrawn = "withdrawn",
    }
}

/// An entry of the change log: the one spine that search, change feed and caches read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Position; increases, may have gaps.
    pub seq: i64,
    /// Kind of the record.
    pub kind: RecordKind,
    /// Id of the record.
    pub record_id: Uuid,
    /// What happened.
    pub action: ChangeAction,
    /// Version of the record after the change.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
}
