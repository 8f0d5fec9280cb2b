//! The mapping of columns that a source's tables are read by. It has a version of its own: imports, which change the source, do not change it.

use crate::access::Owned;
use crate::audit::{self, Event};
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::schema::sources;
use diesel::prelude::*;
use domain::accounts::may::{ConfigureSources, ReadSources};
use domain::partners::{ColumnMapping, Source};
use domain::{Rng, Timestamp, Uuid};
use serde::{Deserialize, Serialize};

/// A mapping as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredMapping {
    /// Counts up with every change.
    pub version: i64,
    /// The mapping.
    pub mapping: ColumnMapping,
}

/// The mapping of a source, if it has one.
pub fn get(connection: &mut AnyConnection, source: &Owned<Source, ReadSources>) -> Result<Option<StoredMapping>> {
    stored(connection, source.value().id)
}

/// The mapping by which files of a source are read. Whoever has the source, which only a proof gives, may read its files.
pub fn of_source(connection: &mut AnyConnection, source: &Source) -> Result<Option<ColumnMapping>> {
    Ok(stored(connection, source.id)?.map(|stored| stored.mapping))
}

fn stored(connection: &mut AnyConnection, source: Uuid) -> Result<Option<StoredMapping>> {
    let text: Option<String> = sources::table.find(source.to_string()).select(sources::column_mapping).first(connection)?;
    text.map(|text| serde_json::from_str(&text).map_err(Error::corrupt)).transpose()
}

/// Stores the mapping of a source: the first one if `version` is none, else in place of that version. [`Error::Conflict`] if another one is
/// there by now, with the version of that one.
pub fn put(
    tx: &mut AnyConnection,
    source: &Owned<Source, ConfigureSources>,
    version: Option<i64>,
    mapping: ColumnMapping,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<StoredMapping> {
    let owner = source.value();
    let row = || sources::table.find(owner.id.to_string());
    let before: Option<String> = row().select(sources::column_mapping).first(tx)?;
    let known: Option<StoredMapping> = before.as_deref().map(serde_json::from_str).transpose().map_err(Error::corrupt)?;
    if known.as_ref().map(|known| known.version) != version {
        return Err(Error::Conflict(known.map_or(0, |known| known.version)));
    }
    let new = StoredMapping { version: version.unwrap_or(0) + 1, mapping };
    let text = serde_json::to_string(&new).map_err(Error::corrupt)?;
    // Compared once more by the database itself: two may have read the same version.
    let unchanged = match &before {
        Some(before) => diesel::update(row().filter(sources::column_mapping.eq(before))).set(sources::column_mapping.eq(&text)).execute(tx)?,
        None => diesel::update(row().filter(sources::column_mapping.is_null())).set(sources::column_mapping.eq(&text)).execute(tx)?,
    };
    if unchanged == 0 {
        return Err(Error::Conflict(stored(tx, owner.id)?.map_or(0, |known| known.version)));
    }
    let shown = |mapping: &ColumnMapping| serde_json::to_value(mapping).map_err(Error::corrupt);
    let event = Event::new("source.mapping-changed", "source", owner.id).named(&owner.key).within(owner.organization_id);
    let was = known.as_ref().map(|known| shown(&known.mapping)).transpose()?;
    audit::append(tx, source.actor(), &event.changed(was, shown(&new.mapping)?), rng, at)?;
    Ok(new)
}
