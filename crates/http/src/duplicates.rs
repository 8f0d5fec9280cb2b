//! Offers that may be the same: found by the portal, decided by people.

pub mod decide;
pub mod get;
pub mod list;

use crate::problem::ApiError;
use chrono::{DateTime, Utc};
use domain::Uuid;
use domain::accounts::OrganizationRef;
use domain::catalogue::PublicationState;
use domain::partners::{DuplicatePair, DuplicateReason, DuplicateState};
use persistence::records::StoredRecord;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The source of an offer of a pair.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuplicateSource {
    /// Key.
    #[schema(examples("kvhs-lup"))]
    pub key: String,
    /// Name.
    #[schema(examples("Kreisvolkshochschule"))]
    pub name: String,
}

/// One of two offers that may be the same, in short.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuplicateCard {
    /// Id of the offer.
    pub id: Uuid,
    /// Readable last part of its page address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Who offers it.
    pub organization: OrganizationRef,
    /// Who handed it in.
    pub source: DuplicateSource,
    /// Whether it is public just now.
    pub shown: bool,
}

/// Two offers that may be the same.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateSummary {
    /// Id of the pair.
    pub id: Uuid,
    /// How alike they are, 0 to 100.
    #[schema(minimum = 0, maximum = 100, examples(97))]
    pub score: u8,
    /// Why they may be the same.
    pub reasons: Vec<DuplicateReason>,
    /// What was decided.
    pub state: DuplicateState,
    /// The one offer.
    pub first: DuplicateCard,
    /// The other offer.
    pub second: DuplicateCard,
    /// Of two that were merged: the one that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Uuid>,
    /// When they were noticed.
    pub found_at: DateTime<Utc>,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Counts up with every decision.
    #[schema(minimum = 1, examples(1))]
    pub version: i64,
}

/// What a card shows of a document.
#[derive(Deserialize)]
struct Shown {
    title: String,
    organization: OrganizationRef,
    source: DuplicateSource,
}

fn card(record: &StoredRecord) -> Result<DuplicateCard, ApiError> {
    let Shown { title, organization, source } = serde_json::from_str(&record.document).map_err(ApiError::internal)?;
    let shown = record.state == PublicationState::Published;
    Ok(DuplicateCard { id: record.id, slug: record.slug.clone(), title, organization, source, shown })
}

fn summary(pair: DuplicatePair, records: &[StoredRecord]) -> Result<DuplicateSummary, ApiError> {
    let DuplicatePair { id, score, reasons, state, kept, found_at, decided_at, version, .. } = pair;
    let (first, second) = (card(record(records, pair.first)?)?, card(record(records, pair.second)?)?);
    Ok(DuplicateSummary { id, score, reasons, state, first, second, kept, found_at, decided_at, version })
}

/// The row of one of the two; offers are never deleted.
fn record(records: &[StoredRecord], id: Uuid) -> Result<&StoredRecord, ApiError> {
    records.iter().find(|record| record.id == id).ok_or_else(|| ApiError::internal(format!("the pair of an offer {id} that is not there")))
}
