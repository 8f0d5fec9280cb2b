//! Erasing what is personal.

use crate::connection::AnyConnection;
use crate::error::Result;
use crate::schema::{audit_actors, audit_details, audit_entries, memberships};
use diesel::prelude::*;
use domain::Uuid;

/// Erases what the log keeps of a person: name, address and browser wherever they acted, names and values wherever something was done to them or
/// to one of their memberships. What was done, when and to what stays. Returns how many rows went.
pub fn erase_personal(connection: &mut AnyConnection, account: Uuid) -> Result<usize> {
    let id = account.to_string();
    let mut own: Vec<String> = memberships::table.filter(memberships::account_id.eq(&id)).select(memberships::id).load(connection)?;
    own.push(id.clone());
    let acted = audit_entries::table.filter(audit_entries::actor_id.eq(&id)).select(audit_entries::seq);
    let actors = diesel::delete(audit_actors::table.filter(audit_actors::seq.eq_any(acted))).execute(connection)?;
    let suffered = audit_entries::table.filter(audit_entries::target_id.eq_any(&own)).select(audit_entries::seq);
    let details = diesel::delete(audit_details::table.filter(audit_details::seq.eq_any(suffered))).execute(connection)?;
    Ok(actors + details)
}
