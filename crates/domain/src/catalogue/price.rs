//! Prices: free, an amount, a range, on request, or not stated.

use super::common::code_enum;
use crate::problem::ValueError;
use crate::text::Short;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;

code_enum! {
    /// How a price is stated. Codes of the vocabulary `price-types`.
    PriceType {
        /// Costs nothing.
        Free = "free",
        /// One amount.
        Paid = "paid",
        /// From an amount to another.
        Range = "range",
        /// On request.
        OnRequest = "on-request",
        /// Not stated.
        Unknown = "unknown",
    }
}

/// Amounts are in minor units (cents).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// How the price is stated.
    #[serde(rename = "type")]
    pub kind: PriceType,
    /// Amount in minor units; the lower one of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples(4700), minimum = 0)]
    pub amount: Option<u32>,
    /// Upper amount of a range in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_amount: Option<u32>,
    /// ISO 4217.
    #[serde(default = "euro")]
    #[schema(examples("EUR"))]
    pub currency: String,
    /// Reduced prices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reductions: Vec<PriceReduction>,
    /// Explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Short>,
}

fn euro() -> String {
    "EUR".to_owned()
}

impl Price {
    /// No statement about the price.
    pub fn unknown() -> Self {
        Self { kind: PriceType::Unknown, amount: None, max_amount: None, currency: euro(), reductions: vec![], note: None }
    }

    /// Costs nothing.
    pub fn free() -> Self {
        Self { kind: PriceType::Free, ..Self::unknown() }
    }

    /// One amount in cents.
    pub fn euros(cents: u32) -> Self {
        Self { kind: PriceType::Paid, amount: Some(cents), ..Self::unknown() }
    }

    /// Whether type and amounts fit together.
    pub fn check(&self) -> Result<(), ValueError> {
        let fits = match self.kind {
            PriceType::Paid => self.amount.is_some_and(|a| a > 0) && self.max_amount.is_none(),
            PriceType::Range => matches!((self.amount, self.max_amount), (Some(low), Some(high)) if low < high),
            PriceType::Free | PriceType::OnRequest | PriceType::Unknown => self.amount.is_none() && self.max_amount.is_none(),
        };
        if fits {
            return Ok(());
        }
        Err(ValueError::new(
            "price-inconsistent",
            "Preisart und Beträge passen nicht zusammen: „paid“ braucht amount > 0, „range“ braucht amount < maxAmount, die anderen haben keinen Betrag.",
            "Price type and amounts do not fit: “paid” needs amount > 0, “range” needs amount < maxAmount, the others have no amount.",
        ))
    }
}

/// A reduced price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceReduction {
    /// For whom.
    pub label: Short,
    /// Amount in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
}
