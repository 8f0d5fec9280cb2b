//! Ceremonies: something begun that needs a second message, such as sign-in with two factors. Only the digest of the id is kept.

use crate::connection::AnyConnection;
use crate::convert::{micros, uuid};
use crate::error::Result;
use crate::schema::ceremonies;
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// Something begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// Digest of the id that was handed out.
    pub digest: String,
    /// What it is, such as `second-factor`.
    pub kind: &'static str,
    /// Of which account, where that is known.
    pub account_id: Option<Uuid>,
    /// What has to be remembered, sealed by the caller.
    pub state: Vec<u8>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Until when it can be finished.
    pub expires_at: Timestamp,
}

/// Keeps a ceremony, and clears away those that nobody finished.
pub fn insert(connection: &mut AnyConnection, ceremony: &Ceremony) -> Result<()> {
    diesel::delete(ceremonies::table.filter(ceremonies::expires_at.le(micros(ceremony.created_at)))).execute(connection)?;
    diesel::insert_into(ceremonies::table)
        .values((
            ceremonies::id.eq(&ceremony.digest),
            ceremonies::kind.eq(ceremony.kind),
            ceremonies::account_id.eq(ceremony.account_id.map(|id| id.to_string())),
            ceremonies::state.eq(&ceremony.state),
            ceremonies::attempts.eq(0),
            ceremonies::created_at.eq(micros(ceremony.created_at)),
            ceremonies::expires_at.eq(micros(ceremony.expires_at)),
        ))
        .execute(connection)?;
    Ok(())
}

/// Account and sealed state.
pub type Begun = (Option<Uuid>, Vec<u8>);

/// Counts an attempt to finish. `None` if there is no such ceremony (any more), or if it was tried `attempts` times already.
pub fn attempt(connection: &mut AnyConnection, digest: &str, kind: &str, attempts: i64, now: Timestamp) -> Result<Option<Begun>> {
    let counted = diesel::update(ceremonies::table.find(digest))
        .filter(ceremonies::kind.eq(kind))
        .filter(ceremonies::expires_at.gt(micros(now)))
        .filter(ceremonies::attempts.lt(attempts))
        .set(ceremonies::attempts.eq(ceremonies::attempts + 1))
        .execute(connection)?;
    if counted == 0 {
        return Ok(None);
    }
    let (account, state): (Option<String>, Vec<u8>) =
        ceremonies::table.find(digest).select((ceremonies::account_id, ceremonies::state)).first(connection)?;
    Ok(Some((account.as_deref().map(uuid).transpose()?, state)))
}

/// Ends a ceremony. `false` if somebody else has ended it: of several that finish at once only one gets `true`.
pub fn finish(connection: &mut AnyConnection, digest: &str) -> Result<bool> {
    Ok(diesel::delete(ceremonies::table.find(digest)).execute(connection)? == 1)
}
