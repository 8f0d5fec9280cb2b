//! How carefully a source is imported, and who cares for it.

use crate::accounts::EmailAddress;
use crate::problem::ValueError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A share of the records of a source, in per cent: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BrakePercent(u32);

/// A number of records: 0 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BrakeRecords(u32);

macro_rules! bounded {
    ($name:ident, $least:literal, $most:literal, $example:literal) => {
        impl TryFrom<u32> for $name {
            type Error = ValueError;
            fn try_from(number: u32) -> Result<Self, ValueError> {
                if ($least..=$most).contains(&number) {
                    return Ok(Self(number));
                }
                Err(ValueError::new(
                    "number-out-of-range",
                    format!("{number} geht nicht; möglich ist {} bis {}.", $least, $most),
                    format!("{number} does not do; possible is {} to {}.", $least, $most),
                ))
            }
        }

        impl From<$name> for u32 {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::Integer)
                    .minimum(Some($least))
                    .maximum(Some($most))
                    .examples([$example])
                    .into()
            }
        }
        impl ToSchema for $name {}
    };
}

bounded!(BrakePercent, 1, 100, 20);
bounded!(BrakeRecords, 0, 1_000_000, 5);

/// How carefully a source is imported. An import stops to ask if it would withdraw more than both limits allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceSettings {
    /// How many per cent of its published records an import may withdraw without a question.
    pub brake_percent: BrakePercent,
    /// How many records it may withdraw without a question, whatever share that is.
    pub brake_records: BrakeRecords,
    /// Who is told when imports of the source fail or wait, besides those who administer its organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "email", max_length = 254, examples("edv@vhs.example.org"))]
    pub contact_email: Option<EmailAddress>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_have_limits() {
        let read = |percent: u32, records: u32| {
            serde_json::from_value::<SourceSettings>(serde_json::json!({ "brakePercent": percent, "brakeRecords": records })).is_ok()
        };
        assert!(read(1, 0) && read(100, 1_000_000));
        assert!(!read(0, 5) && !read(101, 5) && !read(20, 1_000_001));
        assert!(serde_json::from_str::<SourceSettings>(r#"{"brakePercent":20,"brakeRecords":5,"contactEmail":"nobody"}"#).is_err());
    }
}
