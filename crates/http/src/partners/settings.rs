//! How carefully a source is imported, and who cares for it.

pub mod get;
pub mod put;

use domain::partners::SourceSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The settings of a source, at a version.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VersionedSettings {
    /// The settings.
    #[serde(flatten)]
    pub settings: SourceSettings,
    /// Version of the source; it counts up with every change of the source and every full import.
    #[schema(minimum = 1, examples(3))]
    pub version: i64,
}
