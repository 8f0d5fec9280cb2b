//! Refresh tokens: each is good for one renewal of its session. Only digests are kept.

use crate::connection::AnyConnection;
use crate::convert::{micros, timestamp, uuid};
use crate::error::Result;
use crate::schema::refresh_tokens;
use diesel::prelude::*;
use domain::{Timestamp, Uuid};

/// What is known of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// The session it renews.
    pub session_id: Uuid,
    /// When it was first used.
    pub used_at: Option<Timestamp>,
}

/// Keeps the digest of a token that was handed out.
pub fn insert(connection: &mut AnyConnection, digest: &str, session: Uuid, at: Timestamp) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((refresh_tokens::token_hash.eq(digest), refresh_tokens::session_id.eq(session.to_string()), refresh_tokens::issued_at.eq(micros(at))))
        .execute(connection)?;
    Ok(())
}

/// Marks a token as used. `false` if it was used before or is not known; of several that come at once only one gets `true`.
pub fn spend(connection: &mut AnyConnection, digest: &str, at: Timestamp) -> Result<bool> {
    let spent = diesel::update(refresh_tokens::table.find(digest))
        .filter(refresh_tokens::used_at.is_null())
        .set(refresh_tokens::used_at.eq(micros(at)))
        .execute(connection)?;
    Ok(spent == 1)
}

/// The token with this digest.
pub fn get(connection: &mut AnyConnection, digest: &str) -> Result<Option<RefreshToken>> {
    let row: Option<(String, Option<i64>)> =
        refresh_tokens::table.find(digest).select((refresh_tokens::session_id, refresh_tokens::used_at)).first(connection).optional()?;
    row.map(|(session, used)| Ok(RefreshToken { session_id: uuid(&session)?, used_at: used.map(timestamp).transpose()? })).transpose()
}
