//! Whether the log is still what was written.

use super::chain::{Chained, personal_hash};
use crate::connection::AnyConnection;
use crate::error::Result;
use crate::schema::{audit_actors, audit_details, audit_entries};
use diesel::prelude::*;

/// Entries looked at in one go.
const CHUNK: i64 = 1000;

/// The log is whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// Hash of the last one; empty if there is none. Whoever notes it outside of the database also notices when the end is cut off.
    pub last_hash: Vec<u8>,
}

/// The log was tampered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq} of the audit log: {what}")]
pub struct Broken {
    /// The first entry that does not fit.
    pub seq: i64,
    /// What does not fit.
    pub what: &'static str,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
struct Row {
    seq: i64,
    at: i64,
    actor_kind: String,
    actor_id: Option<String>,
    action: String,
    target_kind: String,
    target_id: Option<String>,
    organization_id: Option<String>,
    actor_hash: Vec<u8>,
    detail_hash: Vec<u8>,
    previous_hash: Vec<u8>,
    hash: Vec<u8>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_actors)]
struct ActorRow {
    salt: Vec<u8>,
    name: Option<String>,
    address: Option<String>,
    user_agent: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_details)]
struct DetailRow {
    salt: Vec<u8>,
    target_name: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

/// Computes the whole chain anew, entry by entry, in little memory. The outer result is about reading; the inner one about the log.
///
/// A personal part that is gone was erased, which is allowed; one that was changed is not. Entries cut off at the end cannot be noticed from
/// inside: see [`Verified::last_hash`].
pub fn verify(connection: &mut AnyConnection) -> Result<std::result::Result<Verified, Broken>> {
    let mut verified = Verified::default();
    let mut after = i64::MIN;
    loop {
        let rows: Vec<(Row, Option<ActorRow>, Option<DetailRow>)> = audit_entries::table
            .left_join(audit_actors::table)
            .left_join(audit_details::table)
            .filter(audit_entries::seq.gt(after))
            .order(audit_entries::seq)
            .limit(CHUNK)
            .select((Row::as_select(), Option::<ActorRow>::as_select(), Option::<DetailRow>::as_select()))
            .load(connection)?;
        let Some((last, ..)) = rows.last() else { return Ok(Ok(verified)) };
        after = last.seq;
        for (row, actor, detail) in rows {
            if let Some(what) = wrong(&row, actor.as_ref(), detail.as_ref(), &verified.last_hash) {
                return Ok(Err(Broken { seq: row.seq, what }));
            }
            verified.entries += 1;
            verified.last_hash = row.hash;
        }
    }
}

fn wrong(row: &Row, actor: Option<&ActorRow>, detail: Option<&DetailRow>, previous: &[u8]) -> Option<&'static str> {
    if row.previous_hash != previous {
        return Some("the entry before it is missing or was replaced");
    }
    let chained = Chained {
        at: row.at,
        actor_kind: &row.actor_kind,
        actor_id: row.actor_id.as_deref(),
        action: &row.action,
        target_kind: &row.target_kind,
        target_id: row.target_id.as_deref(),
        organization_id: row.organization_id.as_deref(),
        actor_hash: &row.actor_hash,
        detail_hash: &row.detail_hash,
    };
    if chained.hash(previous) != row.hash {
        return Some("it was changed");
    }
    let actor = actor.map(|a| personal_hash(&a.salt, [a.name.as_deref(), a.address.as_deref(), a.user_agent.as_deref()]));
    if actor.is_some_and(|hash| hash != row.actor_hash) {
        return Some("name, address or browser of who acted were changed");
    }
    let detail = detail.map(|d| personal_hash(&d.salt, [d.target_name.as_deref(), d.before.as_deref(), d.after.as_deref()]));
    detail.is_some_and(|hash| hash != row.detail_hash).then_some("the name or values of what it was done to were changed")
}
