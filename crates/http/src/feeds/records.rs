//! Whole records for writers of other formats.

use domain::Uuid;
use domain::catalogue::PublicationState;
use persistence::records::{self, StoredRecord};
use persistence::{AnyConnection, Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The published records with these ids, in this order. One that was withdrawn a moment ago is left out.
pub(crate) fn in_order<T: DeserializeOwned>(connection: &mut AnyConnection, ids: &[Uuid]) -> Result<Vec<T>> {
    let found = records::get_many(connection, ids)?;
    let mut found: HashMap<Uuid, StoredRecord> = found.into_iter().map(|record| (record.id, record)).collect();
    let published = ids.iter().filter_map(|id| found.remove(id)).filter(|record| record.state == PublicationState::Published);
    published.map(|record| decoded(&record)).collect()
}

/// The ids of what a search found, in its order.
pub(crate) fn ids(items: &[Box<RawValue>]) -> serde_json::Result<Vec<Uuid>> {
    #[derive(Deserialize)]
    struct Identified {
        id: Uuid,
    }
    items.iter().map(|item| serde_json::from_str::<Identified>(item.get()).map(|item| item.id)).collect()
}

/// The record out of its document.
pub(crate) fn decoded<T: DeserializeOwned>(record: &StoredRecord) -> Result<T> {
    serde_json::from_str(&record.document).map_err(|error| Error::Corrupt(error.to_string()))
}
