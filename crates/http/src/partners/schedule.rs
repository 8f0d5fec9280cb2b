//! How a source is fetched.

pub mod fetch;
pub mod get;
pub mod put;
pub mod remove;

use crate::language::Language;
use chrono::{DateTime, Utc};
use domain::Timestamp;
use domain::partners::{ImportFormat, ImportMode};
use domain::partners::{Interval, Schedule, ScheduleDraft};
use domain::problem::Message;
use domain::text::WebUrl;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A feed that the portal fetches, and how that goes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Schedule)]
pub struct ScheduleView {
    /// Address of the feed.
    pub url: WebUrl,
    /// Format of the feed.
    pub format: ImportFormat,
    /// Whether the feed holds everything there is, or only what changed.
    pub mode: ImportMode,
    /// How often it is fetched, in minutes.
    pub every_minutes: Interval,
    /// Whether it is fetched without being asked for.
    pub enabled: bool,
    /// When it is fetched next; nothing if it is disabled and nobody has asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<DateTime<Utc>>,
    /// When it was last tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// When the feed was last there and read, whether or not it had news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_success_at: Option<DateTime<Utc>>,
    /// When it last had other content than before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_new_at: Option<DateTime<Utc>>,
    /// Fetches in vain since.
    pub failures: u32,
    /// Why the last one was in vain, in the language of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("vhs.example.org cannot be reached, or breaks off"))]
    pub last_error: Option<String>,
    /// The same as a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("unreachable"))]
    pub last_error_code: Option<String>,
    /// The same in both languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error_messages: Option<Message>,
    /// Whether the feed has not been read for three intervals, or for two days where that is longer.
    pub stale: bool,
    /// Counts up with every change of what is fetched.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
}

/// A schedule for whoever asks.
pub(super) fn view(schedule: Schedule, language: Language, now: Timestamp) -> ScheduleView {
    let stale = schedule.is_stale(now);
    let Schedule { draft, next_at, last_attempt_at, last_success_at, last_new_at, failures, last_error, version } = schedule;
    let ScheduleDraft { url, format, mode, every_minutes, enabled } = draft;
    let (last_error_code, last_error_messages) = last_error.map(|error| (error.code, error.message)).unzip();
    ScheduleView {
        url,
        format,
        mode,
        every_minutes,
        enabled,
        next_at,
        last_attempt_at,
        last_success_at,
        last_new_at,
        failures,
        last_error: last_error_messages.as_ref().map(|messages| language.choose(messages).to_owned()),
        last_error_code,
        last_error_messages,
        stale,
        version,
    }
}
