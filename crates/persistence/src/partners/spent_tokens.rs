//! Ids of tokens that are not taken (again): client assertions already seen, access tokens revoked before their time.

use crate::connection::{AnyConnection, each_backend};
use crate::convert::micros;
use crate::error::Result;
use crate::schema::spent_tokens::dsl;
use diesel::prelude::*;
use domain::Timestamp;

/// Whether a token must not be taken.
pub fn is_spent(connection: &mut AnyConnection, id: &str) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(dsl::spent_tokens.find(id))).get_result(connection)?)
}

/// Spends a token until it would have expired anyway. Returns whether it was new: of two who spend it at once, one is told `false`.
/// `kind`: `assertion` or `access`.
pub fn spend(connection: &mut AnyConnection, id: &str, kind: &str, expires_at: Timestamp) -> Result<bool> {
    let row = (dsl::id.eq(id), dsl::kind.eq(kind), dsl::expires_at.eq(micros(expires_at)));
    let inserted =
        each_backend!(connection, |inner| diesel::insert_into(dsl::spent_tokens).values(&row).on_conflict(dsl::id).do_nothing().execute(inner))?;
    Ok(inserted == 1)
}

/// Forgets what has expired. Returns how many.
pub fn forget(connection: &mut AnyConnection, now: Timestamp) -> Result<usize> {
    Ok(diesel::delete(dsl::spent_tokens.filter(dsl::expires_at.lt(micros(now)))).execute(connection)?)
}
