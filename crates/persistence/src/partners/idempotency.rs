//! Keys that make a repeated request harmless.

use crate::connection::{AnyConnection, each_backend};
use crate::convert::{micros, uuid};
use crate::error::Result;
use crate::schema::idempotency_keys::dsl;
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// What a key was first used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstUse {
    /// Hash of the request.
    pub request_hash: String,
    /// The import it led to.
    pub import_id: Uuid,
}

/// What the key of a source was first used for.
pub fn find(connection: &mut AnyConnection, source_id: Uuid, key: &str) -> Result<Option<FirstUse>> {
    let row: Option<(String, String)> = dsl::idempotency_keys
        .filter(dsl::source_id.eq(source_id.to_string()))
        .filter(dsl::key.eq(key))
        .select((dsl::request_hash, dsl::import_id))
        .first(connection)
        .optional()?;
    row.map(|(request_hash, import_id)| Ok(FirstUse { request_hash, import_id: uuid(&import_id)? })).transpose()
}

/// Remembers what a key was used for, unless it was used before. Returns whether it was new.
pub fn remember(connection: &mut AnyConnection, source_id: Uuid, key: &str, first: &FirstUse, at: Timestamp) -> Result<bool> {
    let row = (
        dsl::source_id.eq(source_id.to_string()),
        dsl::key.eq(key),
        dsl::request_hash.eq(&first.request_hash),
        dsl::import_id.eq(first.import_id.to_string()),
        dsl::created_at.eq(micros(at)),
    );
    let inserted = each_backend!(connection, |inner| diesel::insert_into(dsl::idempotency_keys)
        .values(&row)
        .on_conflict((dsl::source_id, dsl::key))
        .do_nothing()
        .execute(inner))?;
    Ok(inserted == 1)
}

/// Forgets keys older than an instant. Returns how many.
pub fn forget(connection: &mut AnyConnection, before: Timestamp) -> Result<usize> {
    Ok(diesel::delete(dsl::idempotency_keys.filter(dsl::created_at.lt(micros(before)))).execute(connection)?)
}
