//! How a source is doing.

use super::{Import, Schedule};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many records a source has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceRecords {
    /// Published ones.
    pub published: u64,
    /// Withdrawn ones, whose tombstones stay.
    pub withdrawn: u64,
}

/// How a source is doing.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceHealth {
    /// Key of the source.
    pub source: String,
    /// Records.
    pub records: SourceRecords,
    /// The last import that was meant: no dry run.
    pub last_import: Option<Import>,
    /// When an import last succeeded, or the feed was last fetched and had no news.
    pub last_success_at: Option<DateTime<Utc>>,
    /// Whether that is too long ago.
    pub stale: bool,
    /// Records refused among all of the last ten imports, from 0 to 1.
    pub error_rate: f64,
    /// Imports that wait for somebody to confirm them.
    pub awaiting_confirmation: u64,
    /// Fields edited in the portal and kept from the feed.
    pub protected_fields: u64,
    /// How it is fetched, if it is.
    pub schedule: Option<Schedule>,
}
