//! Runs: dated or rolling realisations of an offer, and their sessions.

use super::common::code_enum;
use super::{PlaceSummary, Price, Recurrence};
use crate::problem::ValueError;
use crate::text::{Short, Title, WebUrl};
use crate::time::{Moment, Timestamp};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

code_enum! {
    /// Where a run stands. `finished` follows from its dates.
    RunStatus {
        /// Announced, not yet bookable.
        Planned = "planned",
        /// Places can be had.
        Bookable = "bookable",
        /// No place left (perhaps a waiting list).
        Full = "full",
        /// Under way.
        Running = "running",
        /// Over.
        Finished = "finished",
        /// Does not take place.
        Cancelled = "cancelled",
    }
}

/// One meeting of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Start: a day, or an instant.
    pub start: Moment,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
}

/// Places to be had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Capacity {
    /// Takes place from this many participants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// Places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Places taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<u32>,
    /// People on the waiting list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_list: Option<u32>,
}

/// A run of an offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Id, stable as long as the source keeps its external id.
    pub id: Uuid,
    /// The identifier at the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The provider's number for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course_code: Option<Title>,
    /// Start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// End.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// IANA time zone of its dates.
    #[schema(value_type = String, examples("Europe/Berlin"))]
    pub time_zone: Tz,
    /// Meetings in order; expanded from `recurrence` where that is given.
    pub sessions: Vec<Session>,
    /// Rule of a repeating run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// One can start at any time.
    pub rolling_start: bool,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceSummary>,
    /// Where online.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online_url: Option<WebUrl>,
    /// Places to be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Price, where it differs from the offer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// Status.
    pub status: RunStatus,
    /// Teaching units of 45 minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// Times in the provider's words ("Mo–Do vormittags").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_text: Option<Short>,
    /// Last moment to register, where it differs from the offer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
    /// Booking page, where it differs from the offer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Short>,
}

impl Run {
    /// First instant, from its start or its first session.
    pub fn starts_at(&self) -> Option<Timestamp> {
        let first = self.sessions.first().map(|s| s.start.earliest(self.time_zone));
        self.start.map(|m| m.earliest(self.time_zone)).or(first)
    }

    /// Last instant, from its end, its last session or its start. `None` for a run that never ends by itself.
    pub fn ends_at(&self) -> Option<Timestamp> {
        if self.rolling_start && self.end.is_none() {
            return None;
        }
        let last = self.sessions.last().map(|s| s.end.unwrap_or(s.start).latest(self.time_zone));
        let end = self.end.map(|m| m.latest(self.time_zone));
        last.max(end).or_else(|| self.start.map(|m| m.latest(self.time_zone)))
    }

    /// The status as it is at `now`: dates decide about running and finished, the provider about the rest.
    pub fn status_at(&self, now: Timestamp) -> RunStatus {
        if self.status == RunStatus::Cancelled {
            return RunStatus::Cancelled;
        }
        if self.ends_at().is_some_and(|end| end < now) {
            return RunStatus::Finished;
        }
        match self.status {
            RunStatus::Planned if self.starts_at().is_some_and(|start| start <= now) => RunStatus::Running,
            status => status,
        }
    }

    /// Whether one can still get in at `now`. The offer's deadline counts where the run has none of its own.
    pub fn bookable_at(&self, now: Timestamp, deadline_of_offer: Option<Moment>) -> bool {
        let open = self.deadline.or(deadline_of_offer).is_none_or(|d| d.latest(self.time_zone) >= now);
        let full = self.capacity.is_some_and(|c| matches!((c.booked, c.max), (Some(booked), Some(max)) if max > 0 && booked >= max));
        let begun = !self.rolling_start && self.starts_at().is_some_and(|start| start < now);
        open && !full && !begun && self.status_at(now) == RunStatus::Bookable
    }
}
