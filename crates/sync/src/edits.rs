//! Editing records in the portal: fields that are kept from the feed, and left to it again.
//!
//! An edit is a value for one top-level field of the draft. What the source handed in, with the edits laid over it, is read and assembled like
//! everything that is handed in: an edit can say nothing a source could not, and what is wrong with it is told with its place.

use crate::Services;
use crate::import::{self, Recomposed};
use chrono::SubsecRound;
use domain::accounts::Actor;
use domain::catalogue::edits::{editable, fields, lay_over, merged};
use domain::catalogue::{PublicationState, RecordKind};
use domain::partners::ImportFormat;
use domain::problem::ValueError;
use domain::{Problem, Timestamp, Uuid};
use persistence::access::owned_record;
use persistence::edits::{self, Deed, Edits};
use persistence::records::{self, StoredRecord};
use persistence::{AnyConnection, Error as StoreError, changes, imports};
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, PoisonError};

/// Why a record was not edited.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The record is withdrawn.
    #[error("the record is withdrawn")]
    Gone,
    /// The record would not be one any more. Pointers into the record, as if it were handed in.
    #[error("the record would be invalid")]
    Invalid(Vec<Problem>),
    /// The store failed, the actor may not do this, or the record has another version.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A field that was edited, and what the feed says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEdit {
    /// The top-level field.
    pub field: String,
    /// Its value; `null` if it was emptied.
    pub value: Value,
    /// What the source last handed in; `null` if it said nothing.
    pub feed_value: Value,
    /// When it was edited.
    pub at: Timestamp,
    /// Name of who edited it, as far as it is known.
    pub by: Option<String>,
}

/// What was edited of a record, in order of the fields, and the version of the record.
///
/// # Errors
/// [`EditError::Store`]; a foreign record is not found.
pub fn shown(services: &Services, actor: &Actor, kind: RecordKind, id: Uuid) -> Result<(Vec<FieldEdit>, i64), EditError> {
    let now = services.clock.now();
    let found = services.store.read(|connection| {
        let record = owned_record(connection, actor, kind, id, now)?;
        let edited = edits::list(connection, &record)?;
        // What cannot be read any more says nothing; the edits are shown all the same.
        let feed = if edited.is_empty() { Map::new() } else { feed(services, connection, record.value())?.unwrap_or_default() };
        let edited = edited.into_iter().map(|edit| FieldEdit {
            feed_value: feed.get(&edit.field).cloned().unwrap_or(Value::Null),
            field: edit.field,
            value: edit.value,
            at: edit.at,
            by: edit.by,
        });
        Ok((edited.collect(), record.value().version))
    })?;
    Ok(found)
}

/// Edits fields of a record that is at `version`: `patch` is a merge patch (RFC 7396) over the record as it is shown. Every field it names is kept
/// from the feed from now on. Returns the record as it is then.
///
/// # Errors
/// [`EditError`]; nothing is changed then.
pub fn change(
    services: &Services,
    actor: &Actor,
    kind: RecordKind,
    id: Uuid,
    version: i64,
    patch: &Map<String, Value>,
) -> Result<StoredRecord, EditError> {
    let patch = patch.clone();
    in_transaction(services, actor, kind, id, version, move |services, tx, record, at| {
        if patch.is_empty() {
            return Ok(());
        }
        let mut before = feed(services, tx, record.value())?.map_err(EditError::Invalid)?;
        lay_over(&mut before, kind, &imports::edits_of(tx, id)?);
        let values = checked(services, kind, &before, &patch)?;
        edits::put(tx, record, &values, at)?;
        let named = values.keys().map(|field| (field.clone(), before.get(field).cloned().unwrap_or(Value::Null))).collect();
        written(services, tx, record, Deed::Edited, (named, values), at)
    })
}

/// Leaves a field of a record that is at `version` to the feed again: its value is that of the feed at once. Returns the record as it is then.
///
/// # Errors
/// [`EditError`]; nothing is changed then. A field that was not edited is not found.
pub fn release(services: &Services, actor: &Actor, kind: RecordKind, id: Uuid, version: i64, field: &str) -> Result<StoredRecord, EditError> {
    let field = field.to_owned();
    in_transaction(services, actor, kind, id, version, move |services, tx, record, at| {
        let value = edits::remove(tx, record, &field)?;
        let feed = feed(services, tx, record.value())?.map_err(EditError::Invalid)?;
        let now = feed.get(&field).cloned().unwrap_or(Value::Null);
        let one = |value| Map::from_iter([(field.clone(), value)]);
        written(services, tx, record, Deed::Released, (one(value), one(now)), at)
    })
}

/// Does something to the edits of a record in one transaction, which is taken back if the record would not be one any more.
fn in_transaction(
    services: &Services,
    actor: &Actor,
    kind: RecordKind,
    id: Uuid,
    version: i64,
    work: impl Fn(&Services, &mut AnyConnection, &Edits, Timestamp) -> Result<(), EditError> + Send + 'static,
) -> Result<StoredRecord, EditError> {
    // The store only knows its own errors: ours is put aside, and the store told to take back everything.
    let refused: Arc<Mutex<Option<EditError>>> = Arc::default();
    let aside = Arc::clone(&refused);
    let (own, actor, at) = (services.clone(), actor.clone(), services.clock.now().trunc_subsecs(6));
    let result = services.store.write(move |tx| {
        let record = owned_record(tx, &actor, kind, id, at)?;
        let done = if matches!(record.value().state, PublicationState::Withdrawn | PublicationState::Expired) {
            Err(EditError::Gone)
        } else {
            edits::hold(tx, &record, version)?;
            work(&own, tx, &record, at)
        };
        match done {
            Ok(()) => records::get(tx, id)?.ok_or(StoreError::NotFound),
            Err(EditError::Store(error)) => Err(error),
            Err(error) => {
                *aside.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                Err(StoreError::Aborted)
            }
        }
    });
    match (result, refused.lock().unwrap_or_else(PoisonError::into_inner).take()) {
        (Err(StoreError::Aborted), Some(error)) => Err(error),
        (result, _) => Ok(result?),
    }
}

/// Makes the document anew, and tells the change log and the audit log.
fn written(
    services: &Services,
    tx: &mut AnyConnection,
    record: &Edits,
    deed: Deed,
    (before, after): (Map<String, Value>, Map<String, Value>),
    at: Timestamp,
) -> Result<(), EditError> {
    let mut log = Vec::new();
    if let Recomposed::Refused(problems) = import::recompose(services, tx, record.value().id, at, &mut log)? {
        return Err(EditError::Invalid(problems));
    }
    changes::append(tx, &log, at)?;
    edits::tell(tx, record, deed, before, after, &*services.rng, at)?;
    Ok(())
}

/// What the source last handed in, field by field; or why it cannot be read any more.
fn feed(services: &Services, connection: &mut AnyConnection, record: &StoredRecord) -> Result<Result<Map<String, Value>, Vec<Problem>>, StoreError> {
    let handed = imports::handed_in(connection, record.id)?;
    let source = imports::source(connection, record.source_id)?;
    let context = import::context(services, connection, &source)?;
    let draft = match exchange::decode(handed.format, record.kind, &handed.payload, &context) {
        Ok((draft, _)) => draft,
        Err(problems) => return Ok(Err(problems)),
    };
    fields(&draft).map(Ok).map_err(|error| StoreError::Corrupt(format!("a draft that is no JSON: {error}")))
}

/// The new values of the fields that a patch names, as the types of the draft write them.
fn checked(services: &Services, kind: RecordKind, before: &Map<String, Value>, patch: &Map<String, Value>) -> Result<Map<String, Value>, EditError> {
    let foreign: Vec<Problem> = patch
        .keys()
        .filter(|field| !editable(kind).contains(&field.as_str()))
        .map(|field| Problem::error(pointer(field), not_editable(field, kind)))
        .collect();
    if !foreign.is_empty() {
        return Err(EditError::Invalid(foreign));
    }
    let values = patch.iter().map(|(field, patch)| (field.clone(), merged(before.get(field), patch))).collect();
    let mut after = before.clone();
    lay_over(&mut after, kind, &values);
    after.insert("type".to_owned(), Value::String(kind.code().to_owned()));
    let text = Value::Object(after).to_string();
    let (draft, _) = exchange::decode(ImportFormat::Ndjson, kind, text.as_bytes(), &services.read_context()).map_err(EditError::Invalid)?;
    let after = fields(&draft).map_err(|error| StoreError::Corrupt(format!("a draft that is no JSON: {error}")))?;
    Ok(values.into_keys().map(|field| (field.clone(), after.get(&field).cloned().unwrap_or(Value::Null))).collect())
}

fn pointer(field: &str) -> String {
    format!("/{}", field.replace('~', "~0").replace('/', "~1"))
}

fn not_editable(field: &str, kind: RecordKind) -> ValueError {
    let allowed = editable(kind).join(", ");
    ValueError::new(
        "field-not-editable",
        format!("„{field}“ kann hier nicht bearbeitet werden. Bearbeiten lassen sich: {allowed}."),
        format!("“{field}” cannot be edited here. What can be edited: {allowed}."),
    )
}
