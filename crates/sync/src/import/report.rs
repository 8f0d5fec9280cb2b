//! Counts and problems of an import.

use domain::Problem;
use domain::catalogue::RecordKind;
use domain::partners::{ImportCounts, ImportProblem};

/// So many problems are kept; all are counted.
const KEPT: usize = 10_000;

/// What an import has to tell.
#[derive(Debug, Clone, Default)]
pub(super) struct Report {
    pub(super) counts: ImportCounts,
    pub(super) problems: Vec<ImportProblem>,
    pub(super) problem_count: u64,
    pub(super) failure: Option<Problem>,
}

/// Which record of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) line: Option<u64>,
    pub(super) kind: Option<RecordKind>,
    pub(super) external_id: Option<String>,
}

impl Report {
    pub(super) fn reject(&mut self, place: &Place, problems: Vec<Problem>) {
        self.counts.rejected += 1;
        self.note(place, problems);
    }

    pub(super) fn note(&mut self, place: &Place, problems: Vec<Problem>) {
        for problem in problems {
            self.problem_count += 1;
            if self.problems.len() < KEPT {
                let record_id = place.external_id.clone();
                self.problems.push(ImportProblem { line: place.line, record_kind: place.kind, record_id, problem });
            }
        }
    }

    pub(super) fn failed(self, failure: Problem) -> Self {
        Self { failure: Some(failure), ..self }
    }
}
