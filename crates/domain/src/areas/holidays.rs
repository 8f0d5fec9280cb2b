//! School and public holidays of the region.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Which kind of holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayKind {
    /// School holidays.
    School,
    /// Public holiday.
    Public,
}

/// A holiday; both days included.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Holiday {
    /// Kind.
    pub kind: HolidayKind,
    /// Name by language.
    pub name: BTreeMap<String, String>,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}
