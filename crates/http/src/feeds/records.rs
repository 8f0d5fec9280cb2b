//! Whole records for writers of other formats.

use domain::Uuid;
use domain::catalogue::PublicationState;
use persistence::records::{self, StoredRecord};
use persistence::{AnyConnection, Error, Result};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// The published records with these ids, in this order. One that was withdrawn a moment ago is left out.
pub(crate) fn in_order<T: DeserializeOwned>(connection: &mut AnyConnection, ids: &[Uuid]) -> Result<Vec<T>> {
    let found = records::get_many(connection, ids)?;
    let mut found: HashMap<Uuid, StoredRecord> = found.into_iter().map(|record| (record.id, record)).collect();
    let published = ids.iter().filter_map(|id| found.remove(id)).filter(|record| record.state == PublicationState::Published);
    published.map(|record| decoded(&record)).collect()
}

/// The record out of its document.
pub(crate) fn decoded<T: DeserializeOwned>(record: &StoredRecord) -> Result<T> {
    serde_json::from_str(&record.document).map_err(|error| Error::Corrupt(error.to_string()))
}
