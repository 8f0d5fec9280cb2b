//! The table of answers: a row for every operation, a column for everybody. Kept as tab-separated text that people can read and compare.

use super::operations::{self, Operation};
use super::principals;
use std::collections::BTreeMap;
use std::fmt::Write;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/matrix/expected.tsv");
const HOW: &str = "UPDATE_MATRIX=1 cargo test -p http@0.1.0 --test matrix";

/// What everybody is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) rule: String,
    pub(crate) answers: Vec<u16>,
}

/// All rows, by the name of the operation.
#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<String, Row>);

impl Table {
    pub(crate) fn add(&mut self, operation: &Operation, answers: Vec<u16>) {
        self.0.insert(operation.name(), Row { rule: operation.rule(), answers });
    }

    pub(crate) fn row(&self, operation: &Operation) -> Option<&Row> {
        self.0.get(&operation.name())
    }

    fn head() -> Vec<String> {
        ["operation".to_owned(), "policy".to_owned()].into_iter().chain(principals::ALL.map(principals::Principal::name)).collect()
    }

    /// The table that is kept.
    pub(crate) fn read() -> Self {
        let text = std::fs::read_to_string(PATH).unwrap_or_default();
        let mut lines = text.lines();
        let head: Vec<String> = lines.next().unwrap_or_default().split('\t').map(str::to_owned).collect();
        assert_eq!(head, Self::head(), "the columns of {PATH} are not the principals of the test: {HOW}");
        let row = |line: &str| {
            let mut cells = line.split('\t').map(str::to_owned);
            let (name, rule) = (cells.next().unwrap(), cells.next().unwrap());
            (name, Row { rule, answers: cells.map(|cell| cell.parse().unwrap()).collect() })
        };
        Self(lines.map(row).collect())
    }

    /// Keeps the table, in the order of paths.
    pub(crate) fn write(&self) {
        let mut text = Self::head().join("\t") + "\n";
        for operation in operations::all() {
            let row = self.row(&operation).unwrap();
            write!(text, "{}\t{}", operation.name(), row.rule).unwrap();
            row.answers.iter().for_each(|status| write!(text, "\t{status}").unwrap());
            text.push('\n');
        }
        std::fs::write(PATH, text).unwrap();
    }

    /// What `found` answers differently.
    pub(crate) fn differences(&self, found: &Self) -> Vec<String> {
        let mut differences = self.missing();
        for (name, row) in &found.0 {
            let Some(expected) = self.0.get(name) else { continue };
            for ((principal, found), expected) in principals::ALL.into_iter().zip(&row.answers).zip(&expected.answers) {
                if found != expected {
                    differences.push(format!("{name} as {}: {found}, but the table says {expected}", principal.name()));
                }
            }
        }
        differences
    }

    /// Operations without a row, and rows without an operation.
    pub(crate) fn missing(&self) -> Vec<String> {
        let operations = operations::all();
        let without = operations.iter().filter(|operation| self.row(operation).is_none());
        let mut missing: Vec<String> = without
            .map(|operation| {
                format!("{} ({}) has no row in crates/http/tests/matrix/expected.tsv: {HOW}, and read the row", operation.name(), operation.id)
            })
            .collect();
        let over = self.0.keys().filter(|name| !operations.iter().any(|operation| operation.name() == **name));
        missing.extend(over.map(|name| format!("{name} stands in crates/http/tests/matrix/expected.tsv but is no operation any more: {HOW}")));
        missing
    }
}
