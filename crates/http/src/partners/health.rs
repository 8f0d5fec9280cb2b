//! How sources are doing.

pub mod get;
pub mod list;
mod postman;

use super::schedule::{self, ScheduleView};
use crate::language::Language;
use chrono::{DateTime, Utc};
use domain::Timestamp;
use domain::partners::{Import, SourceHealth, SourceRecords};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a source is doing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SourceHealth)]
pub struct SourceHealthView {
    /// Key of the source.
    #[schema(examples("kvhs-lup"))]
    pub source: String,
    /// How many records it has.
    pub records: SourceRecords,
    /// The last import that was meant: no dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_import: Option<Import>,
    /// When an import last succeeded, or the feed was last fetched and had no news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_success_at: Option<DateTime<Utc>>,
    /// How long ago that was, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, examples(3600))]
    pub feed_age_seconds: Option<i64>,
    /// Whether that is too long: three intervals of the schedule or two days, whichever is longer; 30 days for a source that is not fetched.
    pub stale: bool,
    /// Records refused among all of the last ten imports, from 0 to 1.
    #[schema(minimum = 0, maximum = 1, examples(0.004))]
    pub error_rate: f64,
    /// Imports that wait for somebody to confirm them.
    pub awaiting_confirmation: u64,
    /// Fields edited in the portal and kept from the feed.
    pub protected_fields: u64,
    /// How it is fetched, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleView>,
}

fn view(health: SourceHealth, language: Language, now: Timestamp) -> SourceHealthView {
    SourceHealthView {
        feed_age_seconds: health.last_success_at.map(|at| (now - at).num_seconds().max(0)),
        source: health.source,
        records: health.records,
        last_import: health.last_import,
        last_success_at: health.last_success_at,
        stale: health.stale,
        error_rate: health.error_rate,
        awaiting_confirmation: health.awaiting_confirmation,
        protected_fields: health.protected_fields,
        schedule: health.schedule.map(|schedule| schedule::view(schedule, language, now)),
    }
}
