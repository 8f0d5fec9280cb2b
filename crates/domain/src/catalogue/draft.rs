//! Drafts: what a source hands in. The NDJSON exchange format is exactly these types, one record a line.

use super::{
    AccessibilityStatement, Address, AgeRange, Capacity, ContactPoint, DeliveryMode, EntryRequirement, Funding, Image, LevelRange, Licence,
    OfficialIds, Price, Qualification, RecordKind, Recurrence, Registration, RunStatus, Session, Sponsor,
};
use crate::areas::GeoPoint;
use crate::text::{ExternalId, LanguageTag, Markdown, Short, Title, Translations, WebUrl};
use crate::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One record of a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Draft {
    /// An organisation.
    Organization(Box<OrganizationDraft>),
    /// A place.
    Place(Box<PlaceDraft>),
    /// An offer with its runs.
    Offer(Box<OfferDraft>),
}

impl Draft {
    /// Which kind of record.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Organization(_) => RecordKind::Organization,
            Self::Place(_) => RecordKind::Place,
            Self::Offer(_) => RecordKind::Offer,
        }
    }

    /// The identifier at the source.
    pub fn external_id(&self) -> &ExternalId {
        match self {
            Self::Organization(d) => &d.external_id,
            Self::Place(d) => &d.external_id,
            Self::Offer(d) => &d.external_id,
        }
    }
}

/// An organisation as handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganizationDraft {
    /// The identifier at the source.
    pub external_id: ExternalId,
    /// Name.
    pub name: Title,
    /// Short or former name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<Title>,
    /// Code of the vocabulary `organization-kinds`.
    pub kind: String,
    /// Legal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<Title>,
    /// Who sponsors it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Sponsor>,
    /// Official identifiers.
    #[serde(default, skip_serializing_if = "OfficialIds::is_empty")]
    pub identifiers: OfficialIds,
    /// Summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Short>,
    /// Description (Markdown subset).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// Opening hours, OpenStreetMap syntax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<Short>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactPoint>,
    /// Languages spoken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageTag>,
    /// Statements about accessibility.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<AccessibilityStatement>,
    /// Logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Image>,
    /// Web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Pages in social networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub social_links: Vec<WebUrl>,
    /// Member of the Bildungsnetzwerk since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_member_since: Option<NaiveDate>,
    /// Whether a cooperation agreement with the county exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooperation_agreement: Option<bool>,
    /// Licence of the record; the source's licence where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// Translations by language tag.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, crate::text::Translation>)]
    pub translations: Translations,
}

impl OrganizationDraft {
    /// An organisation with nothing but what every organisation needs.
    pub fn new(external_id: ExternalId, kind: &str, name: Title) -> Self {
        Self {
            external_id,
            name,
            alternate_name: None,
            kind: kind.to_owned(),
            legal_form: None,
            sponsor: None,
            identifiers: OfficialIds::default(),
            summary: None,
            description: None,
            address: None,
            geo: None,
            opening_hours: None,
            contacts: vec![],
            languages: vec![],
            accessibility: vec![],
            logo: None,
            url: None,
            social_links: vec![],
            network_member_since: None,
            cooperation_agreement: None,
            licence: None,
            translations: Translations::new(),
        }
    }
}

/// A place as handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceDraft {
    /// The identifier at the source.
    pub external_id: ExternalId,
    /// Name.
    pub name: Title,
    /// Address.
    #[serde(default)]
    pub address: Address,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoPoint>,
    /// Statements about accessibility.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<AccessibilityStatement>,
    /// How to get there by bus and train.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_transport: Option<Short>,
    /// Web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Licence of the record; the source's licence where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// Translations by language tag.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, crate::text::Translation>)]
    pub translations: Translations,
}

/// An offer as handed in, with its runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferDraft {
    /// The identifier at the source.
    pub external_id: ExternalId,
    /// External id of the organisation, a record of the same source.
    pub organization: ExternalId,
    /// Code of the vocabulary `offer-kinds`.
    pub kind: String,
    /// Title.
    pub title: Title,
    /// Summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Short>,
    /// Description (Markdown subset).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Codes of the vocabulary `topics`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Codes of the vocabulary `life-phases`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_phases: Vec<String>,
    /// Codes of the vocabulary `target-groups`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<String>,
    /// Ages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_range: Option<AgeRange>,
    /// How it is taught.
    #[serde(default = "onsite")]
    pub delivery_mode: DeliveryMode,
    /// Languages of instruction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageTag>,
    /// Language levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_level: Option<LevelRange>,
    /// Code of the vocabulary `bamf-course-types`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bamf_course_type: Option<String>,
    /// Teaches reading and writing.
    #[serde(default)]
    pub literacy_course: bool,
    /// What is needed to take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entry_requirements: Vec<EntryRequirement>,
    /// What one has in hand afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<Qualification>,
    /// Price.
    #[serde(default = "Price::unknown")]
    pub price: Price,
    /// Ways to pay for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Funding>,
    /// Statements about accessibility of the offer itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<AccessibilityStatement>,
    /// Childcare on site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub childcare: Option<bool>,
    /// How to register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPoint>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Page of the provider about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// The provider's number for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course_code: Option<Title>,
    /// Words to be found by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<Title>,
    /// External id of the place if no run says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ExternalId>,
    /// Runs; none is normal for a standing offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<RunDraft>,
    /// Show it from this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_from: Option<Moment>,
    /// Show it until this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_until: Option<Moment>,
    /// Invented for demonstration.
    #[serde(default)]
    pub example: bool,
    /// Licence of the record; the source's licence where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// Translations by language tag.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, crate::text::Translation>)]
    pub translations: Translations,
}

fn onsite() -> DeliveryMode {
    DeliveryMode::Onsite
}

impl OfferDraft {
    /// An offer with nothing but what every offer needs.
    pub fn new(external_id: ExternalId, organization: ExternalId, kind: &str, title: Title) -> Self {
        Self {
            external_id,
            organization,
            kind: kind.to_owned(),
            title,
            summary: None,
            description: None,
            topics: vec![],
            life_phases: vec![],
            target_groups: vec![],
            age_range: None,
            delivery_mode: DeliveryMode::Onsite,
            languages: vec![],
            language_level: None,
            bamf_course_type: None,
            literacy_course: false,
            entry_requirements: vec![],
            qualification: None,
            price: Price::unknown(),
            funding: vec![],
            accessibility: vec![],
            childcare: None,
            registration: None,
            contact: None,
            images: vec![],
            url: None,
            course_code: None,
            keywords: vec![],
            place: None,
            runs: vec![],
            publish_from: None,
            publish_until: None,
            example: false,
            licence: None,
            translations: Translations::new(),
        }
    }
}

/// A run as handed in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunDraft {
    /// The identifier at the source, unique within the offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The provider's number for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course_code: Option<Title>,
    /// Start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// IANA time zone; the region's where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<chrono_tz::Tz>,
    /// Meetings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Rule instead of `sessions`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// One can start at any time.
    #[serde(default)]
    pub rolling_start: bool,
    /// External id of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ExternalId>,
    /// Where online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online_url: Option<WebUrl>,
    /// Places to be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Price, where it differs from the offer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// Status; bookable where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<RunStatus>,
    /// Teaching units of 45 minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// Times in the provider's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_text: Option<Short>,
    /// Last moment to register, where it differs from the offer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
    /// Booking page, where it differs from the offer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Short>,
}
