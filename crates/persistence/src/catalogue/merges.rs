//! Records that are not shown because another one is shown in their place.

use crate::connection::AnyConnection;
use crate::convert::uuid;
use crate::error::Result;
use crate::schema::record_merges;
use diesel::prelude::*;
use domain::Uuid;

/// So many records may stand for one another in a row; more would be a circle.
const LONGEST: usize = 10;

/// The record that is shown in the place of this one. One that was merged itself leads on to the next.
pub fn target(connection: &mut AnyConnection, id: Uuid) -> Result<Option<Uuid>> {
    let mut found = None;
    let mut next = id;
    for _ in 0..LONGEST {
        let into: Option<String> = record_merges::table.find(next.to_string()).select(record_merges::into_id).first(connection).optional()?;
        let Some(into) = into else { break };
        next = uuid(&into)?;
        found = Some(next);
    }
    Ok(found)
}

/// The records in whose place this one is shown.
pub fn hidden_by(connection: &mut AnyConnection, id: Uuid) -> Result<Vec<Uuid>> {
    let ids: Vec<String> =
        record_merges::table.filter(record_merges::into_id.eq(id.to_string())).select(record_merges::record_id).load(connection)?;
    ids.iter().map(|id| uuid(id)).collect()
}

/// Shows one record in the place of another.
pub(super) fn put(tx: &mut AnyConnection, hidden: Uuid, kept: Uuid) -> Result<()> {
    diesel::insert_into(record_merges::table)
        .values((record_merges::record_id.eq(hidden.to_string()), record_merges::into_id.eq(kept.to_string())))
        .execute(tx)?;
    Ok(())
}

/// Lets a record stand for itself again.
pub(super) fn remove(tx: &mut AnyConnection, hidden: Uuid) -> Result<()> {
    diesel::delete(record_merges::table.find(hidden.to_string())).execute(tx)?;
    Ok(())
}
