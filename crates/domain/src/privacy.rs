//! What is kept of people, what for, by what right and for how long: `data/privacy.toml`. A test compares it with the tables as they are, the
//! job that clears away takes its periods from here, and the privacy page shows it.

use crate::problem::Message;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How long something is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days after which the job clears it away; none where it goes with something else.
    #[serde(default)]
    pub days: Option<u32>,
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

/// A kind of personal data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Name.
    pub label: Message,
    /// What it consists of, for people.
    pub fields: Vec<Message>,
    /// What for.
    pub purpose: Message,
    /// By what right.
    pub legal_basis: Message,
    /// For how long: keys of [`Inventory::retention`].
    pub retention: Vec<String>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// Nothing personal (`false`).
    Impersonal(bool),
    /// Something personal of this category.
    Personal(String),
}

/// The whole inventory.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
    /// Who still has to confirm the legal bases; none once that is done.
    #[serde(default)]
    pub review: Option<Message>,
    /// Periods by key.
    pub retention: BTreeMap<String, Retention>,
    /// Categories by key.
    pub categories: BTreeMap<String, Category>,
    /// Columns by table and name.
    pub tables: BTreeMap<String, BTreeMap<String, Column>>,
}

static INVENTORY: LazyLock<Inventory> = LazyLock::new(|| {
    // Part of the program: a test reads it, so a broken inventory cannot leave the house.
    #[allow(clippy::expect_used)]
    toml::from_str(include_str!("../../../data/privacy.toml")).expect("data/privacy.toml is complete")
});

impl Inventory {
    /// The inventory.
    pub fn get() -> &'static Self {
        &INVENTORY
    }

    /// The period of a rule; zero for one that is not there or has none.
    pub fn period(&self, rule: &str) -> chrono::Duration {
        chrono::Duration::days(self.retention.get(rule).and_then(|rule| rule.days).unwrap_or(0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everything_personal_has_a_purpose_a_basis_and_a_period() {
        let inventory = Inventory::get();
        let used: BTreeSet<&String> = inventory
            .tables
            .values()
            .flat_map(BTreeMap::values)
            .filter_map(|column| match column {
                Column::Personal(category) => Some(category),
                Column::Impersonal(personal) => {
                    assert!(!personal, "a personal column names its category");
                    None
                }
            })
            .collect();
        assert_eq!(used, inventory.categories.keys().collect(), "categories without columns, or columns without a category");
        let periods: BTreeSet<&String> = inventory.categories.values().flat_map(|category| &category.retention).collect();
        assert!(periods.iter().all(|rule| inventory.retention.contains_key(*rule)), "{periods:?}");
        assert!(inventory.categories.values().all(|category| !category.retention.is_empty() && !category.fields.is_empty()));
    }
}
