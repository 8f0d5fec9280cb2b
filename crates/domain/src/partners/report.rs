//! What is said of an import as a whole and record by record, and what is kept of its file.

use super::{ChangeAction, ImportFormat, ImportMode};
use crate::catalogue::{RecordKind, code_enum};
use crate::problem::ValueError;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

code_enum! {
    /// What a file is kept for.
    FilePurpose {
        /// It is still arriving, or waits to be imported.
        Upload = "upload",
        /// Its import waits for somebody to confirm it.
        Held = "held",
        /// Everybody may download it.
        Dump = "dump",
    }
}

code_enum! {
    /// Why an import stopped to ask.
    HoldReason {
        /// It contains no record, but the source has published ones.
        Empty = "empty",
        /// It would withdraw more records than the source may lose without a question.
        Shrinks = "shrinks",
    }
}

code_enum! {
    /// What becomes of an import that waits.
    ImportDecision {
        /// It is applied, withdrawals and all.
        Confirm = "confirm",
        /// It is dropped.
        Discard = "discard",
    }
}

/// What an import would do that nobody does by accident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportConfirmation {
    /// Why it is asked.
    pub reason: HoldReason,
    /// Records that the import would withdraw.
    pub withdrawals: u64,
    /// Records that the source had published before.
    pub published: u64,
}

/// Who handed in an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportActor {
    /// `system`, `account` or `client`.
    #[schema(examples("client"))]
    pub kind: String,
    /// Id of the account or the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Its name, as long as there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What an import did to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRecord {
    /// Id of the record; none for one that a dry run would have created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_id: Option<Uuid>,
    /// Kind.
    pub kind: RecordKind,
    /// Identifier at the source.
    pub external_id: String,
    /// What happened.
    pub action: ChangeAction,
    /// Version of the record after it.
    pub version: i64,
    /// Title or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// How a file is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handing {
    /// Format of the file.
    pub format: ImportFormat,
    /// What it says about records it does not contain.
    pub mode: ImportMode,
    /// Everything is done and reported, and then taken back.
    pub dry_run: bool,
    /// Somebody knows how much it withdraws: it does not stop to ask.
    pub confirmed: bool,
}

impl Handing {
    /// A file that is meant, but stops to ask before it withdraws too much.
    pub fn new(format: ImportFormat, mode: ImportMode) -> Self {
        Self { format, mode, dry_run: false, confirmed: false }
    }
}
