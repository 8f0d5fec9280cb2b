//! Erasing what is personal.

use crate::connection::AnyConnection;
use crate::error::Result;
use crate::schema::{audit_actors, audit_details, audit_entries, memberships, sessions};
use diesel::prelude::*;
use domain::Uuid;

/// Erases what the log keeps of a person: name, address and browser wherever they acted, or somebody who was not signed in acted on their account;
/// names and values wherever something was done to them, to one of their memberships or sessions. What was done, when and to what stays. Returns
/// how many rows went.
pub fn erase_personal(connection: &mut AnyConnection, account: Uuid) -> Result<usize> {
    let id = account.to_string();
    let mut own: Vec<String> = memberships::table.filter(memberships::account_id.eq(&id)).select(memberships::id).load(connection)?;
    own.extend(sessions::table.filter(sessions::account_id.eq(&id)).select(sessions::id).load::<String>(connection)?);
    own.push(id.clone());
    let acted = audit_entries::table.filter(audit_entries::actor_id.eq(&id)).select(audit_entries::seq);
    let mut actors = diesel::delete(audit_actors::table.filter(audit_actors::seq.eq_any(acted))).execute(connection)?;
    // Whoever followed a link from mail or gave a wrong password was not signed in, and most likely this person.
    let nameless = audit_entries::table.filter(audit_entries::actor_kind.eq("anonymous")).filter(audit_entries::target_id.eq_any(&own));
    actors += diesel::delete(audit_actors::table.filter(audit_actors::seq.eq_any(nameless.select(audit_entries::seq)))).execute(connection)?;
    let suffered = audit_entries::table.filter(audit_entries::target_id.eq_any(&own)).select(audit_entries::seq);
    let details = diesel::delete(audit_details::table.filter(audit_details::seq.eq_any(suffered))).execute(connection)?;
    Ok(actors + details)
}
