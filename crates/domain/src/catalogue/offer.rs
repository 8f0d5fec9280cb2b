//! Offers: what is offered.

use super::{
    AccessibilityStatement, AgeRange, ContactPoint, DeliveryMode, EntryRequirement, Funding, Image, LevelRange, OrganizationSummary, PlaceSummary,
    Price, Qualification, RecordMeta, Registration, Run, RunStatus,
};
use crate::text::{LanguageTag, Markdown, Short, Title, Translations, WebUrl};
use crate::time::{Moment, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An offer of the catalogue, with everything its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// What the catalogue knows about the record.
    #[serde(flatten)]
    pub meta: RecordMeta,
    /// Who offers it.
    pub organization: OrganizationSummary,
    /// Code of the vocabulary `offer-kinds`.
    #[schema(examples("course"))]
    pub kind: String,
    /// Title.
    pub title: Title,
    /// Summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Short>,
    /// Description (Markdown subset).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Description as safe HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_html: Option<String>,
    /// Codes of the vocabulary `topics`.
    pub topics: Vec<String>,
    /// Codes of the vocabulary `life-phases`.
    pub life_phases: Vec<String>,
    /// Codes of the vocabulary `target-groups`.
    pub target_groups: Vec<String>,
    /// Ages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_range: Option<AgeRange>,
    /// How it is taught.
    pub delivery_mode: DeliveryMode,
    /// Languages of instruction.
    pub languages: Vec<LanguageTag>,
    /// Language levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_level: Option<LevelRange>,
    /// Code of the vocabulary `bamf-course-types`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bamf_course_type: Option<String>,
    /// Teaches reading and writing.
    pub literacy_course: bool,
    /// What is needed to take part. Empty means not stated; "none" is a concept of its own.
    pub entry_requirements: Vec<EntryRequirement>,
    /// What one has in hand afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualification: Option<Qualification>,
    /// Price.
    pub price: Price,
    /// Ways to pay for it.
    pub funding: Vec<Funding>,
    /// Statements about accessibility of the offer itself; those of the place are with the place.
    pub accessibility: Vec<AccessibilityStatement>,
    /// Childcare on site; `null` means not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub childcare: Option<bool>,
    /// How to register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPoint>,
    /// Pictures.
    pub images: Vec<Image>,
    /// Page of the provider about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// The provider's number for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course_code: Option<Title>,
    /// Words to be found by.
    pub keywords: Vec<Title>,
    /// Where it takes place if no run says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceSummary>,
    /// Runs in order of their start.
    pub runs: Vec<Run>,
    /// Show it from this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_from: Option<Moment>,
    /// Show it until this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_until: Option<Moment>,
    /// Invented for demonstration; shown with a mark.
    #[serde(default)]
    pub example: bool,
    /// Translations.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, crate::text::Translation>)]
    pub translations: Translations,
}

impl Offer {
    /// The last instant at which it is of use: the end of its last run that is not cancelled. `None` means it stands (no dates).
    pub fn ends_at(&self) -> Option<Timestamp> {
        if self.runs.is_empty() {
            return None;
        }
        let mut last = None;
        for run in self.runs.iter().filter(|run| run.status != RunStatus::Cancelled) {
            last = last.max(Some(run.ends_at()?));
        }
        // All cancelled: over since the first of them was to begin.
        last.or_else(|| self.runs.iter().filter_map(Run::ends_at).max())
    }

    /// Every place it happens at, without repetition.
    pub fn places(&self) -> Vec<&PlaceSummary> {
        let mut places: Vec<&PlaceSummary> = Vec::new();
        for place in self.runs.iter().filter_map(|run| run.place.as_ref()).chain(self.place.as_ref()) {
            if !places.iter().any(|known| known.id == place.id) {
                places.push(place);
            }
        }
        places
    }
}
