//! Applications for access: an organisation asks for an account of its own.

use super::{EmailAddress, OrganizationRef};
use crate::catalogue::code_enum;
use crate::problem::ValueError;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use uuid::Uuid;

code_enum! {
    /// Where an application stands, once its address was confirmed.
    ApplicationStatus {
        /// Waits for an editor.
        Pending = "pending",
        /// Approved.
        Approved = "approved",
        /// Rejected.
        Rejected = "rejected",
    }
}

code_enum! {
    /// A language in which the portal writes to people.
    MailLanguage {
        /// German.
        German = "de",
        /// English.
        English = "en",
    }
}

/// What somebody hands in to apply for access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationDraft {
    /// Name of the organisation.
    pub organization_name: String,
    /// Code of the vocabulary `organization-kinds`.
    pub organization_kind: String,
    /// Its web page.
    pub website: Option<String>,
    /// Who asks.
    pub contact_name: String,
    /// Where mail goes.
    pub email: EmailAddress,
    /// Words to the editors.
    pub message: Option<String>,
    /// Language of mail.
    pub language: MailLanguage,
}

/// An application whose address was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// `UUIDv7`.
    pub id: Uuid,
    /// What was handed in. The address is missing once the account it led to was deleted.
    pub organization_name: String,
    /// Code of the vocabulary `organization-kinds`.
    pub organization_kind: String,
    /// Web page of the organisation.
    pub website: Option<String>,
    /// Who asked.
    pub contact_name: String,
    /// Where mail goes.
    pub email: Option<EmailAddress>,
    /// Words to the editors.
    pub message: Option<String>,
    /// Language of mail.
    pub language: MailLanguage,
    /// Status.
    pub status: ApplicationStatus,
    /// When it was handed in.
    pub created_at: DateTime<Utc>,
    /// When the address was confirmed.
    pub verified_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Name of whoever decided.
    pub decided_by: Option<String>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// The organisation it led to.
    pub organization: Option<OrganizationRef>,
    /// Counts up with every change; the `ETag`.
    pub version: i64,
}
