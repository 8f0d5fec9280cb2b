//! Offers that may be the same, and what was decided about them.

use crate::catalogue::code_enum;
use crate::problem::ValueError;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

code_enum! {
    /// What was decided about two offers that may be the same.
    DuplicateState {
        /// Nothing yet.
        Open = "open",
        /// They are the same: one is shown in the place of both.
        Merged = "merged",
        /// They are the same: both are shown, and each names the other.
        Linked = "linked",
        /// They are not the same.
        Apart = "apart",
    }
}

code_enum! {
    /// Why two offers may be the same.
    DuplicateReason {
        /// The titles are the same, apart from case, punctuation, umlauts and forms of gender.
        SameTitle = "same-title",
        /// The titles are nearly the same.
        SimilarTitle = "similar-title",
        /// They are of the same organisation.
        SameOrganization = "same-organization",
        /// They are at the same place.
        SamePlace = "same-place",
        /// They are in the same municipality.
        SameMunicipality = "same-municipality",
        /// They begin on the same days.
        SameDates = "same-dates",
        /// Some of their runs begin on the same day.
        OverlappingDates = "overlapping-dates",
        /// Neither has dates.
        NoDates = "no-dates",
        /// They name the same web page.
        SameUrl = "same-url",
        /// They have the same number for people.
        SameCourseCode = "same-course-code",
    }
}

/// Two offers that may be the same. `first` < `second`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DuplicatePair {
    /// `UUIDv7`.
    pub id: Uuid,
    /// The one offer.
    pub first: Uuid,
    /// The other offer.
    pub second: Uuid,
    /// How alike they are, 0 to 100.
    #[schema(minimum = 0, maximum = 100, examples(92))]
    pub score: u8,
    /// Why they may be the same.
    pub reasons: Vec<DuplicateReason>,
    /// What was decided.
    pub state: DuplicateState,
    /// Of two that were merged: the one that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Uuid>,
    /// When they were noticed.
    pub found_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Counts up with every decision.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
}

impl DuplicatePair {
    /// Of two that were merged: the one that is not shown.
    pub fn hidden(&self) -> Option<Uuid> {
        self.kept.map(|kept| if kept == self.first { self.second } else { self.first })
    }
}

/// What to do about two offers that may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicateDecision {
    /// Show this one of the two in the place of both.
    Merge(Uuid),
    /// Show both, and let each name the other.
    Link,
    /// They are not the same.
    Apart,
    /// Take back what was decided.
    Reopen,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hidden_one_is_the_other_one() {
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut pair = DuplicatePair {
            id: Uuid::from_u128(3),
            first,
            second,
            score: 90,
            reasons: vec![DuplicateReason::SameTitle],
            state: DuplicateState::Open,
            kept: None,
            found_at: DateTime::UNIX_EPOCH,
            decided_at: None,
            version: 1,
        };
        assert_eq!(pair.hidden(), None);
        pair.kept = Some(first);
        assert_eq!(pair.hidden(), Some(second));
        pair.kept = Some(second);
        assert_eq!(pair.hidden(), Some(first));
    }
}
