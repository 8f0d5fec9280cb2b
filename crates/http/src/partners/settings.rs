//! How carefully a source is imported, and who cares for it.

pub mod get;
pub mod put;

use domain::accounts::EmailAddress;
use domain::partners::{BrakePercent, BrakeRecords, SourceSettings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The settings of a source, at a version.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionedSettings {
    /// How many per cent of its published records an import may withdraw without a question.
    pub brake_percent: BrakePercent,
    /// How many records it may withdraw without a question, whatever share that is.
    pub brake_records: BrakeRecords,
    /// Who is told when imports of the source fail or wait, besides those who administer its organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "email", max_length = 254, examples("edv@vhs.example.org"))]
    pub contact_email: Option<EmailAddress>,
    /// Version of the source; it counts up with every change of the source and every full import.
    #[schema(minimum = 1, examples(3))]
    pub version: i64,
}

impl VersionedSettings {
    fn new(settings: SourceSettings, version: i64) -> Self {
        let SourceSettings { brake_percent, brake_records, contact_email } = settings;
        Self { brake_percent, brake_records, contact_email, version }
    }
}
