//! Edits of records made in the portal: fields that are kept from the feed.

use crate::access::Owned;
use crate::actors;
use crate::audit::{self, Event};
use crate::connection::{AnyConnection, each_backend};
use crate::convert::{micros, timestamp};
use crate::error::{Error, Result};
use crate::schema::{record_edits, records};
use diesel::prelude::*;
use domain::accounts::may::EditRecords;
use domain::catalogue::RecordKind;
use domain::{Rng, Timestamp};
use serde_json::{Map, Value};

use super::records::StoredRecord;

/// The proof that somebody may edit a record.
pub type Edits = Owned<StoredRecord, EditRecords>;

/// A field that was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The top-level field of the draft.
    pub field: String,
    /// Its value; `null` if it was emptied.
    pub value: Value,
    /// When.
    pub at: Timestamp,
    /// The name that who did it has now; `None` for the program itself and for accounts that are gone.
    pub by: Option<String>,
}

/// What was edited of a record, in order of the fields.
pub fn list(connection: &mut AnyConnection, record: &Edits) -> Result<Vec<Edited>> {
    let rows: Vec<(String, String, i64, String)> = record_edits::table
        .filter(record_edits::record_id.eq(record.value().id.to_string()))
        .order(record_edits::field)
        .select((record_edits::field, record_edits::value, record_edits::edited_at, record_edits::edited_by))
        .load(connection)?;
    let names = actors::names(connection, rows.iter().map(|(.., by)| actors::parts(by)))?;
    rows.into_iter()
        .map(|(field, value, at, by)| {
            let value = serde_json::from_str(&value).map_err(Error::corrupt)?;
            let by = actors::parts(&by).1.and_then(|id| names.get(&id).cloned());
            Ok(Edited { field, value, at: timestamp(at)?, by })
        })
        .collect()
}

/// Takes hold of a record that is at `version`: nobody else changes it until this transaction ends. [`Error::Conflict`] if it has another version
/// by now.
pub fn hold(tx: &mut AnyConnection, record: &Edits, version: i64) -> Result<()> {
    let row = records::table.find(record.value().id.to_string()).filter(records::version.eq(version));
    let held = diesel::update(row).set(records::version.eq(records::version)).execute(tx)?;
    super::records::expect_one(tx, record.value().id, held)
}

/// Keeps values of fields; what was edited before is replaced.
pub fn put(tx: &mut AnyConnection, record: &Edits, fields: &Map<String, Value>, at: Timestamp) -> Result<()> {
    let by = actors::text(record.actor());
    for (field, value) in fields {
        let values = (
            record_edits::record_id.eq(record.value().id.to_string()),
            record_edits::field.eq(field),
            record_edits::value.eq(value.to_string()),
            record_edits::edited_at.eq(micros(at)),
            record_edits::edited_by.eq(&by),
        );
        each_backend!(tx, |inner| diesel::insert_into(record_edits::table)
            .values(values)
            .on_conflict((record_edits::record_id, record_edits::field))
            .do_update()
            .set((record_edits::value.eq(value.to_string()), record_edits::edited_at.eq(micros(at)), record_edits::edited_by.eq(&by),))
            .execute(inner))?;
    }
    Ok(())
}

/// Forgets the edit of a field and returns what it held. [`Error::NotFound`] if the field was not edited.
pub fn remove(tx: &mut AnyConnection, record: &Edits, field: &str) -> Result<Value> {
    let row = record_edits::table.find((record.value().id.to_string(), field.to_owned()));
    let value: String = row.clone().select(record_edits::value).first(tx)?;
    diesel::delete(row).execute(tx)?;
    serde_json::from_str(&value).map_err(Error::corrupt)
}

/// What happened to the edits of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Fields were edited.
    Edited,
    /// A field was left to the feed again.
    Released,
}

/// Tells the audit log what happened to fields of a record.
pub fn tell(
    tx: &mut AnyConnection,
    record: &Edits,
    deed: Deed,
    before: Map<String, Value>,
    after: Map<String, Value>,
    rng: &dyn Rng,
    at: Timestamp,
) -> Result<()> {
    let action = match deed {
        Deed::Edited => "record.edited",
        Deed::Released => "record.released",
    };
    let value = record.value();
    let organization = if value.kind == RecordKind::Organization { Some(value.id) } else { value.organization_id };
    let event =
        Event::new(action, value.kind.code(), value.id).named(&value.slug).within(organization).changed(Value::Object(before), Value::Object(after));
    audit::append(tx, record.actor(), &event, rng, at)
}
