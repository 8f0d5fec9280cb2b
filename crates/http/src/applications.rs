//! Applications: organisations ask for access.

pub mod create;
pub mod decide;
pub mod get;
pub mod list;
mod organization;
pub mod verify;

use chrono::{DateTime, Utc};
use domain::Uuid;
use domain::accounts::{Application, ApplicationStatus, EmailAddress, MailLanguage, OrganizationRef};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An application whose address was confirmed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Application)]
pub struct ApplicationView {
    /// Id.
    pub id: Uuid,
    /// Name of the organisation.
    #[schema(examples("Musikschule Beispiel"))]
    pub organization_name: String,
    /// Code of the vocabulary `organization-kinds`.
    #[schema(examples("music-school"))]
    pub organization_kind: String,
    /// Its web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Who asks.
    pub contact_name: String,
    /// Where mail goes; missing once that person's account was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Words to the editors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Name of whoever decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Why it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The organisation it led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationRef>,
    /// Counts up with every change.
    #[schema(minimum = 1, examples(2))]
    pub version: i64,
}

impl From<Application> for ApplicationView {
    fn from(application: Application) -> Self {
        Self {
            id: application.id,
            organization_name: application.organization_name,
            organization_kind: application.organization_kind,
            website: application.website,
            contact_name: application.contact_name,
            email: application.email,
            message: application.message,
            language: application.language,
            status: application.status,
            created_at: application.created_at,
            verified_at: application.verified_at,
            decided_at: application.decided_at,
            decided_by: application.decided_by,
            reason: application.reason,
            organization: application.organization,
            version: application.version,
        }
    }
}

/// The id of an application.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "documents a part of the path")]
pub(crate) struct ApplicationId {
    /// Id of the application.
    #[param(example = "019ab1c2-0000-7000-8000-000000000007")]
    pub(crate) id: Uuid,
}
