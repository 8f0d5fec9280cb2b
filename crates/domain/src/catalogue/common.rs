//! What organisations, places and offers have in common.

use crate::id::Rng;
use crate::problem::ValueError;
use crate::text::{LanguageTag, Markdown, Short, Title, WebUrl};
use crate::time::{Clock, Moment};
use chrono::NaiveDate;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

/// A code-like enum: the kebab-case JSON value is also the vocabulary code.
macro_rules! code_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $code:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[doc = $vdoc])* #[serde(rename = $code)] $variant,)* }

        // By hand: the derive does not see through a `rename` that comes out of a macro.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let description = concat!($($doc,)* "\n", $("\n* `", $code, "`:", $($vdoc,)*)*).trim();
                crate::text::string_schema(|s| s.enum_values(Some([$($code,)*])).description(Some(description)))
            }
        }
        impl utoipa::ToSchema for $name {}

        impl $name {
            /// All values in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// The code in JSON, database and vocabulary.
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }
        }

        impl FromStr for $name {
            type Err = ValueError;
            fn from_str(text: &str) -> Result<Self, ValueError> {
                match text {
                    $($code => Ok(Self::$variant),)*
                    _ => {
                        let allowed = [$($code,)*].join(", ");
                        Err(ValueError::new("value-unknown", format!("„{text}“ ist nicht erlaubt. Erlaubt sind: {allowed}."), format!("“{text}” is not allowed. Allowed: {allowed}.")))
                    }
                }
            }
        }
    };
}
pub(crate) use code_enum;

code_enum! {
    /// What kind of record.
    RecordKind {
        /// Bildungsakteur.
        Organization = "organization",
        /// Ort.
        Place = "place",
        /// Bildungsangebot.
        Offer = "offer",
    }
}

code_enum! {
    /// Where a record stands on its way to the public.
    PublicationState {
        /// Being written.
        Draft = "draft",
        /// Waiting for an editor.
        InReview = "in-review",
        /// Public.
        Published = "published",
        /// Taken back; kept as a tombstone.
        Withdrawn = "withdrawn",
        /// Over, or not confirmed for too long.
        Expired = "expired",
    }
}

code_enum! {
    /// Answer to an accessibility criterion. "Not stated" is an answer of its own, never a no.
    AccessibilityValue {
        /// Fulfilled.
        Yes = "yes",
        /// Partly fulfilled.
        Partly = "partly",
        /// Not fulfilled.
        No = "no",
        /// Not stated.
        Unknown = "unknown",
    }
}

code_enum! {
    /// Who says so.
    Provenance {
        /// The provider.
        SelfDeclared = "self-declared",
        /// Checked by the county or another body.
        Verified = "verified",
        /// Certified by "Reisen für Alle".
        ReisenFuerAlle = "reisen-fuer-alle",
    }
}

code_enum! {
    /// Who sponsors an organisation.
    Sponsor {
        /// State, county, municipality.
        Public = "public",
        /// Church.
        Church = "church",
        /// Private non-profit.
        NonProfit = "non-profit",
        /// Commercial.
        Commercial = "commercial",
    }
}

code_enum! {
    /// How an offer is taught. Codes of the vocabulary `delivery-modes`.
    DeliveryMode {
        /// At a place.
        Onsite = "onsite",
        /// Online at fixed times.
        Online = "online",
        /// Both.
        Hybrid = "hybrid",
        /// Online or on paper at one's own pace.
        SelfPaced = "self-paced",
    }
}

code_enum! {
    /// Level of the Common European Framework of Reference.
    LanguageLevel {
        /// No knowledge yet.
        A0 = "A0",
        /// Beginner.
        A1 = "A1",
        /// Elementary.
        A2 = "A2",
        /// Intermediate.
        B1 = "B1",
        /// Upper intermediate.
        B2 = "B2",
        /// Advanced.
        C1 = "C1",
        /// Proficient.
        C2 = "C2",
    }
}

code_enum! {
    /// By what way one registers.
    RegistrationForm {
        /// Web form.
        Online = "online",
        /// By phone.
        Phone = "phone",
        /// By e-mail.
        Email = "email",
        /// In writing.
        Written = "written",
        /// In person.
        InPerson = "in-person",
        /// Just come.
        NotRequired = "not-required",
    }
}

code_enum! {
    /// Licence of a record's content; the dcat-ap.de name.
    Licence {
        /// Creative Commons Zero.
        CcZero = "cc-zero",
        /// Creative Commons Attribution 4.0.
        CcBy4 = "cc-by/4.0",
        /// Creative Commons Attribution Share-Alike 4.0.
        CcBySa4 = "cc-by-sa/4.0",
        /// Data licence Germany zero 2.0.
        DlZeroDe2 = "dl-zero-de/2.0",
        /// Data licence Germany attribution 2.0.
        DlByDe2 = "dl-by-de/2.0",
        /// Not open: shown here, not for further use.
        AllRightsReserved = "all-rights-reserved",
    }
}

/// One statement about accessibility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessibilityStatement {
    /// Code of the vocabulary `accessibility-criteria`.
    #[schema(examples("step-free-entrance"))]
    pub criterion: String,
    /// Answer.
    pub value: AccessibilityValue,
    /// Who says so.
    #[serde(default = "self_declared")]
    pub provenance: Provenance,
    /// Day of the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Short>,
}

fn self_declared() -> Provenance {
    Provenance::SelfDeclared
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Street and house number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Title>,
    /// Postcode, five digits in Germany.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("19370"))]
    pub postal_code: Option<String>,
    /// Town or village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<Title>,
    /// Part of the town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<Title>,
    /// ISO 3166-1 alpha-2.
    #[serde(default = "germany")]
    #[schema(examples("DE"))]
    pub country: String,
}

fn germany() -> String {
    "DE".to_owned()
}

/// Whom to ask. Roles before persons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactPoint {
    /// Role or office, for example "Anmeldung".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Title>,
    /// Phone number as one dials it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Title>,
    /// Mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Title>,
    /// Web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// When somebody is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Short>,
}

/// A picture. Without an alternative text there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Address of the file.
    pub url: WebUrl,
    /// What is to be seen.
    pub alt: Short,
    /// Licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<Title>,
    /// Author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Title>,
}

/// Where a record comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SourceRef {
    /// Key of the source.
    #[schema(examples("kvhs-lup"))]
    pub key: String,
    /// Name of the source for people.
    pub name: String,
    /// The identifier of the record at its source.
    pub external_id: String,
}

/// When a record was last confirmed, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Freshness {
    /// The last confirmation.
    pub confirmed_at: DateTime<Utc>,
    /// `feed` or `person`.
    #[schema(examples("feed"))]
    pub confirmed_by: String,
}

/// How much of what residents ask for is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Completeness {
    /// 0 to 100.
    #[schema(minimum = 0, maximum = 100)]
    pub score: u8,
    /// JSON names of what is missing.
    pub missing: Vec<String>,
}

/// What the catalogue itself knows about a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordMeta {
    /// `UUIDv7`.
    pub id: Uuid,
    /// Readable last part of the page address.
    pub slug: String,
    /// Publication state.
    pub state: PublicationState,
    /// Counts up with every change.
    pub version: i64,
    /// The version in which title, summary or description last changed; translations made from an older one are stale.
    pub text_version: i64,
    /// When it came into the catalogue.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Where it comes from.
    pub source: SourceRef,
    /// Licence of the record.
    pub licence: Licence,
    /// Last confirmation.
    pub freshness: Freshness,
    /// Completeness.
    pub completeness: Completeness,
}

/// What is needed to take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntryRequirement {
    /// Code of the vocabulary `entry-requirements`.
    #[serde(rename = "type")]
    #[schema(examples("school-qualification"))]
    pub kind: String,
    /// In the provider's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Short>,
}

/// A way to pay for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Funding {
    /// Code of the vocabulary `funding-types`.
    #[serde(rename = "type")]
    #[schema(examples("education-voucher"))]
    pub kind: String,
    /// Number of the measure or approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Title>,
    /// Explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Short>,
}

/// What one has in hand afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Qualification {
    /// Name of the qualification or certificate.
    pub name: Short,
    /// Code of the vocabulary `certificates`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Level of the German qualifications framework, 1–8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 8)]
    pub dqr_level: Option<u8>,
}

/// Ages, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeRange {
    /// Youngest age in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u8>,
    /// Oldest age in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u8>,
}

/// Language levels at the start and at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelRange {
    /// Level needed at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LanguageLevel>,
    /// Level reached at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<LanguageLevel>,
}

/// How to register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Registration {
    /// Ways to register.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<RegistrationForm>,
    /// Booking page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Title>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Title>,
    /// Last moment to register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
    /// Explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Short>,
}

/// Texts that a record shows and translates.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// Title or name.
    pub title: &'a Title,
    /// Summary.
    pub summary: Option<&'a Short>,
    /// Description.
    pub description: Option<&'a Markdown>,
}

/// Time, chance and facts that assembling a record needs.
pub struct Workshop<'a> {
    /// The clock.
    pub clock: &'a dyn Clock,
    /// The generator.
    pub rng: &'a dyn Rng,
    /// The vocabularies.
    pub vocabularies: &'a crate::vocabularies::Vocabularies,
    /// The region.
    pub region: &'a crate::areas::Region,
}

/// Languages in which a record can be read, the original first.
pub fn languages_of(translations: &crate::text::Translations) -> Vec<LanguageTag> {
    std::iter::once(LanguageTag::german()).chain(translations.keys().cloned()).collect()
}
