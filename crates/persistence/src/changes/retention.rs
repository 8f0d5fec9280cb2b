//! What is kept of the change log: everything for its time, and the latest entry of each record for good.

use crate::connection::AnyConnection;
use crate::convert::micros;
use crate::error::Result;
use crate::schema::changes;
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::Timestamp;

diesel::alias!(changes as newer: Newer);

/// Entries looked at in one transaction: nobody who appends waits for long.
const STRETCH: i64 = 20_000;

/// Clears entries between `after` and the end of a stretch that are older than `before` and superseded by a later one of the same record. Returns
/// how many, and the `after` of the next stretch, if there is one.
pub fn clear(tx: &mut AnyConnection, after: i64, before: Timestamp) -> Result<(usize, Option<i64>)> {
    let old = changes::table.filter(changes::seq.gt(after)).filter(changes::changed_at.lt(micros(before)));
    let end: Option<i64> = old.order(changes::seq).offset(STRETCH - 1).limit(1).select(changes::seq).first(tx).optional()?;
    let superseded = newer
        .filter(newer.field(changes::record_id).eq(changes::record_id))
        .filter(newer.field(changes::seq).gt(changes::seq))
        .select(newer.field(changes::seq));
    let stretch = changes::table
        .filter(changes::seq.gt(after))
        .filter(changes::seq.le(end.unwrap_or(i64::MAX)))
        .filter(changes::changed_at.lt(micros(before)))
        .filter(exists(superseded))
        .select(changes::seq);
    let cleared: Vec<i64> = stretch.load(tx)?;
    for chunk in cleared.chunks(1000) {
        diesel::delete(changes::table.filter(changes::seq.eq_any(chunk))).execute(tx)?;
    }
    Ok((cleared.len(), end))
}
