//! Sources: who may hand in records.

pub mod change;
pub mod create;
pub mod get;
pub mod list;
pub mod revoke;

use crate::problem::ApiError;
use chrono::{DateTime, Utc};
use domain::accounts::OrganizationRef;
use domain::catalogue::Licence;
use domain::partners::Source;
use domain::problem::ValueError;
use domain::{ErrorCode, Uuid};
use persistence::AnyConnection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A source.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Source)]
pub struct SourceView {
    /// Id.
    pub id: Uuid,
    /// Stable key, by which it is addressed.
    #[schema(examples("kvhs-lup"))]
    pub key: String,
    /// Name for people.
    #[schema(examples("Kreisvolkshochschule"))]
    pub name: String,
    /// Licence of its records unless a record says otherwise.
    pub licence: Licence,
    /// The organisation it belongs to; none for aggregators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationRef>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was ended; an ended source takes nothing any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<DateTime<Utc>>,
    /// The last full import that succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Counts up with every change and every full import.
    #[schema(minimum = 1, examples(3))]
    pub version: i64,
}

/// A source for whoever may see it.
fn view(source: Source, organization: Option<OrganizationRef>) -> SourceView {
    let Source { id, key, name, licence, created_at, revoked_at, confirmed_at, version, .. } = source;
    SourceView { id, key, name, licence, organization, created_at, revoked_at, confirmed_at, version }
}

/// Whether an organisation that is to own a source is in the catalogue.
fn is_known(tx: &mut AnyConnection, organization: Option<Uuid>) -> persistence::Result<bool> {
    organization.map_or(Ok(true), |id| Ok(persistence::access::organization(tx, id)?.is_some()))
}

fn organization_unknown() -> ApiError {
    ApiError::new(ErrorCode::Invalid).field(
        "/body/organization",
        ValueError::new("organization-unknown", "Diese Einrichtung gibt es hier nicht.", "There is no such organisation here."),
    )
}
